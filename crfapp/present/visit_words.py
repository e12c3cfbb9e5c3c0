"""When a visit is due and what its window is, in the words of a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from crfapp.present.texts import Texts
    from crfapp.study.model import Visit
    from crfapp.work.schedule import Slot


def due_words(slot: Slot, standing: str, today: date, say: Texts) -> str:
    """When: today, tomorrow, in some days, or how long overdue."""
    if standing == "overdue" and slot.closes is not None:
        return say.many("overdue {count} day", "overdue {count} days", (today - slot.closes).days)
    day = slot.booked or slot.planned
    if day is None:
        return say("can begin")
    if day == today:
        return say("today")
    if day < today:
        return say("since {day}", day=say.short_date(day))
    return in_days(day, today, say)


def in_days(day: date, today: date, say: Texts) -> str:
    """A day ahead: tomorrow, or in how many days."""
    ahead = (day - today).days
    return say("tomorrow") if ahead == 1 else say.many("in {count} day", "in {count} days", ahead)


def window_words(slot: Slot, visit: Visit, say: Texts) -> str:
    """The window: hours for calls, else its first and last day; empty where no day is planned yet."""
    if visit.hours is not None and visit.window is not None:
        return say("{low} to {high} hours", low=visit.window[0], high=visit.window[1])
    if slot.opens is None or slot.closes is None or (slot.provisional and slot.opens == slot.closes):
        return ""
    if slot.opens == slot.closes:
        return say("on {day}", day=say.short_date(slot.opens))
    return say("{first} to {last}", first=say.short_date(slot.opens), last=say.short_date(slot.closes))


def visit_title(slot: Slot, visit: Visit, title: str) -> str:
    """A visit's name, with its number where it repeats."""
    return f"{title} {slot.visit_n}" if visit.kind == "repeating" and slot.visit_n > 1 else title
