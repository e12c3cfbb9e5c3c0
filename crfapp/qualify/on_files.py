"""Checks of what leaves and comes back: workbook, trail, backup, older copy, package, second workstation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crfapp.base.canonical import canonical, sha256
from crfapp.base.marking import N_
from crfapp.base.problems import Code, RefusedError
from crfapp.bootstrap.exporting import export_from
from crfapp.bootstrap.ground import SystemClock
from crfapp.bootstrap.older_copy import go_on_from_copy
from crfapp.bootstrap.packing import make_package
from crfapp.bootstrap.playing import ADMINISTRATOR
from crfapp.bootstrap.taking_in import take_in
from crfapp.bootstrap.trail_exporting import trail_from
from crfapp.cli.parts import TrailWish
from crfapp.exchange.office_encryption import decrypt
from crfapp.exchange.workbook_reading import LibraryReader
from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import ItemRow, SubjectRow
from crfapp.present.audit_view import AuditWish
from crfapp.qualify.checks import Check, Tried, refused
from crfapp.qualify.scratch import PULSE, Scratch, answer, enrol
from crfapp.store.site_folder import SiteFolder
from crfapp.work.conflicts import conflicts
from crfapp.work.deciding import ResolveConflict

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.ledger.keys import FormKey

_PASSWORD = "blue lamps over the harbour"  # noqa: S105 - of made-up data
_HOSTILE = '=HYPERLINK("x")'
_FLIPS = 24
_TWICE = "numbered twice"


def _workbook(folder: Path) -> Tried:
    with Scratch.found(folder).open() as opened:
        key = enrol(opened)
        answer(opened, key, "72")
        answer(opened, key, _HOSTILE, item="REMARK")
        out = folder.with_name("data.xlsx")
        export_from(opened, opened.actor("doctor"), out, _PASSWORD, "en")
    reader = LibraryReader(decrypt(out, _PASSWORD))
    cells = {
        cell for name in reader.names() for row in reader.rows(name) for cell in row if isinstance(cell, str)
    }
    wrong = refused(lambda: decrypt(out, _PASSWORD + "!"))
    stays = "a text" if _HOSTILE in cells else "not as it was typed"
    seen = f"what begins with = is {stays}; another password {wrong}"
    expected = f"what begins with = is a text; another password {Code.WORKBOOK_KEY}"
    return Tried(expected, seen, {"sheets": reader.names()})


def _trail(folder: Path) -> Tried:
    with Scratch.found(folder).open() as opened:
        answer(opened, enrol(opened), "72")
        events = opened.store.verify().events
        out = folder.with_name("trail.jsonl")
        wish = TrailWish(out, "jsonl", "en", AuditWish())
        report = trail_from(opened, opened.actor("doctor"), wish)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines() if line]
    expected = f"{events} events, {events} read back"
    return Tried(expected, f"{report.rows} events, {len(lines)} read back", {"sha256": report.sha256})


def _backup(folder: Path) -> Tried:
    """A backup is walked when it is made; put in the place of the records, it opens and tells the same."""
    scratch = Scratch.found(folder)
    copy = folder.with_name("copy.db")
    with scratch.open() as opened:
        for typed in ("71", "72", "73"):
            answer(opened, enrol(opened), typed)
        opened.store.backup_to(copy)
        before = _pulses(opened)
    _put_in_place(folder, copy.read_bytes())
    with scratch.open() as opened:
        after, differ = _pulses(opened), len(opened.store.compare())
        breaks = len(opened.store.verify().wrong)
    seen = f"{after}; {differ} differences, {breaks} breaks"
    return Tried(f"{before}; 0 differences, 0 breaks", seen, {"sha256": sha256(copy.read_bytes())})


def _older(folder: Path) -> Tried:
    """An older copy is refused until somebody says that work goes on from it; then a new chain begins."""
    scratch = Scratch.found(folder)
    copy = folder.with_name("older.db")
    with scratch.open() as opened:
        enrol(opened)
        opened.store.backup_to(copy)
        enrol(opened)
        before = {record.envelope.id for record in opened.events.records()}
        lost = _numbers(opened)[-1]
    _put_in_place(folder, copy.read_bytes())
    shut = refused(lambda: _opened(scratch))
    report = go_on_from_copy(
        SiteFolder.open(folder), scratch.key, ADMINISTRATOR, "the disk broke", SystemClock()
    )
    kept = report.events
    with scratch.open() as opened:
        enrol(opened)
        now = [record.envelope.id for record in opened.events.records()]
        reused = lost in _numbers(opened)
    again = len(before & set(now)) - kept
    expected = f"{Code.OLDER_COPY}; missing events named True; events {_TWICE} 0, subjects {_TWICE} False"
    named = bool(report.breaks)
    seen = f"{shut}; missing events named {named}; events {_TWICE} {again}, subjects {_TWICE} {reused}"
    return Tried(expected, seen, {"lost": [list(map(str, one)) for one in report.breaks]})


def _put_in_place(folder: Path, content: bytes) -> None:
    (folder / "ledger.db").write_bytes(content)
    for left in ("ledger.db-wal", "ledger.db-shm"):
        (folder / left).unlink(missing_ok=True)


def _opened(scratch: Scratch) -> None:
    with scratch.open():
        pass


def _package(folder: Path) -> Tried:
    """A package with one byte changed, anywhere over its length, is refused; the sound one is taken."""
    clinic = Scratch.found(folder)
    ward = clinic.second(folder.with_name("ward"))
    with clinic.open() as opened:
        answer(opened, enrol(opened), "72")
        whole = make_package(opened, opened.actor("nurse"), _node(ward)).path.read_bytes()
    file = folder.with_name("changed.pgp")
    outcomes = []
    with ward.open() as opened:
        for flip in range(_FLIPS):
            changed = bytearray(whole)
            changed[len(whole) * flip // _FLIPS] ^= 1
            file.write_bytes(changed)
            outcomes.append(take_in(opened, opened.actor("nurse"), file).outcome)
        between = len(opened.desk.tables.find(SubjectRow))
        file.write_bytes(whole)
        taken = take_in(opened, opened.actor("nurse"), file).outcome
        after = len(opened.desk.tables.find(SubjectRow))
    refusals = outcomes.count("refused")
    expected = f"{_FLIPS} of {_FLIPS} refused, 0 subjects taken in; the sound one new, 1 subject"
    seen = (
        f"{refusals} of {_FLIPS} refused, {between} subjects taken in; the sound one {taken}, {after} subject"
    )
    return Tried(expected, seen, {"outcomes": outcomes, "sha256": sha256(whole)})


def _merge(folder: Path) -> Tried:
    """Two workstations answer one question differently: both answers stay until somebody decides."""
    clinic = Scratch.found(folder)
    with clinic.open() as opened:
        key = enrol(opened)
    ward = clinic.second(folder.with_name("ward"))
    for at, typed in ((clinic, "72"), (ward, "84")):
        with at.open() as opened:
            answer(opened, key, typed)
    _carry(clinic, ward)
    _carry(ward, clinic)
    waiting = [_in_conflict(at) for at in (clinic, ward)]
    with clinic.open() as opened:
        decide = ResolveConflict(place=ItemKey(*key, "", PULSE), typed="84", reason="asked the nurse")
        opened.bus.send(decide, opened.actor("doctor"))
    _carry(clinic, ward)
    _carry(ward, clinic)
    after = [_in_conflict(at) for at in (clinic, ward)]
    values = [_value(at, key) for at in (clinic, ward)]
    told = f"both answers wait {waiting}; decided {after}, {values}"
    expected = f"both answers wait {[['72', '84']] * 2}; decided {[[]] * 2}, {['84', '84']}"
    return Tried(expected, told, {"waiting": waiting, "values": values})


def _carry(one: Scratch, other: Scratch) -> None:
    with one.open() as opened:
        file = make_package(opened, opened.actor("nurse"), _node(other)).path
    with other.open() as opened:
        outcome = take_in(opened, opened.actor("nurse"), file).outcome
    if outcome != "new":
        raise RefusedError(Code.PACKAGE_UNKNOWN)


def _node(scratch: Scratch) -> str:
    with scratch.open() as opened:
        return opened.store.workstation.node


def _in_conflict(scratch: Scratch) -> list[str]:
    with scratch.open() as opened:
        return sorted(str(row.value) for one in conflicts(opened.desk.tables) for row in one.answers)


def _value(scratch: Scratch, key: FormKey) -> str | None:
    with scratch.open() as opened:
        row = opened.desk.tables.get(ItemRow, *ItemKey(*key, "", PULSE))
    return row.value if row else None


def _pulses(opened: OpenSite) -> str:
    """Every answer to one question, as one hash."""
    rows = sorted((row.subject, str(row.value)) for row in opened.desk.tables.find(ItemRow, item=PULSE))
    return f"{len(rows)} answers {sha256(canonical(rows))[:12]}"


def _numbers(opened: OpenSite) -> list[str]:
    return sorted(row.number for row in opened.desk.tables.find(SubjectRow))


ON_FILES = (
    Check("workbook", "REQ-809", N_("A workbook is encrypted, and text stays text in it"), _workbook),
    Check("trail", "REQ-112", N_("The whole audit trail leaves as data"), _trail),
    Check("backup", "REQ-901", N_("A backup opens in the place of the records and tells the same"), _backup),
    Check(
        "older",
        "REQ-902",
        N_("An older copy is noticed, and no number of an event or a subject is given twice"),
        _older,
    ),
    Check("package", "REQ-804", N_("A package with a changed byte is refused"), _package),
    Check("merge", "REQ-609", N_("Answers of two workstations both stay until somebody decides"), _merge),
)
