"""What an empty page says."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current
from crfapp.ui.widgets.button import Button
from crfapp.ui.widgets.words import Words


class EmptyState(QWidget):
    """Says what would be here and offers the first step; ``first_step`` is emitted when it is taken."""

    first_step = Signal()

    def __init__(
        self, title: str, text: str, *, icon: str = "subjects", step: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        tokens = current()
        self.setAccessibleName(f"{title}. {text}")
        column = QVBoxLayout(self)
        column.setSpacing(tokens.gap)
        column.addStretch(1)
        picture = QLabel(self)
        picture.setPixmap(pixmap(icon, tokens.muted, 2 * tokens.icon, self.devicePixelRatioF()))
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(picture, 0, middle)
        self.title = Words(title, size="section", weight=600)
        column.addWidget(self.title, 0, middle)
        self.words = Words(text, "muted", wrap=True)
        self.words.setAlignment(middle)
        column.addWidget(self.words)  # the text is centred: an aligned cell would cut off its last line
        if step:
            self.button = Button(step, "primary", parent=self)
            self.button.clicked.connect(self.first_step)
            column.addSpacing(tokens.gap)
            column.addWidget(self.button, 0, middle)
        column.addStretch(2)

    def say_next(self, text: str) -> None:
        """Say otherwise what would be here, or who takes the first step."""
        self.words.setText(text)
        self.setAccessibleName(f"{self.title.text()}. {text}")
