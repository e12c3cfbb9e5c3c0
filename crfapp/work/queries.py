"""Questions between people: somebody asks, the site answers, whoever asked closes it or asks again (REQ-601).

A query is open until it is answered, answered until it is closed, and open again when it is asked anew.
Nothing of it is ever deleted. Only whoever raised it, or a data manager, closes it or asks again; the site
answers, with words or with the correction that was asked for, and never closes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.form.graph import Cell
from crfapp.form.reading import Field, Manner, Unreadable
from crfapp.form.texts_typed import read_text
from crfapp.ledger.events import Event, QueryAnswered, QueryClosed, QueryRaised, QueryReopened
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import QueryRow, SubjectRow
from crfapp.study.types import ItemType, Kind
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.offered import home_of
from crfapp.work.readiness import refuse_absent, unknown_cell, visit_of
from crfapp.work.roles import Right, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import Scope
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

OPEN, ANSWERED, CLOSED = "open", "answered", "closed"
SHORTEST, LONGEST = 3, 1000
"""Fewer characters say nothing; more are no question (REQ-104, REQ-406)."""
_TOUCHED = (Topic.QUERIES,)


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseQuery(Command):
    """A question about an item (``row``, ``item``), a form, a visit or a subject's casebook."""

    scope: Scope
    row: str = ""
    item: str = ""
    text: str


