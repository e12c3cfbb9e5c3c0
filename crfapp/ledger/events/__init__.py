"""Everything that can happen, as a closed set of plain, versioned events (DESIGN section 5).

A field marked ``Told`` holds what a person typed or read; it enters the hash only as a salted commitment,
so that personal data entered by mistake can be redacted without breaking the chain.
"""

from __future__ import annotations

from crfapp.ledger.events.answers import (
    FindingConfirmed,
    FindingRaised,
    FindingSettled,
    FormCompleted,
    FormMoved,
    FormReopened,
    FormStarted,
    FormTakenOver,
    FormTranscribed,
    ItemHidden,
    ItemShownAgain,
    RowAdded,
    RowVoided,
    SecondEntry,
    SubjectEnrolled,
    ValueRecorded,
    VisitBooked,
    VisitCancelled,
    VisitMerged,
    VisitMissed,
    VisitRedated,
    VisitStarted,
)
from crfapp.ledger.events.base import (
    Event,
    FormEvent,
    ItemEvent,
    Proof,
    ScopeEvent,
    Told,
    VisitEvent,
)
from crfapp.ledger.events.exchange import (
    CopyMade,
    CopyReviewed,
    End,
    LateDecided,
    LockAsked,
    LockRefused,
    NodeRegistered,
    NodeRevoked,
    PackageMade,
    PackageRefused,
    PackageSent,
    PackageTakenIn,
    RecipientAgreed,
    RecipientDeclined,
    RecipientEnded,
    RecipientEvent,
    RecipientProposed,
    RouteSet,
    SiteRegistered,
    Sort,
    Stretch,
    SubjectRenumbered,
)
from crfapp.ledger.events.keeping import (
    BackupKept,
    BackupPlaceSet,
    BackupRulesSet,
    KeySharesMade,
    RestoreTried,
    SiteRestored,
)
from crfapp.ledger.events.leaving import (
    ExportFailed,
    PaperMade,
    TrailExported,
    WorkbookExported,
)
from crfapp.ledger.events.lesions import (
    Box,
    Case,
    CaseRead,
    CaseSettled,
    Noted,
    NoticeSent,
    OutlineDrawn,
    OutlineSettled,
    PhotographMasked,
    PhotographStored,
    ReadingClosed,
    ReadingOpened,
    SignLinked,
)
from crfapp.ledger.events.moving import FormMoveAgreed, FormMoveAsked, FormMoveDeclined
from crfapp.ledger.events.review import (
    FormSeen,
    Frozen,
    ItemVerified,
    Locked,
    MonitoringBegan,
    MonitoringEnded,
    QueryAnswered,
    QueryClosed,
    QueryEvent,
    QueryRaised,
    QueryReopened,
    Redacted,
    RedactionAsked,
    RedactionDeclined,
    SignatureOutdated,
    Signed,
    TrailReviewed,
    Unfrozen,
    UnlockAsked,
    UnlockDeclined,
    Unlocked,
    VerificationDropped,
    VerificationTaken,
)
from crfapp.ledger.events.site import (
    AccessReviewed,
    AccountUnlocked,
    ActRefused,
    ClockNoticed,
    ClockProved,
    DelegationEnded,
    DutiesDelegated,
    IdentityChecked,
    KeyRegistered,
    LetterFiled,
    OlderCopyTaken,
    PackInstalled,
    PasswordSet,
    PersonAdded,
    PersonChanged,
    PersonEnded,
    PolicySet,
    RecoverySheetMade,
    SessionClosed,
    SessionOpened,
    SessionRefused,
    SiteDaysSet,
    SiteFounded,
    StatementAccepted,
    TrainingNoted,
)
from crfapp.ledger.events.versions import StudyVersionActivated, StudyVersionInstalled, SubjectReconsented

