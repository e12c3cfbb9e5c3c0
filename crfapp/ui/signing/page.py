"""The Signing page as the window shows it: the list, and from there what is gone through and signed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crfapp.present.address import Address
from crfapp.ui.casebook.asking import ReasonPrompt
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.signing.dialog import ask_signature
from crfapp.ui.signing.review import ReviewView
from crfapp.ui.theme import current
from crfapp.ui.today.tiles import Tile
from crfapp.ui.widgets import Banner, Button, EmptyState, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from crfapp.present.palette import Action
    from crfapp.present.signing_page import SigningPage
    from crfapp.present.signing_view import ReviewedForm, SigningView, SignLine, UnlockLine
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell

_CARES = frozenset(
    {Topic.SITE, Topic.SUBJECTS, Topic.VISITS, Topic.ANSWERS, Topic.FORMS, Topic.SIGNATURES, Topic.LOCKS}
)
_MOST_TOGETHER = 25


class SigningWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`; what changed elsewhere is shown on coming back."""

    key = "signing"
    icon = "signed"

    def __init__(self, presenter: SigningPage, shell: Shell, say: Texts) -> None:
        self._presenter, self._shell, self._say = presenter, shell, say
        self._waiting: int | None = None
        self._open: tuple[SignLine, ...] = ()
        self.list = SigningBody(say)
        self.review = ReviewView(say)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.review)
        self.list.chosen.connect(self.open_lines)
        self.list.agreed.connect(self._agree)
        self.list.declined.connect(self._decline)
        self.review.left.connect(self._back)
        self.review.seen.connect(self._see)
        self.review.sign.connect(self._sign)
        self.review.go.connect(shell.go)

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.stack

    def title(self) -> str:
        """Its name."""
        return self._say("Signing")

    def badge(self) -> int:
        """What waits to be signed or agreed to."""
        if self._waiting is None:
            self._waiting = self._presenter.waiting_count()
        return self._waiting

    def refresh(self, topics: Collection[Topic]) -> None:
        """Something changed; while somebody goes through forms they stay as they were shown."""
        if _CARES.intersection(topics):
            self._waiting = None
            if self.list.isVisible():
                self.shown()

    def shown(self) -> None:
        """Show how things stand now."""
        if self.stack.currentWidget() is self.list:
            had = self.stack.hasFocus()
            self.list.show_view(self._presenter.view())
            if had:  # the page came to the front: the keyboard goes to what waits
                self.list.take_keyboard()
        else:
            self._show_review()

    def open(self, at: Address) -> None:
        """An address with a subject opens the first thing that waits there."""
        if at.subject:
            view = self._presenter.view()
            lines = (*view.lines, *view.offered)
            fits = [one for one in lines if one.scope.subject == at.subject]
            exact = [one for one in fits if (one.scope.visit, one.scope.form) == (at.visit, at.form)]
            if exact or fits:
                self.open_lines((exact or fits)[:1])

    def address(self) -> Address:
        """This page."""
        return Address(self.key)

    def keys(self) -> Sequence[KeyLine]:
        """The keys of this page."""
        say = self._say
        return (
            KeyLine("↑ ↓", say("next or previous line")),
            KeyLine("Enter", say("open the line; gone through, next form")),
            KeyLine("Esc", say("back to the list")),
        )

    def actions(self) -> Sequence[Action]:
        """Nothing that could be started from elsewhere."""
        return ()

    def open_lines(self, lines: Sequence[SignLine]) -> None:
        """Go through one line, or several of the same meaning."""
        self._open = tuple(lines)
        self.stack.setCurrentWidget(self.review)
        self._show_review()

    def _show_review(self) -> None:
        self.review.show_reviews([self._presenter.review(line) for line in self._open])

    def _back(self) -> None:
        self._open = ()
        self.stack.setCurrentWidget(self.list)
        self.shown()
        self.list.take_keyboard()

    def _see(self, form: ReviewedForm) -> None:
        refused = self._presenter.see(form)
        if refused:
            self._show_review()  # it is another one by now: show it as it is
            self.review.refuse(refused)
        else:
            self.review.mark_seen(form)

    def _sign(self) -> None:
        if ask_signature(self._presenter.request(self._open), self._say, self.stack):
            self._back()

    def _agree(self, line: UnlockLine) -> None:
        self.list.say_problem(self._presenter.agree(line))
        self.shown()

    def _decline(self, line: UnlockLine, reason: str) -> None:
        refused = self._presenter.decline(line, reason)
        self.shown()
        self.list.say_problem(refused)


