"""Steps in which people ask and answer: query, answer, close, reopen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.journeys.finding_rows import row_of
from crfapp.ledger.keys import Scope
from crfapp.ledger.state import QueryRow
from crfapp.work.queries import AnswerQuery, CloseQuery, RaiseQuery, ReopenQuery

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from crfapp.journeys.player import Player
    from crfapp.journeys.told import Step


def _ask(player: Player, step: Step) -> None:
    """A question about an item, a form, a visit, or where none is named about the casebook."""
    said = step.says["query"]
    scope, row = Scope(player.subject), ""
    item, text = str(said.get("item", "")), str(said["text"])
    if "form" in said:
        key = player.form = player.form_key(step, str(said["form"]))
        scope = Scope(*key)
        if "row" in said:
            found = row_of(player.desk, key, str(said["row"]), item)[1]
            if found is None:
                raise RefusedError(Code.UNKNOWN_ROW, form=key.form)
            row = found
    elif "visit" in said:
        scope = Scope(player.subject, str(said["visit"]), player.number(step))
    elif item or "row" in said:
        player.wrong(step, "an item or row is asked about in a form; say 'form' too")
    known = {one.query for one in player.desk.tables.find(QueryRow, subject=player.subject)}
    player.send(step, RaiseQuery(scope=scope, row=row, item=item, text=text))
    after = player.desk.tables.find(QueryRow, subject=player.subject)
    name = str(step.says.get("name", ""))
    if name:
        player.queries[name] = next(one.query for one in after if one.query not in known)


def _answer(player: Player, step: Step) -> None:
    said = step.says["answer"]
    player.send(step, AnswerQuery(query=query_called(player, step, said), text=str(said["text"])))


def _close(player: Player, step: Step) -> None:
    said = step.says["close"]
    player.send(step, CloseQuery(query=query_called(player, step, said), text=str(said.get("text", ""))))


def _reopen(player: Player, step: Step) -> None:
    said = step.says["reopen"]
    player.send(step, ReopenQuery(query=query_called(player, step, said), text=str(said["text"])))


def query_called(player: Player, step: Step, said: dict[str, Any]) -> str:
    """The query that an earlier step gave this name."""
    name = str(said["query"])
    if name not in player.queries:
        player.wrong(step, f"no step before this one asked a query with the name {name!r}")
    return player.queries[name]


ASKING: dict[str, Callable[[Player, Step], None]] = {
    "query": _ask,
    "answer": _answer,
    "close": _close,
    "reopen": _reopen,
}
