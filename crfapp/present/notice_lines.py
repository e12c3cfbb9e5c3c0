"""What somebody should know about accounts, duties and packages, as lines of Today with a way to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.ledger.state import PersonRow
from crfapp.present.acts import day_words
from crfapp.present.address import Address
from crfapp.present.post_line import silence_words
from crfapp.present.texts import isolated
from crfapp.present.today_view import NoticeLine
from crfapp.work.confirmations import overdue, sends_for_site
from crfapp.work.notices import Notice, NoticeKind, notices_for
from crfapp.work.roles import Right, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.present.workplace import Workplace


class NoticeLines:
    """``locked`` tells who is kept out just now (:class:`crfapp.present.people.Keys`)."""

    def __init__(self, workplace: Workplace, locked: Callable[[], frozenset[str]]) -> None:
        self._at, self._locked = workplace, locked
        self._page = "administration" if workplace.actor.may(Right.ADMINISTER) else "people"

    def __call__(self) -> tuple[NoticeLine, ...]:
        """The lines, most urgent first."""
        told = (self._line(notice) for notice in notices_for(self._at.desk, self._at.actor))
        return (*self._locked_out(), *self._unheard(), *told)

    def _unheard(self) -> list[NoticeLine]:
        """Who confirmed nothing for too long, for whoever sends packages (REQ-402, 806)."""
        at = self._at
        if not at.actor.may(Right.SEND) or not sends_for_site(at.tables, at.desk.node):
            return []
        found = overdue(at.tables, at.now.utc)
        return [NoticeLine(silence_words(one, at.texts), "warning", Address("exchange")) for one in found]

    def _locked_out(self) -> list[NoticeLine]:
        """Those whom this person can let in again."""
        actor = self._at.actor
        administers = actor.may(Right.ADMINISTER)
        if not administers and not actor.may(Right.OVERSEE):
            return []
        try:
            locked = self._locked()
        except AppProblem:
            return []  # the list of people says what is wrong with the vault
        rows = [self._at.tables.get(PersonRow, login) for login in sorted(locked)]
        say = self._at.texts
        return [
            NoticeLine(
                say("{name} is locked out after too many wrong passwords.", name=isolated(row.name)),
                "refusal",
                self._person(row.login),
            )
            for row in rows
            if row is not None and (administers or row.role == Role.ADMINISTRATOR.value)
        ]

    def _line(self, notice: Notice) -> NoticeLine:
        say = self._at.texts
        name, by, day = isolated(notice.name), isolated(notice.by), day_words(self._at, notice.day)
        match notice.kind:
            case NoticeKind.PASSWORD_RESET:
                row = self._at.tables.get(PersonRow, notice.login)
                day = day_words(self._at, row.password_at if row is not None else notice.day)
                words = say("The password of {name} was reset by {by}, {day}.", name=name, by=by, day=day)
                return NoticeLine(words, "warning", self._person(notice.login))
            case NoticeKind.IDENTITY_OPEN:
                words = say("Nobody has said yet that {name} is who the account says.", name=name)
                return NoticeLine(words, "expected", self._person(notice.login))
            case NoticeKind.DELEGATION_ENDS:
                words = say("Duties of {name} end on {day}.", name=name, day=day)
                return NoticeLine(words, "clock", Address(self._page, item="delegation"))
            case NoticeKind.REVIEW_DUE:
                words = say("Who may do what was to be looked through again by {day}.", day=day)
                return NoticeLine(words, "warning", Address(self._page, item="access"))
            case NoticeKind.LETTER_OPEN:
                words = say("The letter about electronic signatures is not filed.")
                return NoticeLine(words, "expected", Address(self._page, item="rules"))
            case NoticeKind.FEW_VOUCHERS:
                words = say(
                    "Fewer than two people here can say who somebody is: when one of them loses a password,"
                    " the other one is needed."
                )
                return NoticeLine(words, "info", Address(self._page, item="people"))

    def _person(self, login: str) -> Address:
        return Address(self._page, row=login, item="people")
