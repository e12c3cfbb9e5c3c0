"""The preview as a page: a band that says what this is, and the casebook of nobody below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crfapp.form.graph import Cell
from crfapp.present.address import Address
from crfapp.ui.preview.view import PreviewView
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.theme import current
from crfapp.ui.widgets import Banner, Button, SegmentedChoice

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from crfapp.present.palette import Action
    from crfapp.present.preview_page import Preview, PreviewCasebook
    from crfapp.present.texts import Texts
    from crfapp.work.cases import Topic

PREVIEW = "preview"


class PreviewWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`. The trial is made when somebody first looks."""

    key = PREVIEW
    icon = "eye"

    def __init__(self, make: Callable[[], Preview], say: Texts) -> None:
        self._say = say
        self.body = PreviewBody(make, say)

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name in the palette."""
        return self._say("Preview of the forms")

    def badge(self) -> int:
        """Nothing waits in a preview."""
        return 0

    def refresh(self, topics: Collection[Topic]) -> None:
        """Nothing that happens at the site changes a preview."""

    def shown(self) -> None:
        """The page has come to the front."""
        self.body.begin()

    def open(self, at: Address) -> None:
        """Turn to a form at a visit; with a visit alone to its first form, with a form alone to its first."""
        if at.visit or at.form:
            self.body.turn_to(at)

    def address(self) -> Address:
        """The form that is looked at."""
        return self.body.at

    def keys(self) -> Sequence[KeyLine]:
        """The keys of a preview."""
        say = self._say
        return (
            KeyLine("Enter", say("next question")),
            KeyLine("F1", say("help")),
            KeyLine("Alt+↓  Alt+↑", say("next or previous form")),
            KeyLine("Alt+Shift+↓  ↑", say("next or previous visit")),
        )

    def actions(self) -> Sequence[Action]:
        """Nothing to be started from elsewhere."""
        return ()


class PreviewBody(QWidget):
    """The band with the language and starting over, and the casebook."""

    def __init__(self, make: Callable[[], Preview], say: Texts) -> None:
        super().__init__()
        self._make, self._say = make, say
        self._preview: Preview | None = None
        self.view: PreviewView | None = None
        self.at = Address(PREVIEW)
        tokens = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        held = QVBoxLayout()
        held.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        self.banner = Banner(
            say("Preview: nothing is recorded."),
            note=say("Answers are forgotten when the window is locked or closed."),
            parent=self,
        )
        held.addWidget(self.banner)
        column.addLayout(held)
        self._column = column

    @property
    def preview(self) -> Preview:
        """The study that is walked through; its trial begins when it is first asked for."""
        if self._preview is None:
            self._preview = self._make()
            self._fill_banner(self._preview)
        return self._preview

    def begin(self) -> None:
        """Show the first form, where none is shown yet."""
        if self.view is None:
            self._show(self.preview.casebook)

    def turn_to(self, at: Address) -> None:
        """Show a form at a visit; what is not named is the first that there is."""
        self.begin()
        study = self.preview.study
        visit = at.visit or next(iter(study.visits_of(at.form)), "")
        if self.view is None or visit not in study.visits:
            return
        if at.form:
            key = self.preview.casebook.trial.key(visit, at.form)
            self.view.open_form(key, Cell(at.row, at.item) if at.item else None)
        else:
            self.view.open_visit(visit, 1)

    def _fill_banner(self, preview: Preview) -> None:
        say = self._say
        self.languages = SegmentedChoice(preview.languages, self.banner)
        self.languages.set_tight(True)
        self.languages.setAccessibleName(say("Language of the forms"))
        self.languages.show_value(preview.language)
        self.languages.chosen.connect(self._speak)
        self.languages.setVisible(len(preview.languages) > 1)
        self.banner.row.addWidget(self.languages)
        self.visits = Button(say("Visits"), parent=self.banner)
        self.visits.setCheckable(True)
        self.visits.hide()
        self.visits.toggled.connect(self._show_visits)
        self.banner.row.addWidget(self.visits)
        self.over = self.banner.add_button("over", say("Start over"))
        self.over.clicked.connect(self._start_over)

    def _speak(self, language: str) -> None:
        if not language:  # one language is always chosen
            self.languages.show_value(self.preview.language)
        elif language != self.preview.language:
            self._show(self.preview.speak(language), self.at)

    def _start_over(self) -> None:
        self._show(self.preview.start_over(), self.at)

    def _show_visits(self, shown: bool) -> None:
        if self.view is not None:
            self.view.show_visits(shown=shown)

    def _show(self, casebook: PreviewCasebook, at: Address | None = None) -> None:
        old, self.view = self.view, PreviewView(casebook, self._say)
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.view.moved.connect(self._moved)
        self.view.narrow.connect(self.visits.setVisible)
        self._column.addWidget(self.view, 1)
        self.visits.setChecked(False)
        self.view.show_subject(casebook.trial.subject)
        if at is not None:
            self.turn_to(at)

    def _moved(self, place: tuple[str | int, ...]) -> None:
        names = ("subject", "visit", "visit_n", "form", "form_n", "row", "item")
        known = dict(zip(names, place, strict=False))
        known.pop("subject", None)
        self.at = Address(PREVIEW, **known)  # type: ignore[arg-type]  # texts and numbers by their names
