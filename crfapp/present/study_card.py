"""The study in force as its administrator reads it: its version, and the figures that wait for a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.administration_view import ParameterLine, StudyCardView
from crfapp.present.export_history import short_hash
from crfapp.present.texts import LANGUAGES, isolated
from crfapp.present.words import UNIT_SIGNS

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace


def study_card(at: Workplace) -> StudyCardView:
    """Identity, version and hash, then every parameter of the protocol."""
    say, head = at.texts, at.study.head
    facts = (
        (say("Version"), isolated(head.version)),
        (say("SHA-256 begins"), isolated(short_hash(at.study.hash))),
        (say("Languages"), ", ".join(isolated(LANGUAGES.get(one, one)) for one in head.languages)),
    )
    return StudyCardView(at.study_texts.title, facts, _parameters(at))


def _parameters(at: Workplace) -> tuple[ParameterLine, ...]:
    say, texts = at.texts, at.study_texts
    confirm = say("template default: confirm against the protocol")
    return tuple(
        ParameterLine(
            title=texts.parameter(name),
            value=" ".join(filter(None, (one.value, UNIT_SIGNS.get(one.unit or "", one.unit or "")))),
            confirm=confirm if one.template else "",
            source=one.source or "",
        )
        for name, one in at.study.head.parameters.items()
    )