AnyEvent = (
    SiteFounded
    | PackInstalled
    | StudyVersionInstalled
    | StudyVersionActivated
    | SubjectReconsented
    | SiteDaysSet
    | PersonAdded
    | PersonChanged
    | PersonEnded
    | IdentityChecked
    | KeyRegistered
    | StatementAccepted
    | TrainingNoted
    | DutiesDelegated
    | DelegationEnded
    | AccountUnlocked
    | PolicySet
    | LetterFiled
    | AccessReviewed
    | ActRefused
    | PasswordSet
    | RecoverySheetMade
    | OlderCopyTaken
    | SessionOpened
    | SessionRefused
    | SessionClosed
    | ClockNoticed
    | ClockProved
    | SubjectEnrolled
    | VisitStarted
    | VisitRedated
    | VisitBooked
    | VisitMissed
    | VisitMerged
    | VisitCancelled
    | FormStarted
    | RowAdded
    | RowVoided
    | ValueRecorded
    | ItemHidden
    | ItemShownAgain
    | FindingRaised
    | FindingSettled
    | FindingConfirmed
    | SecondEntry
    | FormCompleted
    | FormReopened
    | FormMoveAsked
    | FormMoveAgreed
    | FormMoveDeclined
    | FormMoved
    | FormTakenOver
    | FormTranscribed
    | WorkbookExported
    | ExportFailed
    | TrailExported
    | PaperMade
    | QueryRaised
    | QueryAnswered
    | QueryClosed
    | QueryReopened
    | ItemVerified
    | VerificationDropped
    | VerificationTaken
    | MonitoringBegan
    | MonitoringEnded
    | FormSeen
    | Signed
    | SignatureOutdated
    | Frozen
    | Unfrozen
    | Locked
    | UnlockAsked
    | UnlockDeclined
    | Unlocked
    | TrailReviewed
    | RedactionAsked
    | RedactionDeclined
    | Redacted
    | CopyMade
    | CopyReviewed
    | LateDecided
    | LockAsked
    | LockRefused
    | NodeRegistered
    | NodeRevoked
    | PackageMade
    | PackageRefused
    | PackageSent
    | PackageTakenIn
    | RecipientAgreed
    | RecipientDeclined
    | RecipientEnded
    | RecipientProposed
    | RouteSet
    | SiteRegistered
    | SubjectRenumbered
    | CaseRead
    | CaseSettled
    | NoticeSent
    | OutlineDrawn
    | OutlineSettled
    | PhotographMasked
    | PhotographStored
    | ReadingClosed
    | ReadingOpened
    | SignLinked
    | BackupKept
    | BackupPlaceSet
    | BackupRulesSet
    | KeySharesMade
    | RestoreTried
    | SiteRestored
)

KINDS: dict[str, type[Event]] = {event.kind: event for event in AnyEvent.__args__}

__all__ = [
    "KINDS",
    "AccessReviewed",
    "AccountUnlocked",
    "ActRefused",
    "AnyEvent",
    "BackupKept",
    "BackupPlaceSet",
    "BackupRulesSet",
    "Box",
    "Case",
    "CaseRead",
    "CaseSettled",
    "ClockNoticed",
    "ClockProved",
    "CopyMade",
    "CopyReviewed",
    "DelegationEnded",
    "DutiesDelegated",
    "End",
    "Event",
    "ExportFailed",
    "FindingConfirmed",
    "FindingRaised",
    "FindingSettled",
    "FormCompleted",
    "FormEvent",
    "FormMoveAgreed",
    "FormMoveAsked",
    "FormMoveDeclined",
    "FormMoved",
    "FormReopened",
    "FormSeen",
    "FormStarted",
    "FormTakenOver",
    "FormTranscribed",
    "Frozen",
    "IdentityChecked",
    "ItemEvent",
    "ItemHidden",
    "ItemShownAgain",
    "ItemVerified",
    "KeyRegistered",
    "KeySharesMade",
    "LateDecided",
    "LetterFiled",
    "LockAsked",
    "LockRefused",
    "Locked",
    "MonitoringBegan",
    "MonitoringEnded",
    "NodeRegistered",
    "NodeRevoked",
    "Noted",
    "NoticeSent",
    "OlderCopyTaken",
    "OutlineDrawn",
    "OutlineSettled",
    "PackInstalled",
    "PackageMade",
    "PackageRefused",
    "PackageSent",
    "PackageTakenIn",
    "PaperMade",
    "PasswordSet",
    "PersonAdded",
    "PersonChanged",
    "PersonEnded",
    "PhotographMasked",
    "PhotographStored",
    "PolicySet",
    "Proof",
    "QueryAnswered",
    "QueryClosed",
    "QueryEvent",
    "QueryRaised",
    "QueryReopened",
    "ReadingClosed",
    "ReadingOpened",
    "RecipientAgreed",
    "RecipientDeclined",
    "RecipientEnded",
    "RecipientEvent",
    "RecipientProposed",
    "RecoverySheetMade",
    "Redacted",
    "RedactionAsked",
    "RedactionDeclined",
    "RestoreTried",
    "RouteSet",
    "RowAdded",
    "RowVoided",
    "ScopeEvent",
    "SecondEntry",
    "SessionClosed",
    "SessionOpened",
    "SessionRefused",
    "SignLinked",
    "SignatureOutdated",
    "Signed",
    "SiteDaysSet",
    "SiteFounded",
    "SiteRegistered",
    "SiteRestored",
    "Sort",
    "StatementAccepted",
    "Stretch",
    "StudyVersionActivated",
    "StudyVersionInstalled",
    "SubjectEnrolled",
    "SubjectReconsented",
    "SubjectRenumbered",
    "Told",
    "TrailExported",
    "TrailReviewed",
    "TrainingNoted",
    "Unfrozen",
    "UnlockAsked",
    "UnlockDeclined",
    "Unlocked",
    "ValueRecorded",
    "VerificationDropped",
    "VerificationTaken",
    "VisitBooked",
    "VisitCancelled",
    "VisitEvent",
    "VisitMerged",
    "VisitMissed",
    "VisitRedated",
    "VisitStarted",
    "WorkbookExported",
]
