"""Somebody enters a whole visit by the keyboard alone, and every press is counted.

The answers are a journey's. The window is the real one on real presenters; nothing is set behind its back.
A press is one key going down, a chord (Ctrl+Enter) one press. What has to be written (text, digits of
numbers, dates and times) is counted apart from what chooses an answer, and from what only moves on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crfapp.ledger.state import FormRow
from crfapp.ui.fields import FieldEditor
from crfapp.ui.fields.base import REPEAT
from crfapp.ui.fields.choice import ChoiceEditor
from crfapp.ui.fields.dropdown import DropdownEditor
from crfapp.ui.fields.moment import MomentEditor
from crfapp.ui.fields.number import NumberEditor
from crfapp.ui.widgets.digits import digit_keys
from tests.support.playing import FORMS, journey_of
from tests.support.real_casebook import FLAGSHIP, RealCasebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.journeys.told import Journey
    from crfapp.ledger.keys import FormKey

Press = Literal["written text", "written numbers and dates", "choosing", "moving on"]
NO_MODIFIER, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
_MOST_STEPS = 400
_DIGITS = 9


@dataclass
class Told:
    """What is to be entered into one form: by row as the journey names it, the form itself under ""."""

    rows: dict[str, dict[str, str]] = field(default_factory=dict)


def answers_of(journey: Journey, visit: str, subject: int) -> dict[str, Told]:
    """The answers that a journey gives its n-th subject at a visit, form by form."""
    enrolled, at, found = 0, "", dict[str, Told]()
    for step in journey.steps:
        enrolled += step.verb == "enrol"
        at = str(step.says["visit"]) if step.verb == "visit" else at
        if step.verb != "form" or enrolled != subject or at != visit or step.says.get("reason"):
            continue
        told = found.setdefault(str(step.says["form"]), Told())
        told.rows.setdefault(str(step.says.get("row") or ""), {}).update(step.says.get("set") or {})
    return found


@dataclass
class Typist:
    """Hands on the keyboard. ``presses`` counts by kind, ``entered`` the answers that were given."""

    site: RealCasebook
    visit_date: str
    presses: Counter[Press] = field(default_factory=Counter)
    by_form: dict[str, Counter[Press]] = field(default_factory=dict)
    entered: Counter[str] = field(default_factory=Counter)
    left_open: list[str] = field(default_factory=list)
    not_reached: list[str] = field(default_factory=list)

    def enter_visit(self, told: dict[str, Told]) -> None:
        """Every form that is told something, in the order of the visit."""
        for _ in range(_MOST_STEPS):
            key = self.site.view.key
            assert key is not None
            if key.form in told and key.form not in self.by_form:
                self._enter_form(key, told[key.form])
            elif not self._turn_page(told):
                return

    # ---- one form

    def _enter_form(self, key: FormKey, told: Told) -> None:
        before, waiting = Counter(self.presses), _Waiting(told, self.site)
        for _ in range(_MOST_STEPS):
            row, item = place()
            if waiting.next_row(row):
                self._press(Qt.Key.Key_Plus, CONTROL)
            elif not waiting.any() or not item:
                break
            elif (answer := waiting.take(row, item)) is None:
                self._press(Qt.Key.Key_Return)
            else:
                self.entered[key.form] += 1
                self._answer(answer, same=waiting.is_as_above(row, item, answer))
                self._go_on_from(row, item, waiting)
        self.not_reached += [f"{key.form}.{name}" for name in waiting.rest()]
        self._press(Qt.Key.Key_Return, CONTROL)
        stored = self.site.clinic.ledger.tables.get(FormRow, *key)
        if stored is None or stored.status != "complete":
            self.left_open.append(key.form)
        self.by_form[key.form] = Counter(self.presses) - before

    def _go_on_from(self, row: str, item: str, waiting: _Waiting) -> None:
        """Enter, unless the answer went on by itself; back where it passed over a remark that is wanted."""
        if place() == (row, item):
            self._press(Qt.Key.Key_Return)
        elif row and place()[0] not in (row, "") and waiting.has(row):
            self._press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)

    def _turn_page(self, told: dict[str, Told]) -> bool:
        """To the next form that waits; False where there is none."""
        if all(form in self.by_form for form in told):
            return False
        before = self.site.view.key
        self._press(Qt.Key.Key_Down, ALT)
        return self.site.view.key != before

    # ---- keys

    def _answer(self, text: str, *, same: bool) -> None:
        editor = focused_editor()
        if same and not isinstance(editor, ChoiceEditor) and len(text) > 1:
            self._type(REPEAT, "choosing")
        elif isinstance(editor, ChoiceEditor):
            for code in text.split(";") if editor.group.several else [text]:
                self._type(digit_keys(editor.group.codes)[editor.group.codes.index(code)], "choosing")
        elif isinstance(editor, DropdownEditor):
            self._type(shortest_way(text, dict(editor.choices)), "choosing")
        elif isinstance(editor, MomentEditor):
            same = text == self.visit_date
            self._type("v" if same else text, "choosing" if same else "written numbers and dates")
        else:
            number = isinstance(editor, NumberEditor)
            self._type(text, "written numbers and dates" if number else "written text")

    def _type(self, text: str, kind: Press) -> None:
        for letter in text:
            self.presses[kind] += 1
            widget = QApplication.focusWidget()
            assert widget is not None
            if letter.isascii():
                QTest.keyClicks(widget, letter)
                continue
            for stroke in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(stroke, ord(letter), NO_MODIFIER, letter))

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        self.presses["moving on"] += 1
        widget: QWidget = QApplication.focusWidget() or self.site.view
        QTest.keyClick(widget, key, modifier)


class _Waiting:
    """The answers of one form that have not been given yet. Rows of a log come in the journey's order."""

    def __init__(self, told: Told, site: RealCasebook) -> None:
        self._site = site
        self._rows = {name: dict(answers) for name, answers in told.rows.items() if answers}
        self._named: dict[str, str] = {"": ""}
        self._last: dict[str, tuple[str, str]] = {}
        self._new = [name for name in self._rows if name and name not in self._standing().values()]

    def any(self) -> bool:
        """Whether anything is still to be entered."""
        return any(self._rows.values())

    def next_row(self, row: str) -> bool:
        """Whether the next thing to do is one more row."""
        return bool(self._new) and not self.has(row)

    def has(self, row: str) -> bool:
        """Whether anything is still to be entered into a row."""
        return bool(self._rows.get(self._name(row)))

    def is_as_above(self, row: str, item: str, answer: str) -> bool:
        """Whether the row above was given the same answer; called once for each answer."""
        same = bool(row) and self._last.get(item) == (self._row_before(row), answer)
        self._last[item] = row, answer
        return same

    def take(self, row: str, item: str) -> str | None:
        """The answer to a question; None where nothing is told."""
        return self._rows.get(self._name(row), {}).pop(item, None)

    def rest(self) -> Iterator[str]:
        """What was never asked."""
        for name, answers in self._rows.items():
            yield from (f"{name}/{item}" if name else item for item in answers)

    def _name(self, row: str) -> str:
        if row not in self._named:
            standing = self._standing()
            self._named[row] = standing[row] if standing.get(row) in self._rows else self._take_new()
        return self._named[row]

    def _row_before(self, row: str) -> str:
        """The row above, as the form has it."""
        structure = self._site.view.form.structure
        assert structure is not None
        keys = [r.key for section in structure.sections for r in section.rows]
        return keys[keys.index(row) - 1] if row in keys[1:] else ""

    def _take_new(self) -> str:
        return self._new.pop(0) if self._new else "?"

    def _standing(self) -> dict[str, str]:
        """Rows that are there by themselves: key -> what the journey calls them."""
        structure = self._site.view.form.structure
        assert structure is not None
        found: dict[str, str] = {}
        for section in structure.sections:
            if not section.grows:
                for row in section.rows:
                    found[row.key] = row.key if row.key in self._rows else row.title
        return found


