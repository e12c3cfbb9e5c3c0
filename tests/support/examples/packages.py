"""Examples of the commands by which packages leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.changes import Put
from crfapp.ledger.state import PackageRow
from crfapp.work.packages import NoteSent
from crfapp.work.roles import Role

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward


def package_row(package: str, **more: str | int) -> PackageRow:
    """A package to the sponsor as it lies in the outbox."""
    told = PackageRow(
        package, "w1", "sponsor", 1, "", f"{package}.pgp", "aa", 0, 3, 0, "", "", "rania", "", ""
    )
    return told._replace(**more)


def _sent(ward: Ward) -> Command:
    ward.ledger.tables.apply([Put(package_row("p1"))])
    return NoteSent(package="p1", route="file:///media/stick")


PACKAGES: dict[type[Command], Example] = {NoteSent: (_sent, Role.NURSE, ["package-sent"])}
