"""The section about backups: the second place, trying a restore, paper that opens them, the log."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.base.problems import AppProblem
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import isolated
from crfapp.ui.choosing import choose_folder, choose_place
from crfapp.ui.first_run.sheet_pages import QrPicture, SheetLines
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.paper import print_key_shares, print_recovery_sheet
from crfapp.ui.people.act_form import ActForm
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, FlowRow, InlineMessage, Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crfapp.present.backup_log import LogLine
    from crfapp.present.backups import Backups, BackupsView
    from crfapp.present.entrance import Sheet
    from crfapp.present.texts import Texts


class BackupsSection(QWidget):
    """What can be done about backups stands on one card, its questions below it, and the log last."""

    def __init__(self, say: Texts, presenter: Backups, folder: Path) -> None:
        super().__init__()
        self._say, self._presenter, self._folder = say, presenter, folder
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().room)
        self.card = SafetyCard(say)
        self.paper = PaperCard(say, folder)
        self.asking = Card("", parent=self)
        self.form = ActForm(say, self.asking)
        self._opener = self.card.drill
        self.asking.add_row(self.form)
        columns = (
            Column("", 0),
            Column(say("When"), 0),
            Column(say("What"), 60),
            Column(say("Who was in"), 30),
        )
        self.log = TableCard(say("Backups and tries"), columns)
        for part in (self.card, self.paper, self.asking, self.log):
            column.addWidget(part)
        card = self.card
        card.second.clicked.connect(self._choose_second)
        card.none.clicked.connect(self._have_none)
        card.bring.clicked.connect(presenter.bring)
        for button, begin in (
            (card.drill, presenter.begin_drill),
            (card.elsewhere, self._choose_copies),
            (card.rules, presenter.begin_rules),
            (card.sheet, presenter.begin_sheet),
            (card.shares, presenter.begin_shares),
        ):
            button.clicked.connect(partial(self._begin, button, begin))
        self.form.wanted.connect(presenter.carry_out)
        self.form.given_up.connect(presenter.put_away)
        presenter.watch(self._show)

    def refresh(self) -> None:
        """Look again."""
        self._presenter.refresh()

    def hideEvent(self, event: object) -> None:
        """Whoever turns to something else leaves no paper behind."""
        if self._presenter.view.paper is not None or self._presenter.view.shares is not None:
            self._presenter.put_away()
        super().hideEvent(event)  # type: ignore[arg-type]  # Qt's own event

    def _begin(self, button: Button, begin: Callable[[], None], _checked: bool = False) -> None:
        """The keyboard comes back to the button once the form is closed."""
        self._opener = button
        begin()

    def _choose_second(self) -> None:
        chosen = choose_folder(self, self._say("Where should backups also go?"), self._folder)
        if chosen is not None:
            self._presenter.set_second(chosen)

    def _have_none(self) -> None:
        """Nothing is to be brought anywhere then: the keyboard goes to what can be done."""
        self._presenter.set_second(None)
        self.card.second.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_copies(self) -> None:
        chosen = choose_folder(self, self._say("In which folder are the backups?"), self._folder)
        if chosen is not None:
            self._presenter.begin_drill(chosen)

    def _show(self, view: BackupsView) -> None:
        self.card.show_view(view)
        self.paper.show_paper(view)
        asks, was_asking = view.state.act is not None, self.asking.isVisible()
        self.asking.setVisible(asks)
        self.form.show_state(view.state)
        if was_asking and not asks:
            self._opener.setFocus(Qt.FocusReason.OtherFocusReason)
        self.log.show_rows([_cells(line) for line in view.lines])
        self.log.setVisible(bool(view.lines))


class SafetyCard(Card):
    """How the second place, drills and paper stand, each with what can be done about it."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Against loss"))
        tokens = current()
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.pad, tokens.pad, tokens.pad)
        column.setSpacing(tokens.room)
        self.place = Words("", wrap=True, parent=inside)
        self.remark = Words("", "warn", size="small", wrap=True, parent=inside)
        self.second = Button(say("Set the second place…"), parent=inside)
        self.bring = Button(say("Bring a backup there now"), parent=inside)
        self.none = Button(say("No second place"), "plain", parent=inside)
        self.tried = Words("", wrap=True, parent=inside)
        self.drill = Button(say("Try a restore…"), parent=inside)
        self.elsewhere = Button(say("Try one from another folder…"), "plain", parent=inside)
        self.keys = Words("", wrap=True, parent=inside)
        self.sheet = Button(say("New recovery sheet…"), parent=inside)
        self.shares = Button(say("Split the key into shares…"), parent=inside)
        self.rules = Button(say("Rules for backups…"), "plain", parent=inside)
        self.running = Words("", "muted", parent=inside)
        self.problem = InlineMessage("", "error", parent=inside)
        self.done = Words("", "ok", weight=600, wrap=True, parent=inside)
        rows: tuple[tuple[QWidget, ...], ...] = (
            (self.place, self.remark, _row(inside, self.second, self.bring, self.none)),
            (self.tried, _row(inside, self.drill, self.elsewhere)),
            (self.keys, _row(inside, self.sheet, self.shares, self.rules)),
            (self.running, self.problem, self.done),
        )
        for parts in rows:
            for part in parts:
                column.addWidget(part)
        self.add_row(inside)

    def show_view(self, view: BackupsView) -> None:
        """Show how things stand."""
        self.place.setText(view.second)
        self.place.set_tone(view.second_tone)
        self.tried.setText(view.drill)
        self.tried.set_tone(view.drill_tone)
        self.keys.setText(view.keys)
        for words, text in ((self.remark, view.remark), (self.running, view.running), (self.done, view.done)):
            words.setText(text)
            words.setVisible(bool(text))
        self.problem.text.setText(view.problem)
        self.problem.setAccessibleName(view.problem)
        self.problem.setVisible(bool(view.problem))
        for button in (self.bring, self.none):
            button.setVisible(view.has_second)
        for button in (self.second, self.bring, self.none, self.drill, self.elsewhere):
            button.set_waiting(bool(view.running))


