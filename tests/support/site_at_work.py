"""A real site that does one kind of work over and over, to be hit by a fault; what it finished, it says.

    python -m tests.support.site_at_work PLACE KEY OPERATION [--out FOLDER] [--times N] [--manner M]
    python -m tests.support.site_at_work --serve PLACE KEY

``PLACE`` is what :func:`tests.support.prepared_site.prepare` made, or a copy of it, ``KEY`` the hex of the
records' key. After each piece of work that is durable it writes ``ACK operation ...`` on one line; for a
coded problem ``ERR code sentence``, as the person would read it, and goes on. ``READY`` comes before the
first piece, ``END`` when all is done. :func:`tests.support.site_found.check` holds the lines against what the
next start finds.

With ``--serve`` it reads such lines of arguments, one at a time, and forks for each: what takes long to load
is loaded once, and so is what is worked out from the study of the place that it names first (a copy of which
all the others are). It says ``PID n`` and, afterwards, ``GONE status``.

``--manner`` takes one safeguard away: see ``MANNERS``.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shlex
import shutil
import sys
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from crfapp.base.problems import AppProblem
from crfapp.bootstrap.arriving import choose_password
from crfapp.bootstrap.exporting import export_from
from crfapp.bootstrap.ground import SystemClock, translations_folder
from crfapp.bootstrap.packing import make_package
from crfapp.bootstrap.signatures import write_signatures
from crfapp.bootstrap.sites import OpenSite
from crfapp.bootstrap.taking_in import take_in
from crfapp.bootstrap.trail_exporting import trail_from
from crfapp.cli.parts import TrailWish
from crfapp.exchange import whole_file
from crfapp.ledger.events import RedactionAsked, ValueRecorded
from crfapp.ledger.keys import EventId, FormKey, Scope
from crfapp.ledger.signing import content_hash
from crfapp.ledger.state import NodeRow, SubjectRow
from crfapp.present.audit_view import AuditWish
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import Texts
from crfapp.store import durable_files, engine, migrations
from crfapp.store.engine import _checked_out, reading
from crfapp.store.event_log import EventLog
from crfapp.store.failures import named_failures
from crfapp.store.gate import Gate
from crfapp.store.site_folder import SiteFolder
from crfapp.store.standing import StandingWriter
from crfapp.study.study import Study
from crfapp.work.desk import Desk
from crfapp.work.entry import RecordAnswer
from crfapp.work.redaction import ApproveRedaction, AskRedaction
from crfapp.work.signing import SeeForm, Sign
from tests.support.prepared_site import FINDINGLESS, OLD, PARCELS, SITE, Place
from tests.support.quick_site import QUICK, password_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from crfapp.store.engine import Db, Engine
    from crfapp.work.bus import Outcome
    from crfapp.work.cases import Command
    from crfapp.work.open_forms import OpenForms

NURSE, INVESTIGATOR = "rania", "haddad"
WORKBOOK_PASSWORD = "twelve figs on the sill"


def password_after(changes: int) -> str:
    """What lets the nurse in after so many changes."""
    return f"{changes} baskets of lemons at the gate" if changes else password_of(NURSE)


class Done(Exception):
    """There is nothing left to do of this kind."""


class AtWork:
    """Whoever works at the site; ``out`` is where exports and backups go, such as a stick."""

    def __init__(self, place: Path, key: bytes, out: Path) -> None:
        self.place, self.key, self.out = place, key, out
        self.opened = self._open()
        self._turn = count()
        subjects = sorted(row.subject for row in self.opened.desk.tables.find(SubjectRow))
        self.own = subjects[: len(subjects) // 2]
        """The subjects that this workstation writes about; the other ones are the ward's."""

    def _open(self) -> OpenSite:
        folder, clock = SiteFolder.open(self.place / SITE), SystemClock()
        return OpenSite.open(folder, self.key, clock, Gate(folder, clock, QUICK))

    def send(self, command: Command, login: str = NURSE) -> Outcome:
        return self.opened.bus.send(command, self.opened.actor(login))

    def record(self, reason: str = "measured once more") -> tuple[str, str, Outcome]:
        """Give the next answer of all vital signs in turn: the subject, which answer, and what came of it."""
        for number in self._turn:
            subject = self.own[number % len(self.own)]
            rounds, which = divmod(number // len(self.own), len(FINDINGLESS))
            item, values = [*FINDINGLESS.items()][which]
            typed = str(values[(rounds + os.getpid()) % len(values)])
            key = FormKey(subject, "V_SCR", 1, "VS", 1)
            outcome = self.send(RecordAnswer(key=key, item=item, typed=typed, reason=reason))
            if outcome.events:  # else it stood there already, from before the program was started again
                return subject, f"{subject}/{item}={typed}", outcome
        raise Done

    def last(self) -> str:
        """The last event of this workstation, by its number and hash."""
        node = self.opened.store.workstation.node
        with reading(self.opened.store.engine) as db:
            seq, digest = EventLog().head(db, node)
        return f"{node} {seq} {digest}"

    def place_of(self, outcome: Outcome, kind: type) -> EventId:
        """Where the event of a kind stands that has just been written."""
        node, seq, _digest = self.last().split()
        back = len(outcome.events) - next(i for i, one in enumerate(outcome.events) if isinstance(one, kind))
        return EventId(node, int(seq) + 1 - back)

    def close(self) -> None:
        self.opened.close()

    # ---- what may be done over and over: each gives the words behind ``ACK operation``

    def save(self, _number: int) -> str:
        """One answer."""
        _, what, _ = self.record()
        return f"{self.last()} {what}"

    def sign(self, number: int) -> str:
        """The log of adverse events is changed, gone through and signed anew."""
        key = FormKey(self.own[number % len(self.own)], "V_LOG", 1, "AE", 1)
        for typed in ("Y", "N"):
            self.send(RecordAnswer(key=key, item="AEYN", typed=typed, reason="asked once more"))
        content = content_hash(self.opened.desk.tables, self.opened.desk.study, Scope(*key))
        self.send(SeeForm(key=key, content=content), INVESTIGATOR)
        credentials = {"login": INVESTIGATOR, "password": password_of(INVESTIGATOR)}
        self.send(Sign(scope=Scope(*key), meaning="SAFETY", content=content, **credentials), INVESTIGATOR)
        return self.last()

    def take(self, number: int) -> str:
        """The next package of the ward; when there is none left, it is done."""
        files = sorted((self.place / PARCELS).iterdir())
        if number >= len(files):
            raise Done
        taken = take_in(self.opened, self.opened.actor(NURSE), files[number])
        return f"{self.last()} {taken.outcome} {taken.package} {taken.events}"

    def pack(self, _number: int) -> str:
        """A package for the ward, in the outbox."""
        [ward] = [row.node for row in self.opened.desk.tables.find(NodeRow) if row.label == "Ward"]
        made = make_package(self.opened, self.opened.actor(NURSE), ward, full=True)
        return f"{self.last()} {made.sha256} {made.path}"

    def export(self, _number: int) -> str:
        """A workbook, handed over."""
        self.record()
        target = self._new_file("workbook", ".xlsx")
        made = export_from(self.opened, self.opened.actor(INVESTIGATOR), target, WORKBOOK_PASSWORD, "en")
        return f"{self.last()} {made.sha256} {target}"

    def trail(self, _number: int) -> str:
        """The whole trail as a CSV file, handed over."""
        self.record()
        wish = TrailWish(self._new_file("trail", ".csv"), "csv", "en", AuditWish())
        made = trail_from(self.opened, self.opened.actor(INVESTIGATOR), wish)
        return f"{self.last()} {made.sha256} {wish.out}"

    def signatures(self, _number: int) -> str:
        """The signatures of the site, one file each, in a folder."""
        self.sign(_number)
        target = self._new_file("signatures", "")
        write_signatures(self.opened, self.opened.actor(INVESTIGATOR), target)
        return f"{self.last()} {digest_of(target)} {target}"

    def backup(self, _number: int) -> str:
        """A copy of the database, proven before it counts."""
        self.record()
        target = self._new_file("copy", ".db")
        self.opened.store.backup_to(target)
        return f"{self.last()} {digest_of(target)} {target}"

    def upgrade(self, _number: int) -> str:
        """The program of today finds the database of the oldest one."""
        self.close()
        put_old(self.place)
        self.opened = self._open()
        return self.last()

    def password(self, number: int) -> str:
        """The nurse chooses another password."""
        before, after = password_after(number), password_after(number + 1)
        choose_password(self.opened, self.opened.actor(NURSE), before, after)
        return f"{self.last()} {number + 1}"

    def redact(self, number: int) -> str:
        """A name that somebody typed into a reason is taken away by two people."""
        name = f"Canary-{os.getpid()}-{number}"
        subject, _, outcome = self.record(f"told by {name}")
        of = self.place_of(outcome, ValueRecorded)
        asking = AskRedaction(subject=subject, of=of, field="reason", text=name, reason="a name stands there")
        asked = self.send(asking)
        wish = next(event.wish for event in asked.events if isinstance(event, RedactionAsked))
        self.send(ApproveRedaction(wish=wish, reason="it does indeed"), INVESTIGATOR)
        return f"{self.last()} {name}"

    def _new_file(self, kind: str, ending: str) -> Path:
        self.out.mkdir(exist_ok=True)
        return next(
            path for n in count(1) if not (path := self.out / f"{kind}-{os.getpid()}-{n}{ending}").exists()
        )


OPERATIONS: Mapping[str, Callable[[AtWork, int], str]] = {
    "save": AtWork.save,
    "sign": AtWork.sign,
    "import": AtWork.take,
    "package": AtWork.pack,
    "export": AtWork.export,
    "trail": AtWork.trail,
    "signatures": AtWork.signatures,
    "backup": AtWork.backup,
    "upgrade": AtWork.upgrade,
    "password": AtWork.password,
    "redact": AtWork.redact,
}


def put_old(place: Path) -> None:
    """Put the database as the first schema had it in the place of the one that is there."""
    ledger = place / SITE / "ledger.db"
    for left in (*ledger.parent.glob("backups/before-*"), *ledger.parent.glob("ledger.db-*")):
        left.unlink()
    fresh = ledger.with_name("old.new")
    shutil.copyfile(place / OLD, fresh)
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    fresh.replace(ledger)
    durable_files.sync_folder(ledger.parent)


# ---- one safeguard less


def _not_synced() -> None:
    """A commit is not waited for: what a database does that is told to be fast."""
    engine._SYNCHRONOUS[True] = ("NORMAL", 1)


def _no_folder_sync() -> None:
    """A new name is left to the system, as most programs do."""
    from crfapp.store import backup

    whole_file._sync_folder = _nothing  # type: ignore[assignment]
    durable_files.sync_folder = backup.sync_folder = _nothing  # type: ignore[assignment, attr-defined]


def _no_file_sync() -> None:
    """Neither files nor folders are waited for; the database has its own way to the disk."""
    _no_folder_sync()
    os.fsync = _nothing  # type: ignore[assignment]


def _statements_alone() -> None:
    """Every statement is committed by itself: what is half done stays half done."""

    @contextmanager
    def alone(engine: Engine) -> Iterator[Db]:
        with named_failures(), _checked_out(engine) as db:
            yield db

    @contextmanager
    def standing(writer: StandingWriter) -> Iterator[Db]:
        with alone(writer._engine) as db:
            yield db

    migrations.writing = alone  # type: ignore[attr-defined]
    StandingWriter.writing = standing  # type: ignore[method-assign, assignment]


def _nothing(_what: object) -> None:
    """Leave it to the system."""


MANNERS: Mapping[str, Callable[[], None]] = {
    "honest": lambda: None,
    "commits-unsynced": _not_synced,
    "folders-unsynced": _no_folder_sync,
    "files-unsynced": _no_file_sync,
    "statements-alone": _statements_alone,
}


# ---- the program


class Wish(NamedTuple):
    """What is to be done where."""

    place: Path
    key: bytes
    operation: str
    out: Path
    times: int
    manner: str

    @classmethod
    def read(cls, words: Sequence[str]) -> Wish:
        asked = argparse.ArgumentParser(prog="site_at_work")
        asked.add_argument("place", type=Path)
        asked.add_argument("key", type=bytes.fromhex)
        asked.add_argument("operation", choices=[*OPERATIONS])
        asked.add_argument("--out", type=Path)
        asked.add_argument("--times", type=int, default=0)
        asked.add_argument("--manner", choices=[*MANNERS], default="honest")
        told = asked.parse_args(words)
        out = told.out or told.place / "stick"
        return cls(told.place, told.key, told.operation, out, told.times, told.manner)


def work(wish: Wish) -> None:
    """Do it, over and over or so many times."""
    Place(wish.place).on_its_machine()
    MANNERS[wish.manner]()
    say = Texts("en", translations_folder())
    try:
        at_work = AtWork(wish.place, wish.key, wish.out)
    except AppProblem as problem:
        tell("ERR", problem.code.value, *problem_text(problem, say))
        return
    tell("READY", at_work.last())
    for number in range(wish.times) if wish.times else count():
        try:
            told = OPERATIONS[wish.operation](at_work, number)
        except AppProblem as problem:
            tell("ERR", problem.code.value, *problem_text(problem, say))
        except Done:
            break
        else:
            tell("ACK", wish.operation, told)
    at_work.close()
    tell("END")


def tell(*words: str) -> None:
    """One line, in one write."""
    os.write(1, (" ".join(" ".join(words).split()) + "\n").encode())


def serve(lines: Iterable[str], place: Path, key: bytes) -> None:
    """Fork for each line."""
    warm_up(place, key)
    tell("SERVING")
    for line in lines:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                work(Wish.read(shlex.split(line)))
                status = 0
            finally:
                sys.stderr.flush()
                os._exit(status)
        tell("PID", str(child))
        _, ended = os.waitpid(child, 0)
        tell("GONE", str(ended))


def warm_up(place: Path, key: bytes) -> None:
    """Do most kinds of work once, on a copy, before anybody is forked; everything is closed again."""
    share_plans()
    with TemporaryDirectory() as scratch:
        copy = Place(place).copy(Path(scratch) / "place")
        with copy.machine():
            at_work = AtWork(copy.folder, key, copy.folder / "stick")
            for operation in ("save", "sign", "import", "package", "trail"):
                OPERATIONS[operation](at_work, 0)
            at_work.close()


def share_plans() -> None:
    """What follows from the study alone is worked out once in this program and in all that it forks.

    That is its model and the plans of its forms, which never change; a site that is opened a thousand times
    would work them out a thousand times.
    """
    Study.from_content = staticmethod(cache(Study.from_content))  # type: ignore[method-assign]
    first: dict[str, OpenForms] = {}
    begin = Desk.__init__

    def begin_with_plans(desk: Desk, *told: Any, **more: Any) -> None:
        begin(desk, *told, **more)
        known = first.setdefault(desk.study.hash, desk.forms)
        desk.forms._plans, desk.forms.readers = known._plans, known.readers  # type: ignore[method-assign]

    Desk.__init__ = begin_with_plans  # type: ignore[method-assign, assignment]


def digest_of(path: Path) -> str:
    """What a file is, or all files of a folder with their names."""
    if path.is_dir():
        told = "".join(f"{digest_of(one)} {one.name}\n" for one in sorted(path.iterdir()))
        return hashlib.sha256(told.encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(sys.stdin, Path(sys.argv[2]), bytes.fromhex(sys.argv[3]))
    else:
        work(Wish.read(sys.argv[1:]))
