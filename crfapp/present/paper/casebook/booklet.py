"""The casebook of one subject as a booklet: cover, visits, each form, the casebook as a whole, the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.keys import FormKey, Scope, VisitKey
from crfapp.ledger.state import FormRow, LockRow, NodeRow
from crfapp.present.holding import HELD_WORDS
from crfapp.present.paper.blocks import Booklet, Cell, Chapter, Run, Words, text
from crfapp.present.paper.booklet import contents
from crfapp.present.paper.casebook.answers import Answers
from crfapp.present.paper.casebook.reading import Reading, Wish, stamp_of
from crfapp.present.paper.casebook.said import Said, held_words
from crfapp.present.paper.casebook.tables import facts, heading, lines, small
from crfapp.present.paper.casebook.trail import trail_chapter
from crfapp.present.texts import RIGHT_TO_LEFT, isolated
from crfapp.present.version_words import not_collected_words
from crfapp.present.visit_words import visit_title, window_words
from crfapp.present.words import FORM_STATUS, STANDING, TIMING
from crfapp.work.not_collected import version_of
from crfapp.work.offered import forms_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from crfapp.exchange.site_data import SiteData
    from crfapp.ledger.state import SubjectRow
    from crfapp.present.paper.blocks import Block
    from crfapp.present.workplace import Workplace
    from crfapp.work.schedule import Slot

FRONT, VISITS, WHOLE = "(front)", "(visits)", "(whole)"
_VISIT = (0.26, 0.14, 0.2, 0.14, 0.26)
_CHAIN = (0.32, 0.4, 0.12, 0.16)
SHORT = 16
"""So many signs of a chain's last hash stand on paper, as on the record of a monitoring visit."""


def casebook_booklet(at: Workplace, data: SiteData, subject: SubjectRow, wish: Wish) -> Booklet:
    """All pages of one subject. ``at`` and ``data`` read the same snapshot, which must not change."""
    read = Reading(at, data, subject, wish)
    say, head = at.texts, at.study.head
    chapters = tuple(_chapters(read))
    title = say("Casebook of {subject}", subject=subject.number)
    ends = " ".join(end.hash[:SHORT] for end in wish.ends[:1])
    return Booklet(
        title=f"{head.registration or head.study}: {title}",
        author=head.sponsor or head.study,
        language=say.language,
        right_to_left=say.language in RIGHT_TO_LEFT,
        running=f"{at.study_texts.short} · {isolated(subject.number)}",
        badge=say("site copy") if wish.whole else say("without what stays at the site"),
        foot=f"{head.study} · {head.version} · {at.site.code} · {subject.number} · {ends}",
        paging=lambda page, pages: say("Page {page} of {pages}", page=page, pages=pages),
        chapters=chapters,
        front=lambda pages: _front(read, title, chapters, pages),
    )


def _chapters(read: Reading) -> Iterator[Chapter]:
    said, answers, say = Said(read), Answers(read), read.say
    slots = sorted(read.at.desk.slots(read.subject.subject), key=lambda slot: slot.status == "log")
    yield Chapter(VISITS, say("Visits"), "", tuple(_overview(read, said, slots)))
    for slot, key in _begun(read, slots):
        yield _form(read, said, answers, (slot, key))
    whole = tuple(said.of(Scope(read.subject.subject)))
    if whole:
        yield Chapter(WHOLE, say("The casebook as a whole"), "", whole)
    yield trail_chapter(read)


def _begun(read: Reading, slots: Sequence[Slot]) -> Iterator[tuple[Slot, FormKey]]:
    """Every form that was begun, in the order of the schedule; last in its visit what is asked no more."""
    left = {row.key: None for row in read.data.forms(read.subject.subject) if row.form in read.at.study.forms}
    for slot in slots:
        at = VisitKey(read.subject.subject, slot.visit, slot.visit_n)
        asked = [key for key in forms_at(read.at.desk, at) if key.at == at and key in left]
        for key in (*asked, *[key for key in left if key.at == at and key not in asked]):
            yield slot, key


def _overview(read: Reading, said: Said, slots: Sequence[Slot]) -> Iterator[Block]:
    say = read.say
    titles = (say("Visit"), say("Planned"), say("Window"), say("Took place"), say("How it stands"))
    yield lines(_VISIT, titles, [_visit_line(read, slot) for slot in slots])
    for slot in slots:
        key = VisitKey(read.subject.subject, slot.visit, slot.visit_n)
        blocks = tuple(said.of(Scope(*key)))
        if blocks:
            yield heading(read.visit(key))
            yield from blocks