@use_case(RaiseQuery, needs=Right.ASK, touches=_TOUCHED)
def raise_query(cmd: RaiseQuery, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the question; refuse one about what does not exist here, or that says nothing."""
    _refuse_nowhere(desk, cmd)
    place = {**cmd.scope._asdict(), "row": cmd.row, "item": cmd.item}
    yield desk.lay(QueryRaised(**place, query=desk.new_id(), text=_words(cmd.text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerQuery(Command):
    """The site's answer in words; a correction answers by :class:`crfapp.work.entry.RecordAnswer`."""

    query: str
    text: str


@use_case(AnswerQuery, needs=Right.ANSWER, touches=_TOUCHED)
def answer_query(cmd: AnswerQuery, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the answer to an open query."""
    row = _standing(desk, cmd.query)
    _refuse_unless(row, OPEN)
    yield desk.lay(QueryAnswered(query=row.query, subject=row.subject, text=_words(cmd.text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseQuery(Command):
    """Whoever asked is content. A query that nobody answered is closed only with words that say why."""

    query: str
    text: str = ""


@use_case(CloseQuery, needs=Right.ASK, touches=_TOUCHED)
def close_query(cmd: CloseQuery, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record that it is closed."""
    row = _standing(desk, cmd.query)
    _refuse_strangers(row, actor)
    if row.state == CLOSED:
        raise RefusedError(Code.QUERY_CLOSED)
    if row.state == OPEN and not cmd.text.strip():
        raise RefusedError(Code.QUERY_UNANSWERED)
    text = _words(cmd.text) if cmd.text.strip() else None
    yield desk.lay(QueryClosed(query=row.query, subject=row.subject, text=text))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenQuery(Command):
    """The answer is not enough, or the matter came up again; ``text`` asks anew."""

    query: str
    text: str


@use_case(ReopenQuery, needs=Right.ASK, touches=_TOUCHED)
def reopen_query(cmd: ReopenQuery, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record that it is open again."""
    row = _standing(desk, cmd.query)
    _refuse_strangers(row, actor)
    if row.state == OPEN:
        raise RefusedError(Code.QUERY_OPEN)
    yield desk.lay(QueryReopened(query=row.query, subject=row.subject, text=_words(cmd.text)))


# ---- what entry asks


def prompting(desk: Desk, key: FormKey, cell: Cell) -> str | None:
    """The query that a correction answers: the one open longest about this very item."""
    found = open_about(desk, key, cell)
    return found[0].query if found else None


def open_about(desk: Desk, key: FormKey, cell: Cell) -> list[QueryRow]:
    """What is open about one item, oldest first."""
    here = desk.tables.find(QueryRow, subject=key.subject, state=OPEN)
    place = (*key, *cell)
    return sorted((row for row in here if row[1:8] == place), key=lambda row: (row.opened, row.query))


def refuse_beside(desk: Desk, query: str, key: FormKey, cell: Cell) -> None:
    """Refuse to name a query that a correction here cannot answer: none, a closed one, one about another."""
    row = _standing(desk, query)
    elsewhere = bool(row.item) and (row.row, row.item) != tuple(cell)
    if elsewhere or not row.scope.covers(key):
        raise RefusedError(Code.UNKNOWN_QUERY)
    if row.state == CLOSED:
        raise RefusedError(Code.QUERY_CLOSED)


def answered_by_correction(desk: Desk, query: str, reason: str) -> Iterator[Event]:
    """The correction that was asked for is the answer; why it was made stands as its words."""
    row = _standing(desk, query)
    if row.state == OPEN:
        yield desk.lay(QueryAnswered(query=row.query, subject=row.subject, text=reason or None))


def may_settle(row: QueryRow, actor: Actor) -> bool:
    """Whether a person may close a query or ask it anew."""
    return actor.may(Right.ASK) and (actor.login == row.raised_by or actor.role is Role.DATA_MANAGER)


# ---- refusals


def _standing(desk: Desk, query: str) -> QueryRow:
    row = desk.tables.get(QueryRow, query)
    if row is None:
        raise RefusedError(Code.UNKNOWN_QUERY)
    return row


def _refuse_unless(row: QueryRow, state: str) -> None:
    if row.state != state:
        raise RefusedError(Code.QUERY_CLOSED if row.state == CLOSED else Code.QUERY_ANSWERED)


def _refuse_strangers(row: QueryRow, actor: Actor) -> None:
    """One monitor does not close what another one asked (REQ-601)."""
    if not may_settle(row, actor):
        raise RefusedError(Code.NOT_ALLOWED, role=actor.role.value, needs=Right.ASK.value)


def _words(text: str) -> str:
    """What was said, if it says something."""
    told = text.strip()
    if len(told) < SHORTEST or not any(sign.isalnum() for sign in told):
        raise RefusedError(Code.QUERY_SAYS_NOTHING, least=SHORTEST)
    reading = read_text(told, Field(ItemType(Kind.LONGTEXT, size=LONGEST)), Manner())
    if isinstance(reading, Unreadable):
        raise RefusedError(reading.code, **reading.facts)
    return reading.text


def _refuse_nowhere(desk: Desk, cmd: RaiseQuery) -> None:
    """Refuse a place that there is not: a subject, visit, form, row or item."""
    scope = cmd.scope
    if desk.tables.get(SubjectRow, scope.subject) is None:
        raise RefusedError(Code.UNKNOWN_SUBJECT)
    if scope.form:
        _refuse_no_form(desk, FormKey(*scope), Cell(cmd.row, cmd.item))
    elif cmd.row or cmd.item:
        raise RefusedError(Code.UNKNOWN_ITEM, form="", item=cmd.item)
    elif scope.visit:
        visit_of(desk, VisitKey(*scope[:3]))


def _refuse_no_form(desk: Desk, key: FormKey, cell: Cell) -> None:
    refuse_absent(desk, key)
    if home_of(desk.study, key).at != key.at:  # a log stands once, wherever the schedule names it
        raise RefusedError(Code.UNKNOWN_FORM, form=key.form, visit=key.visit)
    if not cell.item and not cell.row:
        return
    state = desk.forms.get(key).state(cell)
    if state is None:
        raise RefusedError(unknown_cell(desk, key, cell), form=key.form, item=cell.item)
    if not state.visible:
        raise RefusedError(Code.ITEM_HIDDEN, form=key.form, item=cell.item)
