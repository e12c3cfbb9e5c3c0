"""What the window is made of; bootstrap fills it, tests fill it with fakes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crfapp.present.clock_watch import JumpWatch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from crfapp.present.backup_rounds import KeepCopies
    from crfapp.present.entrance import Door, Founder, Joiner, Restorer
    from crfapp.present.other_workstations import CarryOut
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace
    from crfapp.ui.preferences import Preferences
    from crfapp.ui.shell.page import Page, Shell
    from crfapp.work.ports import Clock


@dataclass(frozen=True, slots=True)
class WindowParts:
    """Callables and ports. Without a ``door`` there is no site yet: ``founder`` makes one in ``folder``.

    ``joiner`` begins one there from an invitation, ``restorer`` puts one to work again out of a copy.

    ``pages`` is called for everybody who comes in, and again when language, theme or text size change.
    ``remember`` keeps the preferences of this workstation. ``backup`` tells when the last verified
    backup was made (UTC), or None. ``known`` is the latest instant that was known here when somebody
    came in, from events and file times. ``jumps`` knows whether the clock was moved while the program runs.
    ``rounds`` gives what keeps the site's other workstations up to date, for whoever may, ``backups`` what
    makes copies of the records while people work.
    """

    texts: Callable[[str], Texts]
    pages: Callable[[Workplace, Shell], Sequence[Page]]
    clock: Clock
    remember: Callable[[Preferences], None]
    backup: Callable[[], datetime | None]
    folder: Path
    door: Door | None = None
    founder: Founder | None = None
    joiner: Joiner | None = None
    restorer: Restorer | None = None
    known: Callable[[], datetime | None] = lambda: None
    jumps: JumpWatch = field(default_factory=JumpWatch)
    rounds: Callable[[Workplace], CarryOut | None] = lambda _at: None
    backups: Callable[[Workplace], KeepCopies | None] = lambda _at: None
