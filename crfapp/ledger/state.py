"""The tables that the ledger folds into: plain rows, the first ``KEY`` columns of which are the key.

They can be dropped and folded again at any time (``crfapp site rebuild``); nothing stands only here.
"""

from __future__ import annotations

from typing import NamedTuple

from crfapp.ledger.keys import EventId, FormKey, ItemKey, VisitKey
from crfapp.ledger.state_exchange import (
    CentreSiteRow,
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
)
from crfapp.ledger.state_forms import MoveRow, PaperRow, SecondRow
from crfapp.ledger.state_keeping import (
    BackupPlaceRow,
    BackupRow,
    BackupRulesRow,
    KeySharesRow,
    RestoreRow,
)
from crfapp.ledger.state_lesions import (
    CaseReadRow,
    CaseSettledRow,
    MaskRow,
    NoticeRow,
    OutlineRow,
    PhotographRow,
    ReadingRow,
    SignLinkRow,
)
from crfapp.ledger.state_people import DutyRow, PersonRow, PolicyRow, SessionRow, UpkeepRow
from crfapp.ledger.state_review import (
    LockRow,
    MonitoringRow,
    QueryNoteRow,
    QueryRow,
    RedactionRow,
    ReviewRow,
    SeenRow,
    SignatureRow,
    TrailRow,
    VerifiedRow,
)
from crfapp.ledger.state_versions import MadeUnderRow, StudyVersionRow


class SiteRow(NamedTuple):
    """The one site of this store. ``weekend``: ISO weekdays (``5,6``) and ``closed``: ISO days, by commas."""

    site: str
    code: str
    name: str
    zone: str
    study: str
    pack: str
    pack_version: str
    weekend: str
    closed: str


class SubjectRow(NamedTuple):
    """Somebody in the study; ``subject`` is internal and for ever, ``number`` is what people say."""

    subject: str
    number: str
    enrolled: str


class VisitRow(NamedTuple):
    """One visit occurrence. ``status``: booked, started, missed, merged, cancelled.

    ``date`` is the ISO day at the site. ``why`` is the reason of a missed visit, and the visit into which
    a merged one went.
    """

    subject: str
    visit: str
    visit_n: int
    status: str
    date: str | None
    booked: str | None
    why: str | None

    @property
    def key(self) -> VisitKey:
        """Which visit occurrence."""
        return VisitKey(*self[:3])


class FormRow(NamedTuple):
    """One form that was begun. ``status``: open, complete, or moved: its answers belong elsewhere."""

    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    status: str
    changed: str

    @property
    def key(self) -> FormKey:
        """Which form."""
        return FormKey(*self[:5])


class FormRowRow(NamedTuple):
    """One row of a repeating section."""

    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    section: str
    row: str
    position: int
    voided: int


class ItemRow(NamedTuple):
    """The answer in force, with the head event it came from. ``hidden`` by skip logic: 1, back again
    and to be confirmed: 2, else 0."""

    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    row: str
    item: str
    value: str | None
    typed: str | None
    missing: str | None
    unit: str | None
    entered: str | None
    reason: str | None
    origin: str
    hidden: int
    node: str
    seq: int

    @property
    def key(self) -> ItemKey:
        """Which item."""
        return ItemKey(*self[:7])

    @property
    def head(self) -> EventId:
        """The event that put this answer in force."""
        return EventId(self.node, self.seq)


def beside(row: ItemRow) -> RivalRow:
    """An answer as it stands beside the one that took its place without naming it."""
    told = row._asdict()
    return RivalRow(**{name: told[name] for name in RivalRow._fields})


class FindingRow(NamedTuple):
    """One firing of a check on one item. ``state``: open, confirmed, settled.

    At level Q it is a query of the program, at level T an obligation of kind ``task``, ``due`` or not.
    """

    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    row: str
    item: str
    check: str
    level: str
    text: str | None
    task: str | None
    due: str | None
    state: str
    reason: str | None
    node: str
    seq: int

    @property
    def key(self) -> ItemKey:
        """The item it stands at."""
        return ItemKey(*self[:7])


class ExportRow(NamedTuple):
    """One workbook that was handed over."""

    node: str
    seq: int
    at: str
    file: str
    sha256: str
    rows: int
    cells: int


Row = (
    SiteRow
    | PersonRow
    | SessionRow
    | PolicyRow
    | DutyRow
    | UpkeepRow
    | SubjectRow
    | VisitRow
    | FormRow
    | FormRowRow
    | ItemRow
    | FindingRow
    | MoveRow
    | PaperRow
    | SecondRow
    | QueryRow
    | QueryNoteRow
    | VerifiedRow
    | MonitoringRow
    | SeenRow
    | SignatureRow
    | LockRow
    | RedactionRow
    | ReviewRow
    | TrailRow
    | ExportRow
    | CopyRow
    | CentreSiteRow
    | KnownEndRow
    | LateRow
    | LockAskedRow
    | NodeRow
    | PackageRow
    | ReceiptRow
    | RecipientRow
    | RecipientWishRow
    | RefusedRow
    | RivalRow
    | RouteRow
    | CaseReadRow
    | CaseSettledRow
    | MaskRow
    | NoticeRow
    | OutlineRow
    | PhotographRow
    | ReadingRow
    | SignLinkRow
    | BackupRow
    | BackupPlaceRow
    | BackupRulesRow
    | RestoreRow
    | KeySharesRow
    | StudyVersionRow
    | MadeUnderRow
)


