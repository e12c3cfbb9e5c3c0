"""The Audit page as the window shows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crfapp.ledger.trail import TrailFilter
from crfapp.present.address import Address
from crfapp.ui.audit.filters import FilterCard
from crfapp.ui.audit.side import DetailCard, FileCard, GuideCard, ReviewCard
from crfapp.ui.fields import FieldSpec
from crfapp.ui.fields.dropdown import DropdownEditor
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, FlowRow, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from crfapp.ledger.trail import By, Direction
    from crfapp.present.audit_page import AuditPage
    from crfapp.present.audit_view import AuditLine, AuditView, AuditWish, TrailExportView
    from crfapp.present.palette import Action
    from crfapp.present.texts import Texts
    from crfapp.present.trail_export import TrailExport
    from crfapp.ui.shell.page import Shell
    from crfapp.work.cases import Topic

_LOOK_MS = 200
_SIDE, _LARGE = 300, 1.25
_ORDERS: dict[str, tuple[By, Direction]] = {
    "newest": ("time", "newest"),
    "oldest": ("time", "oldest"),
    "login": ("login", "newest"),
    "subject": ("subject", "newest"),
    "kind": ("kind", "newest"),
}


class AuditWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`. ``folder`` is where files are proposed to stand."""

    key = "audit"
    icon = "audit"

    def __init__(
        self, presenter: AuditPage, export: TrailExport, shell: Shell, say: Texts, folder: Path
    ) -> None:
        self._presenter, self._export, self._shell = presenter, export, shell
        self._say, self._folder = say, folder
        self._stale = True
        self._chosen: AuditLine | None = None
        self.body = body = AuditBody(say, presenter)
        self._looking = QTimer(body)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(export.look)
        body.filters.wanted.connect(self._look_for)
        for key, button in body.questions.items():
            button.clicked.connect(lambda _on=False, key=key: presenter.ask(key))
        body.order.left.connect(lambda key: presenter.sort(*_ORDERS.get(key, _ORDERS["newest"])))
        body.list.opened.connect(self._choose)
        body.further.clicked.connect(presenter.further)
        body.back.clicked.connect(presenter.back)
        body.review.recorded.connect(presenter.review)
        body.file.wanted.connect(self._take_out)
        body.file.stopped.connect(export.cancel)
        body.detail.casebook.connect(lambda: self._go(past=False))
        body.detail.past.connect(lambda: self._go(past=True))
        presenter.watch(self._show)
        export.watch(self._show_export)

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("Audit")

    def badge(self) -> int:
        """Nothing waits here."""
        return 0

    def refresh(self, topics: Collection[Topic]) -> None:
        """Whatever changed is an event; what is being read stays until the page is opened anew."""
        self._stale = self._stale or bool(topics)

    def shown(self) -> None:
        """Show how things stand now."""
        if self._stale:
            self._stale = False
            self.body.filters.offer(self._presenter.choices())
            self._presenter.refresh()
        self.body.filters.lines["subject"].setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, _at: Address) -> None:
        """There is nothing to turn to."""

    def address(self) -> Address:
        """This page."""
        return Address(self.key)

    def keys(self) -> Sequence[KeyLine]:
        """The keys of this page."""
        say = self._say
        return (
            KeyLine("Enter", say("look for what was typed, or read the line in full")),
            KeyLine("↑ ↓", say("next or previous line")),
        )

    def actions(self) -> Sequence[Action]:
        """Nothing to be started from elsewhere."""
        return ()

    def _look_for(self, wish: AuditWish) -> None:
        self._presenter.look_for(wish)

    def _choose(self, number: int) -> None:
        self._chosen = self._presenter.view.lines[number]
        self.body.detail.show_line(self._chosen)

    def _go(self, *, past: bool) -> None:
        line = self._chosen
        to = (line.past if past else line.address) if line is not None else None
        if to is not None:
            self._shell.go(to)

    def _take_out(self, kind: str, whole: bool) -> None:
        named = cast("Literal['xlsx', 'csv', 'jsonl']", kind)
        target = self.body.file.ask_where(str(self._folder / self._export.suggested_name(named)))
        if target:
            wish = TrailFilter() if whole else self._presenter.wanted
            scope = self._say("the whole trail") if whole else self._presenter.scope()
            self._export.export(Path(target), named, wish, scope)

    def _show(self, view: AuditView) -> None:
        self._chosen = None
        self.body.show_view(view)

    def _show_export(self, view: TrailExportView) -> None:
        if view.busy and not self._looking.isActive():
            self._looking.start()
        elif not view.busy:
            self._looking.stop()
        self.body.file.show_view(view)


