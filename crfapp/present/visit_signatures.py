"""The signature under the record of a monitoring visit: whether it is wanted, and how it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import SignatureRow
from crfapp.present.manifestation import manifestation
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ledger.state import MonitoringRow
    from crfapp.present.workplace import Workplace


def wants_signing(at: Workplace, row: MonitoringRow) -> bool:
    """Whether this person made the visit, and its record has ended and is not signed yet."""
    own = row.login == at.actor.login and at.actor.may(Right.VERIFY)
    return own and bool(row.ended) and not _given(at, row)


def signature_sentences(at: Workplace, row: MonitoringRow) -> tuple[str, ...]:
    """Name, role, local time with its zone and meaning of every signature under the record (REQ-301)."""
    given = sorted(_given(at, row), key=lambda one: (one.at, one.seq))
    return tuple(manifestation(one, at.study_texts, at.texts).sentence for one in given)


def _given(at: Workplace, row: MonitoringRow) -> Sequence[SignatureRow]:
    return at.tables.find(SignatureRow, of="monitoring", about=row.monitoring)