class TableSpec(NamedTuple):
    """A table's name and how many leading columns are its key."""

    name: str
    key: int


TABLES: dict[type[Row], TableSpec] = {
    SiteRow: TableSpec("site", 1),
    PersonRow: TableSpec("person", 1),
    SessionRow: TableSpec("session", 1),
    PolicyRow: TableSpec("policy", 1),
    DutyRow: TableSpec("duty", 1),
    UpkeepRow: TableSpec("upkeep", 1),
    SubjectRow: TableSpec("subject", 1),
    VisitRow: TableSpec("visit", 3),
    FormRow: TableSpec("form", 5),
    FormRowRow: TableSpec("form_row", 7),
    ItemRow: TableSpec("item", 7),
    FindingRow: TableSpec("finding", 8),
    MoveRow: TableSpec("form_move", 1),
    PaperRow: TableSpec("form_paper", 5),
    SecondRow: TableSpec("second_check", 7),
    QueryRow: TableSpec("query", 1),
    QueryNoteRow: TableSpec("query_note", 3),
    VerifiedRow: TableSpec("verified", 7),
    MonitoringRow: TableSpec("monitoring", 1),
    SeenRow: TableSpec("seen", 6),
    SignatureRow: TableSpec("signature", 1),
    LockRow: TableSpec("lock", 5),
    RedactionRow: TableSpec("redaction", 1),
    ReviewRow: TableSpec("review", 2),
    TrailRow: TableSpec("trail", 2),
    ExportRow: TableSpec("export", 2),
    NodeRow: TableSpec("node", 1),
    RecipientRow: TableSpec("recipient", 1),
    RecipientWishRow: TableSpec("recipient_wish", 1),
    RouteRow: TableSpec("route", 1),
    CentreSiteRow: TableSpec("centre_site", 2),
    PackageRow: TableSpec("package", 1),
    ReceiptRow: TableSpec("receipt", 2),
    KnownEndRow: TableSpec("known_end", 2),
    RefusedRow: TableSpec("refused", 2),
    CopyRow: TableSpec("copy", 1),
    RivalRow: TableSpec("rival", 9),
    LateRow: TableSpec("late", 2),
    LockAskedRow: TableSpec("lock_asked", 2),
    CaseReadRow: TableSpec("case_read", 3),
    CaseSettledRow: TableSpec("case_settled", 2),
    MaskRow: TableSpec("mask", 2),
    NoticeRow: TableSpec("notice", 8),
    OutlineRow: TableSpec("outline", 8),
    PhotographRow: TableSpec("photograph", 2),
    ReadingRow: TableSpec("reading", 1),
    SignLinkRow: TableSpec("sign_link", 7),
    BackupRow: TableSpec("backup", 2),
    BackupPlaceRow: TableSpec("backup_place", 1),
    BackupRulesRow: TableSpec("backup_rules", 1),
    RestoreRow: TableSpec("restore", 2),
    KeySharesRow: TableSpec("key_shares", 1),
    StudyVersionRow: TableSpec("study_version", 1),
    MadeUnderRow: TableSpec("made_under", 5),
}

__all__ = [
    "TABLES",
    "BackupPlaceRow",
    "BackupRow",
    "BackupRulesRow",
    "CaseReadRow",
    "CaseSettledRow",
    "CentreSiteRow",
    "CopyRow",
    "DutyRow",
    "ExportRow",
    "FindingRow",
    "FormRow",
    "FormRowRow",
    "ItemRow",
    "KeySharesRow",
    "KnownEndRow",
    "LateRow",
    "LockAskedRow",
    "LockRow",
    "MadeUnderRow",
    "MaskRow",
    "MonitoringRow",
    "MoveRow",
    "NodeRow",
    "NoticeRow",
    "OutlineRow",
    "PackageRow",
    "PaperRow",
    "PersonRow",
    "PhotographRow",
    "PolicyRow",
    "QueryNoteRow",
    "QueryRow",
    "ReadingRow",
    "ReceiptRow",
    "RecipientRow",
    "RecipientWishRow",
    "RedactionRow",
    "RefusedRow",
    "RestoreRow",
    "ReviewRow",
    "RivalRow",
    "RouteRow",
    "Row",
    "SecondRow",
    "SeenRow",
    "SessionRow",
    "SignLinkRow",
    "SignatureRow",
    "SiteRow",
    "StudyVersionRow",
    "SubjectRow",
    "TableSpec",
    "TrailRow",
    "UpkeepRow",
    "VerifiedRow",
    "VisitRow",
    "beside",
]
