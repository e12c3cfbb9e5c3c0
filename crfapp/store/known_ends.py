"""How far the chains had come, kept where a database that is put back does not reach.

The end of this workstation's chain stands in the site's folder (:mod:`crfapp.store.workstation`), the ends
of all chains in the notes of the machine, outside the folder. Both are written when the site is closed,
and while it is open after every :data:`EVERY` events, by a thread of their own: no save waits for them. So
what may be lost unnoticed is what was entered after the last note of a program that was killed, and all of
it where somebody puts back the folder and the machine's notes together.
"""

from __future__ import annotations

from _thread import start_new_thread
from contextlib import suppress
from threading import Lock
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
_PATIENCE_SECONDS = 3


class KnownEnds:
    """The ends that were noted of one site's chains, in its folder and on this machine."""

    def __init__(self, folder: SiteFolder) -> None:
        self._folder: Path = folder.path
        # notes of their own: the others about this site are written at other moments, by other threads
        self._notes = MachineNotes(f"{folder.card.notes} chains")
        self._noted: dict[str, int] = {}
        self._turn = Lock()

    def read(self) -> tuple[Anchor, ...]:
        """Every end that is known, the folder's first."""
        return (WorkstationCard.of(self._folder).anchor, *self._of_machine())

    def passed(self, end: Anchor) -> None:
        """Events up to this one are durable; it is noted where many are since the last note."""
        if end.seq - self._noted.setdefault(end.node, 0) < EVERY:
            return
        if not self._turn.acquire(blocking=False):
            return
        try:
            # a threading.Thread waits until it runs: for ever, where memory ran out for its first step
            start_new_thread(self._note_beside, (end,))
        except (RuntimeError, MemoryError):
            self._turn.release()  # no memory for it: the next event tries again
        else:
            self._noted[end.node] = end.seq

    def note(self, own: Anchor, all_ends: Iterable[Anchor]) -> None:
        """Note the end of this workstation's chain and the ends of all; a full disk keeps the former ones."""
        self.settle()
        self._write(own, all_ends)

    def settle(self) -> None:
        """Wait until nothing is being written, but not for a thread that memory ran out for."""
        self._turn.acquire(timeout=_PATIENCE_SECONDS)
        if self._turn.locked():
            self._turn.release()

    def begin(self, ends: Iterable[Anchor] = ()) -> None:
        """Forget what the machine noted before: a new site, or one that goes on from an older copy."""
        with suppress(EnvironmentProblem):
            self._notes.write({_KEY: {end.node: [end.seq, end.hash] for end in ends}})

    def _note_beside(self, end: Anchor) -> None:
        try:
            self._write(end, (end,))
        finally:
            with suppress(RuntimeError):  # nobody waited for it any longer
                self._turn.release()

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
