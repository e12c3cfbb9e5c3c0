"""The pictures of a comparison: beside each other or over each other, always looked at alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crfapp.ui.compare.pane import ComparePane, Lines
from crfapp.ui.compare.slider import SliderBoard
from crfapp.ui.photo.reading import as_image
from crfapp.ui.still_there import while_there
from crfapp.ui.theme import current
from crfapp.ui.widgets import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from crfapp.present.compare_view import ComparedVisit
    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.texts import Texts

T = TypeVar("T")
MOST, TWO = 4, 2
_RATIO = 4 / 3
FIRST = 640
"""Pixels of the picture that is shown until the photograph is read."""


class CompareBoard(QStackedWidget):
    """Up to four panes. ``over``: two of them lie over each other."""

    def __init__(self, room: PhotoRoom, say: Texts) -> None:
        super().__init__()
        self._room = room
        self.over = False
        self.panes = [ComparePane(say) for _ in range(MOST)]
        self._beside = QWidget()
        self._grid = QGridLayout(self._beside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(current().gap)
        for pane in self.panes:
            pane.canvas.looked.connect(lambda pane=pane: self._look_alike(pane))
        self.slider = SliderBoard(say("The line between the two photographs"))
        self.addWidget(self._beside)
        self.addWidget(self._over())

    @property
    def shown(self) -> list[ComparePane]:
        """The panes that show a visit."""
        return [pane for pane in self.panes if pane.visit is not None]

    def show_visits(self, visits: Sequence[ComparedVisit]) -> None:
        """Show these, reading only what is not shown already."""
        look = self.shown[0].canvas.look() if self.shown else None
        fresh: list[tuple[ComparePane, ComparedVisit]] = []
        for pane, visit in zip(self.panes, visits, strict=False):
            if pane.visit is not None and pane.visit.photograph == visit.photograph and visit.photograph:
                pane.retell(visit)
                continue
            pane.turn_to(visit)
            if look is not None:
                pane.canvas.set_look(look)
            fresh.append((pane, visit))
        for read in (self._read_small, self._read_whole):  # something of each before all of one
            for pane, visit in fresh:
                if visit.photograph:
                    read(pane, visit.photograph)
        for pane in self.panes[len(visits) :]:
            pane.visit = None
            pane.canvas.set_image(as_image(b""))
        self._arrange()

    def set_lines(self, lines: Lines) -> None:
        """Paint other lines over the photographs."""
        for pane in self.panes:
            pane.lines = lines
            pane.canvas.update()

    def lay_over(self, *, over: bool) -> None:
        """Two pictures over each other, or beside each other again."""
        self.over = over
        self._arrange()

    def fit(self) -> None:
        """All of each photograph."""
        for pane in self.shown[:1]:
            pane.canvas.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As large as can be: four stand in one row where the window is low."""
        super().resizeEvent(event)
        self._stand()

    # ---- inside

    def _stand(self) -> None:
        """Put the panes into as many columns as let the pictures be largest."""
        count, caption = max(1, len(self.shown)), current().control
        columns = max(
            range(1, count + 1),
            key=lambda n: min(self.width() / n / _RATIO, self.height() / -(-count // n) - caption),
        )
        wide = (self.width() - (columns - 1) * self._grid.spacing()) // columns
        high = max((pane.caption.heightForWidth(wide) for pane in self.shown), default=caption)
        for number, pane in enumerate(self.panes):
            pane.caption.setFixedHeight(high)  # else the pictures would not be equally large
            self._grid.addWidget(pane, number // columns, number % columns)
        for number in range(MOST):
            self._grid.setColumnStretch(number, int(number < columns))
            self._grid.setRowStretch(number, int(number < -(-count // columns)))

    def _over(self) -> QWidget:
        """The two pictures over each other, below the words of both."""
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().hair)
        row = QHBoxLayout()
        self._captions = (ElidedLabel("", weight=500), ElidedLabel("", weight=500))
        row.addWidget(self._captions[0])
        row.addStretch(1)
        row.addWidget(self._captions[1])
        column.addLayout(row)
        column.addWidget(self.slider, 1)
        return held

    def _arrange(self) -> None:
        for pane in self.panes:
            pane.setVisible(pane.visit is not None)
        self._stand()
        one, *rest = self.panes
        self.slider.release()
        if self.over and len(self.shown) == TWO:
            self.slider.lay(one.canvas, rest[0].canvas)
            for words, pane in zip(self._captions, self.shown, strict=True):
                words.setText(pane.visit.caption if pane.visit is not None else "")
            self.setCurrentIndex(1)
            return
        for pane in (one, rest[0]):
            if pane.canvas.parentWidget() is not pane:
                pane.take_back()
        self.setCurrentIndex(0)

    def _read_small(self, pane: ComparePane, photograph: str) -> None:
        self._room.small(photograph, FIRST, self._for(pane, photograph, pane.show_small))

    def _read_whole(self, pane: ComparePane, photograph: str) -> None:
        whole, failed = self._for(pane, photograph, pane.show_whole), self._for(pane, photograph, pane.fail)
        self._room.whole(photograph, as_image, done=whole, failed=failed)

    def _for(self, pane: ComparePane, photograph: str, tell: Callable[[T], None]) -> Callable[[T], None]:
        """Tell a pane, unless it has been turned to another photograph meanwhile."""

        def told(what: T) -> None:
            if pane.visit is not None and pane.visit.photograph == photograph:
                tell(what)

        return while_there(self, told)

    def _look_alike(self, moved: ComparePane) -> None:
        """Whoever zooms or moves one photograph means all of them."""
        look = moved.canvas.look()
        for pane in self.shown:
            if pane is not moved:
                pane.canvas.set_look(look)
