"""Taking in what came as a file: opened, looked at whole, joined to the records, or set aside (REQ-504, 805).

One file, one transaction: everything of it is taken in or nothing. A file that is refused is kept in
quarantine with a report, the refusal is on record, and the other files go on. At the site the centre's wishes
are answered right after.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from crfapp.base.problems import Code, RefusedError
from crfapp.base.times import utc_stamp
from crfapp.bootstrap.accounts_travelling import accounts_in, take_accounts
from crfapp.bootstrap.ground import translations_folder
from crfapp.bootstrap.node_keys import node_key
from crfapp.bootstrap.package_files import outbox_of
from crfapp.bootstrap.photographs_arriving import keep_photographs
from crfapp.bootstrap.sites import LedgerReader
from crfapp.exchange.intake import examine, made_at
from crfapp.exchange.intake_ports import Receipt
from crfapp.exchange.package.reading import open_package
from crfapp.exchange.quarantine import Report, fingerprint_of, lies_in, release, set_aside
from crfapp.exchange.taken_in import TakenIn
from crfapp.exchange.whole_file import disk_named
from crfapp.ledger.events import Locked, LockRefused
from crfapp.ledger.state import NodeRow, ReceiptRow, RefusedRow
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import Texts
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog
from crfapp.work.lock_requests import AnswerLocks
from crfapp.work.packages import NoteRefused
from crfapp.work.receiving import Arrival
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.intake import Examined
    from crfapp.exchange.package.reading import OpenPackage
    from crfapp.ledger.chain import Record
    from crfapp.store.engine import Db
    from crfapp.work.roles import Actor

_MINE = frozenset({Code.NOT_ALLOWED, Code.ACCOUNT_ENDED, Code.NOT_TRAINED, Code.OWN_PASSWORD_NEEDED})
"""What says something about whoever takes in, and nothing about the file."""


class ChainsHere:
    """What intake asks about the place where a package came; see :class:`crfapp.exchange.intake_ports.Here`.

    ``nodes`` are the chains that may be heard, in one snapshot of the records.
    """

    def __init__(self, opened: OpenSite, db: Db, nodes: Iterable[NodeRow]) -> None:
        card = opened.store.folder.card
        self.site, self.study, self.whole = card.site, card.study, card.sort == "site"
        self.node = opened.store.workstation.node
        self._opened, self._db, self._nodes, self._log = opened, db, list(nodes), EventLog()

    def heard(self) -> Sequence[NodeRow]:
        """Every chain that may be heard."""
        return self._nodes

    def receipts(self, sender: str) -> Sequence[Receipt]:
        """What was taken in of a maker, in the order of the numbers."""
        rows = self._opened.desk.tables.find(ReceiptRow, node=self.node, sender=sender)
        return sorted(
            (Receipt(row.package, row.number, row.sha256) for row in rows), key=lambda one: one.number
        )

    def end(self, node: str) -> int:
        """The number of a chain's last event."""
        return self._log.head(self._db, node)[0]

    def hashes(self, node: str, first: int) -> Iterator[str]:
        """The hashes of a chain from an event on."""
        return (link.hash for link in self._log.chain(self._db, node, after=first - 1))

    def records(self, kinds: Collection[str]) -> Iterator[Record]:
        """The events of some kinds."""
        return LedgerReader(self._opened.store, self._db).records(kinds=kinds)

    def keeps(self, content: str) -> bool:
        """Whether a study version is kept."""
        try:
            self._opened.store.ledger.content(content)
        except RefusedError:
            return False
        return True


def take_in(opened: OpenSite, actor: Actor, file: Path) -> TakenIn:
    """Take in one file at a site. What is wrong with it is told, and is no exception.

    NOT_ALLOWED for whoever may not take in; EnvironmentProblem and IntegrityProblem of this machine, after
    which the file lies where it lay and nothing was taken in.
    """
    if not actor.may(Right.RECEIVE):
        raise RefusedError(Code.NOT_ALLOWED, role=actor.role.value, needs=Right.RECEIVE.value)
    nodes = [row for row in opened.desk.tables.find(NodeRow) if row.node != opened.store.workstation.node]
    aside = Aside(opened, actor, file)

    def take() -> TakenIn:
        with package_at(opened, file, nodes) as package:
            aside.opened(package)
            accounts = accounts_in(package, opened)
            taken = joined(opened, actor, package, nodes)
            take_accounts(opened, accounts)
            return taken

    return answered(opened, actor, aside.unless_refused(take))


def take_in_all(opened: OpenSite, actor: Actor, folder: Path) -> list[TakenIn]:
    """Take in every file of a folder, one after the other, in the order of their names.

    What is refused is moved out of the folder into quarantine, so that it is looked at once.
    """
    return each_of(folder, lambda file: take_in(opened, actor, file))


def each_of(folder: Path, take: Callable[[Path], TakenIn]) -> list[TakenIn]:
    """Take in the files of a folder by ``take``; those that were refused lie in quarantine alone then."""
    done = []
    with disk_named(folder):
        files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    for file in files:
        done.append(take(file))
        if done[-1].outcome == "refused":
            with suppress(OSError):  # of a stick that cannot be written it is only copied
                file.unlink()
    return done


