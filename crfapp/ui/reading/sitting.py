"""A reader before a case: two photographs looked at alike, and one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from crfapp.ui.entrance.lines import Line
from crfapp.ui.photo import PhotoCanvas
from crfapp.ui.photo.reading import as_image
from crfapp.ui.still_there import while_there
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, InlineMessage, Words
from crfapp.ui.widgets.options import OptionGroup, RadioList
from crfapp.ui.widgets.segmented import SegmentedChoice, bar_width

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage, QKeyEvent

    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.reading_view import SittingView
    from crfapp.present.texts import Texts

T = TypeVar("T")
FIRST = 640
"""Pixels of the picture that is shown until the photograph is read."""
_STEP = 1.25


class SittingPanel(QWidget):
    """``answered`` carries the answer and, where a third person decides, the reason."""

    answered = Signal(str, str)
    back_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, room: PhotoRoom | None, say: Texts) -> None:
        super().__init__()
        self._say = say
        self.view: SittingView | None = None
        self.bar, self.rows = SegmentedChoice((), self), RadioList((), self)
        self.classes: OptionGroup = self.bar
        for group in (self.bar, self.rows):
            group.setAccessibleName(say("Class"))
        self.next = Button(say("Record and go on"), "primary", hint="Enter", parent=self)
        tokens = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.pad)
        column.setSpacing(tokens.gap)
        column.addLayout(self._head())
        self.pair = PhotoPair(room, say)
        column.addWidget(self.pair, 1)
        self.ask = Words("", weight=600, wrap=True, parent=self)
        column.addWidget(self.ask)
        self.said = Words("", "muted", wrap=True, parent=self)
        column.addWidget(self.said)
        column.addLayout(self._answer())
        self.problem = InlineMessage("", "error", parent=self)
        self.problem.hide()
        column.addWidget(self.problem)

    def show_case(self, view: SittingView, *, correcting: bool = False) -> None:
        """A case, with nothing said of it yet."""
        say = self._say
        turned = self.view is None or self.view.case != view.case
        self.view = view
        self.title.setText(view.title)
        self.place.setText(say("{place}, once more", place=view.place) if correcting else view.place)
        self.progress.setRange(0, view.all)
        self.progress.setValue(view.done)
        self.progress.setVisible(not view.said)
        self.ask.setText(view.ask)
        self.said.setText(view.said)
        self.said.setVisible(bool(view.said))
        self.percent.setVisible(not view.choices)
        self.sign.setVisible(not view.choices)
        self._offer(view)
        self.reason.setVisible(bool(view.said))
        self.again.setVisible(bool(view.before) and not correcting)
        self.again.setText(say("Last case: {answer}. Say otherwise", answer=view.before_answer))
        self.again.setAccessibleName(self.again.text())
        if turned:
            self.percent.clear()
            self.reason.clear()
            self.classes.show_value("")
            self.pair.show_pair(view.earlier, view.later)
        self.refuse("")
        self.begin()

    def begin(self) -> None:
        """Give the keyboard to the answer."""
        if self.view is not None and self.view.choices:
            self.classes.focus_first()
        else:
            self.percent.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say why the answer was not recorded; empty takes it away."""
        self.problem.text.setText(sentence)
        self.problem.setAccessibleName(sentence)
        self.problem.setVisible(bool(sentence))

    def send(self) -> None:
        """Have recorded what is answered."""
        text = self.classes.value() if self.view is not None and self.view.choices else self.percent.text()
        if not text.strip():
            self.refuse(self._say("Say what you see, then go on."))
            self.begin()
            return
        self.answered.emit(text, self.reason.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from wherever it means nothing else."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.send()
        else:
            super().keyPressEvent(event)

    def _offer(self, view: SittingView) -> None:
        """The classes beside each other where there is room for their words, else below each other."""
        room = self.width() - self.next.sizeHint().width() - 4 * current().wide
        wide = bar_width([words for _, words in view.choices]) <= room
        value = self.classes.value()
        self.classes = self.bar if wide else self.rows
        for group in (self.bar, self.rows):
            group.set_choices(view.choices if group is self.classes else ())
            group.setVisible(bool(view.choices) and group is self.classes)
        self.classes.show_value(value)

    def _head(self) -> QHBoxLayout:
        say, row, tokens = self._say, QHBoxLayout(), current()
        row.setSpacing(tokens.gap)
        self.back = Button(say("All readings"), "quiet", icon_name="chevron-start", hint="Esc", parent=self)
        self.title = Words("", size="title", weight=600, parent=self)
        self.place = Words("", "muted", parent=self)
        for widget in (self.back, self.title, self.place):
            row.addWidget(widget)
        row.addStretch(1)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(say("Cases judged"))
        self.progress.setFixedWidth(8 * tokens.pad)
        self.progress.setFixedHeight(tokens.gap)
        row.addWidget(self.progress)
        self.back.clicked.connect(self.back_wanted)
        return row

    def _answer(self) -> QHBoxLayout:
        say, row, tokens = self._say, QHBoxLayout(), current()
        row.setSpacing(tokens.gap)
        self.percent = Line(say("Percent, 0 to 100"), ltr=True, parent=self)
        self.percent.setMaxLength(3)
        self.percent.setFixedWidth(4 * tokens.pad)
        self.sign = Words("%", parent=self)
        self.reason = Line(say("Why this counts"), parent=self)
        self.reason.setPlaceholderText(say("Why this counts"))
        self.again = Button("", "quiet", icon_name="undo", hint="Alt+↑", parent=self)
        row.addWidget(self.percent)
        row.addWidget(self.sign)
        row.addWidget(self.bar)
        row.addWidget(self.rows)
        row.addWidget(self.reason, 1)
        row.addWidget(self.next, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.again, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self.percent.returnPressed.connect(self.send)
        self.reason.returnPressed.connect(self.send)
        self.next.clicked.connect(self.send)
        self.again.clicked.connect(self.again_wanted)
        return row


class PhotoPair(QWidget):
    """The earlier photograph on the left and the later on the right, whatever way the language reads.

    Whoever moves or zooms one of them means both.
    """

    def __init__(self, room: PhotoRoom | None, say: Texts) -> None:
        super().__init__()
        self._room, self._say = room, say
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().gap)
        self.earlier = PhotoCanvas(say("Earlier photograph"), "", self)
        self.later = PhotoCanvas(say("Later photograph"), "", self)
        for canvas, other, words in (
            (self.earlier, self.later, say("Earlier")),
            (self.later, self.earlier, say("Later")),
        ):
            column = QVBoxLayout()
            column.setSpacing(current().hair)
            column.addWidget(Words(words, weight=500, parent=self))
            column.addWidget(canvas, 1)
            row.addLayout(column, 1)
            canvas.looked.connect(lambda canvas=canvas, other=other: other.set_look(canvas.look()))
        self._shown = ("", "")

    def show_pair(self, earlier: str, later: str) -> None:
        """Show these photographs, whole."""
        self._shown = (earlier, later)
        for canvas, photograph in ((self.earlier, earlier), (self.later, later)):
            none = self._say("There is no earlier photograph.")
            canvas.nothing = self._say("The photograph is being read …") if photograph else none
            canvas.set_image(as_image(b""))
            canvas.fit()
            if photograph and self._room is not None:
                self._read(canvas, photograph)

    def zoom(self, larger: int) -> None:
        """Both larger, smaller, or (0) whole."""
        if larger == 0:
            self.later.fit()
            self.earlier.fit()
        else:
            self.later.zoom(_STEP**larger)

    def _read(self, canvas: PhotoCanvas, photograph: str) -> None:
        assert self._room is not None  # noqa: S101 - whoever asks has looked
        whole = [False]

        def put(image: QImage) -> None:
            look = canvas.look()
            canvas.set_image(image)
            canvas.set_look(look)

        def small(data: bytes) -> None:
            if data and not whole[0]:
                put(as_image(data))

        def read(image: QImage) -> None:
            whole[0] = True
            put(image)

        def failed(sentence: str) -> None:
            canvas.nothing = sentence
            canvas.set_image(as_image(b""))

        self._room.small(photograph, FIRST, self._for(photograph, small))
        self._room.whole(
            photograph, as_image, done=self._for(photograph, read), failed=self._for(photograph, failed)
        )

    def _for(self, photograph: str, tell: Callable[[T], None]) -> Callable[[T], None]:
        """Tell it, unless another case is shown meanwhile."""

        def told(what: T) -> None:
            if photograph in self._shown:
                tell(what)

        return while_there(self, told)
