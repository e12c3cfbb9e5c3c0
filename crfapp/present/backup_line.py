"""How safe the work is against loss, in words: for the status bar, and for Today (REQ-901, 902, 903)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.times import Moment
from crfapp.present.address import Address
from crfapp.present.texts import isolated
from crfapp.present.today_view import NoticeLine
from crfapp.work.backups import ages
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace

BACKUPS = Address("administration", item="backups")


@dataclass(frozen=True, slots=True)
class BackupLine:
    """The words; ``is_alarm`` where somebody has to act, then ``more`` says the whole of it."""

    text: str
    is_alarm: bool = False
    more: str = ""


def backup_line(at: Workplace, newest: datetime | None) -> BackupLine:
    """What the status bar says; ``newest`` is when the newest verified copy here was made."""
    say, old = at.texts, ages(at.tables, at.desk.node, at.now.utc, newest)
    told = _alarms(at, newest)
    if newest is None:
        return BackupLine(say("No backup yet"), is_alarm=True, more="\n".join(told))
    if old.here_old:
        days = old.here or 0
        text = say.many("No backup for {count} day", "No backup for {count} days", days)
        return BackupLine(text, is_alarm=True, more="\n".join(told))
    if old.second_old:
        return BackupLine(_second_words(old.second, say), is_alarm=True, more="\n".join(told))
    local = Moment.at(newest, at.now.zone).local
    when = isolated(f"{say.short_date(local.date())} {local:%H:%M}")
    return BackupLine(say("Backup verified {when}", when=when))


def backup_notices(
    at: Workplace, newest: datetime | None, missing: Sequence[tuple[str, int, int]]
) -> tuple[NoticeLine, ...]:
    """The lines of Today: old copies for everybody, the drill for whoever administers, what a restore lacks.

    ``missing`` as :func:`crfapp.work.backups.missing_ends` gives it.
    """
    say, administers = at.texts, at.actor.may(Right.ADMINISTER)
    there = BACKUPS if administers else Address("today")
    lines = [NoticeLine(words, "warning", there) for words in _alarms(at, newest)]
    old = ages(at.tables, at.desk.node, at.now.utc, newest)
    if administers and not old.second_given:
        words = say("Backups go nowhere else: what takes this computer takes them too. Set a second place.")
        lines.append(NoticeLine(words, "expected", BACKUPS))
    if administers and old.drill_due:
        words = say("Nobody has tried for a while whether a backup can be restored. It takes minutes.")
        lines.append(NoticeLine(words, "clock", BACKUPS))
    if administers or at.actor.may(Right.RECEIVE):
        for chain, has, known in missing:
            words = say.many(
                "{count} event that others confirmed is missing since the restore ({chain}). Take in a"
                " package of another workstation, or ask the centre.",
                "{count} events that others confirmed are missing since the restore ({chain}). Take in a"
                " package of another workstation, or ask the centre.",
                known - has,
                chain=isolated(f"{chain} {has + 1}-{known}"),
            )
            lines.append(NoticeLine(words, "warning", Address("exchange")))
    return tuple(lines)


def _alarms(at: Workplace, newest: datetime | None) -> list[str]:
    say, old = at.texts, ages(at.tables, at.desk.node, at.now.utc, newest)
    told = []
    if old.here_old and old.here is None:
        told.append(say("There is no verified backup of the records yet."))
    elif old.here_old:
        told.append(
            say.many(
                "The newest verified backup is {count} day old.",
                "The newest verified backup is {count} days old.",
                old.here or 0,
            )
        )
    if old.second_old:
        told.append(say("{what}. Connect the second place.", what=_second_words(old.second, say)))
    return told


def _second_words(days: int | None, say: Texts) -> str:
    if days is None:
        return say("No backup at the second place yet")
    return say.many(
        "No backup at the second place for {count} day",
        "No backup at the second place for {count} days",
        days,
    )
