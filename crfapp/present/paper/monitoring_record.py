"""The record of a monitoring visit on paper: what was done, what stays open, and room for a name.

The short code of the chain's last hash stands on it, so that the sheet in the monitor's bag is a witness of
what the site's records were that day (REQ-512).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.paper.blocks import Booklet, Cell, Chapter, Heading, Lines, Run, Table, Words, text
from crfapp.present.texts import RIGHT_TO_LEFT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.present.monitoring_view import VisitRecord
    from crfapp.present.paper.blocks import Block
    from crfapp.present.workplace import Workplace

_FACT_WIDTHS = (0.26, 0.74)
_ACT_WIDTHS = (0.2, 0.18, 0.62)
_SIGN_WIDTHS = (0.5, 0.5)
RECORD = "(record)"


def record_booklet(at: Workplace, record: VisitRecord) -> Booklet:
    """The pages of one record."""
    say, head = at.texts, at.study.head
    chapter = Chapter(RECORD, record.title, "", tuple(_blocks(at, record)))
    return Booklet(
        title=f"{head.registration or head.study}: {record.title}",
        author=head.sponsor or head.study,
        language=say.language,
        right_to_left=say.language in RIGHT_TO_LEFT,
        running=at.study_texts.short,
        badge="",
        foot=f"{head.study} · {head.version} · {at.site.code} · {record.head}",
        paging=lambda page, pages: say("Page {page} of {pages}", page=page, pages=pages),
        chapters=(chapter,),
    )


def _blocks(at: Workplace, record: VisitRecord) -> Iterator[Block]:
    say = at.texts
    yield Table(
        _FACT_WIDTHS,
        tuple((Cell((text(name, "muted"),)), Cell((text(value),))) for name, value in record.facts),
    )
    yield Heading((Run(say("Open points")),))
    for line in record.points.splitlines():
        yield text(line)
    yield Heading((Run(say("What was done")),))
    if record.lines:
        titles = (say("When"), say("What"), say("Where"))
        head = tuple(Cell((text(title, "strong", "small"),)) for title in titles)
        rows = tuple(
            (
                Cell((text(line.when, size="small"),)),
                Cell((text(line.what, size="small"),)),
                Cell(tuple(text(words, size="small") for words in (line.where, line.words) if words)),
            )
            for line in record.lines
        )
        yield Table(_ACT_WIDTHS, (head, *rows), heads=1)
    else:
        yield text(say("Nothing was verified, taken back, asked or closed."), "muted")
    yield Heading((Run(say("Records and signature")),))
    yield Words(
        (
            Run(say("Code of the site's records when this was made:") + " "),
            Run(record.head, "strong", ltr=True),
        )
    )
    for sentence in (*record.confirmed, *record.signatures):
        yield text(sentence)
    lines = (Cell((text(say("Name and signature"), "muted", "small"), Lines())),
             Cell((text(say("Day"), "muted", "small"), Lines())))  # fmt: skip
    yield Table(_SIGN_WIDTHS, (lines,))
