"""The one runner of long work: a single background lane; every answer arrives on the window's thread."""

from __future__ import annotations

import itertools
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event, Lock
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.base.unforeseen import as_problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMetaObject

    from crfapp.present.lane import Steps, Stop

T = TypeVar("T")
_PATIENCE = 0.05


@dataclass(frozen=True, slots=True)
class Running:
    """How far a job with a title is. ``total`` 0: not known."""

    title: str
    done: int
    total: int
    what: str
    stop: Stop


class _Errand:
    """Something that the work wants done on the window's thread. Either side takes it up, or neither."""

    def __init__(self, act: Callable[[], Any], unwanted: Event) -> None:
        self._act, self._unwanted = act, unwanted
        self._turn = Lock()
        self._taken = False
        self.done = Event()
        self._ended: Future[Any] = Future()

    def take(self) -> bool:
        """Whether whoever asks may have it: to carry it out, or to give it up."""
        with self._turn:
            free, self._taken = not self._taken, True
            return free

    def run(self) -> None:
        """Carry it out, unless it was given up."""
        if not self.take():
            return
        try:
            if self._unwanted.is_set():  # whoever asked has gone: nothing is done in their name any more
                raise RefusedError(Code.CANCELLED)
            self._ended.set_result(self._act())
        except BaseException as error:  # noqa: BLE001 - whatever it is, the work is told
            self._ended.set_exception(error)
        self.done.set()

    def result(self) -> Any:
        """What came of it."""
        return self._ended.result()


class _Report:
    """Handed to the work; cancelling bites where it reports.

    However fast the work steps, the window is told again only after it has shown the step before.
    """

    def __init__(self, tell: Callable[[], None], ask: Callable[[_Errand], None], unwanted: Event) -> None:
        self._tell, self._ask, self._unwanted = tell, ask, unwanted
        self._untold = Event()
        self.last = (0, 0, "")

    def step(self, done: int, total: int, what: str) -> None:
        """Report, or stop here: RefusedError CANCELLED."""
        if self._unwanted.is_set():
            raise RefusedError(Code.CANCELLED)
        self.last = (done, total, what)
        if not self._untold.is_set():
            self._untold.set()
            self._tell()

    def at_desk(self, act: Callable[[], T]) -> T:
        """Have something done on the window's thread, and wait for it; RefusedError CANCELLED."""
        if self._unwanted.is_set():
            raise RefusedError(Code.CANCELLED)
        errand = _Errand(act, self._unwanted)
        self._ask(errand)
        while not errand.done.wait(_PATIENCE):
            # a window that waits for its work to end takes up no errand any more
            if self._unwanted.is_set() and errand.take():
                raise RefusedError(Code.CANCELLED)
        found: T = errand.result()
        return found

    def shown(self) -> tuple[int, int, str]:
        """The newest step, now that the window looks."""
        self._untold.clear()
        return self.last


@dataclass(slots=True)
class _Job:
    title: str
    unwanted: Event
    report: _Report
    done: Callable[[Any], None]
    failed: Callable[[AppProblem], None]
    farewell: QMetaObject.Connection | None = None
    orphaned: bool = False

    def orphan(self) -> None:
        self.orphaned = True


class JobRunner(QObject):
    """Runs plain functions one after another. ``changed`` carries a :class:`Running`, or None at the end.

    Whoever asked and is gone since is not called any more. What is neither done nor an AppProblem is a
    mistake of ours and goes to ``sys.excepthook`` like any other.
    """

    changed = Signal(object)
    _moved = Signal(int)
    _ended = Signal(int, object)
    _asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="crfapp-work")
        self._numbers = itertools.count(1)
        self._jobs: dict[int, _Job] = {}
        # queued even where work is done before start() returns: nobody is answered while still asking
        self._moved.connect(self._show_step, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._asked.connect(self._carry_out, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a job that people see is running or waiting."""
        return any(job.title for job in self._jobs.values())

    @property
    def idle(self) -> bool:
        """Whether nothing at all is running or waiting."""
        return not self._jobs

    def lane(self, owner: QObject) -> OwnedLane:
        """A lane for somebody whose answers end with them."""
        return OwnedLane(self, owner)

    def start(
        self,
        owner: QObject,
        work: Callable[[Steps], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[AppProblem], None],
        title: str = "",
    ) -> Stop:
        """Queue ``work``; ``done`` or ``failed`` is called while ``owner`` lives."""
        number, unwanted = next(self._numbers), Event()
        report = _Report(lambda: self._moved.emit(number), self._asked.emit, unwanted)
        job = self._jobs[number] = _Job(title, unwanted, report, done, failed)
        job.farewell = owner.destroyed.connect(lambda: job.orphan())
        future = self._lane.submit(work, report)
        future.add_done_callback(lambda ended: self._ended.emit(number, ended))
        if title:
            self._show_step(number)
        return unwanted.set

    def stop_titled(self) -> None:
        """Ask every job that people see to stop at its next step."""
        for job in self._jobs.values():
            if job.title:
                job.unwanted.set()

    def stop(self) -> None:
        """Stop all work and wait for it to end; nobody is called any more."""
        for job in self._jobs.values():
            job.unwanted.set()
        self._jobs.clear()
        self._lane.shutdown(wait=True, cancel_futures=True)

    def _show_step(self, number: int) -> None:
        job = self._jobs.get(number)
        if job is not None and job.title:
            self.changed.emit(Running(job.title, *job.report.shown(), job.unwanted.set))

    def _carry_out(self, errand: _Errand) -> None:
        errand.run()

    def _answer(self, number: int, ended: Future[Any]) -> None:
        job = self._jobs.pop(number, None)
        if job is None or ended.cancelled():
            return
        if job.title:
            self.changed.emit(None)
        error = ended.exception()
        if not job.orphaned:
            if job.farewell is not None:
                QObject.disconnect(job.farewell)
            _call_back(job, error, ended)
        if error is not None and not isinstance(error, AppProblem):
            sys.excepthook(type(error), error, error.__traceback__)


def _call_back(job: _Job, error: BaseException | None, ended: Future[Any]) -> None:
    if error is None:
        job.done(ended.result())
    else:
        job.failed(as_problem(error))


class OwnedLane:
    """The runner in the hands of one owner; a :class:`crfapp.present.lane.Lane`."""

    def __init__(self, runner: JobRunner, owner: QObject) -> None:
        self._runner, self._owner = runner, owner

    def start(
        self,
        work: Callable[[Steps], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[AppProblem], None],
        title: str = "",
    ) -> Stop:
        """Begin work for the owner."""
        return self._runner.start(self._owner, work, done=done, failed=failed, title=title)
