"""A photograph in words: its facts, and what was noticed when it came in, with figure and limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.photo_view import PhotoNote
from crfapp.present.texts import N_, isolated
from crfapp.work.photo_notes import camera_time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol

    from crfapp.present.texts import Texts
    from crfapp.work.photo_notes import PhotographFacts

    class Noticed(Protocol):
        """One thing that was noticed (``work.photo_notes.Note``, ``ledger.events.Noted``)."""

        @property
        def code(self) -> str:
            """Which."""

        @property
        def seen(self) -> str:
            """Its figure."""

        @property
        def limit(self) -> str:
            """The pack's limit."""


_MB, _KB = 1_000_000, 1_000
_QUIET = frozenset({"no-time"})
_SENTENCES = {
    "pixels": N_("It has {seen} megapixels; at least {limit} are wanted. Take it from nearer by or larger."),
    "sharp": N_("It is not sharp: sharpness {seen}, at least {limit} is wanted. Look at it closely."),
    "dark": N_("It is dark. Black: {seen} %, at most {limit} %."),
    "bright": N_("It is overexposed. White: {seen} %, at most {limit} %."),
    "future": N_("By the camera it was taken later than now. Check the camera's clock."),
    "no-time": N_("The camera wrote no time into it. Enter when it was taken."),
    "camera": N_("It was taken by another camera than the baseline photograph of the same area."),
}
_BEFORE = (
    N_("By the camera it was taken {count} day before the visit. Is it of this visit?"),
    N_("By the camera it was taken {count} days before the visit. Is it of this visit?"),
)
_AFTER = (
    N_("By the camera it was taken {count} day after the visit. Is it of this visit?"),
    N_("By the camera it was taken {count} days after the visit. Is it of this visit?"),
)


def note_lines(noticed: Iterable[Noticed], say: Texts) -> tuple[PhotoNote, ...]:
    """What was noticed, as sentences."""
    return tuple(PhotoNote(_sentence(one, say), "info" if one.code in _QUIET else "warn") for one in noticed)


def _sentence(one: Noticed, say: Texts) -> str:
    if one.code == "day":
        days = int(one.seen)
        return say.many(*(_BEFORE if days < 0 else _AFTER), abs(days))
    seen, limit = one.seen, one.limit
    if one.code == "pixels":
        seen, limit = _megapixels(int(seen)), _megapixels(int(limit))
    return say(_SENTENCES[one.code], seen=isolated(seen), limit=isolated(limit))


def fact_line(facts: PhotographFacts, zone: str, say: Texts) -> str:
    """Size, pixels, moment and camera: ``2.4 MB · 4000 × 3000 · 12 Jan 2025 09:05 · Canon``."""
    return say.beside(
        size_words(facts.size),
        f"{facts.width} × {facts.height}",
        moment_words(facts.taken, zone, say),
        facts.camera or "",
    )


def moment_words(taken: str | None, zone: str, say: Texts) -> str:
    """When the camera says that it was taken: ``12 Jan 2025 09:05``; empty where it says nothing."""
    at = camera_time(taken, zone)
    return f"{say.date(at.date())} {at:%H:%M}" if at is not None else ""


def size_words(size: int) -> str:
    """Bytes as people read them: ``2.4 MB``."""
    return f"{size / _MB:.1f} MB" if size >= _MB else f"{max(1, round(size / _KB))} kB"


def _megapixels(pixels: int) -> str:
    return f"{pixels / 1_000_000:.1f}"
