"""What was kept, tried and restored, line by line, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crfapp.base.problems import Code
from crfapp.base.times import Moment
from crfapp.ledger.state import BackupRow, PersonRow, RestoreRow
from crfapp.present.problem_texts import code_text
from crfapp.present.texts import N_, isolated

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace

MOST = 20
_HOW = {
    "password": N_("opened with a password"),
    "sheet": N_("opened with the recovery sheet"),
    "shares": N_("opened with shares of the key"),
}


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line: a sign with a name, when, what with a quieter line below, and who was in."""

    icon: str
    when: str
    what: str
    more: str
    who: str


def log_lines(at: Workplace) -> tuple[LogLine, ...]:
    """The newest of all workstations."""
    rows: list[BackupRow | RestoreRow] = [*at.tables.find(BackupRow), *at.tables.find(RestoreRow)]
    rows.sort(key=lambda row: (datetime.fromisoformat(row.at), row.seq), reverse=True)
    return tuple(_copy(at, row) if isinstance(row, BackupRow) else _restore(at, row) for row in rows[:MOST])


def when_words(at: Workplace, stamp: str) -> str:
    """Day and time of an event at the site."""
    local = Moment.at(datetime.fromisoformat(stamp).astimezone(UTC), at.now.zone).local
    return isolated(f"{at.texts.date(local.date())} {local:%H:%M}")


def _copy(at: Workplace, row: BackupRow) -> LogLine:
    say = at.texts
    what = say("Backup at the second place") if row.place == "second" else say("Backup")
    more = say.many("{count} event, {file}", "{count} events, {file}", row.events, file=isolated(row.file))
    return LogLine("complete", when_words(at, row.at), what, more, _name(at, row.login))


def _restore(at: Workplace, row: RestoreRow) -> LogLine:
    say, how = at.texts, at.texts(_HOW.get(row.how, row.how))
    if row.what == "restore":
        more = say("{file}, {how}; the workstation has a new name", file=isolated(row.file), how=how)
        return LogLine(
            "warning", when_words(at, row.at), say("Site restored from a backup"), more, _name(at, row.login)
        )
    if row.code:
        words = code_text(Code(row.code), {}, say)[0] if row.code in set(Code) else row.code
        return LogLine(
            "refusal", when_words(at, row.at), say("Restore tried: it failed"), words, _name(at, row.login)
        )
    more = say(
        "{file}, {how}, in {seconds} s; {newer} events newer", file=isolated(row.file), how=how,
        seconds=row.seconds, newer=row.newer,
    )  # fmt: skip
    return LogLine("complete", when_words(at, row.at), say("Restore tried"), more, _name(at, row.login))


def _name(at: Workplace, login: str) -> str:
    person = at.tables.get(PersonRow, login)
    return person.name if person is not None else isolated(login)
