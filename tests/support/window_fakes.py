"""Pages with nothing but what the frame asks of them, and a window made of fakes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from crfapp.present.address import Address
from crfapp.present.clock_watch import JumpWatch
from crfapp.present.palette import Action
from crfapp.present.texts import Texts
from crfapp.present.unfinished import Unfinished
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.shell.parts import WindowParts
from crfapp.ui.widgets import EmptyState, Words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from crfapp.present.entrance import Door, Founder
    from crfapp.present.other_workstations import CarryOut
    from crfapp.present.workplace import Workplace
    from crfapp.ui.preferences import Preferences
    from crfapp.ui.shell.page import Page, Shell
    from crfapp.work.cases import Topic
    from tests.support.clinic import Clinic


class FakePage:
    """A page with one line to write in; what is written is saved when the line is left."""

    def __init__(self, key: str, title: str, workplace: Workplace, shell: Shell, badge: int = 0) -> None:
        self.key, self.icon = key, key if key != "casebook" else "subjects"
        self._title, self._badge = title, badge
        self.workplace, self.shell = workplace, shell
        self.at = Address(key)
        self.refreshed: list[frozenset[Topic]] = []
        self.times_shown = 0
        self.enrolled = 0
        self.recorded = ""
        self.saved: list[str] = []
        self.widget = QWidget()
        column = QVBoxLayout(self.widget)
        column.addWidget(Words(title, size="title", weight=600))
        self.line = QLineEdit(self.widget)
        self.line.editingFinished.connect(self._save)
        column.addWidget(self.line)
        column.addWidget(EmptyState(workplace.texts("Nothing here"), "", icon=self.icon))

    def _save(self) -> None:
        """Once for each text, as the pages of the program do."""
        if self.line.text() != self.recorded:
            self.recorded = self.line.text()
            self.saved.append(self.recorded)

    def unfinished(self) -> Sequence[Unfinished]:
        typed = self.line.text()
        return [] if typed == self.recorded else [Unfinished(self.address(), typed)]

    def set_aside(self) -> Sequence[Unfinished]:
        typed = self.unfinished()
        self.line.setText(self.recorded)
        return typed

    def put_back(self, texts: Sequence[Unfinished]) -> Sequence[Unfinished]:
        for text in texts:
            self.line.setFocus()
            self.line.setText(text.typed)
        return []

    def title(self) -> str:
        return self._title

    def badge(self) -> int:
        return self._badge

    def set_badge(self, badge: int) -> None:
        self._badge = badge

    def refresh(self, topics: Collection[Topic]) -> None:
        self.refreshed.append(frozenset(topics))

    def shown(self) -> None:
        self.times_shown += 1

    def open(self, at: Address) -> None:
        if at != Address(self.key):
            self.at = at

    def address(self) -> Address:
        return replace(self.at, page=self.key)

    def keys(self) -> Sequence[KeyLine]:
        return [KeyLine("F1", "help"), KeyLine("Alt+Down Alt+Up", "next and previous form")]

    def actions(self) -> Sequence[Action]:
        if self.key != "subjects":
            return ()
        return (Action("enrol", self.workplace.texts("Enrol a subject"), self._enrol, icon="plus"),)

    def _enrol(self) -> None:
        self.enrolled += 1


@dataclass
class Workbench:
    """What a test looks at afterwards: the pages last made, and what was remembered."""

    clinic: Clinic
    catalogues: Path
    door: Door | None = None
    founder: Founder | None = None
    pages: dict[str, FakePage] = field(default_factory=dict)
    remembered: list[Preferences] = field(default_factory=list)
    rounds: CarryOut | None = None
    backup: datetime | None = None
    known: datetime | None = None
    jumps: JumpWatch = field(default_factory=JumpWatch)
    titles: tuple[str, ...] = ("Today", "Subjects", "Queries", "Exchange")
    badges: dict[str, int] = field(default_factory=lambda: {"today": 3, "queries": 5})
    page_width: int = 0

    def parts(self) -> WindowParts:
        return WindowParts(
            texts=lambda language: Texts(language, self.catalogues),
            pages=self._pages,
            clock=self.clinic.clock,
            remember=self.remembered.append,
            backup=lambda: self.backup,
            folder=Path("/sites/jo01"),
            door=self.door,
            founder=self.founder,
            known=lambda: self.known,
            jumps=self.jumps,
            rounds=lambda _at: self.rounds,
        )

    def _pages(self, workplace: Workplace, shell: Shell) -> Sequence[Page]:
        titles = {title.lower(): workplace.texts(title) for title in self.titles}
        titles["casebook"] = workplace.texts("Casebook")
        self.pages = {
            key: FakePage(key, title, workplace, shell, self.badges.get(key, 0))
            for key, title in titles.items()
        }
        for page in self.pages.values():
            page.widget.setMinimumWidth(self.page_width)
        return tuple(self.pages.values())
