"""Steps in which visits are booked, missed or merged, and rows are struck out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.journeys.finding_rows import row_of
from crfapp.ledger.keys import VisitKey
from crfapp.work.row_work import VoidRow
from crfapp.work.visits import BookVisit, MergeVisit, MissVisit

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.journeys.player import Player
    from crfapp.journeys.told import Step


def _miss(player: Player, step: Step) -> None:
    key = player.visit_key(step, "miss")
    text = str(step.says.get("text", ""))
    player.send(step, MissVisit(key=key, why=str(step.says.get("reason", "")), reason=text))


def _void(player: Player, step: Step) -> None:
    said = step.says["void"]
    key = player.form = player.form_key(step, str(said["form"]))
    section, row = row_of(player.desk, key, str(said["row"]), "", str(said.get("section", "")))
    if row is None:
        raise RefusedError(Code.UNKNOWN_ROW, form=key.form)
    player.send(step, VoidRow(key=key, section=section, row=row, reason=str(said.get("reason", ""))))


def _merge(player: Player, step: Step) -> None:
    said = step.says["merge"]
    key = VisitKey(player.subject, str(said["visit"]), 1)
    player.send(step, MergeVisit(key=key, into=str(said["into"]), reason=str(said.get("reason", ""))))


def _book(player: Player, step: Step) -> None:
    player.send(step, BookVisit(key=player.visit_key(step, "book"), date=player.day(step)))


CONDUCTING: dict[str, Callable[[Player, Step], None]] = {
    "miss": _miss,
    "void": _void,
    "merge": _merge,
    "book": _book,
}
