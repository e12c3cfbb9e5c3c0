"""The casebook of a shipped study on real presenters and a memory ledger, on the screen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crfapp.present.casebook_page import CasebookPage
from crfapp.ui.casebook import CasebookView
from crfapp.ui.fields import FieldEditor
from crfapp.ui.theme import apply_theme
from crfapp.ui.widgets import InlineMessage
from crfapp.work.roles import Role
from tests.support.playing import PlayingClinic, shipped_study
from tests.support.site_of import workplace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from crfapp.ledger.keys import FormKey, VisitKey
    from crfapp.ui.theme.tokens import ThemeName

FLAGSHIP = "nct06813027"


class RealCasebook:
    """One clinic and, once shown, the window of its investigator on one subject."""

    def __init__(self, zone: str = "Asia/Amman", language: str = "en", at: str = "2025-01-05T06:15") -> None:
        self.clinic = PlayingClinic(shipped_study(FLAGSHIP), zone, {"rania": "nurse"})
        self.clinic.hire("haddad", Role.INVESTIGATOR)
        self.clinic.actor = self.clinic.people["haddad"]
        self.set_clock(at)
        self.language = language
        self.subject = self.clinic.enrol()

    def set_clock(self, at: str) -> None:
        """Set the clock, in UTC."""
        self.clinic.clock.at = datetime.fromisoformat(at).replace(tzinfo=UTC)

    def begin(self, visit: str, date: str) -> VisitKey:
        """The subject is seen."""
        return self.clinic.start(self.subject, visit, date)

    def show(self, app: QApplication, theme: ThemeName = "light") -> CasebookView:
        """The casebook, open at this subject; whoever asks for it closes it."""
        rtl = self.language == "ar"
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        apply_theme(app, theme)
        at = workplace(self.clinic, self.language)
        self.view = CasebookView(CasebookPage(at), at.texts)
        self.view.resize(1092, 752)
        self.view.show()
        self.view.activateWindow()
        assert QTest.qWaitForWindowActive(self.view)
        assert self.view.show_subject(self.subject)
        return self.view

    def turn_to(self, key: FormKey) -> None:
        """Open a form."""
        self.view.open_form(key)

    def editor(self, name: str) -> FieldEditor:
        """The editor of a question, which must be in sight."""
        return next(e for e in self.view.form.findChildren(FieldEditor, name) if e.isVisible())

    def said(self) -> list[str]:
        """Every sentence below a question, without the signs that keep its parts in their direction."""
        shown = (m for m in self.view.form.findChildren(InlineMessage) if m.isVisible())
        return [m.text.text().replace("\u2068", "").replace("\u2069", "") for m in shown]
