"""What the status bar says of packages: which one the sponsor confirmed last, or for how long nobody did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crfapp.base.times import Moment
from crfapp.ledger.state import RecipientRow
from crfapp.present.texts import isolated
from crfapp.work.confirmations import last_confirmed, overdue, sends_for_site

if TYPE_CHECKING:
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace
    from crfapp.work.confirmations import Silence


@dataclass(frozen=True, slots=True)
class PostLine:
    """The words; ``is_alarm`` where somebody has to act, then ``more`` names everybody who was not heard."""

    text: str
    is_alarm: bool = False
    more: str = ""


def post_line(at: Workplace) -> PostLine | None:
    """What there is to say; None where nobody gets packages from here, and on a copy of the site."""
    if not (at.tables.find(RecipientRow, ended=0) and sends_for_site(at.tables, at.desk.node)):
        return None
    silences = overdue(at.tables, at.now.utc)
    if silences:
        longest = max(silences, key=lambda one: one.days)
        more = "\n".join(silence_words(one, at.texts) for one in silences)
        return PostLine(_alarm(longest, at.texts), is_alarm=True, more=more)
    confirmed = last_confirmed(at.tables)
    if confirmed is None:
        return PostLine(at.texts("No package confirmed yet"))
    local = Moment.at(datetime.fromisoformat(confirmed.confirmed), at.site.zone).local
    when = isolated(f"{at.texts.short_date(local.date())} {local:%H:%M}")
    return PostLine(
        at.texts("Package {number} confirmed {when}", number=isolated(str(confirmed.row.number)), when=when)
    )


def silence_words(silence: Silence, say: Texts) -> str:
    """Who was not heard of, and for how long."""
    name, days = isolated(silence.name), silence.days
    if silence.of == "receipts":
        return say.many(
            "{name} confirmed nothing for {count} day.",
            "{name} confirmed nothing for {count} days.",
            days,
            name=name,
        )
    return say.many(
        "Nothing was sent to {name} for {count} day.",
        "Nothing was sent to {name} for {count} days.",
        days,
        name=name,
    )


def _alarm(silence: Silence, say: Texts) -> str:
    if silence.of == "sending":
        return say.many("Nothing sent for {count} day", "Nothing sent for {count} days", silence.days)
    return say.many("Nothing received for {count} day", "Nothing received for {count} days", silence.days)
