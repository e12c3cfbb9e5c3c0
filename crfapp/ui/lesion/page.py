"""Lesions as the window shows them: a subject's on the body map, and one with its whole course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from crfapp.present.address import Address
from crfapp.present.palette import Action
from crfapp.ui.lesion.course import CourseBody
from crfapp.ui.lesion.registry import RegistryBody
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.widgets import EmptyState
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtWidgets import QWidget

    from crfapp.present.lesion_page import LesionPage
    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell

_CARES = frozenset({Topic.SUBJECTS, Topic.VISITS, Topic.ANSWERS, Topic.FORMS})


class LesionWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`. ``room`` gives the photographs, where there are any."""

    key = "lesion"
    icon = "place"

    def __init__(
        self, presenter: LesionPage, shell: Shell, say: Texts, room: PhotoRoom | None = None
    ) -> None:
        self._presenter, self._shell, self._say = presenter, shell, say
        self._at = Address(self.key)
        self._stale = False
        self.none = EmptyState(
            say("No subject chosen"),
            say("Choose a subject to see its lesions, or press Ctrl+K and type its number."),
            icon="place",
            step=say("Go to the subjects"),
        )
        self.none.first_step.connect(lambda: shell.go(Address("subjects")))
        self.registry = RegistryBody(say)
        self.registry.opened.connect(self._open_row)
        self.registry.wanted.connect(shell.go)
        self.course = CourseBody(say, room)
        self.course.wanted.connect(shell.go)
        self.course.lesion_wanted.connect(self._open_row)
        self.body = QStackedWidget()
        for part in (self.none, self.registry, self.course):
            self.body.addWidget(part)

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name in the palette."""
        return self._presenter.title

    def badge(self) -> int:
        """Nothing waits here."""
        return 0

    def refresh(self, topics: Collection[Topic]) -> None:
        """Something changed."""
        if _CARES.intersection(topics):
            self._stale = True
            if self.body.isVisible():
                self._show()

    def shown(self) -> None:
        """Show how things stand now, the keyboard at the map or at the table."""
        if self._stale:
            self._show()
        part = self.body.currentWidget()
        if isinstance(part, RegistryBody | CourseBody):
            part.focus_first()
        else:
            self.none.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, at: Address) -> None:
        """Turn to a subject's lesions, or to one of them; without a subject nothing changes."""
        if at.subject:
            self._at = Address(self.key, at.subject, row=at.row)
            self._show()

    def address(self) -> Address:
        """The subject, and the lesion that is open."""
        return self._at

    def keys(self) -> Sequence[KeyLine]:
        """The keys of this page."""
        say = self._say
        return (
            KeyLine("← ↑ → ↓", say("from lesion to lesion on the map")),
            KeyLine("Enter", say("open the lesion, or say where a figure comes from")),
            KeyLine("Alt+←  Alt+→", say("the lesion before or after")),
        )

    def actions(self) -> Sequence[Action]:
        """All lesions of the subject that is open here."""
        if not (self.body.isVisible() and self._at.row):
            return ()
        return (Action("all-lesions", self._say("All lesions of this subject"), self._up, icon=self.icon),)

    def _up(self) -> None:
        self._open_row("")

    def _open_row(self, row: str) -> None:
        self._shell.go(Address(self.key, self._at.subject, row=row))
        self.shown()

    def _show(self) -> None:
        self._stale = False
        if not self._at.subject:
            self.body.setCurrentWidget(self.none)
            return
        view = self._presenter.view(self._at.subject, self._at.row) if self._at.row else None
        if view is None:
            self._at = Address(self.key, self._at.subject)
            self.registry.show_list(self._presenter.list(self._at.subject))
            self.body.setCurrentWidget(self.registry)
            return
        self.course.show_view(view)
        self.body.setCurrentWidget(self.course)
