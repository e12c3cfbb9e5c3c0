"""A window on an injection day of the flagship study, with a clock that only the test moves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from crfapp.bootstrap.window import Rooms
from crfapp.journeys.memory_ledger import MemoryEvents
from crfapp.ledger.keys import FormKey
from crfapp.present.clock_watch import JumpWatch
from crfapp.present.texts import ISOLATES
from crfapp.ui.widgets import Button
from tests.support.entrance_fakes import FakeDoor
from tests.support.window_fakes import Workbench
from tests.ui.fields.typing_by_hand import clicks
from tests.ui.shell.clinic_window import ClinicWindow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.page import Page, Shell
    from tests.support.injection import InjectionClinic


class DoorWithEvents(FakeDoor):
    """Whoever comes in reads the ledger too."""

    def log_in(self, login: str, password: str, *, language: str, unlock: bool = False) -> Workplace:
        at = super().log_in(login, password, language=language, unlock=unlock)
        at.events = MemoryEvents(self.clinic.ledger)
        return at


class RealPages(Workbench):
    """The pages of the program itself."""

    def _pages(self, workplace: Workplace, shell: Shell) -> Sequence[Page]:
        self.pages = {}
        return Rooms(self.catalogues, self.clinic.clock).pages(workplace, shell)


class Steady:
    """The machine's own clock, which goes with the clinic's and is set by nobody."""

    def __init__(self, clinic: InjectionClinic) -> None:
        self._clinic, self.seconds = clinic, 0.0

    def passes(self, minutes: float) -> None:
        self._clinic.clock.later(minutes=minutes)
        self.seconds += 60 * minutes


@dataclass
class InjectionWindow(ClinicWindow):
    """A window on the flagship study, on 12 January."""

    clinic: InjectionClinic = field(kw_only=True)
    steady: Steady = field(kw_only=True)

    @property
    def texts(self) -> list[str]:
        """What the clocks say."""
        return [band.accessibleName().translate(ISOLATES) for band in self.frame.watched.lines.values()]

    def button(self, words: str, line: int = 0) -> Button:
        """A button of a clock."""
        band = list(self.frame.watched.lines.values())[line]
        return next(one for one in band.buttons if one.text().translate(ISOLATES) == words)

    def acts(self, words: str) -> None:
        """A button of the first clock is pressed, and what it asks for is done."""
        with self.qtbot.waitSignal(self.frame.watched.acted):
            clicks(self.qtbot, self.button(words))

    def presses_button(self, words: str) -> None:
        """A button that is to be seen anywhere, by its words."""
        shown = (one for one in self.frame.findChildren(Button) if one.isVisible())
        clicks(self.qtbot, next(one for one in shown if one.text().translate(ISOLATES) == words))

    def passes(self, minutes: float) -> None:
        """Time goes on, and the band looks again."""
        self.steady.passes(minutes)
        self.frame.watched.tick()

    def value(self, item: str, row: str = "", form: str = "OBS") -> str | None:
        """What is recorded at the first injection."""
        return self.clinic.value(FormKey(self.clinic.subject, "V_INJ1", 1, form, 1), item, row)


W = TypeVar("W", bound=InjectionWindow)


def injection_window(
    kind: type[W], qtbot: QtBot, clinic: InjectionClinic, folder: Path, bench: type[Workbench] = Workbench
) -> W:
    """The window, open in front of the door; whoever asks for it closes it."""
    door, steady = DoorWithEvents(clinic, folder), Steady(clinic)
    made = kind(qtbot, bench(clinic, folder, door=door), door, clinic=clinic, steady=steady)
    made.bench.jumps = JumpWatch(lambda: steady.seconds)
    made.open()
    return made
