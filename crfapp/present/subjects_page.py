"""The casebook grid: subjects down, visits across; each row is worked out when it comes into view."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crfapp.present.address import Address
from crfapp.present.finding import Findable, words_of
from crfapp.present.grid_words import GridWords, pressing
from crfapp.present.palette import CASEBOOK
from crfapp.present.subjects_view import (
    FilterView,
    FormMark,
    GridColumn,
    GridRow,
    VisitDetail,
)
from crfapp.present.texts import N_, isolated
from crfapp.present.today_page import enrolled_by
from crfapp.present.words import FORM_ICON, status_words
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.ledger.keys import FormKey
    from crfapp.ledger.state import SubjectRow
    from crfapp.present.board import Board, Occurrence, Standing
    from crfapp.present.workplace import Workplace

ALL = "all"
_GROUPS = {"scheduled": N_("Scheduled"), "conditional": N_("If needed"), "repeating": N_("If needed")}
_LOGS = N_("Logs")


class SubjectsPage:
    """The presenter of the Subjects page. Rows count from 0, in the order of the subject numbers."""

    def __init__(self, workplace: Workplace, board: Board) -> None:
        self._at = workplace
        self._board = board
        self._typed = ""
        self._filter = ALL
        self._shown: list[SubjectRow] | None = None
        self._findable: dict[str, Findable] = {}
        self._words = GridWords(workplace)
        self._columns = self._all_columns()

    @property
    def lesions(self) -> bool:
        """Whether the study follows lesions, which have a page for each subject."""
        return self._at.study.head.targets is not None

    def columns(self) -> tuple[GridColumn, ...]:
        """The visits of the schedule; what may happen besides stands behind, running logs last."""
        return self._columns

    def _all_columns(self) -> tuple[GridColumn, ...]:
        say, texts = self._at.texts, self._words.texts
        columns = [
            GridColumn(
                visit.visit,
                texts.visit(visit.visit),
                "log" if visit.kind == "log" else "scheduled" if visit.kind == "scheduled" else "needed",
                say(_GROUPS.get(visit.kind, _LOGS)),
            )
            for visit in self._at.study.head.visits
        ]
        order = ("scheduled", "needed", "log")
        return tuple(sorted(columns, key=lambda column: order.index(column.group)))

    def filters(self) -> tuple[FilterView, ...]:
        """What the list can be narrowed to."""
        say = self._at.texts
        return (
            FilterView(ALL, say("All")),
            FilterView("due", say("Due")),
            FilterView("overdue", say("Overdue")),
            FilterView("findings", say("Open findings")),
            FilterView("queries", say("Open queries")),
            FilterView("open", say("In progress")),
        )

    def narrow(self, *, typed: str | None = None, to: str | None = None) -> None:
        """Show only subjects whose number fits what was typed, and only of one kind."""
        self._typed = self._typed if typed is None else typed
        self._filter = self._filter if to is None else to
        self._shown = None

    @property
    def filter(self) -> str:
        """The kind that the list is narrowed to."""
        return self._filter

    def refresh(self) -> None:
        """Something changed: which subjects are listed is found out anew."""
        self._shown = None

    def count(self) -> int:
        """How many subjects are listed."""
        return len(self._rows())

    def total(self) -> int:
        """How many subjects there are."""
        return len(self._board.subjects())

    def summary(self) -> str:
        """The line below the title."""
        say, total, shown = self._at.texts, self.total(), self.count()
        planned = self._at.study.head.subjects.planned
        if shown != total:
            return say("{shown} of {total} subjects", shown=shown, total=total)
        enrolled = say.many("{count} subject", "{count} subjects", total)
        return (
            say("{enrolled} of {planned} planned", enrolled=enrolled, planned=planned)
            if planned
            else enrolled
        )

    def row(self, number: int) -> GridRow:
        """One row of the list."""
        subject, today = self._rows()[number], self._at.today
        standing = self._board.standing(subject)
        by_visit = _by_visit(standing)
        columns = [by_visit.get(column.visit, []) for column in self._columns]
        cells = self._words.cells(standing, columns, today)
        note = self._words.note(standing, today)
        return GridRow(subject.subject, subject.number, note, standing.findings, cells)

    def spoken(self, number: int, column: int) -> str:
        """One cell in full, for the screen reader and the tool tip."""
        standing = self._board.standing(self._rows()[number])
        visits = _by_visit(standing).get(self._columns[column].visit, [])
        return self._words.spoken(standing, visits, self._at.today)

    def find(self, subject: str) -> int | None:
        """The row of a subject; None where it is not listed."""
        return next((n for n, row in enumerate(self._rows()) if row.subject == subject), None)

    def address(self, number: int, column: int | None = None) -> Address:
        """The casebook behind a row, turned to the visit of a column."""
        subject = self._rows()[number]
        if column is None:
            return Address(CASEBOOK, subject.subject)
        visit = self._columns[column].visit
        found = pressing([v for v in self._board.standing(subject).visits if v.slot.visit == visit])
        return Address(CASEBOOK, subject.subject, visit, found.slot.visit_n if found else 1)

    def detail(self, number: int, column: int) -> VisitDetail | None:
        """The chosen cell in full; None where the visit is not part of the subject's schedule."""
        subject = self._rows()[number]
        visit = self._columns[column].visit
        standing = self._board.standing(subject)
        found = pressing([v for v in standing.visits if v.slot.visit == visit])
        if found is None:
            return None
        return VisitDetail(
            title=f"{isolated(subject.number)} · {self._words.title(found)}",
            facts=self._words.facts(found),
            forms=self._form_marks(found),
            address=self.address(number, column),
        )

    @property
    def may_enrol(self) -> bool:
        """Whether this person may take subjects in."""
        return self._at.actor.may(Right.ENROL)

    def enrol(self) -> Address:
        """Take a new subject in; where its casebook begins. Raises what the bus raises."""
        to = enrolled_by(self._at)
        self.refresh()
        return to

    def _rows(self) -> list[SubjectRow]:
        if self._shown is None:
            query = words_of(self._typed)
            wanted = self._wanted()
            self._shown = [
                row
                for row in self._board.subjects()
                if self._fits(row, query) and (wanted is None or wanted(row))
            ]
        return self._shown

    def _fits(self, row: SubjectRow, query: tuple[str, ...]) -> bool:
        if not query:
            return True
        if row.number not in self._findable:
            self._findable[row.number] = Findable.of(row.number)
        return self._findable[row.number].distance(query) is not None

    def _wanted(self) -> Callable[[SubjectRow], bool] | None:
        today = self._at.today
        match self._filter:
            case "due" | "overdue" as kind:
                return lambda row: any(how == kind for _, how in self._board.standing(row).owed(today))
            case "findings":
                return lambda row: self._board.standing(row).findings > 0
            case "queries":
                return lambda row: self._board.standing(row).queries > 0
            case "open":
                return lambda row: any(
                    v.slot.status == "started" and not v.done for v in self._board.standing(row).visits
                )
            case _:
                return None

    def _form_marks(self, visit: Occurrence) -> tuple[FormMark, ...]:
        """The forms of a visit in the order of the schedule."""
        order = {form.form: n for n, form in enumerate(self._at.study.visit(visit.slot.visit).forms)}
        listed = sorted(visit.forms, key=lambda one: (order.get(one[0].form, 0), one[0].form_n))
        several = Counter(key.form for key, _ in listed)
        return tuple(self._form_mark(key, status, numbered=several[key.form] > 1) for key, status in listed)

    def _form_mark(self, key: FormKey, status: str, *, numbered: bool) -> FormMark:
        title = self._words.texts.form(key.form)
        at = Address(CASEBOOK, key.subject, key.visit, key.visit_n, key.form, key.form_n)
        named = f"{title} {key.form_n}" if numbered else title
        return FormMark(named, FORM_ICON[status], status_words(status, self._at.texts), at)


def _by_visit(standing: Standing) -> dict[str, list[Occurrence]]:
    found: dict[str, list[Occurrence]] = {}
    for visit in standing.visits:
        found.setdefault(visit.slot.visit, []).append(visit)
    return found
