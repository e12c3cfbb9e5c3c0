"""Examples of making unreadable what does not belong into the records, and of going on from an older copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import ItemRow, RedactionRow
from crfapp.work.redaction import ApproveRedaction, AskRedaction, DeclineRedaction
from crfapp.work.roles import Role

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward

NAME = "Ahmad Haddad"
WHY = "a name was typed"


def asked(ward: Ward) -> AskRedaction:
    """A name stands where the contraception was asked for."""
    ward.enter(ward.dm, SEX="F")
    ward.enter(ward.dm, CB=NAME)
    row = ward.ledger.tables.get(ItemRow, *ward.dm, "", "CB")
    assert row is not None
    return AskRedaction(subject=ward.subject, of=row.head, field="value", reason=WHY)


def wish(ward: Ward) -> str:
    """The same, asked for by the nurse."""
    ward.send(asked(ward))
    return ward.ledger.tables.find(RedactionRow, state="asked")[0].wish


def _approve(ward: Ward) -> Command:
    return ApproveRedaction(wish=wish(ward), reason="it is a name")


def _decline(ward: Ward) -> Command:
    return DeclineRedaction(wish=wish(ward), reason="that is a brand")


REDACTION: dict[type[Command], Example] = {
    AskRedaction: (asked, Role.NURSE, ["redaction-asked"]),
    ApproveRedaction: (_approve, Role.INVESTIGATOR, ["redacted"]),
    DeclineRedaction: (_decline, Role.INVESTIGATOR, ["redaction-declined"]),
}
