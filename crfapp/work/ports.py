"""What the work needs from outside, as protocols; ``store`` provides them, tests provide fakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from crfapp.base.problems import AppProblem
    from crfapp.ledger.chain import Record, Sealed
    from crfapp.ledger.changes import Change
    from crfapp.ledger.events import End
    from crfapp.ledger.keys import EventId
    from crfapp.ledger.merge import Received
    from crfapp.ledger.state import (
        BackupPlaceRow,
        BackupRow,
        BackupRulesRow,
        CaseReadRow,
        CaseSettledRow,
        CentreSiteRow,
        CopyRow,
        DutyRow,
        ExportRow,
        FindingRow,
        FormRow,
        FormRowRow,
        ItemRow,
        KeySharesRow,
        KnownEndRow,
        LateRow,
        LockAskedRow,
        LockRow,
        MadeUnderRow,
        MaskRow,
        MonitoringRow,
        MoveRow,
        NodeRow,
        NoticeRow,
        OutlineRow,
        PackageRow,
        PaperRow,
        PersonRow,
        PhotographRow,
        PolicyRow,
        QueryNoteRow,
        QueryRow,
        ReadingRow,
        ReceiptRow,
        RecipientRow,
        RecipientWishRow,
        RedactionRow,
        RefusedRow,
        RestoreRow,
        ReviewRow,
        RivalRow,
        RouteRow,
        SecondRow,
        SeenRow,
        SessionRow,
        SignatureRow,
        SignLinkRow,
        SiteRow,
        StudyVersionRow,
        SubjectRow,
        TrailRow,
        UpkeepRow,
        VerifiedRow,
        VisitRow,
    )

    R = TypeVar(
        "R",
        SiteRow,
        PersonRow,
        SessionRow,
        PolicyRow,
        DutyRow,
        UpkeepRow,
        SubjectRow,
        VisitRow,
        FormRow,
        FormRowRow,
        ItemRow,
        FindingRow,
        MoveRow,
        PaperRow,
        QueryRow,
        QueryNoteRow,
        VerifiedRow,
        MonitoringRow,
        SecondRow,
        SeenRow,
        SignatureRow,
        LockRow,
        RedactionRow,
        ReviewRow,
        TrailRow,
        ExportRow,
        CopyRow,
        KnownEndRow,
        LateRow,
        LockAskedRow,
        NodeRow,
        PackageRow,
        ReceiptRow,
        RecipientRow,
        RecipientWishRow,
        RefusedRow,
        RivalRow,
        RouteRow,
        CentreSiteRow,
        CaseReadRow,
        CaseSettledRow,
        MaskRow,
        NoticeRow,
        OutlineRow,
        PhotographRow,
        ReadingRow,
        SignLinkRow,
        BackupRow,
        BackupPlaceRow,
        BackupRulesRow,
        RestoreRow,
        KeySharesRow,
        StudyVersionRow,
        MadeUnderRow,
    )


class Tables(Protocol):
    """Reading the folded tables."""

    def get(self, table: type[R], *key: str | int) -> R | None:
        """The row with this key."""

    def find(self, table: type[R], **equal: str | int | None) -> Sequence[R]:
        """The rows whose columns equal these, ordered by key."""

    def holding(self, form: str, item: str, value: str) -> Sequence[ItemRow]:
        """Everybody's answers that are this text, ordered by key; found by the text, not by a look at all."""


class Head(Protocol):
    """The last link of this workstation's chain."""

    @property
    def seq(self) -> int:
        """Its place; 0 before the first."""

    @property
    def hash(self) -> str:
        """Its hash; :data:`crfapp.ledger.chain.GENESIS` before the first."""

    @property
    def hybrid(self) -> str:
        """The highest hybrid time known here; empty before the first event."""


class Transaction(Protocol):
    """All or nothing: what is appended here and what it changes in the tables."""

    @property
    def tables(self) -> Tables:
        """The tables as they stand inside this transaction."""

    @property
    def head(self) -> Head:
        """Where this workstation's chain ends."""

    def append(self, links: Sequence[Sealed], changes: Sequence[Change], hybrid: str) -> None:
        """Append links and apply their changes; durable when the transaction has ended well."""

    def receive(self, links: Iterable[Sealed]) -> Received:
        """Append links of other chains that are not here yet, and make the tables what all events tell.

        The same links once more change nothing. Raises what :class:`crfapp.ledger.merge.Arriving` says.
        """

    def ends(self) -> tuple[End, ...]:
        """How far every chain has come here, in the order of the nodes' names."""

    def records(self, subject: str | None) -> Iterator[Record]:
        """The events about a subject, or about none, chain by chain."""

    def take_away(self, fields: Mapping[EventId, Sequence[str]]) -> None:
        """Take told fields away from events that a redaction of this transaction names, and from the tables.

        When the transaction has ended well they can be read nowhere in the store any more.
        """


class Ledger(Protocol):
    """The one store of events and of what they fold into."""

    @property
    def tables(self) -> Tables:
        """The tables, as of now."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Take the write lock, and commit durably at the end; roll back on any exception."""

    def makes_room(self, problem: AppProblem) -> bool:
        """Whether room was made after a transaction failed so, and it may be tried once more."""

    def told(self) -> AppProblem | None:
        """What is to be said beside a transaction that went well; once."""


class Signer(Protocol):
    """Signing with a person's own key, which opens with that person's password alone."""

    def sign(self, login: str, password: str, message: bytes) -> tuple[str, str]:
        """Public key and Ed25519 signature of the message, in hex.

        WRONG_LOGIN for a wrong password, an unknown login, or a person without a registered key; every wrong
        password counts. LOCKED_OUT after too many, also with the right one.
        """


class Clock(Protocol):
    """The wall clock of this workstation."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
