"""Taking out of a form what was typed and not recorded, and writing it in again for the same person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.present.address import Address
from crfapp.present.unfinished import Unfinished
from crfapp.ui.fields.line import LineEditor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ui.casebook.page import CasebookView
    from crfapp.ui.casebook.question import Question


def unfinished(view: CasebookView, page: str) -> list[Unfinished]:
    """What stands in the open form and is not recorded; the question that is written in comes last.

    ``page`` is the key of the page.
    """
    if view.key is None:
        return []
    at = view.key
    return [
        Unfinished(Address(page, *at, *question.cell), question.editor.raw()) for question in _typed(view)
    ]


def set_aside(view: CasebookView, page: str) -> list[Unfinished]:
    """The same, taken out of its fields.

    ``page`` is the key of the page. The fields show what is recorded again, so that none reports its text
    when it goes with the window.
    """
    told = unfinished(view, page)
    for question in _typed(view):
        question.editor.revert()
    return told


def _typed(view: CasebookView) -> list[Question]:
    entry = view.form.entry
    if view.key is None or entry is None:
        return []
    in_focus = view.form.question_in_focus()
    typed = [q for q in entry.questions.values() if q.answerable and q.editor.raw() != q.editor.shown]
    return sorted(typed, key=lambda question: question is in_focus)


def put_back(view: CasebookView, texts: Sequence[Unfinished]) -> list[Unfinished]:
    """Write texts into their questions as if just typed; those that are not asked any more are given back.

    The next one takes the keyboard from the one before, which so is left, and refused as it was before.
    """
    return [text for text in texts if not _written(view, text)]


def _written(view: CasebookView, text: Unfinished) -> bool:
    at = text.at
    key, cell = FormKey(at.subject, at.visit, at.visit_n, at.form, at.form_n), Cell(at.row, at.item)
    if at.subject != view.subject and not view.show_subject(at.subject):
        return False
    view.open_form(key, cell)
    question = view.form.question_in_focus()
    if view.key != key or question is None or question.cell != cell or not question.answerable:
        return False
    editor = question.editor
    editor.draw_text(text.typed)
    if isinstance(editor, LineEditor):
        editor.line.end(False)
    editor.typing.emit()
    return True
