"""The tools above the photograph: what the pen draws, undo, zoom, what is laid over."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crfapp.ui.widgets import Button, FlowRow, SegmentedChoice

if TYPE_CHECKING:
    from crfapp.present.texts import Texts
    from crfapp.ui.tracer.board import TraceBoard
    from crfapp.ui.tracer.pen import Tool

_STEP = 1.25


class Tools(QWidget):
    """Buttons that do to a board what its keys do. ``ghosted``: the earlier outline is shown or not."""

    ghosted = Signal(bool)

    def __init__(self, board: TraceBoard, say: Texts) -> None:
        super().__init__()
        self._board, self._say = board, say
        row = FlowRow(self)
        self.tool = SegmentedChoice([("scale", say("Scale")), ("outline", say("Outline"))], self)
        self.tool.setAccessibleName(say("What is drawn"))
        self.tool.chosen.connect(self.use)
        row.addWidget(self.tool)
        self.undo = self._button(say("Undo"), "undo", "Ctrl+Z")
        self.redo = self._button(say("Redo"), "redo", "Ctrl+Y")
        self.point = Button(say("Set a point"), hint="A", parent=self)
        self.point.setToolTip(say("Without the mouse: set a point, then move it by the arrows"))
        self.smaller = self._button(say("Zoom out"), "minus", "−")
        self.larger = self._button(say("Zoom in"), "plus", "+")
        self.whole = Button(say("Whole picture"), hint="0", parent=self)
        self.loupe = Button(say("Loupe"), hint="L", parent=self)
        self.ghost = Button(say("Earlier outline"), hint="G", parent=self)
        for button in (self.loupe, self.ghost):
            button.setCheckable(True)
            button.setChecked(True)
        for button in (
            self.undo,
            self.redo,
            self.point,
            self.smaller,
            self.larger,
            self.whole,
            self.loupe,
            self.ghost,
        ):
            row.addWidget(button)
        self._connect()

    def use(self, tool: str) -> None:
        """Draw the scale or the outline; the keyboard goes to the photograph."""
        self._board.pen.tool = cast("Tool", tool or "scale")
        self._board.tracing.chosen = None
        self.show_state()
        self._board.update()
        self._board.setFocus()

    def show_only_what_looks(self, only: bool) -> None:
        """Without the tools that draw, where nothing is drawn."""
        for control in (self.tool, self.undo, self.redo, self.point):
            control.setVisible(not only)

    def show_state(self) -> None:
        """What can be done now."""
        tracing, is_open = self._board.tracing, self._board.pen.is_open
        self.tool.show_value(self._board.pen.tool)
        self.tool.set_open(is_open)
        self.undo.setEnabled(is_open and tracing.can_undo)
        self.redo.setEnabled(is_open and tracing.can_redo)
        self.point.setEnabled(is_open)

    def _button(self, name: str, icon: str, key: str) -> Button:
        button = Button("", icon_name=icon, parent=self)
        button.setAccessibleName(name)
        button.setToolTip(f"{name}  {key}")
        return button

    def _connect(self) -> None:
        board = self._board
        self.undo.clicked.connect(lambda: board.step(board.tracing.undo))
        self.redo.clicked.connect(lambda: board.step(board.tracing.redo))
        self.point.clicked.connect(self._put)
        self.smaller.clicked.connect(lambda: board.zoom(1 / _STEP))
        self.larger.clicked.connect(lambda: board.zoom(_STEP))
        self.whole.clicked.connect(board.fit)
        self.loupe.toggled.connect(board.set_loupe)
        self.ghost.toggled.connect(self.ghosted)

    def _put(self) -> None:
        self._board.pen.put()
        self._board.setFocus()
