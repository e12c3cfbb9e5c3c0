"""One question on the page: its editor, where it stands, and what was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from crfapp.study.types import ItemType, Kind
from crfapp.ui.casebook.columns import fits_a_bar
from crfapp.ui.fields import FieldEditor, FieldSpec, editor_for
from crfapp.ui.fields.dropdown import DropdownEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crfapp.form.graph import Cell
    from crfapp.present.form_view import (
        FieldState,
        FieldView,
        FindingView,
        OfferView,
        Refusal,
        RowView,
        SignView,
    )
    from crfapp.ui.casebook.map_panel import MapActs
    from crfapp.ui.casebook.photographs import PhotoActs
    from crfapp.ui.casebook.quick_keys import QuickKeys
    from crfapp.ui.casebook.row_acts import RowActs
    from crfapp.ui.fields import Mark, Present, Say

_BY_CODE = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.YESNO, Kind.ROWREF, Kind.SCALE, Kind.PHOTO})
_PASSED_BY = frozenset({Kind.NOTE, Kind.SIGNATURE})


class Wishes(Protocol):
    """What questions and rows ask of the open form."""

    say: Say
    present: Present
    rows: RowActs
    quick: QuickKeys
    maps: MapActs
    photographs: PhotoActs

    def answered(self, question: Question, typed: str) -> None:
        """A field was left with a new text."""

    def go_on(self, question: Question, step: int) -> None:
        """To the next or previous question."""

    def missing_wanted(self, question: Question) -> None:
        """The person wants to say why there is no answer."""

    def help_wanted(self, question: Question) -> None:
        """The person wants to know what is meant."""

    def touched(self, question: Question) -> None:
        """Something was typed or taken back."""

    def offer_taken(self, question: Question, offer: OfferView) -> None:
        """This is what was meant."""

    def still_right(self, question: Question) -> None:
        """An answer that skip logic brought back holds."""

    def finding_answered(self, question: Question, finding: FindingView | SignView, action: str) -> None:
        """What to do about a finding: it is ``right``, its ``draft`` is taken, it is ``done``, a sign."""


class Question:
    """One cell while it is on the page. Its ``editor`` stands in whatever row shows it."""

    def __init__(
        self,
        cell: Cell,
        field: FieldView,
        wishes: Wishes,
        host: QWidget,
        *,
        row: RowView | None = None,
        compact: bool = False,
    ) -> None:
        self.cell, self.field, self.wishes, self.row = cell, field, wishes, row
        self.compact = compact
        self.state: FieldState | None = None
        self.refusal: Refusal | None = None
        self.just_saved = False
        self._closed = ""
        self._described = ""
        self.editor = self._make_editor(host)
        self.editor.setObjectName(f"{cell.row}/{cell.item}" if cell.row else cell.item)
        self._listen()

    @property
    def visible(self) -> bool:
        """Whether the question applies now."""
        return self.state is not None and self.state.visible

    @property
    def answerable(self) -> bool:
        """Whether Enter stops here."""
        return self.visible and not _is_silent(self) and not self._closed

    @property
    def name(self) -> str:
        """The question, with the row it stands in: ``30 min, Systolic``."""
        return f"{self.row.title}, {self.field.label}" if self.row and self.row.title else self.field.label

    @property
    def open_findings(self) -> tuple[FindingView, ...]:
        """What the checks say and nobody has answered."""
        return tuple(f for f in self.state.findings if f.state == "open") if self.state else ()

    @property
    def unsaved(self) -> bool:
        """Whether something stands here that is not recorded."""
        return self.editor.waiting or (self.refusal is not None and self.editor.raw() != self.editor.shown)

    @property
    def answered(self) -> bool:
        """Whether an answer or a missing code is recorded."""
        return self.state is not None and bool(self.state.code or self.state.text or self.state.missing)

    def show(self, state: FieldState, closed: str) -> None:
        """Show where the question stands; ``closed`` says why the form takes no answers, or is empty."""
        self.state = state
        if not state.visible:
            self.refusal, self.just_saved = None, False
            self.editor.mark("plain")
            self.editor.revert()
            self.editor.show_value("", None)
            return
        why = closed or state.locked
        if why != self._closed:
            self._closed = why
            self.editor.set_enabled_state(not why, why)
        if not (self.refusal and self.refusal.wants_reason):
            by_code = self.field.type.kind in _BY_CODE and not self.field.computed
            text = state.code if by_code else state.text
            self.editor.show_value(text if not state.missing else "", state.missing or None)
        self.editor.show_beside(state.previous)
        self.editor.mark(self._mark())
        self._describe()

    def refuse(self, refusal: Refusal) -> None:
        """Keep what was typed, marked, with the sentence."""
        self.refusal, self.just_saved = refusal, False
        self.editor.mark(self._mark())
        self._describe()

    def settle(self, *, saved: bool) -> None:
        """What was typed is recorded, or was taken back."""
        self.refusal = None
        self.just_saved = saved
        self.editor.mark(self._mark())

    def accept(self) -> None:
        """Show the recorded answer in the form in which it is kept."""
        if self.refusal is None and self.editor.raw() != self.editor.shown:
            self.editor.draw_text(self.editor.shown)

    def status(self) -> tuple[str, str]:
        """The sign at the end of the row with its name; nothing where there is nothing to say."""
        say, state = self.wishes.say, self.state
        if state is None or self.refusal:
            return "", ""
        for holds, sign, words in (
            (bool(state.asked), "query", state.asked),
            (bool(self.open_findings), "finding", say("to be looked at")),
            (state.to_confirm, "changed", say("to be confirmed")),
            *self._compared(),
            (bool(state.locked), "lock", state.locked),
            (self.just_saved, "check", say("saved")),
            (bool(state.missing), "missed", state.missing),
        ):
            if holds:
                return sign, words
        return "", ""

    @property
    def compared(self) -> str:
        """How far the answer was compared with its source, for whoever does that; else empty."""
        return self.state.verification if self.state is not None and self.visible else ""

    def _compared(self) -> tuple[tuple[bool, str, str], ...]:
        say, stands = self.wishes.say, self.compared
        signs = {
            "done": ("verified", say("verified")),
            "changed": ("changed", say("changed since verified")),
            "queried": ("query", say("query open")),
            "planned": ("expected", say("planned to be verified")),
        }
        return ((True, *signs[stands]),) if stands in signs else ()

    def focus(self) -> None:
        """Give the keyboard to the question."""
        self.editor.focus_first()

    def _mark(self) -> Mark:
        if self.refusal is not None:
            return "warn" if self.refusal.wants_reason else "error"
        levels = {finding.level for finding in self.open_findings}
        return "error" if "H" in levels else "warn" if levels else "plain"

    def _make_editor(self, host: QWidget) -> FieldEditor:
        field = self.field
        kind: ItemType = field.type
        spec = FieldSpec(
            name=self.name,
            say=self.wishes.say,
            present=self.wishes.present,
            choices=field.choices,
            unit=field.unit,
            size=kind.size,
            low=kind.low or 0,
            high=10 if kind.high is None else kind.high,
            compact=self.compact,
            photo=self.wishes.photographs.slot(self.cell) if kind.kind is Kind.PHOTO else None,
        )
        choosing = kind.kind in {Kind.CHOICE, Kind.YESNO} and not field.computed
        if self.compact and choosing and field.choices and not fits_a_bar(field):
            return DropdownEditor(spec, host)
        return editor_for(kind.kind, spec, host, computed=field.computed)

    def _listen(self) -> None:
        editor, wishes = self.editor, self.wishes
        editor.left.connect(lambda typed: wishes.answered(self, typed))
        editor.typing.connect(lambda: wishes.touched(self))
        editor.repeats = self.row is not None
        editor.picked.connect(lambda: wishes.quick.picked(self))
        editor.wants_repeat.connect(lambda: wishes.quick.repeat(self))
        editor.wants_next.connect(lambda: wishes.go_on(self, 1))
        editor.wants_previous.connect(lambda: wishes.go_on(self, -1))
        editor.wants_missing.connect(lambda: wishes.missing_wanted(self))
        editor.wants_help.connect(lambda: wishes.help_wanted(self))
        wishes.photographs.listen(self)

    def _describe(self) -> None:
        """What a screen reader says after the question's name."""
        said = ", ".join(self._facts())
        if said != self._described:
            self._described = said
            self.editor.setAccessibleDescription(said)
            focused = self.editor.focusProxy()
            for widget in (focused, getattr(self.editor, "group", None)):
                if widget is not None:
                    widget.setAccessibleDescription(said)

    def _facts(self) -> list[str]:
        say, state = self.wishes.say, self.state
        if state is None:
            return []
        missing_answer = not self.answered and not self.field.computed
        told = [
            (state.required, say("required")),
            (self.field.critical, say("critical for the study")),
            (self.field.site_only, say("stays at the site")),
            (bool(self.field.unit), self.field.unit),
            (bool(state.missing), state.missing),
            (bool(state.previous), state.previous),
            (missing_answer, say("not answered")),
            (state.to_confirm, say("to be confirmed")),
            (bool(state.asked), state.asked),
            (bool(state.locked), state.locked),
            *((True, words) for _holds, _sign, words in self._compared()),
        ]
        facts = [words for holds, words in told if holds]
        facts += [finding.text for finding in self.open_findings]
        return [*facts, self.refusal.text] if self.refusal else facts


def _is_silent(question: Question) -> bool:
    """Whether nobody answers here: what is calculated, a note, a signature, a photograph without a camera."""
    kind = question.field.type.kind
    without = kind is Kind.PHOTO and question.editor.spec.photo is None
    return question.field.computed or kind in _PASSED_BY or without