def _visit_line(read: Reading, slot: Slot) -> tuple[Cell, ...]:
    say, visit = read.say, read.at.study.visit(slot.visit)
    key = VisitKey(read.subject.subject, slot.visit, slot.visit_n)
    forms = [form for form in forms_at(read.at.desk, key) if not read.keeps(form.form)]
    rows = [read.at.tables.get(FormRow, *form) for form in forms]
    complete = sum(row is not None and row.status == "complete" for row in rows)
    lock = read.at.tables.get(LockRow, *Scope(*key))
    return (
        small(visit_title(slot, visit, read.at.study_texts.visit(slot.visit)), tone="strong"),
        small(_day(slot.planned)),
        small(window_words(slot, visit, say)),
        small(_day(slot.actual), say(TIMING[slot.timing]) if slot.timing else ""),
        small(
            say(STANDING[slot.standing(read.at.today)]),
            say("{complete} of {forms} forms complete", complete=complete, forms=len(forms)),
            say(HELD_WORDS[lock.state]) if lock is not None and lock.state in HELD_WORDS else "",
        ),
    )


def _day(day: date | None) -> str:
    return isolated(day.isoformat()) if day is not None else ""


def _form(read: Reading, said: Said, answers: Answers, at: tuple[Slot, FormKey]) -> Chapter:
    slot, key = at
    row, say = read.at.tables.get(FormRow, *key), read.say
    title = f"{read.visit(key.at)} · {read.form(key)}"
    status = say(FORM_STATUS[row.status]) if row is not None else ""
    pairs = (
        (say("Visit on"), say.listed((_day(slot.actual), say(TIMING[slot.timing]) if slot.timing else ""))),
        (say("State"), say.listed((status, held_words(read, key)))),
        *_version(read, key),
    )
    later = not_collected_words(read.at, key)
    added = (text(later, "muted", "small"),) if later else ()
    blocks = (facts(pairs), *answers.of(key), *added, *said.of(Scope(*key)))
    return Chapter(str(key), title, key.form, blocks)


def _version(read: Reading, key: FormKey) -> Iterator[tuple[str, str]]:
    """The version in which a form was entered, where the study was amended."""
    if len(read.at.study.versions) > 1:
        yield read.say("Version of the study pack"), isolated(version_of(read.at.desk, key))


def _front(read: Reading, title: str, chapters: Sequence[Chapter], pages: Mapping[str, int]) -> Chapter:
    say, data = read.say, read.data
    blocks: list[Block] = [text(read.at.study_texts.title, "strong", "heading"), facts(_cover(read))]
    kept = (
        say("This is the site's own copy: it holds what must not leave the site.")
        if read.wish.whole
        else say("What the study keeps at the site is left out; its events stand in the trail without it.")
    )
    blocks += [text(kept, size="small"), heading(say("State of the records"))]
    titles = (say("Workstation"), say("Chain"), say("Events"), say("Code of its end"))
    labels = {row.node: row.label for row in data.desk.tables.find(NodeRow)}
    blocks.append(
        lines(
            _CHAIN,
            titles,
            [
                (
                    small(isolated(labels.get(end.node, data.site.code))),
                    *(_ltr(words) for words in (end.node, str(end.seq), end.hash[:SHORT])),
                )
                for end in read.wish.ends
            ],
        )
    )
    blocks += [heading(say("Contents")), contents(chapters, pages)]
    return Chapter(FRONT, title, "", tuple(blocks))


def _ltr(words: str) -> Cell:
    return Cell((Words((Run(words, ltr=True),), "tiny"),))


def _cover(read: Reading) -> Iterator[tuple[str, str]]:
    say, head, site, making = read.say, read.at.study.head, read.at.site, read.data.making
    yield say("Study"), isolated(head.registration or head.study)
    yield say("Sponsor"), isolated(head.sponsor or "")
    yield say("Site"), f"{isolated(site.code)} · {isolated(site.name)}"
    yield say("Subject"), isolated(read.subject.number)
    yield say("Enrolled"), _stamp(read.subject.enrolled, read)
    yield say("Version of the study pack"), isolated(head.version)
    yield say("Content of the pack (SHA-256)"), isolated(read.at.study.hash)
    yield say("Made"), isolated(f"{stamp_of(making.at.local)} {site.zone}")
    yield say("Made by"), isolated(making.by)
    yield say("Made with"), isolated(f"crfapp {making.software}")


def _stamp(text: str, read: Reading) -> str:
    return read.when(text) if "T" in text else isolated(text)
