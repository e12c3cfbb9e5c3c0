"""How far the chains had come, kept where a database that is put back does not reach.

The end of this workstation's chain stands in the site's folder (:mod:`crfapp.store.workstation`), the ends
of all chains in the notes of the machine, outside the folder. Both are written when the site is closed,
and while it is open after every :data:`EVERY` events, by a thread of their own: no save waits for them. So
what may be lost unnoticed is what was entered after the last note of a program that was killed, and all of
it where somebody puts back the folder and the machine's notes together.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

from crfapp.base.problems import EnvironmentProblem
from crfapp.store.machine import MachineNotes
from crfapp.store.verify import Anchor
from crfapp.store.workstation import WorkstationCard, note_end

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from crfapp.store.site_folder import SiteFolder

EVERY = 50
"""Events after which the end is noted while people work."""

_KEY = "ends"


class KnownEnds:
    """The ends that were noted of one site's chains, in its folder and on this machine."""

    def __init__(self, folder: SiteFolder) -> None:
        self._folder: Path = folder.path
        # notes of their own: the others about this site are written at other moments, by other threads
        self._notes = MachineNotes(f"{folder.card.notes} chains")
        self._noted: dict[str, int] = {}
        self._running: Thread | None = None

    def read(self) -> tuple[Anchor, ...]:
        """Every end that is known, the folder's first."""
        return (WorkstationCard.of(self._folder).anchor, *self._of_machine())

    def passed(self, end: Anchor) -> None:
        """Events up to this one are durable; it is noted where many are since the last note."""
        if end.seq - self._noted.setdefault(end.node, 0) < EVERY:
            return
        if self._running is None or not self._running.is_alive():
            self._noted[end.node] = end.seq
            self._running = Thread(target=self._write, args=(end, (end,)), name="chain end")
            self._running.start()

    def note(self, own: Anchor, all_ends: Iterable[Anchor]) -> None:
        """Note the end of this workstation's chain and the ends of all; a full disk keeps the former ones."""
        self.settle()
        self._write(own, all_ends)

    def settle(self) -> None:
        """Wait until nothing is being written."""
        if self._running is not None:
            self._running.join()
            self._running = None

    def begin(self, ends: Iterable[Anchor] = ()) -> None:
        """Forget what the machine noted before: a new site, or one that goes on from an older copy."""
        with suppress(EnvironmentProblem):
            self._notes.write({_KEY: {end.node: [end.seq, end.hash] for end in ends}})

    def _write(self, own: Anchor, ends: Iterable[Anchor]) -> None:
        """Never an end that lies before one that is known: that would cover up what is missing."""
        with suppress(EnvironmentProblem):
            former = WorkstationCard.of(self._folder).anchor
            if own.seq > (former.seq if former.node == own.node else 0):
                note_end(self._folder, own)
        with suppress(EnvironmentProblem):
            known: dict[str, Any] = {end.node: [end.seq, end.hash] for end in self._of_machine()}
            later = {end.node: [end.seq, end.hash] for end in ends if end.seq > known.get(end.node, [0])[0]}
            if later:
                self._notes.write({_KEY: known | later})

    def _of_machine(self) -> tuple[Anchor, ...]:
        """What cannot be read counts as not noted: the notes prove nothing alone."""
        noted = self._notes.read().get(_KEY)
        found = []
        for node, end in noted.items() if isinstance(noted, dict) else ():
            with suppress(TypeError, ValueError):
                seq, digest = end
                found.append(Anchor(str(node), int(seq), str(digest)))
        return tuple(found)
