"""One lesion: photographs, area over time, where it is, its visits, and where each figure comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.present.texts import isolated
from crfapp.ui.body import BodyMap
from crfapp.ui.lesion.cells import state_cell
from crfapp.ui.lesion.scrolling import ScrollingColumn
from crfapp.ui.lesion.strip import PhotoStrip
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, FlowRow, Pill, Words
from crfapp.ui.widgets.message import LinkButton
from crfapp.ui.widgets.plot import Plot

if TYPE_CHECKING:
    from crfapp.present.lesion_view import LesionView, SourceLine, VisitLine
    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.texts import Texts

_MAP_WIDE, _MAP_HIGH = 18, 14
"""Of the map, in rooms of the tokens' ``pad``."""


class CourseBody(ScrollingColumn):
    """``wanted`` carries an address, ``lesion_wanted`` the row of another lesion, empty for all of them."""

    wanted = Signal(object)
    lesion_wanted = Signal(str)

    def __init__(self, say: Texts, room: PhotoRoom | None) -> None:
        super().__init__()
        self._say = say
        self.view: LesionView | None = None
        self.chosen = -1
        tokens = current()
        column = self.column
        self.head = LesionHead(say)
        self.head.wanted.connect(self.wanted)
        self.head.lesion_wanted.connect(self.lesion_wanted)
        column.addWidget(self.head)
        self.strip = PhotoStrip(say, room)
        self.strip.wanted.connect(self.wanted)
        column.addWidget(self.strip)
        self.area = Card()
        self.plot: Plot | None = None
        self.map: BodyMap | None = None
        self.place = Card(say("Where it is"))
        self.place.setFixedWidth(_MAP_WIDE * tokens.pad)
        beside = QHBoxLayout()
        beside.setSpacing(tokens.room)
        beside.addWidget(self.area, 1)
        beside.addWidget(self.place)
        column.addLayout(beside)
        self.table = TableCard(say("Visits"), self._columns())
        self.table.opened.connect(self._press)
        column.addWidget(self.table)
        self.sources = SourceCard(say)
        self.sources.wanted.connect(self.wanted)
        column.addWidget(self.sources)
        column.addStretch(1)
        for keys, step in (("Alt+Left", -1), ("Alt+Right", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self._step(step))

    def show_view(self, view: LesionView) -> None:
        """Show a lesion; the same one stays where it was looked at."""
        same = self.view is not None and (self.view.subject, self.view.row) == (view.subject, view.row)
        self.view = view
        self.head.show_view(view)
        self.strip.show_strip(view.strip, view.views)
        self.strip.setVisible(bool(view.views) and bool(view.strip))
        self._show_plot(view)
        self._show_map(view)
        self.table.show_rows([_cells(line) for line in view.visits])
        self.table.setVisible(bool(view.visits))
        last = len(view.visits) - 1
        self.choose(self.chosen if same and 0 <= self.chosen <= last else last)
        if not same:
            self.verticalScrollBar().setValue(0)

    def choose(self, number: int) -> None:
        """Say where the figures of a visit come from."""
        self.chosen = number
        lines = self.view.visits if self.view is not None else ()
        self.sources.setVisible(0 <= number < len(lines))
        if 0 <= number < len(lines):
            self.sources.show_line(lines[number])

    def focus_first(self) -> None:
        """The keyboard begins at the top."""
        first = self.head.compare if self.head.compare.isVisible() else self.head.form
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _press(self, number: int) -> None:
        self.choose(number)
        self.column.activate()  # the card has its new height before it is brought into sight
        self.ensureWidgetVisible(self.sources, 0, current().pad)

    def _step(self, step: int) -> None:
        view = self.view
        row = "" if view is None else view.after if step > 0 else view.before
        if row:
            self.lesion_wanted.emit(row)

    def _show_plot(self, view: LesionView) -> None:
        self.area.setVisible(view.plot is not None)
        if view.plot is None:
            return
        if self.plot is None:
            tokens = current()
            self.plot = Plot(view.plot, self.area)
            held = QWidget(self.area)
            around = QVBoxLayout(held)
            around.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
            around.addWidget(self.plot)
            self.area.add_row(held)
        else:
            self.plot.show_view(view.plot)

    def _show_map(self, view: LesionView) -> None:
        if self.map is None:
            self.map = BodyMap(view.map, opens=True, near=True, parent=self.place)
            self.map.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.map.setFixedHeight(_MAP_HIGH * current().pad)
            self.place.add_row(self.map)
        else:
            self.map.show_view(view.map)

    def _columns(self) -> tuple[Column, ...]:
        say = self._say
        return (
            Column(say("Visit"), 5),
            Column(say("State"), 0),
            Column(say("Diameters"), 0),
            Column(say("Area"), 0),
            Column(say("Change from baseline"), 0),
            Column(say("Score"), 3),
            Column(say("Given"), 3),
            Column(say("Adverse events"), 4),
        )


class LesionHead(QWidget):
    """Name, role, place, state; the way to the others and to its photographs beside each other."""

    wanted = Signal(object)
    lesion_wanted = Signal(str)

    def __init__(self, say: Texts) -> None:
        super().__init__()
        self._say = say
        self.view: LesionView | None = None
        tokens = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.hair)
        self.up = Button("", "quiet", icon_name="chevron-start")
        self.up.clicked.connect(lambda: self.lesion_wanted.emit(""))
        top = QHBoxLayout()
        top.addWidget(self.up)
        top.addStretch(1)
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(tokens.gap)
        self.name = Words("", size="title", weight=600)
        row.addWidget(self.name)
        self.role = Pill("", "primary")
        row.addWidget(self.role)
        self.state = Pill("", "primary")
        row.addWidget(self.state)
        self.place = Words("", "muted", wrap=True)
        row.addWidget(self.place, 1)
        self.form = Button(say("Edit in the form"), icon_name="pen")
        self.form.clicked.connect(self._go_to_form)
        row.addWidget(self.form)
        self.compare = Button(say("Compare photographs"), "primary", icon_name="camera")
        self.compare.clicked.connect(self._go_to_compare)
        row.addWidget(self.compare)
        column.addLayout(row)
        self._kin = QWidget(self)
        self._flow = FlowRow(self._kin, gap=tokens.gap)
        self.kin: list[LinkButton] = []
        column.addWidget(self._kin)

    def show_view(self, view: LesionView) -> None:
        """Show another lesion."""
        self.view = view
        self.up.setText(self._say("All lesions of {subject}", subject=isolated(view.number)))
        self.up.setAccessibleName(self.up.text())
        self.name.setText(isolated(view.title))
        self.role.setText(view.role)
        self.state.setText(view.state.words)
        self.state.set_tone(view.state.tone)
        self.state.setVisible(bool(view.state.words))
        self.place.setText(" · ".join(isolated(part) for part in (view.place, view.landmark) if part))
        self.compare.setVisible(view.compare is not None)
        for link in self.kin:
            link.hide()
            link.deleteLater()
        self.kin = [self._link(row, words) for row, words in view.relatives]
        self._kin.setVisible(bool(self.kin))

    def _go_to_form(self) -> None:
        if self.view is not None:
            self.wanted.emit(self.view.registry)

    def _go_to_compare(self) -> None:
        if self.view is not None:
            self.wanted.emit(self.view.compare)

    def _link(self, row: str, words: str) -> LinkButton:
        link = LinkButton(words, self._kin)
        link.clicked.connect(lambda: self.lesion_wanted.emit(row))
        self._flow.addWidget(link)
        link.show()
        return link


