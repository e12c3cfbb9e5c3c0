"""The parts of the Queries page: how the list is narrowed, the list, and the thread of the chosen query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPalette, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crfapp.ui.queries.choice_button import ChoiceButton
from crfapp.ui.queries.query_rows import QueryRows
from crfapp.ui.queries.thread_panel import ThreadPanel
from crfapp.ui.subjects.page import SearchLine
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, FlowRow, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from crfapp.present.query_view import QueriesView, ThreadView
    from crfapp.present.texts import Texts
    from crfapp.ui.queries.words_box import Drafts

_THREAD = 348


class ThreadBox(QFrame):
    """The chosen query: its title, the way to what it is about, and what was said."""

    done = Signal(str, str, str)
    left = Signal()

    def __init__(self, say: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._say = say
        self._drafts: Drafts = {}
        self.panel: ThreadPanel | None = None
        tokens = current()
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAccessibleName(say("The query"))
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.pad, tokens.pad, tokens.pad, 0)
        column.setSpacing(tokens.gap)
        self.title = Words("", weight=600, wrap=True, parent=self)
        self.where = Words("", "muted", size="small", wrap=True, parent=self)
        self.go = Button(say("Go to the question"), hint="Enter", parent=self)
        column.addWidget(self.title)
        column.addWidget(self.where)
        column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeading)
        self._scroll = QScrollArea(self)
        give_slim_bars(self._scroll)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        column.addWidget(self._scroll, 1)

    def show_thread(self, thread: ThreadView | None) -> None:
        """Another query, or the same after something was said; begun words stay."""
        if thread is not None and self.panel is not None and self.panel.asked == thread:
            return
        self.title.setText(thread.title if thread else "")
        self.where.setText(thread.where if thread else self._say("Choose a query to read it here."))
        self.go.setVisible(thread is not None)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, current().gap)
        self.panel = None
        if thread is not None:
            self.panel = ThreadPanel(thread, self._drafts, self._say, page)
            self.panel.done.connect(self.done)
            self.panel.left.connect(self.left)
            column.addWidget(self.panel)
        column.addStretch(1)
        self._scroll.setWidget(page)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line towards the list."""
        super().paintEvent(event)
        x = self.width() - 1 if self.isRightToLeft() else 0
        painter = QPainter(self)
        painter.setPen(QColor(current().line))
        painter.drawLine(x, 0, x, self.height())


class QueriesBody(QWidget):
    """List and thread beside each other. ``state_chosen`` carries which queries are wanted."""

    state_chosen = Signal(str)

    def __init__(self, say: Texts) -> None:
        super().__init__()
        self._say = say
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._list_side(), 1)
        self.thread_box = ThreadBox(say, self)
        self.thread_box.setFixedWidth(round(_THREAD * current().scale))
        self.go = self.thread_box.go
        outer.addWidget(self.thread_box)
        find = QShortcut(QKeySequence("/"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason))

    def show_view(self, view: QueriesView, chosen: str) -> None:
        """Show the list, and how it is narrowed."""
        self._show_states(view)
        self.asker.show_choices(view.askers, view.asker)
        self.age.show_choices(view.ages, view.age)
        self.rows.show_lines(view.lines, chosen)
        self.rows.setVisible(bool(view.lines))
        self.empty.setText(view.empty)
        self.empty.setVisible(bool(view.empty))
        more = self._say("and {count} more; narrow the list to see them", count=view.more)
        self.more.setText(more if view.more else "")

    def show_thread(self, thread: ThreadView | None) -> None:
        """Show the chosen query."""
        self.thread_box.show_thread(thread)

    def write(self) -> None:
        """Give the keyboard to the lines, where this person may say something."""
        panel = self.thread_box.panel
        if panel is not None and panel.words is not None:
            panel.words.write()

    def refuse(self, sentence: str) -> None:
        """Say why it was not done; what was written stays."""
        panel = self.thread_box.panel
        if panel is not None and panel.words is not None:
            panel.words.refuse(sentence)

    def said(self) -> None:
        """What was written is in the ledger."""
        panel = self.thread_box.panel
        if panel is not None and panel.words is not None:
            panel.words.said()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The thread takes no more than a share of a narrow window."""
        super().resizeEvent(event)
        self.thread_box.setFixedWidth(min(round(_THREAD * current().scale), self.width() // 3))

    def _show_states(self, view: QueriesView) -> None:
        for one in view.states:
            button = self.states.get(one.key)
            if button is None:
                button = self.states[one.key] = Button(one.title, "pill", parent=self.tools)
                button.setCheckable(True)
                button.clicked.connect(lambda _on=False, key=one.key: self.state_chosen.emit(key))
                self._flow.addWidget(button)
            words = one.title if one.count < 0 else f"{one.title} \u2068{one.count}\u2069"
            button.setText(words)
            button.setAccessibleName(words)
            button.setChecked(one.key == view.state)
            button.updateGeometry()

    def _list_side(self) -> QWidget:
        say, tokens = self._say, current()
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, tokens.pad, 0, 0)
        column.setSpacing(tokens.room)
        head = QWidget(side)
        above = QVBoxLayout(head)
        above.setContentsMargins(tokens.wide, 0, tokens.wide, 0)
        above.setSpacing(tokens.room)
        above.addWidget(Words(say("Queries"), size="title", weight=600, parent=head))
        self.states: dict[str, Button] = {}
        self.tools = QWidget(head)
        self._flow = FlowRow(self.tools)
        above.addWidget(self.tools)
        above.addWidget(self._narrowing(head))
        column.addWidget(head)
        column.addWidget(self._scrolled(side), 1)
        return side

    def _narrowing(self, parent: QWidget) -> QWidget:
        say = self._say
        box = QWidget(parent)
        flow = FlowRow(box)
        self.search = SearchLine(say("Find by subject, form, question, person or check"))
        self.search.setPlaceholderText(say("Subject, form, question, person …"))
        self.search.setFixedWidth(round(15 * current().pad))
        self.asker = ChoiceButton(say("Who asked"), box)
        self.age = ChoiceButton(say("How old"), box)
        for part in (self.search, self.asker, self.age):
            flow.addWidget(part)
        return box

    def _scrolled(self, parent: QWidget) -> QScrollArea:
        tokens = current()
        area = QScrollArea(parent)
        give_slim_bars(area)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.wide, 0, tokens.wide, tokens.wide)
        column.setSpacing(tokens.gap)
        self.rows = QueryRows(self._say, inside)
        self.empty = Words("", "muted", wrap=True, parent=inside)
        self.more = Words("", "muted", size="small", wrap=True, parent=inside)
        for part in (self.rows, self.empty, self.more):
            column.addWidget(part)
        column.addStretch(1)
        area.setWidget(inside)
        self.rows.reached.connect(lambda row: area.ensureWidgetVisible(row, 0, tokens.wide))
        self.area = area
        return area
