"""What stands above all pages: problems, the clock of the computer, reports that are owed, who is watched."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from crfapp.present.clock_watch import ClockWatch
from crfapp.present.observation_clocks import ObservationClocks
from crfapp.ui.shell.clock_band import ClockBand
from crfapp.ui.shell.notices import Notices
from crfapp.ui.shell.observation_band import ObservationBand
from crfapp.ui.shell.safety_band import SafetyBand

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.page import Shell
    from crfapp.ui.shell.parts import WindowParts


class Bands(NamedTuple):
    """The parts, from the top."""

    notices: Notices
    clock: ClockBand
    safety: SafetyBand
    watched: ObservationBand


def bands_above(workplace: Workplace, parts: WindowParts, shell: Shell, *, sounds: bool) -> Bands:
    """Make them for whoever is in."""
    say, known = workplace.texts, parts.known()
    parent = shell if isinstance(shell, QWidget) else None  # shown without one, a part is a window of its own
    notices = Notices(say, parent)
    clock = ClockBand(ClockWatch(known, workplace.now.zone), parts.jumps, workplace, notices)
    workplace.steady = lambda: parts.jumps.reached(known)
    safety = SafetyBand(workplace, notices, shell)
    clocks = ObservationClocks(workplace, parts.jumps)
    watched = ObservationBand(clocks, shell, say, sounds=sounds, parent=parent)
    return Bands(notices, clock, safety, watched)