class PaperCard(Card):
    """A recovery sheet or shares, shown once, with the way to paper."""

    def __init__(self, say: Texts, folder: Path) -> None:
        super().__init__(say("For the safe"))
        self._say, self._folder = say, folder
        self._sheet: Sheet | None = None
        self._shares: tuple[str, tuple[str, ...]] | None = None
        tokens = current()
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.pad, tokens.pad, tokens.pad)
        column.setSpacing(tokens.room)
        self.label = Words("", weight=600, wrap=True, parent=inside)
        warning = say("Whoever has what stands here can open the records. It is shown this once.")
        self.save = Button(say("Save as PDF…"), icon_name="print", parent=inside)
        self.saved = Words("", "muted", size="small", wrap=True, parent=inside)
        self._room = QHBoxLayout()
        column.addWidget(self.label)
        column.addWidget(Words(warning, "warn", size="small", wrap=True, parent=inside))
        column.addLayout(self._room)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.saved)
        self.add_row(inside)
        self.save.clicked.connect(self._choose_file)

    def show_paper(self, view: BackupsView) -> None:
        """Show it, or take it away."""
        if (view.paper, view.shares) != (self._sheet, self._shares):
            self._sheet, self._shares = view.paper, view.shares
            self._empty()
            self._tell("", "muted")
            if view.paper is not None:
                self.label.setText(isolated(view.paper.label))
                self._room.addWidget(SheetLines(view.paper.lines), 1)
                qr = QrPicture(view.paper.qr_svg, self._say("The same as a QR code"))
                self._room.addWidget(qr, 0, Qt.AlignmentFlag.AlignTop)
            if view.shares is not None:
                self.label.setText(isolated(view.shares[0]))
                self._room.addWidget(self._shares_shown(view.shares[1]), 1)
        self.setVisible(view.paper is not None or view.shares is not None)

    def save_to(self, target: Path) -> None:
        """Write the PDF and say how it went."""
        try:
            if self._sheet is not None:
                print_recovery_sheet(self._sheet, target, self._say)
            elif self._shares is not None:
                print_key_shares(*self._shares, target, self._say)
        except AppProblem as problem:
            self._tell(" ".join(problem_text(problem, self._say)), "error")
            return
        done = self._say("Saved as {file}. Delete it once it is printed.", file=isolated(target.name))
        self._tell(done, "ok")

    def _tell(self, text: str, tone: str) -> None:
        self.saved.setText(text)
        self.saved.set_tone(tone)
        self.saved.setVisible(bool(text))

    def _shares_shown(self, shares: tuple[str, ...]) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().gap)
        for number, share in enumerate(shares, start=1):
            name = self._say("Share {number}", number=number)
            column.addWidget(Words(name, "muted", size="small", parent=box))
            words = Words(isolated(share), wrap=True, parent=box)
            words.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
            words.setAccessibleName(f"{name}: {share}")
            column.addWidget(words)
        return box

    def _empty(self) -> None:
        while (item := self._room.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def _choose_file(self) -> None:
        title = self._say("Save as PDF")
        target = choose_place(self, title, self._folder / "recovery.pdf", "PDF (*.pdf)")
        if target is not None:
            self.save_to(target)


def _row(parent: QWidget, *buttons: Button) -> QWidget:
    row = QWidget(parent)
    flow = FlowRow(row)
    for button in buttons:
        flow.addWidget(button)
    return row


def _cells(line: LogLine) -> tuple[CellView, ...]:
    icon = CellView(line.what, icon=line.icon)
    return (icon, CellView(line.when), CellView(line.what, note=line.more), CellView(line.who, "muted"))
