"""The site at work (``tests/support/site_at_work.py``) that waits for its fault, and speaks through a socket.

After ``READY`` it stops itself: whoever wants a system call to fail takes hold of it then, and lets it go on.
What it says goes over a socket (``sendto``), so that no failing ``write`` or ``fsync`` can touch the answer.
An error of the program that is no coded problem is told as ``BARE``: at the window it would be a sentence of
last resort. ``OWN`` is an error of these tests themselves.

More manners: ``deaf`` calls everything saved, whatever the commit said; ``blind`` does not look whether its
files are still there; ``starved-N`` leaves N KiB of memory.
"""

from __future__ import annotations

import os
import resource
import shlex
import signal
import socket
import sys
import traceback
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.base.unforeseen import as_problem
from crfapp.store.standing import StandingWriter, Whereabouts
from tests.support import site_at_work
from tests.support.prepared_site import Place
from tests.support.site_at_work import MANNERS, OPERATIONS, AtWork, Wish, warm_up, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.store.engine import Db

_LAST = AtWork.last
_ROOM: list[int] = []
_TAKEN: list[bytearray] = []
ROOMS = range(16, 16_385, 16)
_OUT = socket.socket(fileno=os.dup(1))


def tell(*words: str) -> None:
    _OUT.send((" ".join(" ".join(words).split()) + "\n").encode())
    if words[0] == "READY":
        os.kill(os.getpid(), signal.SIGSTOP)
        if _ROOM:
            starve(*_ROOM)


def starve(room: int) -> None:
    """Let the program have no more memory than it has, and of that only so many KiB that are not taken."""
    pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[0])
    most = pages * resource.getpagesize()
    spare = bytearray(room * 1024)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for size in (1 << 20, 1 << 16, 1 << 12, 1 << 10):
        with suppress(MemoryError):
            while True:
                _TAKEN.append(bytearray(size))
    del spare


def deaf() -> None:
    """What the disk says of a transaction is not listened to."""
    honest = StandingWriter.writing

    @contextmanager
    def writing(writer: StandingWriter) -> Iterator[Db]:
        with suppress(AppProblem), honest(writer) as db:
            yield db

    StandingWriter.writing = writing  # type: ignore[method-assign, assignment]


def blind() -> None:
    """Nobody looks whether the files that are written are still those of the site."""
    Whereabouts.refuse_gone = lambda _where: None  # type: ignore[method-assign, assignment]


def named(kind: str) -> None:
    """Errors that nobody named are told, with where they came from; then the work goes on."""
    honest = OPERATIONS[kind]

    def told(at_work: AtWork, number: int) -> str:
        try:
            return honest(at_work, number)
        except (AppProblem, site_at_work.Done):
            raise
        except MemoryError as error:
            raise as_problem(error) from error  # what the window and the command line make of it
        except Exception as error:
            stack = traceback.extract_tb(error.__traceback__)
            ours = any("/crfapp/" in frame.filename for frame in stack)
            word = "BARE" if ours else "OWN"  # the nurse of these tests stumbled herself
            tell(word, f"{type(error).__name__} {error} at {stack[-1].filename}:{stack[-1].lineno}")
            raise as_problem(error) from error

    site_at_work.OPERATIONS = {**OPERATIONS, kind: told}


def last_as_known(at_work: AtWork) -> str:
    """Where the chain ends by what the ledger itself knows: no file is opened to say so."""
    ledger = at_work.opened.store.ledger
    if ledger._head is None:
        return _LAST(at_work)
    return f"{ledger.node} {ledger._head.seq} {ledger._head.hash}"


def main(place: Path, key: bytes) -> None:
    site_at_work.tell = tell
    AtWork.last = last_as_known  # type: ignore[method-assign, assignment]
    starved = {f"starved-{room}": partial(_ROOM.append, room) for room in ROOMS}
    site_at_work.MANNERS = {**MANNERS, "deaf": deaf, "blind": blind, **starved}
    warm_up(place, key)
    with TemporaryDirectory() as scratch:  # what takes files from a site is warmed up as well
        copy = Place(place).copy(Path(scratch) / "place")
        with copy.machine():
            at_work = AtWork(copy.folder, key, copy.folder / "stick")
            for kind in ("export", "backup"):
                OPERATIONS[kind](at_work, 0)
            at_work.close()
    tell("SERVING")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                tell("PID", str(os.getpid()))
                wish = Wish.read(shlex.split(line))
                named(wish.operation)
                work(wish)
                status = 0
            finally:
                sys.stderr.flush()
                os._exit(status)
        _, ended = os.waitpid(child, 0)
        tell("GONE", str(ended))


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
