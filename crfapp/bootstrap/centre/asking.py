"""What a centre asks of a site, told by number of the subject and names of visit and form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.keys import Scope
from crfapp.ledger.state import SubjectRow
from crfapp.work.lock_requests import AskLock
from crfapp.work.locking import AskUnlock
from crfapp.work.queries import RaiseQuery

if TYPE_CHECKING:
    from crfapp.bootstrap.centre.home import Centre
    from crfapp.cli.centre_parts import Asked
    from crfapp.work.cases import Command
    from crfapp.work.desk import Desk


def ask(centre: Centre, asked: Asked) -> None:
    """Write it into the centre's chain for the site; it goes with the next reply.

    UNKNOWN_SUBJECT, UNKNOWN_VISIT, and what :class:`RaiseQuery`, :class:`AskLock` or :class:`AskUnlock` says.
    """
    with centre.part(asked.site) as part:
        part.bus.send(_command(asked, _scope(part.desk, asked)), centre.actor)


def _command(asked: Asked, scope: Scope) -> Command:
    if asked.what == "query":
        return RaiseQuery(scope=scope, item=asked.item, text=asked.text)
    if asked.what == "lock":
        return AskLock(scope=scope)
    return AskUnlock(scope=scope, reason=asked.text)


def _scope(desk: Desk, asked: Asked) -> Scope:
    if not asked.subject:
        return Scope()
    found = desk.tables.find(SubjectRow, number=asked.subject)
    if len(found) != 1:
        raise RefusedError(Code.UNKNOWN_SUBJECT, number=asked.subject)
    visit, visit_n = _numbered(asked.visit)
    if visit and visit not in desk.study.visit_order:
        raise RefusedError(Code.UNKNOWN_VISIT, visit=visit)
    form, form_n = _numbered(asked.form)
    return Scope(found[0].subject, visit, visit_n, form, form_n)


def _numbered(named: str) -> tuple[str, int]:
    """``V_UNS/2`` is the second occurrence, ``V_UNS`` the first; nothing is none."""
    name, _, number = named.partition("/")
    if number and not number.isdecimal():
        raise RefusedError(Code.UNKNOWN_VISIT, visit=named)
    return name, int(number or 1) if name else 0
