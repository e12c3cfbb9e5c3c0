"""Lesions and safety: photographs, outlines drawn on them, blind readings, signs asked for, reports sent
at once.
"""

from __future__ import annotations

from typing import ClassVar, Literal, NamedTuple

from crfapp.ledger.events.base import Event, FormEvent, ItemEvent, Told


class Box(NamedTuple):
    """A rectangle in pixels of the upright photograph."""

    x: int
    y: int
    width: int
    height: int


class Noted(NamedTuple):
    """What was said of a photograph when it came in: by its code, the figure seen and the pack's limit."""

    code: str
    seen: str = ""
    limit: str = ""


class PhotographStored(ItemEvent):
    """A photograph was taken in for an item; its bytes lie encrypted under ``photograph``, their SHA-256.

    ``media`` is ``image/jpeg``, ``image/png`` or ``image/heic``; ``width`` and ``height`` are of the
    upright picture. ``name`` is that of its file, ``taken`` and ``camera`` what the camera wrote into it,
    as it stands there. ``sharp`` is the variance of its Laplacian, ``dark`` and ``bright`` the shares of
    black and white pixels in percent, as they were shown when it was taken in; ``notes`` what was said of
    them beside the pack's limits.
    """

    kind: ClassVar[str] = "photograph-stored"
    photograph: str
    size: int
    media: str
    width: int
    height: int
    name: Told = None
    taken: Told = None
    camera: Told = None
    sharp: str
    dark: str
    bright: str
    notes: tuple[Noted, ...] = ()


class PhotographMasked(Event):
    """What is blacked out in the copies of a photograph that leave, in place of what was masked before."""

    kind: ClassVar[str] = "photograph-masked"
    subject: str
    photograph: str
    boxes: tuple[Box, ...]


class OutlineDrawn(ItemEvent):
    """Somebody traced a lesion on a photograph, for the area that stands at an item.

    ``drawn`` is the outline with its calibration, ``figures`` what was worked out from it, both canonical
    text (:mod:`crfapp.planimetry`). ``purpose``: whether it gives the value, or is a second person's, who
    saw neither the first outline nor its area (``blind``).
    """

    kind: ClassVar[str] = "outline-drawn"
    outline: str
    photograph: str
    purpose: Literal["value", "second"]
    blind: bool
    drawn: Told = None
    figures: Told = None


class OutlineSettled(ItemEvent):
    """Two outlines lay too far apart; somebody said which one counts."""

    kind: ClassVar[str] = "outline-settled"
    outline: str


class SignLinked(ItemEvent):
    """A sign of a checklist and an adverse event are, or are not, the same thing.

    ``link``: it is the event of ``event_row`` (``same``), that row was begun for it (``new``), the event
    in that row has ended because the sign is gone (``ended``), or no event is to be recorded (``none``).
    """

    kind: ClassVar[str] = "sign-linked"
    link: Literal["same", "new", "ended", "none"]
    event_row: str = ""


class NoticeSent(FormEvent):
    """The sponsor was told of a serious event, a pregnancy, a death: how, when and to whom (REQ-920).

    ``notice`` is its kind in the pack, ``row`` the row of the report, ``number`` 0 for the first report
    and then the follow-ups. ``sent_at`` is the instant (UTC) at which a person says that it went out,
    ``due`` by when it had to; ``package`` names the package that carried it, empty where none did.
    """

    kind: ClassVar[str] = "notice-sent"
    row: str
    notice: str
    number: int
    sent_at: str
    due: str
    how: str
    told_to: Told = None
    package: str = ""


# ---- the reading desk


class Case(NamedTuple):
    """Two photographs of one lesion that are judged together: the earlier, perhaps empty, and the later."""

    case: str
    subject: str
    target: str
    earlier: str
    later: str


class ReadingOpened(Event):
    """Photographs are to be judged by readers who see neither subject nor visit, each in an order of his own.

    ``seed`` gives those orders. ``question``: percent of re-pigmentation, its class, or an area to be traced.
    """

    kind: ClassVar[str] = "reading-opened"
    reading: str
    title: str
    question: Literal["percent", "class", "area"]
    cases: tuple[Case, ...]
    readers: tuple[str, ...]
    seed: str


class CaseRead(Event):
    """A reader judged a case; ``place`` counts from 1 in the order in which it was shown to this reader."""

    kind: ClassVar[str] = "case-read"
    reading: str
    case: str
    place: int
    answer: Told = None


class CaseSettled(Event):
    """Two readers differed; somebody decided."""

    kind: ClassVar[str] = "case-settled"
    reading: str
    case: str
    answer: Told = None


class ReadingClosed(Event):
    """Nothing more is judged; visits and sides may be shown."""

    kind: ClassVar[str] = "reading-closed"
    reading: str