class AuditBody(QScrollArea):
    """Questions and filters above, the list in the middle, one event and what is done with all beside it."""

    def __init__(self, say: Texts, presenter: AuditPage) -> None:
        super().__init__()
        self._say = say
        tokens = current()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        give_slim_bars(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its keys reach it from the controls inside
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.wide)
        column.setSpacing(tokens.room)
        column.addWidget(Words(say("Audit"), size="title", weight=600))
        self.questions = {one.key: Button(one.title, "pill") for one in presenter.view.questions}
        asked = QWidget(inside)
        flow = FlowRow(asked)
        for button in self.questions.values():
            button.setCheckable(True)
            flow.addWidget(button)
        column.addWidget(asked)
        self.filters = FilterCard(say, presenter.items)
        column.addWidget(self.filters)
        column.addLayout(self._columns(presenter))
        column.addStretch(1)

    def show_view(self, view: AuditView) -> None:
        """Show how things stand."""
        for one in view.questions:
            button = self.questions[one.key]
            words = f"{one.title} · {one.count}" if one.count else one.title
            if words != button.text():
                button.setText(words)
                button.setAccessibleName(words)
                button.updateGeometry()
            button.setChecked(one.key == view.question)
        self.filters.show_view(view)
        self.list.title.setText(view.count or self._say("Events"))
        self.list.show_rows([line_cells(line) for line in view.lines])
        self.nothing.setVisible(not view.lines and not view.further)
        self.searched.setText(view.searched)
        self.searched.setVisible(bool(view.searched))
        self.further.setText(self._say("Search on") if view.searched else self._say("Next page"))
        self.further.setVisible(view.further)
        self.back.setVisible(view.back)
        self.detail.show_line(None)
        self.review.show_view(view)

    def _columns(self, presenter: AuditPage) -> QBoxLayout:
        """Beside each other; with large letters the one event stands below the list."""
        say, tokens = self._say, current()
        large = tokens.scale >= _LARGE
        directions = QBoxLayout.Direction
        row = QBoxLayout(directions.TopToBottom if large else directions.LeftToRight)
        row.setSpacing(tokens.room)
        main = QVBoxLayout()
        main.setSpacing(tokens.gap)
        self.list = TableCard(
            say("Events"),
            (
                Column(say("When"), 0),
                Column(say("Who"), 18),
                Column(say("Where"), 35),
                Column(say("What"), 33),
                Column(say("Why"), 14),
            ),
        )
        main.addWidget(self.list)
        self.nothing = Words(say("No event is like that."), "muted")
        self.searched = Words("", "muted", wrap=True)
        main.addWidget(self.nothing)
        main.addWidget(self.searched)
        main.addLayout(self._feet())
        main.addStretch(1)
        row.addLayout(main, 1)
        side = QWidget()
        if not large:
            side.setFixedWidth(round(_SIDE * tokens.scale))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.room)
        self.detail, self.review, self.file = DetailCard(say), ReviewCard(say), FileCard(say)
        self.guide = GuideCard(say, presenter.guide())
        for card in (self.detail, self.review, self.file, self.guide):
            column.addWidget(card)
        column.addStretch(1)
        row.addWidget(side)
        return row

    def _feet(self) -> QHBoxLayout:
        say = self._say
        row = QHBoxLayout()
        row.setSpacing(current().gap)
        self.back = Button(say("Page before"))
        self.further = Button(say("Next page"))
        orders = (
            ("newest", say("Newest first")),
            ("oldest", say("Oldest first")),
            ("login", say("By user")),
            ("subject", say("By subject")),
            ("kind", say("By kind")),
        )
        self.order = DropdownEditor(FieldSpec(say("Order"), say, choices=orders))
        self.order.show_value("newest", None)
        self.order.setFixedWidth(round(_SIDE / 2 * current().scale))
        self.list.head_row.addWidget(self.order)
        row.addWidget(self.back)
        row.addWidget(self.further)
        row.addStretch(1)
        return row


def line_cells(line: AuditLine) -> tuple[CellView, ...]:
    """An event as cells: each with its main words, and quieter ones below."""
    return (
        CellView(line.when, note=line.zone),
        CellView(line.who, note=line.role),
        CellView(line.subject, note=line.place),
        CellView(line.kind, weight=600, note=line.change),
        CellView(line.why),
    )
