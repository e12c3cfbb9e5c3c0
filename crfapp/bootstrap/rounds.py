"""Rounds of exchange as the window asks for them; what they need is loaded for the first that has cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import NodeRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.backup_rounds import KeepCopies
    from crfapp.present.lane import Steps
    from crfapp.present.other_workstations import CarryOut, Standing
    from crfapp.work.roles import Actor


def rounds_of(opened: OpenSite, actor: Actor) -> CarryOut:
    """Rounds in the name of whoever is in; on a site with one workstation they do nothing."""

    def carry_out(steps: Steps, leaving: bool) -> Sequence[Standing]:
        if not any(row.node != opened.desk.node for row in opened.desk.tables.find(NodeRow, sort="site")):
            return ()
        from crfapp.bootstrap.beside import beside
        from crfapp.bootstrap.exchanging import exchange

        return exchange(beside(opened, steps), actor, leaving=leaving)

    return carry_out


def copies_of(opened: OpenSite, actor: Actor) -> KeepCopies:
    """Copies against loss in the name of whoever is in; what they need is loaded for the first."""

    def keep(steps: Steps, leaving: bool) -> None:
        from crfapp.bootstrap.backups import keep_copies
        from crfapp.bootstrap.beside import beside

        keep_copies(beside(opened, steps), actor, soon=leaving)

    return keep
