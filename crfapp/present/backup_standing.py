"""How backups, drills and paper stand, in words."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from crfapp.ledger.events import RecoverySheetMade
from crfapp.ledger.state import KeySharesRow
from crfapp.present.acts import day_words
from crfapp.present.texts import isolated
from crfapp.work.backups import rules_of

if TYPE_CHECKING:
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace


_BY_HAND = re.compile(r"by-hand-(?P<day>\d{8})-(?P<hour>\d{2})(?P<minute>\d{2})")


def second_words(say: Texts, days: int | None, place: str) -> str:
    """How old the newest backup at the second place is; empty ``place``: there is none."""
    if not place:
        return say("There is no second place: what takes this computer takes every backup with it.")
    if days is None:
        return say("No backup reached {place} yet.", place=isolated(place))
    if not days:
        return say("Newest backup at {place}: of the last 24 hours.", place=isolated(place))
    return say.many(
        "Newest backup at {place}: {count} day old.",
        "Newest backup at {place}: {count} days old.",
        days,
        place=isolated(place),
    )


def same_disk_words(say: Texts) -> str:
    """What a second place on the same disk is worth."""
    return say("It lies on the disk that holds the records: one broken disk takes both.")


def drill_standing(at: Workplace, days: int | None) -> str:
    """When a restore was tried last."""
    say = at.texts
    if days is None:
        return say("Nobody has tried yet whether a backup can be restored.")
    every = rules_of(at.tables).drill_days
    if not days:
        return say(
            "A restore was tried in the last 24 hours; the next is due every {every} days.", every=every
        )
    return say.many(
        "A restore was tried {count} day ago; the next try is due every {every} days.",
        "A restore was tried {count} days ago; the next try is due every {every} days.",
        days,
        every=every,
    )


def keys_words(at: Workplace) -> str:
    """Which paper opens the records, by the labels that stand on it."""
    say = at.texts
    events = [record.event for record in at.events.records(kinds={RecoverySheetMade.kind})]
    labels = [event.label for event in events if isinstance(event, RecoverySheetMade)]
    told = [say("Recovery sheet in force: {label}.", label=isolated(labels[-1]))] if labels else []
    shares = at.tables.get(KeySharesRow, "site")
    if shares is None:
        told.append(say("There are no shares of the key."))
    else:
        told.append(
            say(
                "Shares in force: any {needed} of {made}, set {label}, since {day}.",
                needed=shares.needed,
                made=shares.made,
                label=isolated(shares.label),
                day=day_words(at, shares.at),
            )
        )
    return " ".join(told)


def copy_day(say: Texts, named: str) -> str:
    """A copy by its day (ISO), or by its file's name: one that was asked for says when in its name."""
    asked = _BY_HAND.match(named)
    try:
        day = date.fromisoformat(asked["day"] if asked else named)
    except ValueError:
        return isolated(named)
    return isolated(f"{say.date(day)} {asked['hour']}:{asked['minute']}" if asked else say.date(day))


def copy_words(at: Workplace, place: str, named: str) -> str:
    """A copy by its day (ISO) or its file's name, and where it lies: here, second, or a folder."""
    say = at.texts
    day = copy_day(say, named)
    names = {"here": say("on this computer"), "second": say("at the second place")}
    return say("{day}, {place}", day=day, place=names.get(place, isolated(place)))
