"""A condition of skip logic in words, for people with a pen: ``only if 7 is "No"``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.plan import tree_of
from crfapp.present.texts import isolated
from crfapp.study.language.references import RefKind
from crfapp.study.language.tree import Comparison, Junction, Listing, Literal, Membership, Reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crfapp.present.texts import Texts
    from crfapp.study.language.tree import Node
    from crfapp.study.study import Study
    from crfapp.study.texts import StudyTexts


class Conditions:
    """Puts conditions over answers of the same form into words; ``numbers`` are those of its questions."""

    def __init__(
        self, study: Study, texts: StudyTexts, say: Texts, form: str, numbers: Mapping[str, int]
    ) -> None:
        self._study, self._texts, self._say = study, texts, say
        self._form, self._numbers = form, numbers

    def words(self, expression: str) -> str:
        """The condition in words, or that there is one where words would be longer than the form."""
        said = self._said(tree_of(expression))
        return (
            self._say("Only if {condition}", condition=said) if said else self._say("Only where it applies")
        )

    def _said(self, tree: Node) -> str:
        match tree:
            case Junction(word, parts):
                said = [self._said(part) for part in parts]
                flat = not any(isinstance(part, Junction) for part in parts)
                joint = self._say(" and ") if word == "and" else self._say(" or ")
                return joint.join(said) if flat and all(said) else ""
            case Comparison((sign,), (Reference() as left, Literal() as right)) if sign == "==":
                return self._among(left, (right,))
            case Membership(True, Reference() as left, Listing(parts)):
                return self._among(left, parts)
            case _:
                return ""

    def _among(self, left: Reference, values: tuple[Node, ...]) -> str:
        """``7 is "No"``; empty where the answer is none of this form."""
        item = left.ref.item
        own = left.ref.form in ("", self._form) and not left.ref.visit and not left.ref.row
        if left.ref.kind is not RefKind.ITEM or not own or item not in self._numbers:
            return ""
        said = [self._value(item, value) for value in values]
        if not all(said):
            return ""
        number = isolated(str(self._numbers[item]))
        return self._say("{number} is {answer}", number=number, answer=" / ".join(said))

    def _value(self, item: str, value: Node) -> str:
        if not isinstance(value, Literal) or value.value is None or isinstance(value.value, bool):
            return ""
        asked = self._study.place(self._form, item).item
        code = str(value.value)
        return self._say("“{answer}”", answer=self._texts.code(asked.codes, code) if asked.codes else code)
