"""What the program says of itself, on a card above the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crfapp.present.about import about_lines, licence_lines, this_build
from crfapp.ui.help.reading import HelpText
from crfapp.ui.resources import third_party_page
from crfapp.ui.shell.overlay import Overlay
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Words

if TYPE_CHECKING:
    from crfapp.present.texts import Texts
    from crfapp.study.study import Study

_WIDTH = 620


class AboutCard(Overlay):
    """Version, build, the study in force, and whose work is in it; until Escape."""

    def __init__(self, over: QWidget, study: Study | None, say: Texts) -> None:
        super().__init__(over, say("About crfapp"), width=_WIDTH)
        tokens = current()
        box = QWidget(self.card)
        grid = QGridLayout(box)
        grid.setContentsMargins(tokens.pad, tokens.pad, tokens.pad, tokens.pad)
        grid.setHorizontalSpacing(tokens.pad)
        grid.setVerticalSpacing(tokens.gap)
        grid.addWidget(Words(say("About crfapp"), size="section", weight=600, parent=box), 0, 0, 1, 2)
        lines = about_lines(this_build(), study, say)
        for row, fact in enumerate(lines, start=1):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(Words(fact.name, "muted", parent=box), row, 0, top)
            said = Words(fact.said, wrap=True, parent=box)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(said, row, 1)
        grid.setColumnStretch(1, 1)
        self.card.add_row(box)
        self.card.add_row(self._licences(say))
        self.card.add_row(self._foot(say))
        self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _licences(self, say: Texts) -> QWidget:
        tokens = current()
        box = QWidget(self.card)
        column = QVBoxLayout(box)
        column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        column.setSpacing(tokens.gap)
        for sentence in licence_lines(say):
            column.addWidget(Words(sentence, wrap=True, parent=box))
        self.others = HelpText(say("What others made"), box)
        self.others.setMinimumHeight(10 * tokens.wide)
        self.others.hide()
        column.addWidget(self.others)
        return box

    def _show_others(self) -> None:
        """The list of packages and data with their licences, as it ships with the program."""
        self.others.show_text(third_party_page().read_text(encoding="utf-8").partition("\n")[2])
        self.others.show()
        self.more.setEnabled(False)
        self.others.setFocus(Qt.FocusReason.OtherFocusReason)

    def _foot(self, say: Texts) -> QWidget:
        tokens = current()
        foot = QWidget(self.card)
        row = QHBoxLayout(foot)
        row.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.gap)
        self.more = Button(say("What others made"), parent=foot)
        self.more.clicked.connect(self._show_others)
        row.addWidget(self.more)
        row.addStretch(1)
        self.done = Button(say("Close"), hint="Esc", parent=foot)
        self.done.clicked.connect(self.leave)
        row.addWidget(self.done)
        return foot
