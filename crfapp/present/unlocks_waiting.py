"""Wishes to open what is locked, for the investigator: in full on the Signing page, as lines of Today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import LockRow, PersonRow, SubjectRow
from crfapp.present.address import Address
from crfapp.present.reviewing import Reviewing
from crfapp.present.signing_view import UnlockLine
from crfapp.present.texts import isolated
from crfapp.present.today_view import OwedLine
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace

SIGNING = Address("signing")
"""Where it is decided."""


def unlock_wishes(at: Workplace) -> tuple[UnlockLine, ...]:
    """What somebody asked to be opened and nobody answered yet; nothing for whoever may not agree."""
    if not at.actor.may(Right.OVERSEE):
        return ()
    rows = at.tables.find(LockRow, state="locked")
    return tuple(_wish(at, row) for row in rows if row.asked)


def unlock_lines(at: Workplace) -> tuple[OwedLine, ...]:
    """The same as lines of Today, each with the way to the page where it is decided."""
    return tuple(_line(at, wish) for wish in unlock_wishes(at)) if at.actor.may(Right.SIGN) else ()


def _wish(at: Workplace, row: LockRow) -> UnlockLine:
    say = at.texts
    subject = at.tables.get(SubjectRow, row.subject)
    person = at.tables.get(PersonRow, row.asked)
    what = Reviewing(at).placed(row.scope) if row.subject else say("the whole site")
    about = f"{isolated(subject.number)} · " if subject is not None else ""
    who = isolated(person.name if person is not None else row.asked)
    title = say("{who} asks to open again: {what}", who=who, what=about + what)
    return UnlockLine(scope=row.scope, title=title, text=row.asked_why or "")


def _line(at: Workplace, wish: UnlockLine) -> OwedLine:
    visit = at.study_texts.visit(wish.scope.visit) if wish.scope.visit else ""
    return OwedLine(wish.title, wish.text, due="", visit=visit, address=SIGNING, pill="warn")
