"""The Reading desk page as the window shows it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from crfapp.base.problems import AppProblem
from crfapp.present.acts import Act, ActState, AskedField
from crfapp.present.address import Address
from crfapp.present.reading_opening import OPENING
from crfapp.present.reading_page import CLOSE, READ, RESULTS, SETTLE
from crfapp.ui.casebook.page_tabbing import add_keys
from crfapp.ui.choosing import choose_place
from crfapp.ui.reading.listing import ReadingList
from crfapp.ui.reading.sitting import SittingPanel
from crfapp.ui.shell.page import KeyLine
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from crfapp.present.palette import Action
    from crfapp.present.reading_opening import ReadingOpening
    from crfapp.present.reading_page import ReadingPage
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell

_CARES = frozenset({Topic.READINGS, Topic.PHOTOGRAPHS, Topic.OUTLINES, Topic.PEOPLE, Topic.PACKAGES})


class ReadingWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`; ``home`` is where results are proposed to be put."""

    key = "reading"
    icon = "eye"

    def __init__(
        self, presenter: ReadingPage, opening: ReadingOpening, shell: Shell, say: Texts, home: Path
    ) -> None:
        self._presenter, self._opening, self._shell = presenter, opening, shell
        self._say, self._home = say, home
        self._reading, self._act, self._correcting = "", "", False
        self._results = self._asked = ""
        self._waiting: int | None = None
        self.body = QStackedWidget()
        self.list = ReadingList(say)
        self.sitting = SittingPanel(presenter.room, say)
        self.body.addWidget(self.list)
        self.body.addWidget(self.sitting)
        self.list.acted.connect(self._do)
        self.list.open.clicked.connect(lambda: self._ask(self._opening.asked()))
        self.list.form.wanted.connect(self._filled)
        self.list.form.given_up.connect(lambda: self._ask(ActState()))
        self.list.results.export.clicked.connect(self.export)
        self.sitting.answered.connect(self._answer)
        self.sitting.back_wanted.connect(self._back)
        self.sitting.again_wanted.connect(self._again)
        add_keys(self.sitting, {"Esc": self._back, "Alt+Up": self._again})
        pair = self.sitting.pair
        add_keys(
            self.sitting,
            {
                "Ctrl+=": partial(pair.zoom, 1),
                "Ctrl+-": partial(pair.zoom, -1),
                "Ctrl+0": partial(pair.zoom, 0),
            },
        )

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("Reading desk")

    def badge(self) -> int:
        """Cases that wait for this person; counted again when something about readings has changed."""
        if self._waiting is None:
            self._waiting = self._presenter.waiting()
        return self._waiting

    def refresh(self, topics: Collection[Topic]) -> None:
        """Somebody opened, judged or closed something."""
        if _CARES & set(topics):
            self._waiting = None
        if _CARES & set(topics) and self.body.isVisible() and self.body.currentWidget() is self.list:
            self._draw()

    def shown(self) -> None:
        """Show how things stand; a case that is looked at stays."""
        self._waiting = None
        if self.body.currentWidget() is self.sitting and self.sitting.view is not None:
            self.sitting.begin()
            return
        self._draw()
        self.list.focus_first()

    def open(self, _at: Address) -> None:
        """There is nothing to turn to: what a case is stays hidden."""

    def address(self) -> Address:
        """This page."""
        return Address(self.key)

    def keys(self) -> Sequence[KeyLine]:
        """The keys of a case."""
        say = self._say
        return (
            KeyLine("0 … 9", say("the percent, or the class")),
            KeyLine("Enter", say("record and go on to the next case")),
            KeyLine("Alt+↑", say("say otherwise of the last case")),
            KeyLine("Ctrl+=  Ctrl+-  Ctrl+0", say("both photographs larger, smaller, whole")),
            KeyLine("Esc", say("all readings")),
        )

    def actions(self) -> Sequence[Action]:
        """Nothing that is not on the rail."""
        return ()

    def export(self) -> None:
        """Put the results that are shown down as CSV, where the person chooses."""
        name = self._presenter.suggested_name(self._results)
        target = choose_place(self.body, self._say("Put the results in a file"), self._home / name)
        if target is None:
            return
        try:
            done = self._presenter.export_to(self._results, target)
        except AppProblem as problem:
            self._shell.tell(problem)
            return
        self.list.form.show_state(ActState(done=done))
        self.list.form_card.show()

    # ---- inside

    def _draw(self) -> None:
        self.list.show_view(self._presenter.view())
        results = self._presenter.results(self._results) if self._results else None
        self.list.results.setVisible(results is not None)
        if results is not None:
            self.list.results.show_results(results)
            self.list.results.export.setVisible(self._presenter.may_take)

    def _do(self, act: str, reading: str) -> None:
        if act in (READ, SETTLE):
            self._reading, self._act = reading, act
            self._go_on()
        elif act == RESULTS:
            self._results = reading
            self._draw()
            self.list.ensureWidgetVisible(self.list.results)
        elif act == CLOSE:
            self._reading = reading
            self._ask(ActState(self._closing(reading)))

    def _go_on(self) -> None:
        """The next case, or the list where there is none."""
        self._correcting = False
        view = (
            self._presenter.sitting(self._reading)
            if self._act == READ
            else self._presenter.deciding(self._reading)
        )
        if view is None:
            self._back()
            return
        self.body.setCurrentWidget(self.sitting)
        self.sitting.show_case(view)

    def _again(self) -> None:
        """The case that was just read, once more."""
        view = self._presenter.sitting(self._reading, again=True) if self._act == READ else None
        if view is not None:
            self._correcting = True
            self.sitting.show_case(view, correcting=True)

    def _answer(self, text: str, reason: str) -> None:
        view = self.sitting.view
        if view is None:
            return
        if view.said:
            refused = self._presenter.settle(view.reading, view.case, text, reason)
        else:
            refused = self._presenter.answer(view.reading, view.case, text)
        if refused:
            self.sitting.refuse(refused)
            self.sitting.begin()
            return
        self._waiting = None
        self._shell.recount()
        self._go_on()

    def _back(self) -> None:
        self.body.setCurrentWidget(self.list)
        self._draw()
        self.list.focus_first()

    def _closing(self, reading: str) -> Act:
        say, left = self._say, self._presenter.left_open(reading)
        hidden = say("Nothing more is judged after that. Subjects and visits may then be shown.")
        fields = (AskedField("reason", say("Why it is closed as it is")),) if left else ()
        return Act(CLOSE, say("Close the reading"), say("Close for ever"), fields, f"{left} {hidden}".strip())

    def _ask(self, state: ActState) -> None:
        self._asked = state.act.key if state.act is not None else ""
        self.list.form_card.setVisible(state.act is not None or bool(state.done))
        self.list.form.show_state(state)
        if state.act is None and not state.done:
            self.list.focus_first()

    def _filled(self, filled: dict[str, str]) -> None:
        act = self._asked
        if act == OPENING:
            self._ask(self._opening.open(filled))
        elif act == CLOSE:
            refused = self._presenter.close(self._reading, filled.get("reason", ""))
            done = self._say("The reading is closed.")
            state = (
                ActState(self._closing(self._reading), (("", refused),)) if refused else ActState(done=done)
            )
            self._ask(state)
        self._draw()
        self._waiting = None
        self._shell.recount()