class SigningBody(QScrollArea):
    """Numbers, who asks to unlock, what waits, what may be signed."""

    chosen = Signal(object)
    agreed = Signal(object)
    declined = Signal(object, str)

    def __init__(self, say: Texts) -> None:
        super().__init__()
        self._say = say
        self._view: SigningView | None = None
        tokens = current()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        give_slim_bars(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its keys reach it from the controls inside
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self.setWidget(inside)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.wide)
        self.column.setSpacing(tokens.room)
        self.column.addWidget(Words(say("Signing"), size="title", weight=600))
        tiles = QHBoxLayout()
        tiles.setSpacing(tokens.room)
        self.tiles = [Tile(inside) for _ in range(4)]
        for tile in self.tiles:
            tiles.addWidget(tile)
        self.column.addLayout(tiles)
        self.problem = Banner("", "error", parent=inside)
        self.problem.hide()
        self.column.addWidget(self.problem)
        self.asked = QWidget(inside)  # a layout in a layout would not tell the page that it grew
        self.wishes = QVBoxLayout(self.asked)
        self.wishes.setContentsMargins(0, 0, 0, 0)
        self.wishes.setSpacing(tokens.gap)
        self.column.addWidget(self.asked)
        self._lay_lists()
        self.empty = EmptyState(
            say("Nothing waits to be signed"),
            say("Forms and casebooks that the study wants signed will stand here, and what changed since."),
            icon="signed",
        )
        self.column.addWidget(self.empty, 1)
        self.column.addStretch(0)

    def _lay_lists(self) -> None:
        """What waits, and what may be signed."""
        say = self._say
        self.together = QHBoxLayout()
        self.together.setSpacing(current().gap)
        self.waiting = TableCard(say("Waits to be signed"), self._columns(), say("Go through"))
        self.offered = TableCard(say("May be signed"), self._columns(), say("Go through"))
        self.more = Words("", "muted", size="small")
        self.waiting.head_row.addWidget(self.more)
        self.waiting.head_row.addLayout(self.together)
        self.waiting.opened.connect(lambda number: self._choose("lines", number))
        self.offered.opened.connect(lambda number: self._choose("offered", number))
        self.column.addWidget(self.waiting)
        self.column.addWidget(self.offered)

    def show_view(self, view: SigningView) -> None:
        """Show how things stand."""
        self._view = view
        for tile, shown in zip(self.tiles, view.tiles, strict=True):
            tile.show_tile(shown)
        self.waiting.show_rows([line_cells(line) for line in view.lines])
        self.waiting.setVisible(bool(view.lines))
        self.offered.show_rows([line_cells(line) for line in view.offered])
        self.offered.setVisible(bool(view.offered))
        self.more.setText(self._say("and {count} more", count=view.more) if view.more else "")
        self.empty.setVisible(not view.lines and not view.offered)
        self._show_wishes(view.unlocks)
        self._show_together(view.lines if view.may_sign else ())

    def say_problem(self, sentence: str) -> None:
        """Why something could not be done; empty takes it away."""
        self.problem.show_text(sentence)
        self.problem.setVisible(bool(sentence))

    def take_keyboard(self) -> None:
        """Give the keyboard to the first line."""
        rows = self.waiting.rows or self.offered.rows
        if rows:
            rows[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _columns(self) -> tuple[Column, ...]:
        say = self._say
        return (
            Column("", 0),
            Column(say("Subject"), 0),
            Column(say("What"), 34),
            Column(say("Meaning"), 30),
            Column(say("State"), 0),
            Column(say("Sign by"), 0),
        )

    def _choose(self, which: str, number: int) -> None:
        if self._view is not None:
            self.chosen.emit((getattr(self._view, which)[number],))

    def _show_together(self, lines: Sequence[SignLine]) -> None:
        """Several of one meaning can be gone through one after the other and signed at once (REQ-311)."""
        while (item := self.together.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        whole = [line for line in lines if line.scope.form]
        whole.sort(key=lambda line: line.meaning)
        for _meaning, group in groupby(whole, key=lambda line: line.meaning):
            several = tuple(group)[:_MOST_TOGETHER]
            if len(several) > 1:
                words = self._say(
                    "{meaning}: all {count}", meaning=several[0].meaning_words, count=len(several)
                )
                button = Button(words, "pill", parent=self.waiting)
                button.clicked.connect(lambda _on=False, several=several: self.chosen.emit(several))
                self.together.addWidget(button)

    def _show_wishes(self, unlocks: Sequence[UnlockLine]) -> None:
        while (item := self.wishes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line in unlocks:
            wish = Wish(line, self._say, self)
            wish.agreed.connect(lambda line=line: self.agreed.emit(line))
            wish.declined.connect(lambda reason, line=line: self.declined.emit(line, reason))
            self.wishes.addWidget(wish)
        self.asked.setVisible(bool(unlocks))


class Wish(QWidget):
    """Somebody asks to open what is locked: agree, or decline with a reason."""

    agreed = Signal()
    declined = Signal(str)

    def __init__(self, line: UnlockLine, say: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._say = say
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.banner = Banner(line.title, "warn", note=line.text, parent=self)
        self.agree = self.banner.add_button("agree", say("Agree"), "primary")
        self.decline = self.banner.add_button("decline", say("Decline…"))
        self.banner.chosen.connect(self._chosen)
        self.column.addWidget(self.banner)
        self.prompt: ReasonPrompt | None = None

    def _chosen(self, key: str) -> None:
        if key == "agree":
            self.agreed.emit()
        elif self.prompt is None:
            say = self._say
            question = say("Why does it stay locked?")
            self.prompt = ReasonPrompt(question, (), say, go=say("Decline"), parent=self)
            self.prompt.given.connect(self.declined)
            self.prompt.withheld.connect(self._stop)
            self.column.addWidget(self.prompt)
            self.prompt.show()
            self.prompt.line.setFocus()

    def _stop(self) -> None:
        if self.prompt is not None:
            self.prompt.hide()
            self.prompt.deleteLater()
            self.prompt = None


def line_cells(line: SignLine) -> tuple[CellView, ...]:
    """A line as cells."""
    return (
        CellView(line.state, icon=line.icon),
        CellView(line.subject, weight=600),
        CellView(line.what, note=line.where),
        CellView(line.meaning_words),
        CellView(line.state, pill=line.pill if line.pill != "muted" else "", tone="muted"),
        CellView(line.due, "error" if line.late else "muted"),
    )
