"""What a person looks for in the trail, read as a filter, and said again in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.form.dates_typed import read_date
from crfapp.form.values import Field, Manner, Reading
from crfapp.ledger.state import PersonRow, SubjectRow
from crfapp.ledger.trail import TrailFilter, hybrid_at
from crfapp.present.audit_view import AuditChoices, UnreadableWishError
from crfapp.present.texts import isolated
from crfapp.present.trail_words import kind_groups
from crfapp.present.words import ROLES
from crfapp.study.types import ItemType, Kind

if TYPE_CHECKING:
    from crfapp.present.audit_view import AuditWish, Where
    from crfapp.present.trail_port import Trail
    from crfapp.present.workplace import Workplace


class AuditFilter:
    """Reads wishes at one workplace."""

    def __init__(self, at: Workplace, trail: Trail) -> None:
        self._at, self._trail = at, trail

    def choices(self) -> AuditChoices:
        """What there is to choose from."""
        at, texts = self._at, self._at.study_texts
        names = {row.login: row.name for row in at.tables.find(PersonRow)}
        people = sorted((names.get(login, login), login) for login in self._trail.logins())
        return AuditChoices(
            subjects=tuple(sorted(row.number for row in at.tables.find(SubjectRow))),
            people=tuple((login, f"{name} ({login})") for name, login in people),
            roles=tuple((role, at.texts(words)) for role, words in ROLES.items()),
            forms=tuple((form, f"{texts.form(form)} ({form})") for form in at.study.forms),
            kinds=tuple((group.key, at.texts(group.title)) for group in kind_groups()),
            nodes=tuple((node, node) for node in self._trail.nodes()),
        )

    def items(self, form: str) -> tuple[tuple[str, str], ...]:
        """The questions of a form."""
        if form not in self._at.study.forms:
            return ()
        texts = self._at.study_texts
        return tuple((item, f"{texts.item(form, item)} ({item})") for item in self._at.study.items(form))

    def read(self, wish: AuditWish) -> TrailFilter:
        """The filter; UnreadableWishError where something that was typed names nothing."""
        groups = {group.key: group.kinds for group in kind_groups()}
        return TrailFilter(
            subject=self._subject(wish.subject) if wish.subject.strip() else None,
            login=wish.login,
            role=wish.role,
            form=wish.form,
            item=wish.item if wish.form else "",
            kinds=groups.get(wish.kinds, (wish.kinds,) if wish.kinds else ()),
            begin=self._moment(wish.begin, "begin"),
            end=self._moment(wish.end, "end"),
            words=wish.words.strip(),
            node=wish.node,
        )

    def words(self, wish: AuditWish, question: str) -> str:
        """What is looked for in one sentence; recorded with reviews and exports."""
        say, choices = self._at.texts, self.choices()
        named = [
            (say("subject"), isolated(wish.subject.strip()) if wish.subject.strip() else ""),
            (say("user"), dict(choices.people).get(wish.login, wish.login)),
            (say("role"), dict(choices.roles).get(wish.role, wish.role)),
            (say("form"), dict(choices.forms).get(wish.form, wish.form)),
            (say("question"), dict(self.items(wish.form)).get(wish.item, wish.item) if wish.form else ""),
            (say("kind"), dict(choices.kinds).get(wish.kinds, wish.kinds)),
            (say("from"), wish.begin.strip()),
            (say("to"), wish.end.strip()),
            (say("reason"), wish.words.strip()),
            (say("workstation"), wish.node),
        ]
        parts = [say("{name}: {value}", name=name, value=value) for name, value in named if value]
        return "; ".join([*([question] if question else []), *parts]) or say("the whole trail")

    def _subject(self, typed: str) -> str:
        wanted = typed.strip().casefold()
        rows = self._at.tables.find(SubjectRow)
        found = [row for row in rows if row.number.casefold() == wanted]
        found = found or [row for row in rows if row.number.casefold().endswith(wanted)]
        if len(found) != 1:
            words = self._at.texts("No single subject is called {number}.", number=isolated(typed.strip()))
            raise UnreadableWishError("subject", words)
        return found[0].subject

    def _moment(self, typed: str, where: Where) -> str:
        """A day, or a day with a time of day; a day as the end is meant whole."""
        if not typed.strip():
            return ""
        day, _, time = typed.strip().rpartition(" ") if ":" in typed else (typed.strip(), "", "")
        manner = Manner(zone=self._at.desk.zone, language=self._at.texts.language)
        reading = read_date(day, Field(ItemType(Kind.DATE)), manner)
        try:
            if not isinstance(reading, Reading):
                raise ValueError(day)
            local = datetime.fromisoformat(f"{reading.text} {time or '00:00'}")
        except ValueError:
            words = self._at.texts("This is no day. Write it as 2025-01-31, or 2025-01-31 14:30.")
            raise UnreadableWishError(where, words) from None
        if where == "end":
            local += timedelta(minutes=1) if time else timedelta(days=1)
        return hybrid_at(local.replace(tzinfo=ZoneInfo(self._at.desk.zone)).astimezone(UTC))
