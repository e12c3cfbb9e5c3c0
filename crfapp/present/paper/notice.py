"""A report to the sponsor on paper: the event, its report, what was given, history and medication.

It says who judged what and when, and is made in English and in the language of whoever makes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.keys import ItemKey
from crfapp.present.notice_facts import NoticeFacts
from crfapp.present.paper.blocks import Booklet, Cell, Chapter, Table, text
from crfapp.present.paper.casebook.answers import Answers
from crfapp.present.paper.casebook.tables import FACTS, cell, facts, heading, lines, small
from crfapp.present.safety_watch import notice_title
from crfapp.present.texts import RIGHT_TO_LEFT, isolated
from crfapp.work.begun import forms_begun
from crfapp.work.owed_notices import notice_called, notices_owed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.present.paper.blocks import Block
    from crfapp.present.paper.casebook.reading import Reading
    from crfapp.study.targets import Dosing
    from crfapp.work.owed_notices import Occasion

REPORT = "(report)"
_DOSE = (0.3, 0.24, 0.24, 0.22)


def notice_booklet(read: Reading, occasion: Occasion, number: int) -> Booklet:
    """All pages in one language; ``number`` 0 is the first report, later ones are follow-ups."""
    say, head, at = read.say, read.at.study.head, read.at
    kind = say("First report") if number == 0 else say("Follow-up {number}", number=number)
    title = f"{notice_title(at, occasion.notice)} · {isolated(read.subject.number)} · {kind}"
    first = Chapter(f"{REPORT} {say.language}", title, "", tuple(_front(read, occasion, number)))
    return Booklet(
        title=f"{head.registration or head.study}: {title}",
        author=head.sponsor or head.study,
        language=say.language,
        right_to_left=say.language in RIGHT_TO_LEFT,
        running=f"{at.study_texts.short} · {isolated(read.subject.number)}",
        badge=say("confidential"),
        foot=f"{head.study} · {head.version} · {at.site.code} · {read.subject.number}",
        paging=lambda page, pages: say("Page {page} of {pages}", page=page, pages=pages),
        chapters=(first, *_forms(read, occasion)),
    )


def _front(read: Reading, occasion: Occasion, number: int) -> Iterator[Block]:
    say, told, at = read.say, NoticeFacts(read.at), read.at
    contact = at.study.head.safety_desk
    desk = say.listed(
        isolated(part) for part in (contact.name, contact.phone, contact.fax, contact.email) if part
    )
    owed = [one for one in notices_owed(at.desk, read.subject.subject, at.events) if one.occasion == occasion]
    pairs = [
        (say("To"), desk or say("the safety desk of the sponsor")),
        (say("Site"), say.listed((isolated(at.site.code), isolated(at.site.name)))),
        (say("Subject"), isolated(read.subject.number)),
        (say("Event"), told.event(occasion)),
        (say("Made"), told.when(at.now.utc)),
    ]
    if owed and owed[0].number == number:
        name = say("Aware since") if owed[0].aware else say("Recorded")
        pairs += [(name, told.when(owed[0].since)), (say("To be reported by"), told.when(owed[0].due))]
    yield facts((*pairs, *told.facts(occasion)))
    judged = told.judged(occasion)
    if judged:
        yield heading(say("Who judged what"))
        yield Table(FACTS, tuple((cell(name, tone="muted"), _each(words)) for name, words in judged))
    yield heading(say("Study treatment that was given"))
    yield from _exposure(read)
    sent = told.sent(occasion)
    if sent:
        yield heading(say("Reports that went out"))
        titles = (say("Report"), say("Sent"), say("How and to whom"), say("Confirmed"))
        rows = [tuple(map(small, (one.title, one.sent, one.how, one.taken))) for one in sent]
        yield lines(_DOSE, titles, rows)


def _each(words: str) -> Cell:
    """One judgement below the other."""
    return Cell(tuple(text(line) for line in words.splitlines()))


def _exposure(read: Reading) -> Iterator[Block]:
    """Every dose with its day, lot and amount, as far as it was given."""
    say, rows = read.say, []
    for dosing in read.at.study.head.dosing:
        begun = forms_begun(read.at.desk, subject=read.subject.subject, form=dosing.form)
        order = read.at.study.visit_order
        for row in sorted(begun, key=lambda one: (order.get(one.visit, 0), one.visit_n)):
            given = read.at.desk.stored(ItemKey(*row.key, "", dosing.given))
            if given is not None and given.value == "Y":
                cells = (_said(read, row.key, item) for item in _asked(dosing))
                rows.append((small(read.visit(row.key.at), tone="strong"), *map(small, cells)))
    if rows:
        yield lines(_DOSE, (say("Visit"), say("When"), say("Lot"), say("Amount")), rows)
    else:
        yield text(say("None was given."), "muted")


def _asked(dosing: Dosing) -> tuple[str, str, str]:
    return dosing.start, dosing.lot, dosing.total or ""


def _said(read: Reading, key: tuple[str, str, int, str, int], name: str) -> str:
    """An answer of a dose; ``FORM.ITEM`` names another form of its visit, such as the one of its release."""
    form, _, item = name.rpartition(".")
    place = ItemKey(*key[:3], form or key[3], key[4], "", item)
    if not item or place.form not in read.at.study.forms or read.keeps(place.form, item):
        return ""
    stored = read.at.desk.stored(place)
    return read.answer(place, stored.value, stored.missing) if stored is not None else ""


def _forms(read: Reading, occasion: Occasion) -> Iterator[Chapter]:
    """The forms that the pack prints with a report, as far as they were begun."""
    notice = notice_called(read.at.desk, occasion.notice)
    answers = Answers(read)
    for form in notice.forms if notice is not None else ():
        for row in forms_begun(read.at.desk, subject=read.subject.subject, form=form):
            blocks = tuple(answers.of(row.key))
            if blocks:
                name = f"{row.key} {read.say.language}"
                yield Chapter(name, read.form(row.key), form, blocks)
