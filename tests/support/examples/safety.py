"""Examples of the commands about what the sponsor is told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import VisitRow
from crfapp.work.linking_signs import LinkSign
from crfapp.work.roles import Role
from crfapp.work.sending_notices import BeginReport, SendNotice

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward


def _serious(ward: Ward) -> BeginReport:
    log = FormKey(ward.subject, "V_LOG", 1, "AE", 1)
    row = ward.add_row(log, "EVENTS")
    ward.enter(log, row, AETERM="Urticaria", AESER="Y")
    return BeginReport(notice="SAE", key=log, row=row)


def _begun(ward: Ward) -> SendNotice:
    begin = _serious(ward)
    ward.send(begin)
    reports = begin.key._replace(form="SAE")
    row = ward.desk.forms.get(reports).rows_in("REPORTS")[0].info.key
    told = {"aware": "2025-01-05 08:00", "sent": "2025-01-05 09:00", "how": "PHONE", "told_to": "Safety desk"}
    return SendNotice(notice="SAE", key=reports, row=row, **told)


def _sign(ward: Ward) -> LinkSign:
    area = ward.area()
    visit = ward.start(
        ward.subject, "V_UNS", "2025-01-05", len(ward.ledger.tables.find(VisitRow, visit="V_UNS")) + 1
    )
    key = FormKey(*visit, "CL", 1)
    ward.enter(key, CLDONE="Y")
    ward.enter(key, area, CLRED="2")
    return LinkSign(key=key, row=area, item="CLRED", link="new")


SAFETY: dict[type[Command], Example] = {
    LinkSign: (
        _sign,
        Role.NURSE,
        ["form-started", "row-added", *["value-recorded"] * 5, "sign-linked"],
    ),
    BeginReport: (
        _serious,
        Role.NURSE,
        ["form-started", "row-added", "value-recorded"],
    ),
    SendNotice: (
        _begun,
        Role.NURSE,
        ["value-recorded", "value-recorded", "value-recorded", "value-recorded", "notice-sent"],
    ),
}
