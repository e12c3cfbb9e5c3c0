"""Casebooks as PDFs, of one subject or of everybody: what a section of the Exchange page shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from crfapp.ledger.state import SubjectRow
from crfapp.present.acts import act_sentence
from crfapp.present.query_view import Narrowing
from crfapp.present.texts import isolated
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crfapp.base.problems import AppProblem
    from crfapp.present.lane import Lane, Steps
    from crfapp.present.workplace import Workplace

EVERYBODY = ""


class CasebookPrinter(Protocol):
    """Casebooks of an open site; ``bootstrap`` carries it out."""

    def make(
        self, subjects: Sequence[str], folder: Path, steps: Steps, *, language: str, whole: bool
    ) -> Sequence[str]:
        """Make one file for each subject (by number) and put it on record; their names. For the lane."""


@dataclass(frozen=True, slots=True)
class CasebooksView:
    """The section. ``subjects`` can be chosen, ``at`` is chosen; ``whole``: with what stays at the site."""

    may_whole: bool
    subjects: tuple[Narrowing, ...] = ()
    at: str = EVERYBODY
    whole: bool = False
    running: str = ""
    done: str = ""
    problem: str = ""


class CasebookPapers:
    """The presenter, for whoever hands data over."""

    def __init__(self, workplace: Workplace, lane: Lane, printer: CasebookPrinter) -> None:
        self._at, self._lane, self._printer = workplace, lane, printer
        self._show: Callable[[CasebooksView], None] = lambda _: None
        may = workplace.actor.may
        self.view = CasebooksView(may(Right.RECORD) or may(Right.OVERSEE))

    def watch(self, show: Callable[[CasebooksView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def refresh(self) -> None:
        """Look again at who is in the study."""
        rows = sorted(self._at.tables.find(SubjectRow), key=lambda row: row.number)
        everybody = self._at.texts.many("{count} subject", "All {count} subjects", len(rows))
        each = (Narrowing(row.number, isolated(row.number)) for row in rows)
        self._become(subjects=(Narrowing(EVERYBODY, everybody), *each))

    def choose(self, number: str) -> None:
        """One subject by number; empty: everybody."""
        self._become(at=number, done="", problem="")

    def choose_subject(self, subject: str) -> None:
        """The same by what the program knows a subject by."""
        row = self._at.tables.get(SubjectRow, subject)
        self.choose(row.number if row is not None else EVERYBODY)

    def set_whole(self, *, whole: bool) -> None:
        """With or without what the study keeps at the site."""
        self._become(whole=whole and self.view.may_whole, done="", problem="")

    def make(self, folder: Path) -> None:
        """Make the files in a folder, one after the other; what is there already is not written over."""
        view, say = self.view, self._at.texts
        if view.running:
            return
        numbers = [one.key for one in view.subjects if one.key and view.at in (EVERYBODY, one.key)]
        language, whole = say.language, view.whole

        def work(steps: Steps) -> Sequence[str]:
            return self._printer.make(numbers, folder, steps, language=language, whole=whole)

        self._become(running=say("drawing the pages"), done="", problem="")
        self._lane.start(work, done=self._made, failed=self._failed, title=say("Casebooks"))

    def _made(self, files: Sequence[str]) -> None:
        say = self._at.texts
        done = (
            say("Made and on record: {file}", file=isolated(files[0]))
            if len(files) == 1
            else say.many(
                "{count} casebook made and on record.", "{count} casebooks made and on record.", len(files)
            )
        )
        self._become(running="", done=done, problem="")

    def _failed(self, problem: AppProblem) -> None:
        self._become(running="", done="", problem=act_sentence(problem, self._at.texts))

    def _become(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]  # fields of many kinds
        self._show(self.view)
