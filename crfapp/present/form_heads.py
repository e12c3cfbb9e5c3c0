"""The top of a form page: title, place, status, its signature, and how it is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import FormRow
from crfapp.present.form_view import FormHead
from crfapp.present.holding import Holding
from crfapp.present.manifestation import shown_at
from crfapp.present.site_present import where_of
from crfapp.present.texts import isolated
from crfapp.present.version_words import not_collected_words, version_words
from crfapp.present.words import status_words
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey
    from crfapp.present.manifestation import Manifestation
    from crfapp.present.workplace import Workplace


def head_of(at: Workplace, key: FormKey) -> FormHead:
    """How a form stands, in the person's language."""
    row = at.tables.get(FormRow, *key)
    status = row.status if row is not None else "expected"
    signed, holding = shown_at(at, key), Holding(at, key)
    return FormHead(
        title=at.texts_at(key).form(key.form),
        where=where_of(at, key),
        status=status,
        status_text=status_words(status, at.texts),
        site_only=at.study_at(key).form(key.form).site_only,
        can_edit=at.actor.may(Right.RECORD),
        signature=_short(at, signed) if signed else "",
        signed=signed.sentence if signed else "",
        signature_icon=signed.icon if signed else "",
        signature_tone=signed.tone if signed else "ok",
        held=holding.word(),
        holding=holding.sentence(),
        acts=holding.acts() if row is not None else (),
        version=version_words(at, key),
        later=not_collected_words(at, key),
    )


def _short(at: Workplace, signed: Manifestation) -> str:
    """``signed 5 Jan``, with the year where it is another one."""
    say = at.texts
    if signed.outdated:
        return say("signed, outdated")
    day = say.short_date(signed.day) if signed.day.year == at.today.year else say.date(signed.day)
    return say("signed {day}", day=isolated(day))
