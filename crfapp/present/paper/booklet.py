"""The case report form of a study as a booklet: front page, schedule, each form once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.paper.blocks import Booklet, Cell, Chapter, Heading, Run, Table, Words, text
from crfapp.present.paper.form_pages import FormPages
from crfapp.present.paper.marks import Marks
from crfapp.present.paper.schedule import schedule_chapter
from crfapp.present.texts import RIGHT_TO_LEFT
from crfapp.study.matrix import summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crfapp.present.paper.blocks import Block
    from crfapp.present.paper.questions import Making

FRONT, CHECKS = "(front)", "(checks)"
_FACT_WIDTHS = (0.28, 0.72)
_CONTENT_WIDTHS = (0.11, 0.32, 0.07, 0.11, 0.32, 0.07)


def crf_booklet(making: Making, forms: Sequence[str] = ()) -> Booklet:
    """All pages of a study; where ``forms`` are named, the pages of these alone, for copies.

    RefusedError UNKNOWN_FORM where the study has no form of that name.
    """
    study, say = making.study, making.say
    wanted = [study.form(oid) for oid in forms or summary(study).forms]
    chapters = [FormPages(making, form).chapter() for form in wanted]
    if not forms:
        chapters = [schedule_chapter(making), *chapters, *_checks(making)]
    whole = tuple(chapters)
    title = say("Annotated case report form") if making.annotated else say("Case report form")
    head = study.head
    return Booklet(
        title=f"{head.registration or head.study}: {title}",
        author=head.sponsor or head.study,
        language=making.language,
        right_to_left=making.language in RIGHT_TO_LEFT,
        running=study.texts(making.language).short,
        badge=say("annotated") if making.annotated else "",
        foot=f"{head.study} · {head.version} · {study.hash}",
        paging=lambda page, pages: say("Page {page} of {pages}", page=page, pages=pages),
        chapters=whole,
        front=None if forms else lambda pages: _front(making, title, whole, pages),
    )


def _checks(making: Making) -> list[Chapter]:
    """The checks that stand over the whole study; only annotations show checks."""
    checks = making.study.head.checks
    if not making.annotated or not checks:
        return []
    marks = Marks(making.study, making.study.texts(making.language), making.say)
    return [Chapter(CHECKS, making.say("Checks over the whole study"), "", (marks.checks(checks),))]


def _front(making: Making, title: str, chapters: Sequence[Chapter], pages: Mapping[str, int]) -> Chapter:
    study, say = making.study, making.say
    texts = study.texts(making.language)
    blocks: list[Block] = [text(texts.title, "strong", "heading"), Table(_FACT_WIDTHS, tuple(_facts(making)))]
    blocks += _key(making)
    blocks += [Heading((Run(say("Contents")),)), contents(chapters, pages)]
    return Chapter(FRONT, title, "", tuple(blocks))


def contents(chapters: Sequence[Chapter], pages: Mapping[str, int]) -> Table:
    """Chapters and the pages on which they begin, in two columns that are read downwards."""
    entries = []
    for chapter in chapters:
        oid = Words((Run(chapter.oid, "muted", ltr=True),), "small")
        page = Words((Run(str(pages.get(chapter.name, 0)), ltr=True),))
        entries.append((Cell((oid,)), Cell((text(chapter.title),)), Cell((page,))))
    half = -(-len(entries) // 2)
    empty = (Cell(), Cell(), Cell())
    beside = [*entries[half:], *([empty] * (half - len(entries[half:])))]
    return Table(_CONTENT_WIDTHS, tuple(left + right for left, right in zip(entries, beside, strict=False)))


def _facts(making: Making) -> Iterator[tuple[Cell, Cell]]:
    head, say = making.study.head, making.say
    items = sum(len(section.items) for form in making.study.pack.forms for section in form.sections)
    facts = (
        (say("Study"), head.registration or head.study),
        (say("Sponsor"), head.sponsor or ""),
        (say("Version of the study pack"), head.version),
        (say("Content of the pack (SHA-256)"), making.study.hash),
        (say("Forms and questions"), f"{len(making.study.forms)} / {items}"),
    )
    for name, value in facts:
        if value:
            yield Cell((text(name, "muted"),)), Cell((Words((Run(value, ltr=True),)),))


def _key(making: Making) -> Iterator[Block]:
    """How to write, or what the annotations mean."""
    say = making.say
    yield Heading(
        (Run(say("What the marks mean") if making.annotated else say("How to fill in these pages")),)
    )
    for line in _annotation_key(making) if making.annotated else _writing_key(making):
        yield text(line, size="small")


def _writing_key(making: Making) -> tuple[str, ...]:
    say = making.say
    return (
        say("Write with a pen that does not fade, one sign to a box. Tick a box with a cross."),
        say("Correct with one line through the old answer, the new one beside it, date and initials."),
        say("Leave nothing open: where there is no answer, write the code that says why."),
        say("What is shaded is worked out by the program; nobody writes there."),
        say("Type what is written here into the program, and keep the page."),
    )


def _annotation_key(making: Making) -> tuple[str, ...]:
    say = making.say
    return (
        say("In colour: what the study pack says of a question. Its OID, then type, code list, unit."),
        say("hard: outside it a form cannot be completed; soft: outside it the program asks."),
        say("when: asked under this condition only. = : worked out. must and should: rules of one question."),
        say("SDV: verified against the source. site only: never leaves the site."),
        say("Checks: H stops completion, Q opens a query, W warns once, T becomes a task."),
    )
