"""What the Monitoring page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crfapp.form.graph import Cell
    from crfapp.ledger.keys import FormKey


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One thing to compare: an answer (``cell``) or what waits in a form. ``status`` names its sign.

    ``status_words`` says the sign in words.
    """

    key: FormKey
    cell: Cell | None
    status: str
    status_words: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class WorklistView:
    """The list from its top; ``more`` where it goes on. ``title`` says how much there is."""

    title: str
    lines: tuple[WorkLine, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One answer beside which a person lays the source.

    ``state``: done, changed, queried, planned, or empty where nothing is compared; ``pill`` says it. ``then``
    tells what was verified before it changed, who changed it and why. ``row``: the row it stands in.
    ``heading``: a title that stands above it.
    """

    cell: Cell
    label: str
    value: str
    state: str
    pill: str
    then: str = ""
    heading: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """One form as it is compared. ``done`` of ``planned`` answers are verified; ``left`` says it in words."""

    key: FormKey
    title: str
    where: str
    status: str
    status_words: str
    lines: tuple[SourceLine, ...]
    done: int
    planned: int
    left: str


@dataclass(frozen=True, slots=True)
class Step:
    """What a key led to. ``cell``: the answer to go to now; ``form``: the form in which it stands.

    ``refusal`` says why nothing was recorded; ``finished``: nothing waits any more.
    """

    form: FormKey
    cell: Cell | None
    refusal: str = ""
    finished: bool = False
    saved: str = ""


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """How far the comparison has come somewhere. ``level``: site, subject or visit; ``counting`` while it is
    being counted."""

    level: str
    title: str
    planned: int
    done: int
    changed: int
    queried: int
    counting: bool = False

    @property
    def share(self) -> float:
        """How much is verified, from 0 to 1; 1 where nothing is planned."""
        return self.done / self.planned if self.planned else 1.0


@dataclass(frozen=True, slots=True)
class RunningVisit:
    """The person's own monitoring visit while it lasts."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One monitoring visit in the list. ``signed`` says whether it is.

    ``to_sign``: it waits for the signature of whoever looks.
    """

    monitoring: str
    number: str
    who: str
    when: str
    until: str
    counts: str
    signed: str
    running: bool
    is_signed: bool = False
    to_sign: bool = False


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One act of a monitoring visit: when, what was done, where, and the words that go with it."""

    when: str
    kind: str
    what: str
    where: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """Everything about one monitoring visit. ``facts``: name and value; ``points``: what stays open.

    ``head``: the short form of the chain's last hash, for the paper; ``confirmed``: what others confirmed
    of the records, in sentences. ``to_sign``: it waits for the signature of whoever looks.
    """

    monitoring: str
    title: str
    facts: tuple[tuple[str, str], ...]
    points_title: str
    points: str
    lines: tuple[RecordLine, ...]
    head: str
    signatures: tuple[str, ...] = ()
    to_sign: bool = False
    confirmed: tuple[str, ...] = ()
