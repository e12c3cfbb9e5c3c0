"""Which kinds of events change rows about no subject: where they are to be looked for when chains are joined.

Rows about a subject are changed by events about that subject alone, so they need no such list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger import events as ev
from crfapp.ledger import state as st

if TYPE_CHECKING:
    from crfapp.ledger.events import Event
    from crfapp.ledger.state import Row

_LOCKS = (ev.Frozen, ev.Unfrozen, ev.Locked, ev.UnlockAsked, ev.UnlockDeclined, ev.Unlocked)
_QUERIES = (ev.QueryRaised, ev.QueryAnswered, ev.QueryClosed, ev.QueryReopened)

SITE_KINDS: dict[type[Row], tuple[type[Event], ...]] = {
    st.SiteRow: (ev.SiteFounded, ev.PackInstalled, ev.StudyVersionActivated, ev.SiteDaysSet),
    st.StudyVersionRow: (ev.PackInstalled, ev.StudyVersionInstalled, ev.StudyVersionActivated),
    st.PersonRow: (
        ev.PersonAdded,
        ev.PersonChanged,
        ev.PersonEnded,
        ev.IdentityChecked,
        ev.KeyRegistered,
        ev.StatementAccepted,
        ev.TrainingNoted,
        ev.PasswordSet,
        ev.DutiesDelegated,
    ),
    st.SessionRow: (),  # by the people concerned, from the beginning of their last session on
    st.PolicyRow: (ev.PolicySet,),
    st.DutyRow: (ev.DutiesDelegated, ev.DelegationEnded),
    st.UpkeepRow: (ev.SiteFounded, ev.LetterFiled, ev.AccessReviewed),
    st.QueryRow: _QUERIES,
    st.QueryNoteRow: _QUERIES,
    st.MonitoringRow: (ev.MonitoringBegan, ev.MonitoringEnded),
    st.SignatureRow: (ev.Signed, ev.SignatureOutdated),
    st.LockRow: _LOCKS,
    st.LockAskedRow: (ev.LockAsked, ev.LockRefused, ev.Locked),
    st.RedactionRow: (ev.RedactionAsked, ev.RedactionDeclined, ev.Redacted),
    st.NodeRow: (ev.NodeRegistered, ev.NodeRevoked),
    st.RecipientRow: (ev.RecipientAgreed, ev.RecipientEnded),
    st.RecipientWishRow: (ev.RecipientProposed, ev.RecipientAgreed, ev.RecipientDeclined),
    st.RouteRow: (ev.RouteSet,),
    st.PackageRow: (ev.PackageMade, ev.PackageSent),
    st.CopyRow: (ev.CopyMade, ev.CopyReviewed),
    st.BackupRulesRow: (ev.BackupRulesSet,),
    st.KeySharesRow: (ev.KeySharesMade,),
}
"""Table -> the kinds of events about no subject that change a row of it."""

OF_ONE_CHAIN: frozenset[type[Row]] = frozenset(
    {
        st.ExportRow,
        st.ReviewRow,
        st.ReceiptRow,
        st.KnownEndRow,
        st.RefusedRow,
        st.BackupRow,
        st.BackupPlaceRow,
        st.RestoreRow,
    }
)
"""Rows that one chain alone ever changes: what is new of it is later than all that is known."""
