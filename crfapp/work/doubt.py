"""What a workstation wrote that was lost or given away: after its revocation its words are in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import NodeRow

if TYPE_CHECKING:
    from crfapp.ledger.keys import EventId
    from crfapp.work.ports import Tables


def in_doubt(tables: Tables, of: EventId) -> bool:
    """Whether an event was written after what its workstation, revoked since, is believed for (REQ-214).

    It stays, and counts, and is marked wherever it stands: what came before is beyond doubt.
    """
    row = tables.get(NodeRow, of.node)
    return row is not None and bool(row.revoked) and of.seq > row.last