def taken_from(places: Iterable[Path], take: Callable[[Path], TakenIn]) -> list[TakenIn]:
    """Take in files, and every file of folders, one after the other."""
    return [one for place in places for one in (each_of(place, take) if place.is_dir() else [take(place)])]


@contextmanager
def package_at(opened: OpenSite, file: Path, nodes: Iterable[NodeRow]) -> Iterator[OpenPackage]:
    """A package, opened with the key of this workstation or centre."""
    key = node_key(opened.store, opened.store.folder.card.code)
    with open_package(file, key, nodes, outbox_of(opened)) as package:
        yield package


def joined(opened: OpenSite, actor: Actor, package: OpenPackage, nodes: Iterable[NodeRow]) -> TakenIn:
    """Look at a package and take it in; what its file is called is filled in later."""
    with reading(opened.store.engine) as db:
        found = examine(package, ChainsHere(opened, db, nodes))
    told = package.manifest
    if found.again and not found.new:
        return _told(package, found, "known")
    for digest in package.contents:
        opened.store.ledger.keep_content(digest, package.content(digest))
    keep_photographs(opened, package)
    arrival = Arrival(
        links=package.links(),
        package=told.package,
        sender=told.node,
        number=told.number,
        sha256=package.sha256,
        made_at=made_at(told),
    )
    arrived = opened.bus.receive(arrival, actor)
    taken = _told(package, found, "new" if arrived.new else "known")
    return replace(taken, events=arrived.new, subjects=arrived.subjects)


def answered(opened: OpenSite, actor: Actor, taken: TakenIn) -> TakenIn:
    """Answer what the centre asks for, where something came."""
    if taken.outcome == "refused" or opened.store.folder.card.sort != "site":
        return taken
    events = opened.bus.send(AnswerLocks(), actor).events
    locked = sum(isinstance(event, Locked) for event in events)
    return replace(taken, locked=locked, declined=sum(isinstance(event, LockRefused) for event in events))


class Aside:
    """What is done with a file that is refused, and with one that lay in quarantine and is taken in now.

    ``home`` is the site or centre in whose folder the quarantine is.
    """

    def __init__(self, home: OpenSite, actor: Actor, file: Path) -> None:
        self._home, self._actor, self._file = home, actor, file
        self._folder = home.store.folder.path
        self._sha256, self._size = fingerprint_of(file)
        self._told = ("", "", 0)

    def opened(self, package: OpenPackage) -> None:
        """It is a package, and says whose it is."""
        told = package.manifest
        self._told = (told.node, told.package, told.number)

    def unless_refused(self, take: Callable[[], TakenIn]) -> TakenIn:
        """What became of the file; where it is refused, that is on record and the file in quarantine."""
        try:
            taken = take()
        except RefusedError as problem:
            taken = self.refused(problem, self._home)
        if taken.outcome != "refused" and lies_in(self._folder, self._file):
            release(self._file)
        return replace(taken, file=self._file.name)

    def refused(self, problem: RefusedError, at: OpenSite) -> TakenIn:
        """Set the file aside, on record in the chain that is written ``at`` a site or part.

        What says something about the person, and nothing about the file, is raised again.
        """
        if problem.code in _MINE:
            raise problem
        sender, package, number = self._told
        report = Report(
            file=self._file.name,
            sha256=self._sha256,
            size=self._size,
            code=problem.code.value,
            facts=problem.facts,
            at=utc_stamp(at.clock.now()),
            by=self._actor.login,
            sender=sender,
            package=package,
            number=number,
        )
        what, todo = problem_text(problem, Texts("en", translations_folder()))
        set_aside(self._folder, self._file, report, _words(report, what, todo))
        before = at.desk.tables.find(RefusedRow, sha256=self._sha256, code=report.code)
        if not before:  # tried once more before its cause was mended, it is on record already
            note = NoteRefused(file=report.file, sha256=report.sha256, code=report.code, sender=sender)
            at.bus.send(note, self._actor)
        return TakenIn(
            self._file.name,
            "refused",
            package=package,
            sender=sender,
            number=number,
            code=problem.code,
            facts=problem.facts,
        )


def _words(report: Report, what: str, todo: str) -> str:
    facts = "".join(f"  {name}: {value}\n" for name, value in report.facts.items())
    return (
        f"{report.code}  {what}\n{todo}\n\n"
        f"File:     {report.file}\nSHA-256:  {report.sha256}\nBytes:    {report.size}\n"
        f"Set aside {report.at} by {report.by}\n"
        f"Sender:   {report.sender or 'not known'}\nPackage:  {report.package or 'not known'}\n\n{facts}"
    )


def _told(package: OpenPackage, found: Examined, outcome: Literal["new", "known"]) -> TakenIn:
    told = package.manifest
    return TakenIn(
        "",
        outcome,
        told.code,
        told.package,
        told.node,
        told.number,
        kinds=found.kinds,
        missing=found.missing,
        late=found.late,
        follows=found.follows,
        ahead=found.ahead,
    )
