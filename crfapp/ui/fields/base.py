"""What every answer editor does, whatever the item asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crfapp.ui.theme import current
from crfapp.ui.widgets.elided import ElidedLabel
from crfapp.ui.widgets.pill import Pill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from crfapp.ui.fields.photo_slot import PhotoSlot

Mark = Literal["plain", "warn", "error", "saved"]
REPEAT = "="
"""The key for the answer of the row above."""
_REST = 100
_CHORDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
Choice = tuple[str, str]
"""A code and the words shown for it."""


class Say(Protocol):
    """The person's language: gives the words for an English text with its facts filled in."""

    def __call__(self, msgid: str, /, **facts: object) -> str:
        """The words for ``msgid``."""
        ...


class Meant(Protocol):
    """What a Hijri date can mean: sentences, and (what is written, words on its button) for each way."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each way to read it, with the Gregorian days it covers."""

    @property
    def ways(self) -> tuple[tuple[str, str], ...]:
        """What can be chosen."""


class Hijri(Protocol):
    """The other calendar (``present.hijri_words.HijriWords``)."""

    def day(self, iso: str) -> tuple[str, str]:
        """Day of the month, and the date in words, of a Gregorian day; empty where it is not known."""
        ...

    def meant(self, typed: str, *, partial: bool) -> Meant:
        """What was typed can mean this."""
        ...


class Present(Protocol):
    """What the clinic's clock and the visit say, as text a date or time editor would accept.

    ``hijri`` is the calendar beside the Gregorian one.
    """

    @property
    def hijri(self) -> Hijri:
        """The other calendar."""

    def now_text(self) -> str:
        """The time of day: ``10:18``."""
        ...

    def moment_text(self) -> str:
        """The present as a date with its time, as short as can be: ``10:18``, ``2025-01-13 00:18``."""
        ...

    def today_text(self) -> str:
        """Today's date."""
        ...

    def visit_date_text(self) -> str:
        """The date of the visit; empty where it is not known yet."""
        ...


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """What an editor must know of its item; every word is already in the person's language.

    ``name`` is the question (what a screen reader says). ``unit`` stands behind a number, ``hint``
    inside an empty field. ``low``, ``high`` and ``anchors`` belong to a scale. ``compact`` leaves out
    everything beside the field itself, for tables. ``photo`` is for the place of a photograph.
    """

    name: str
    say: Say
    present: Present | None = None
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    hint: str = ""
    size: int | None = None
    low: int = 0
    high: int = 10
    anchors: tuple[str, str] = ("", "")
    compact: bool = False
    photo: PhotoSlot | None = None


class FieldEditor(QWidget):
    """One answer on the screen: shows a text, reports the text that was typed, and wishes.

    It never parses, stores or decides. ``left`` carries the raw text, untouched, when the person has
    moved on (focus left within the window, or Enter) and the text differs from what was last shown.
    ``picked``: one key gave a whole first answer. ``wants_repeat``: ``=`` in an empty field, the answer of
    the row above; only where ``repeats`` says that there are rows. While it is ``waiting``, something stands
    here that only an act of its own records.
    """

    left = Signal(str)
    typing = Signal()
    picked = Signal()
    wants_repeat = Signal()
    wants_next = Signal()
    wants_previous = Signal()
    wants_missing = Signal()
    wants_help = Signal()

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.say = spec.say
        self.setAccessibleName(spec.name)
        self.shown = ""
        self.repeats = False
        self.waiting = False
        self.state: Mark = "plain"
        self._reported: str | None = None
        self._missing: Pill | None = None
        self._beside: ElidedLabel | None = None
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(current().gap)

    def raw(self) -> str:
        """The text as it stands in the editor now."""
        raise NotImplementedError

    def draw_text(self, text: str) -> None:
        """Put a text into the editor without reporting it."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Give the keyboard to the editor."""
        raise NotImplementedError

    def draw_mark(self) -> None:
        """Colour the editor by ``state``."""
        raise NotImplementedError

    def set_enabled_state(self, enabled: bool, why: str) -> None:
        """Open or close the editor; a closed one can still be read and says ``why``."""
        raise NotImplementedError

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Replace what can be chosen; editors without choices have nothing to do."""

    def mark(self, state: Mark) -> None:
        """Colour the editor: something to look at, refused, or saved.

        While it is marked ``error`` the refused text stays, also when the recorded value is shown again.
        """
        if state != self.state:
            self.state = state
            self.draw_mark()

    def show_value(self, text: str, missing: str | None) -> None:
        """Show the recorded text, or the words of a missing code.

        What the person is typing at this moment is never overwritten.
        """
        typed = self.raw()
        untouched = typed == self.shown or (typed == self._reported and self.state != "error")
        self.shown = text
        self._reported = None
        if untouched and typed != text:
            self.draw_text(text)
        self._show_missing(missing)

    def report(self, *, again: bool = False) -> None:
        """Say what stands in the editor, if it is new; ``again`` repeats what was said but not saved."""
        text = self.raw()
        if text == self.shown or (text == self._reported and not again):
            return
        self._reported = text
        self.left.emit(text)

    def begin(self) -> None:
        """The keyboard arrives: an answer that could not be recorded may be reported once more."""
        self._reported = None

    def show_beside(self, words: str) -> None:
        """Something to compare with, quietly beside the field; a table shows it below its row."""
        if self.spec.compact or not (words or self._beside):
            return
        if self._beside is None:
            self._beside = ElidedLabel("", "muted", size="small", parent=self)
            self._beside.setFixedHeight(current().control)
            # it takes what is left and asks for nothing: the editor must not stand elsewhere for it
            self._beside.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            last = self.row.itemAt(self.row.count() - 1)
            at = self.row.count() - (1 if last is not None and last.spacerItem() is not None else 0)
            self.row.insertWidget(at, self._beside, _REST, Qt.AlignmentFlag.AlignTop)
        self._beside.setText(words)
        self._beside.setVisible(bool(words))

    def revert(self) -> bool:
        """Go back to what is recorded; False where nothing was typed."""
        if self.raw() == self.shown:
            return False
        self.draw_text(self.shown)
        self._reported = None
        self.typing.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Shift+Enter, ``=``, F1, F6 and Escape, after the inner control did not want them."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if plain == Qt.KeyboardModifier.NoModifier:
                self.go_on(self.wants_next)
            elif plain == Qt.KeyboardModifier.ShiftModifier:
                self.go_on(self.wants_previous)
            else:
                event.ignore()
        elif self.repeats and event.text() == REPEAT and not plain & _CHORDS and not self.raw():
            self.wants_repeat.emit()
        elif key == Qt.Key.Key_F6 and not plain:
            self.wants_missing.emit()
        elif key == Qt.Key.Key_F1 and not plain:
            self.wants_help.emit()
        elif key != Qt.Key.Key_Escape or not self.revert():
            event.ignore()

    def go_on(self, wish: SignalInstance) -> None:
        """Report, then ask for the neighbour."""
        self.report(again=True)
        wish.emit()

    def sign_missing(self, words: str) -> None:
        """In a table a missing code is a sign in the field; its words stand below the row."""

    def _show_missing(self, words: str | None) -> None:
        if self.spec.compact:
            self.sign_missing(words or "")
            return
        if self._missing is None and words:
            self._missing = Pill(words, "muted", icon="missed")
            behind = max(1, self.row.count() - 1) if self._beside is None else self.row.indexOf(self._beside)
            self.row.insertWidget(behind, self._missing, 0, Qt.AlignmentFlag.AlignVCenter)
        if self._missing is not None:
            self._missing.setVisible(bool(words))
            self._missing.setText(words or "")
