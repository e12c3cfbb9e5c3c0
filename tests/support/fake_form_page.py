"""An open form without a store: generated forms of any length, with skip logic, a table and a log.

``FakeFormPage`` keeps answers in a dict. An integer that cannot be read is refused, 10 is offered for
``1O``, a value above 160 fires a check, a changed answer wants a reason. ``full`` in the reason ``disk
full`` stands for a save that fails.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from crfapp.bootstrap.ground import translations_folder
from crfapp.form.graph import Cell
from crfapp.present.form_view import (
    FieldState,
    FieldView,
    FindingView,
    FormHead,
    HistoryLine,
    Inspection,
    Obstacle,
    OfferView,
    Patch,
    Refusal,
    RowView,
    SectionView,
)
from crfapp.present.hijri_words import HijriWords
from crfapp.present.texts import Texts
from crfapp.study.types import Kind, parse_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from crfapp.present.acts_view import FormNote, SecondLine

YES_NO = (("N", "No"), ("Y", "Yes"))
MISSING = (("ND", "Not done"), ("UNK", "Unknown"), ("REF", "Refused"))
TOO_HIGH = 160
SAVED_AT = "10:24:07"


def asked(item: str, label: str, kind: str = "integer", /, **more: object) -> FieldView:
    """A question; everything that is not said is plain."""
    plain = FieldView(item, label, parse_type(kind), "", (), MISSING, False, False, False)
    choices = YES_NO if plain.type.kind is Kind.YESNO else ()
    return replace(plain, **{"choices": choices, **more})  # type: ignore[arg-type]  # facts of many kinds


@dataclass
class FakePresent:
    """A clinic whose clock stands still."""

    hijri: HijriWords = field(default_factory=lambda: HijriWords(Texts("en", translations_folder())))

    def now_text(self) -> str:
        return "10:48"

    def moment_text(self) -> str:
        return "10:48"

    def today_text(self) -> str:
        return "2025-01-12"

    def visit_date_text(self) -> str:
        return "2025-01-12"


@dataclass(frozen=True)
class NoActs:
    """A form of which nothing is said as a whole."""

    now: FakePresent

    def notes(self) -> tuple[FormNote, ...]:
        return ()

    def offers(self) -> tuple[tuple[str, str], ...]:
        return ()

    def places(self) -> tuple[tuple[str, str], ...]:
        return ()

    def says(self, _place: str) -> str:
        return ""

    def present(self) -> FakePresent:
        return self.now

    def ask_move(self, _place: str, _why: str) -> Patch:
        return Patch()

    def question(self, _act: str) -> tuple[str, str]:
        return "", ""

    def decide(self, _act: str, _why: str = "") -> Patch:
        return Patch()

    def to_check(self) -> tuple[SecondLine, ...]:
        return ()

    def check(self, _place: str, _told: str) -> Patch:
        return Patch()

    def note_paper(self, _observer: str, _observed: str, _why: str) -> Patch:
        return Patch()


@dataclass
class FakeFormPage:
    """One form in memory. ``shown_when`` maps an item to (the yes/no item that shows it)."""

    parts: tuple[SectionView, ...]
    shown_when: dict[str, str] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    title: str = "Observation after injection"
    where: str = "JO01-003 · Injection 1, Sunday 12 January 2025 · day 0, in window"
    status: str = "open"
    words: Callable[[str], str] = str
    answers: dict[Cell, str] = field(default_factory=dict)
    missing: dict[Cell, str] = field(default_factory=dict)
    confirmed: dict[Cell, str] = field(default_factory=dict)
    helps: dict[str, str] = field(default_factory=dict)
    earlier: tuple[tuple[str, str], ...] = ()
    said: list[str] = field(default_factory=list)
    locked: dict[Cell, str] = field(default_factory=dict)
    previous: dict[Cell, str] = field(default_factory=dict)
    disk_full: bool = False
    site_only: bool = False
    photographs: None = None
    map: None = None
    guard: None = None
    signs: None = None

    def __post_init__(self) -> None:
        self._dependents: dict[str, list[str]] = {}
        for item, gate in self.shown_when.items():
            self._dependents.setdefault(gate, []).append(item)
        self._fields = {f.item: f for part in self.parts for f in part.fields}

    # ---- what it shows

    @property
    def acts(self) -> NoActs:
        return NoActs(self.present())

    def head(self) -> FormHead:
        words = {"expected": "not begun", "open": "in progress", "complete": "complete"}
        return FormHead(
            self.title, self.where, self.status, self.words(words[self.status]), self.site_only, True
        )

    def hold(self, act: str, reason: str = "") -> Patch:
        return Patch(saved="14:03:22", status_changed=bool(act or reason))

    def sections(self) -> tuple[SectionView, ...]:
        return self.parts

    def state(self, cell: Cell) -> FieldState:
        gate = self.shown_when.get(cell.item)
        if gate is not None:
            where = (
                cell if gate in self._fields and cell.row and self._in_row(gate, cell.row) else Cell("", gate)
            )
            if self.answers.get(Cell(where.row, gate)) != "Y":
                return FieldState(visible=False, required=False)
        text = self.answers.get(cell, "")
        return FieldState(
            visible=True,
            required=cell.item in self.required,
            text=text,
            code=text,
            missing=self.words(dict(MISSING)[self.missing[cell]]) if cell in self.missing else "",
            findings=self._findings(cell, text),
            locked=self.locked.get(cell, ""),
            previous=self.previous.get(cell, ""),
        )

    def inspect(self, cell: Cell) -> Inspection:
        known = self._fields[cell.item]
        facts = [f"OBS.{cell.item}", self.words("required") if cell.item in self.required else ""]
        facts.append(self.words("critical for the study") if known.critical else "")
        history = tuple(
            HistoryLine(text, "Rania H.", "10:19") for text in [self.answers.get(cell, "")] if text
        )
        title = ", ".join([known.label, *(r.title for r in self._rows_with(cell) if r.key == cell.row)])
        joined = " · ".join(fact for fact in facts if fact)
        return Inspection(title, joined, self.helps.get(cell.item, ""), history, self.earlier)

    def reasons(self) -> tuple[str, ...]:
        return tuple(
            self.words(reason)
            for reason in ("Typing error", "Source document says otherwise", "Measured again")
        )

    def present(self) -> FakePresent:
        return FakePresent()

    # ---- what happens

    def leave(self, cell: Cell, typed: str, reason: str = "") -> Patch:
        self.said.append(f"leave {cell.row}/{cell.item} {typed!r} {reason!r}")
        refusal = self._refusal(cell, typed.strip(), reason)
        if refusal is not None:
            return Patch(refusal=refusal)
        self.missing.pop(cell, None)
        self.answers[cell] = typed.strip()
        return self._saved(cell)

    def mark_missing(self, cell: Cell, code: str, why: str = "", reason: str = "") -> Patch:
        self.said.append(f"missing {cell.row}/{cell.item} {code} {why!r}")
        if self.answers.get(cell) and not reason:
            return Patch(
                refusal=Refusal("R-202", self.words("A saved answer would change: say why."), (), True)
            )
        self.answers.pop(cell, None)
        self.missing[cell] = code
        return self._saved(cell)

    def confirm(self, cell: Cell, check: str, why: str) -> Patch:
        self.said.append(f"confirm {cell.row}/{cell.item} {check} {why!r}")
        self.confirmed[cell] = why
        return self._saved(cell)

    def take_draft(self, cell: Cell, check: str) -> Patch:
        self.said.append(f"draft {cell.row}/{cell.item} {check}")
        return self._saved(cell)

    def add_row(self, section: str) -> Patch:
        rows = self._section(section).rows
        number = max((int(row.key) for row in rows), default=0) + 1
        self._replace(section, (*rows, RowView(str(number), str(number))))
        return Patch(saved=SAVED_AT, rows_changed=True)

    def void_row(self, section: str, row: str, reason: str) -> Patch:
        if len(reason) < len("why"):
            return Patch(refusal=Refusal("R-216", self.words("Say a little more."), (), True))
        self.said.append(f"void {section}/{row} {reason!r}")
        self._replace(section, tuple(r for r in self._section(section).rows if r.key != row))
        return Patch(saved=SAVED_AT, rows_changed=True)

    def complete(self) -> tuple[Patch, tuple[Obstacle, ...]]:
        found = tuple(self._obstacles())
        if found:
            return Patch(), found
        self.status = "complete"
        return Patch(saved=SAVED_AT, status_changed=True), ()

    def reopen(self, reason: str) -> Patch:
        self.said.append(f"reopen {reason!r}")
        self.status = "open"
        return Patch(saved=SAVED_AT, status_changed=True)

    # ---- inside

    def _saved(self, cell: Cell) -> Patch:
        begun, self.status = self.status == "expected", "open"
        cells = {cell}
        for item in self._dependents.get(cell.item, ()):
            rows = [cell.row] if cell.row else [""]
            cells |= {Cell(row, item) for row in rows}
            cells |= {Cell(row.key, item) for part in self.parts for row in part.rows if not cell.row}
        return Patch(frozenset(cells), SAVED_AT, status_changed=begun)

    def _refusal(self, cell: Cell, typed: str, reason: str) -> Refusal | None:
        say, kind = self.words, self._fields[cell.item].type.kind
        if self.disk_full:
            return Refusal("E-101", say("The disk is full. The answer is not saved; free some space."))
        if kind is Kind.INTEGER and typed and not typed.isascii():
            return Refusal("R-101", say("This is not a number. Write digits, for example 84."))
        if kind is Kind.INTEGER and typed and not typed.isdecimal():
            offers = (OfferView("10", "10"),) if typed == "1O" else ()
            return Refusal("R-101", say("This is not a number. Write digits, for example 84."), offers)
        if self.answers.get(cell) not in (None, "", typed) and not reason:
            return Refusal("R-202", say("A saved answer would change: say why."), (), True)
        return None

    def _findings(self, cell: Cell, text: str) -> tuple[FindingView, ...]:
        known = self._fields[cell.item]
        if known.type.kind is not Kind.INTEGER or not text.isdecimal() or int(text) <= TOO_HIGH:
            return ()
        words = self.words("{value} is above 160. A query has been opened.").replace("{value}", text)
        why = self.confirmed.get(cell, "")
        return (FindingView("VS-01", "Q", words, "confirmed" if why else "open", why),)

    def _obstacles(self) -> Iterable[Obstacle]:
        for part in self.parts:
            for key in [row.key for row in part.rows] if part.group else [""]:
                for known in part.fields:
                    cell = Cell(key, known.item)
                    state = self.state(cell)
                    if state.visible and state.required and not (state.text or state.missing):
                        yield Obstacle(cell, f"{known.label}: {self.words('an answer is missing.')}")

    def _section(self, section: str) -> SectionView:
        return next(part for part in self.parts if part.section == section)

    def _replace(self, section: str, rows: tuple[RowView, ...]) -> None:
        self.parts = tuple(replace(p, rows=rows) if p.section == section else p for p in self.parts)

    def _rows_with(self, cell: Cell) -> tuple[RowView, ...]:
        return next((p.rows for p in self.parts if any(f.item == cell.item for f in p.fields)), ())

    def _in_row(self, item: str, row: str) -> bool:
        return any(
            any(r.key == row for r in part.rows) and any(f.item == item for f in part.fields)
            for part in self.parts
        )


_KINDS = ("integer", "text(40)", "yesno", "decimal(1)", "date")


def long_form(items: int, *, in_section: int = 25) -> FakeFormPage:
    """A form of so many questions. In each section, the first asks whether the next two apply."""
    sections: list[SectionView] = []
    gates: dict[str, str] = {}
    for start in range(0, items, in_section):
        gate = f"Q{start}"
        fields = [asked(gate, f"Question {start}: does the next apply?", "yesno")]
        for n in range(start + 1, min(start + in_section, items)):
            kind = _KINDS[n % len(_KINDS)]
            fields.append(asked(f"Q{n}", f"Question {n}", kind, unit="mmHg" if kind == "integer" else ""))
            if n - start <= 2:
                gates[f"Q{n}"] = gate
        name = f"S{start // in_section}"
        sections.append(
            SectionView(name, f"Section {start // in_section + 1}", "", "list", (), tuple(fields))
        )
    return FakeFormPage(tuple(sections), gates, title=f"{items} questions")


def observation(say: Callable[[str], str] = str) -> FakeFormPage:
    """The form of the picture: injection, vital signs at five time points, complaints, treatments."""
    times = (("PRE", "Before"), ("0", "0 min"), ("15", "15 min"), ("30", "30 min"), ("60", "60 min"))
    positions = (("SIT", "Sitting"), ("LIE", "Lying"), ("STA", "Standing"))
    start = SectionView(
        "START", say("Start"), "", "list", (),
        (
            asked("OBSTTIM", say("Injection ended"), "time", critical=True),
            asked("POSITION", say("Position"), "choice", choices=_said(positions, say)),
        ),
    )  # fmt: skip
    grid = SectionView(
        "GRID", say("Vital signs"), "GRID", "table",
        tuple(RowView(key, say(words)) for key, words in times),
        (
            asked("VSTIM", say("Actual time"), "time"),
            asked("SYSBP", say("Systolic"), unit="mmHg", critical=True),
            asked("DIABP", say("Diastolic"), unit="mmHg"),
            asked("PULSE", say("Pulse"), unit="/min", critical=True),
        ),
    )  # fmt: skip
    end = SectionView(
        "END", "", "", "list", (),
        (
            asked("COMPL", say("Any complaint during observation?"), "yesno", choices=_said(YES_NO, say)),
            asked("COMPLTX", say("What was it?"), "longtext"),
            asked("INITIALS", say("Observed by"), "text(10)", site_only=True),
        ),
    )  # fmt: skip
    log = SectionView(
        "MEDS", say("Medication given"), "MEDS", "list", (RowView("1", "1"),),
        (
            asked("CMTRT", say("Medication"), "text(60)"),
            asked("CMDOSE", say("Dose"), "decimal(1)", unit="mg"),
            asked("CMTIM", say("Time"), "time"),
            asked("CMGIVEN", say("Still going on?"), "yesno", choices=_said(YES_NO, say)),
            asked("CMWHY", say("Why"), "text(80)"),
        ),
        grows=True,
    )  # fmt: skip
    page = FakeFormPage(
        (start, grid, end, log),
        {"COMPLTX": "COMPL", "CMWHY": "CMGIVEN"},
        frozenset({"OBSTTIM", "VSTIM", "SYSBP", "DIABP", "PULSE", "COMPL"}),
        title=say("Observation after injection"),
        where=say("JO01-003 · Injection 1, Sunday 12 January 2025 · day 0, in window"),
        words=say,
    )
    page.helps = {
        "PULSE": say("Count for 30 seconds after five minutes at rest. 50 to 110 per minute is expected.")
    }
    return page


def filled_observation(say: Callable[[str], str] = str) -> FakeFormPage:
    """The same form half an hour later, as in the picture."""
    page = observation(say)
    page.answers[Cell("", "OBSTTIM")], page.answers[Cell("", "POSITION")] = "10:18", "SIT"
    measured: Sequence[tuple[str, str, str, str, str]] = (
        ("PRE", "09:58", "114", "72", "76"),
        ("0", "10:18", "118", "74", "84"),
        ("15", "10:33", "116", "72", "80"),
        ("30", "10:48", "162", "70", ""),
    )
    for key, *values in measured:
        for item, value in zip(("VSTIM", "SYSBP", "DIABP", "PULSE"), values, strict=True):
            if value:
                page.answers[Cell(key, item)] = value
    page.answers |= {
        Cell("1", "CMTRT"): "Paracetamol",
        Cell("1", "CMDOSE"): "500.0",
        Cell("1", "CMTIM"): "10:40",
    }
    page.earlier = ((say("Screening"), "78"), (say("Injection 1"), "76"))
    return page


def _said(choices: Iterable[tuple[str, str]], say: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    return tuple((code, say(words)) for code, words in choices)
