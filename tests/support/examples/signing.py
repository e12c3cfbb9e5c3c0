"""Examples of the commands by which people sign, freeze, lock and open again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.changes import Put
from crfapp.ledger.keys import Scope
from crfapp.ledger.signing import content_hash
from crfapp.ledger.state import DutyRow, LockRow, MonitoringRow
from crfapp.work.entry import CompleteForm
from crfapp.work.handing_over import NoteFiles, NoteSignatures
from crfapp.work.locking import AgreeUnlock, AskUnlock, DeclineUnlock, Freeze, Lock, Unfreeze
from crfapp.work.own_signatures import SignDelegation, SignMonitoring
from crfapp.work.roles import Role
from crfapp.work.signing import SeeForm, Sign
from tests.support.signers import KnownSigner, password_of

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward

NOON = "2025-01-05T09:00:00.000000Z"


def _dm(ward: Ward) -> Scope:
    ward.desk.signer = KnownSigner(role.value for role in Role)
    ward.enter(ward.dm, SEX="M")
    return Scope(*ward.dm)


def _content(ward: Ward, scope: Scope) -> str:
    return content_hash(ward.desk.tables, ward.desk.study, scope)


def _see(ward: Ward) -> Command:
    return SeeForm(key=ward.dm, content=_content(ward, _dm(ward)))


def _sign(ward: Ward) -> Command:
    scope, nurse = _dm(ward), ward.actor
    investigator = nurse.__class__("investigator", "Investigator", Role.INVESTIGATOR, "CTC")
    ward.bus.send(SeeForm(key=ward.dm, content=_content(ward, scope)), investigator)
    who = {"login": "investigator", "password": password_of("investigator")}
    return Sign(scope=scope, meaning="REVIEWED", content=_content(ward, scope), **who)


def _sign_monitoring(ward: Ward) -> Command:
    _dm(ward)
    row = MonitoringRow("m1", "monitor", "Monitor", "CRO", None, NOON, NOON, 3, 0, 1, 0, None)
    ward.ledger.tables.apply([Put(row)])
    return SignMonitoring(monitoring="m1", login="monitor", password=password_of("monitor"))


def _sign_delegation(ward: Ward) -> Command:
    _dm(ward)
    row = DutyRow("d1", "rania", "record", "2025-01-05", "", "investigator", NOON)
    ward.ledger.tables.apply([Put(row)])
    who = {"login": "investigator", "password": password_of("investigator")}
    return SignDelegation(delegation="d1", **who)


def _lock(ward: Ward) -> Command:
    ward.send(CompleteForm(key=ward.sv))
    return Lock(scope=Scope(*ward.sv))


def _held(ward: Ward, state: str, asked: str = "") -> Scope:
    scope = Scope(*ward.sv)
    why = "a value is wrong" if asked else None
    row = LockRow(*scope, state, "data-manager", "Data manager", "data-manager", NOON, None, asked, why)
    ward.ledger.tables.apply([Put(row)])
    return scope


SIGNING: dict[type[Command], Example] = {
    NoteFiles: (
        lambda _w: NoteFiles(what="csv", file="csv", sha256="0" * 64, count=12),
        Role.NURSE,
        ["paper-made"],
    ),
    NoteSignatures: (
        lambda _w: NoteSignatures(file="signatures", sha256="0" * 64, signatures=3),
        Role.INVESTIGATOR,
        ["paper-made"],
    ),
    SeeForm: (_see, Role.INVESTIGATOR, ["form-seen"]),
    Sign: (_sign, Role.INVESTIGATOR, ["signed"]),
    SignMonitoring: (_sign_monitoring, Role.MONITOR, ["signed"]),
    SignDelegation: (_sign_delegation, Role.INVESTIGATOR, ["signed"]),
    Freeze: (lambda w: Freeze(scope=Scope(*w.sv), reason="interim look"), Role.MONITOR, ["frozen"]),
    Unfreeze: (
        lambda w: Unfreeze(scope=_held(w, "frozen"), reason="look is over"),
        Role.DATA_MANAGER,
        ["unfrozen"],
    ),
    Lock: (_lock, Role.DATA_MANAGER, ["locked"]),
    AskUnlock: (
        lambda w: AskUnlock(scope=_held(w, "locked"), reason="a value is wrong"),
        Role.DATA_MANAGER,
        ["unlock-asked"],
    ),
    AgreeUnlock: (
        lambda w: AgreeUnlock(scope=_held(w, "locked", "data-manager")),
        Role.INVESTIGATOR,
        ["unlocked"],
    ),
    DeclineUnlock: (
        lambda w: DeclineUnlock(scope=_held(w, "locked", "data-manager"), reason="it is right"),
        Role.INVESTIGATOR,
        ["unlock-declined"],
    ),
}
