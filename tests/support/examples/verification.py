"""Examples of the commands by which answers are compared with their source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.keys import ItemKey
from crfapp.work.monitoring import BeginMonitoring, EndMonitoring, NoteMonitoringPaper
from crfapp.work.roles import Actor, Role
from crfapp.work.verification import Listed, UnverifyItem, VerifyForm, VerifyItem

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward

_MONITOR = Actor("monitor", "Monitor", Role.MONITOR, "CTC")


def _weighed(ward: Ward) -> VerifyItem:
    ward.enter(ward.dm, W="62.5")
    stored = ward.desk.stored(ItemKey(*ward.dm, "", "W"))
    assert stored is not None
    return VerifyItem(key=ward.dm, item="W", head=stored.head)


def _listed(ward: Ward) -> Command:
    one = _weighed(ward)
    return VerifyForm(key=one.key, items=(Listed(one.row, one.item, one.head),))


def _taken(ward: Ward) -> Command:
    ward.bus.send(_weighed(ward), _MONITOR)
    return UnverifyItem(key=ward.dm, item="W", reason="looked at the wrong page")


def _ended(ward: Ward) -> Command:
    ward.bus.send(BeginMonitoring(), _MONITOR)
    return EndMonitoring(points="one consent is missing")


VERIFYING: dict[type[Command], Example] = {
    VerifyItem: (_weighed, Role.MONITOR, ["item-verified"]),
    VerifyForm: (_listed, Role.MONITOR, ["item-verified"]),
    UnverifyItem: (_taken, Role.MONITOR, ["verification-taken"]),
    BeginMonitoring: (lambda _w: BeginMonitoring(purpose="routine"), Role.MONITOR, ["monitoring-began"]),
    EndMonitoring: (_ended, Role.MONITOR, ["monitoring-ended"]),
    NoteMonitoringPaper: (
        lambda _w: NoteMonitoringPaper(file="visit.pdf", sha256="0" * 64),
        Role.MONITOR,
        ["paper-made"],
    ),
}