def place() -> tuple[str, str]:
    """Row and item whose editor has the keyboard; two empty texts where none has."""
    editor = focused_editor()
    row, _, item = (editor.objectName() if editor is not None else "").rpartition("/")
    return row, item


def focused_editor() -> FieldEditor | None:
    """The editor that has the keyboard."""
    widget: QWidget | None = QApplication.focusWidget()
    while widget is not None and not isinstance(widget, FieldEditor):
        widget = widget.parentWidget()
    return widget


def shortest_way(code: str, labels: dict[str, str]) -> str:
    """A digit where the list is short, else the fewest letters that leave only one answer of it."""
    label = labels.get(code, code)  # a row is told by its label
    if len(labels) <= _DIGITS and not any(letter.isdigit() for its in labels.values() for letter in its):
        place = list(labels.values()).index(label)
        return digit_keys(tuple(labels))[place]
    words = [label[at:] for at in range(len(label)) if at == 0 or label[at - 1] == " "]
    parts = sorted((word[:length] for word in words for length in range(1, len(word) + 1)), key=len)
    others = [other.casefold() for other in labels.values() if other != label]
    return next((p for p in parts if not any(p.casefold() in other for other in others)), label)


def baseline_typed(app: QApplication) -> Typist:
    """The flagship's example subject at her baseline visit, entered from an empty visit on."""
    site = RealCasebook(at="2025-01-05T12:15")
    site.begin("V_SCR", "2025-01-05")
    site.show(app)
    typist = Typist(site, visit_date="2025-01-05")
    journey = journey_of(FORMS / FLAGSHIP / "journeys" / "jo01-003.yaml")
    typist.enter_visit(answers_of(journey, "V_SCR", subject=3))
    return typist
