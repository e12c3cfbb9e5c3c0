"""What is said of a signature wherever it shows: when by the site's clock, and why it is outdated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from crfapp.base.marking import N_
from crfapp.ledger.events import (
    FormReopened,
    ItemHidden,
    ItemShownAgain,
    RowAdded,
    RowVoided,
    ValueRecorded,
)

if TYPE_CHECKING:
    from crfapp.ledger.state import SignatureRow
    from crfapp.work.sentences import Say

_BECAUSE = {
    ValueRecorded.kind: N_("an answer changed"),
    ItemHidden.kind: N_("an answer does not apply any more"),
    ItemShownAgain.kind: N_("an answer applies again"),
    RowAdded.kind: N_("a row was added"),
    RowVoided.kind: N_("a row was struck out"),
    FormReopened.kind: N_("a form was taken up again"),
}


def because_words(row: SignatureRow, say: Say) -> str:
    """Why a signature is outdated; empty where it is not."""
    return say(_BECAUSE.get(row.because, _BECAUSE[ValueRecorded.kind])) if row.because else ""


def local_time(row: SignatureRow) -> datetime:
    """When it was signed, as a clock on the site's wall showed it."""
    instant = datetime.fromisoformat(row.at).astimezone(UTC)
    return instant.astimezone(timezone(timedelta(minutes=row.offset)))