class SourceCard(Card):
    """Where the figures of one visit come from, each with the way to it."""

    wanted = Signal(object)

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Where the figures come from"))
        self.visit = Words("", "muted", size="small")
        self.head_row.addWidget(self.visit)
        self.lines: list[SourceRow] = []

    def show_line(self, line: VisitLine) -> None:
        """Show the sources of one visit."""
        self.visit.setText(" · ".join(isolated(part) for part in (line.visit, line.date) if part))
        for row in self.lines:
            row.hide()
            row.deleteLater()
        self.lines = [self._row(source) for source in line.sources]

    def _row(self, source: SourceLine) -> SourceRow:
        row = SourceRow(source, self)
        if row.link is not None:
            row.link.clicked.connect(lambda: self.wanted.emit(source.address))
        self.add_row(row)
        row.show()
        return row


class SourceRow(QWidget):
    """One sentence with its link."""

    def __init__(self, source: SourceLine, parent: QWidget) -> None:
        super().__init__(parent)
        tokens = current()
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.pad, tokens.hair, tokens.pad, tokens.hair)
        self.words = Words(source.words, wrap=True, parent=self)
        row.addWidget(self.words, 1)
        self.link: LinkButton | None = None
        if source.address is not None:
            self.link = LinkButton(source.action, self)
            self.link.setAccessibleName(f"{source.action}: {source.words}")
            row.addWidget(self.link)


def _cells(line: VisitLine) -> tuple[CellView, ...]:
    size = " × ".join(filter(None, (line.length, line.width)))
    return (
        CellView(line.visit, weight=600, note=line.date),
        state_cell(line.state),
        CellView(size),
        CellView(line.area, note=line.how),
        CellView(line.change, weight=600),
        CellView(line.scores, note=line.classes),
        CellView(line.dose),
        CellView(line.events),
    )
