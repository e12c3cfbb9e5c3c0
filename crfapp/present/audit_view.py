"""What the Audit page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from crfapp.ledger.trail import By, Direction
    from crfapp.present.address import Address

Where = Literal["subject", "begin", "end", "finding", ""]


class UnreadableWishError(Exception):
    """Something that was typed names nothing: at which field, and why in words."""

    def __init__(self, where: Where, words: str) -> None:
        super().__init__(words)
        self.where, self.words = where, words


@dataclass(frozen=True, slots=True)
class AuditWish:
    """What the person looks for, as it was typed or chosen; empty asks for nothing. Days are of the site."""

    subject: str = ""
    login: str = ""
    role: str = ""
    form: str = ""
    item: str = ""
    kinds: str = ""
    begin: str = ""
    end: str = ""
    words: str = ""
    node: str = ""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One event. ``address``: where it happened; ``past``: the form as it was then, where it is of one."""

    when: str
    zone: str
    who: str
    role: str
    subject: str
    place: str
    kind: str
    before: str
    after: str
    why: str
    address: Address | None = None
    past: Address | None = None

    @property
    def change(self) -> str:
        """Before and after in one line."""
        return f"{self.before} → {self.after}" if self.before else self.after


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A ready question with its count; empty while it is not known yet."""

    key: str
    title: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review that was recorded."""

    when: str
    who: str
    scope: str
    finding: str


@dataclass(frozen=True, slots=True)
class AuditChoices:
    """What the filters offer: keys with their words."""

    subjects: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]
    forms: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    nodes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AuditView:
    """The whole page. ``problem`` stands at ``where``; ``count`` and ``scope`` are in words.

    ``searched``: how far a search came that did not find enough yet. ``question`` is the one that is asked.
    """

    lines: tuple[AuditLine, ...] = ()
    count: str = ""
    scope: str = ""
    searched: str = ""
    further: bool = False
    back: bool = False
    by: By = "time"
    direction: Direction = "newest"
    question: str = ""
    questions: tuple[QuestionView, ...] = ()
    reviews: tuple[ReviewLine, ...] = ()
    problem: str = ""
    where: Where = ""
    recorded: str = ""
    wish: AuditWish = field(default=AuditWish())


@dataclass(frozen=True, slots=True)
class TrailExportView:
    """Taking the trail out as a file. ``rows``: how many events are written so far, as ``step`` says too."""

    busy: bool = False
    step: str = ""
    problem: str = ""
    result: str = ""
    sha256: str = ""
