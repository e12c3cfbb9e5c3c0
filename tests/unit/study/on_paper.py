"""A subject's answers on paper: what the expressions of a pack are asked about in tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.study.checks import Situation
from crfapp.study.language import Fault, compile_expression, parse
from crfapp.study.trying import Answers, Paper, misfits, reads

__all__ = ["Answers", "ask"]

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crfapp.study.language.meaning import Answer
    from crfapp.study.study import Study


def ask(
    study: Study, form: str, text: str, answers: Answers, tables: Mapping[str, Sequence[Answers]]
) -> Answer:
    """What an expression of a form gives for these answers."""
    tree = parse(text)
    assert not isinstance(tree, Fault), f"{text}: {tree}"
    told = Situation(
        answers=dict(answers), rows={name: tuple(map(dict, rows)) for name, rows in tables.items()}
    )
    assert [why for _, _, why in misfits(study, form, reads([tree]), told) if why] == []
    return compile_expression(tree)(Paper(study, form, answers, tables))
