"""The site, its people, their sessions, and the clock."""

from __future__ import annotations

from typing import ClassVar, Literal

from crfapp.ledger.events.base import Event, Told


class SiteFounded(Event):
    """A site folder was made on this workstation; ``weekend`` as in :class:`SiteDaysSet`."""

    kind: ClassVar[str] = "site-founded"
    site: str
    code: str
    name: str
    zone: str
    study: str
    weekend: str = ""


class PackInstalled(Event):
    """A version of the study became the one in force here; ``content`` is the hash of the kept pack."""

    kind: ClassVar[str] = "pack-installed"
    site: str
    study: str
    pack_version: str
    content: str


class SiteDaysSet(Event):
    """On which weekdays (ISO numbers by commas) and days (ISO, by commas) no patients are seen here."""

    kind: ClassVar[str] = "site-days-set"
    site: str
    weekend: str
    closed: str = ""


class PersonAdded(Event):
    """Somebody was given an account; ``valid_from`` and ``valid_to`` are ISO days, empty where open."""

    kind: ClassVar[str] = "person-added"
    login: str
    name: str
    role: str
    organisation: str
    valid_from: str = ""
    valid_to: str = ""


class PersonChanged(Event):
    """An account's name, role, organisation or days of validity are others from here on (REQ-102, 204)."""

    kind: ClassVar[str] = "person-changed"
    login: str
    name: str
    role: str
    organisation: str
    valid_from: str = ""
    valid_to: str = ""


class PersonEnded(Event):
    """An account was closed for ever; its login is never given again (REQ-201)."""

    kind: ClassVar[str] = "person-ended"
    login: str


class IdentityChecked(Event):
    """Somebody's identity was checked, and ``how``: before that nobody signs (REQ-202)."""

    kind: ClassVar[str] = "identity-checked"
    login: str
    how: Told = None


class KeyRegistered(Event):
    """The public half (hex) of a person's own Ed25519 key; the other half opens with the password alone."""

    kind: ClassVar[str] = "key-registered"
    login: str
    public: str


class StatementAccepted(Event):
    """A person accepted that an electronic signature is as binding as a handwritten one (REQ-309)."""

    kind: ClassVar[str] = "statement-accepted"
    login: str
    statement: str


class TrainingNoted(Event):
    """A person was trained for a role and for a version of the program (REQ-205)."""

    kind: ClassVar[str] = "training-noted"
    login: str
    role: str
    software: str


class DutiesDelegated(Event):
    """The investigator gives duties to a person, from day to day (ISO; empty: open), and signs (REQ-206)."""

    kind: ClassVar[str] = "duties-delegated"
    delegation: str
    login: str
    duties: tuple[str, ...]
    start: str
    end: str = ""


class DelegationEnded(Event):
    """Duties end at a day."""

    kind: ClassVar[str] = "delegation-ended"
    delegation: str
    end: str


class AccountUnlocked(Event):
    """Somebody else let a person in again after too many wrong passwords (REQ-207)."""

    kind: ClassVar[str] = "account-unlocked"
    login: str


class PolicySet(Event):
    """The site's rules for passwords and sessions, as a new version (REQ-208, 212, 303).

    ``password_days`` 0: passwords do not age. ``sign_both``: each signature asks for login and password.
    """

    kind: ClassVar[str] = "policy-set"
    shortest: int = 15
    password_days: int = 0
    attempts: int = 5
    idle_minutes: int = 10
    session_hours: int = 12
    sign_both: bool = True
    sign_days: int = 14
    silent_days: int = 14


class LetterFiled(Event):
    """The letter declaring electronic signatures was filed with the agency on a day (REQ-203)."""

    kind: ClassVar[str] = "letter-filed"
    date: str


class AccessReviewed(Event):
    """Who may do what was looked through (REQ-204)."""

    kind: ClassVar[str] = "access-reviewed"
    finding: Told = None


class ActRefused(Event):
    """Somebody asked for what they may not do; never with what they wanted to write (REQ-117)."""

    kind: ClassVar[str] = "act-refused"
    command: str
    code: str


class PasswordSet(Event):
    """A password was set: the ``first`` one, the person's ``own`` choice, or a ``reset`` to be used once."""

    kind: ClassVar[str] = "password-set"
    login: str
    how: Literal["first", "own", "reset"] = "first"


class RecoverySheetMade(Event):
    """A recovery sheet was printed and tried out; ``label`` is printed on it."""

    kind: ClassVar[str] = "recovery-sheet-made"
    label: str


class OlderCopyTaken(Event):
    """Work goes on from an older copy: of this chain the events from ``has`` + 1 to ``known`` are lost."""

    kind: ClassVar[str] = "older-copy-taken"
    chain: str
    has: int
    known: int


class SessionOpened(Event):
    """Somebody logged in or unlocked."""

    kind: ClassVar[str] = "session-opened"
    how: Literal["login", "unlock", "recovery"]


class SessionRefused(Event):
    """A login did not succeed; the name that was tried is told, for it may be a mistyped password.

    ``at``: when it was tried, as a UTC instant by this workstation's clock, for it is written by the next
    login that succeeds. ``times``: how often in a row, where there were too many to keep each apart.
    """

    kind: ClassVar[str] = "session-refused"
    tried: Told = None
    at: str = ""
    times: int = 1


class SessionClosed(Event):
    """Somebody left, locked, or was locked after idling or after the longest session (``limit``)."""

    kind: ClassVar[str] = "session-closed"
    how: Literal["logout", "lock", "idle", "limit", "quit"]


class ClockNoticed(Event):
    """The wall clock contradicts what is known; entry goes on, the finding stays (REQ-404).

    ``jumped_seconds``: by how much it moved against the machine's steady clock while the program ran.
    """

    kind: ClassVar[str] = "clock-noticed"
    behind_seconds: int = 0
    jumped_seconds: int = 0


class ClockProved(Event):
    """Somebody compared the clock with the time outside (REQ-404): against what, and how far it was off."""

    kind: ClassVar[str] = "clock-proved"
    against: Told = None
    off_seconds: int
