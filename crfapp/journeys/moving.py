"""Steps in which a form is moved to the subject it belongs to, and a page is turned to somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import SubjectRow
from crfapp.work.moving import AgreeMove, AskMove, DeclineMove, MoveForm, waiting_moves
from crfapp.work.transcribing import NoteTranscription

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.journeys.player import Player
    from crfapp.journeys.told import Step


def _subject(player: Player, number: str) -> str:
    """Whom a number names; UNKNOWN_SUBJECT where it is nobody's."""
    found = player.desk.tables.find(SubjectRow, number=number)
    if not found:
        raise RefusedError(Code.UNKNOWN_SUBJECT)
    return found[0].subject


def _turn(player: Player, step: Step) -> None:
    said = step.says["turn"]
    player.subject = _subject(player, str(said["subject"]))
    player.visit = VisitKey(player.subject, str(said["visit"]), int(said.get("n", 1)))
    player.form = FormKey(*player.visit, str(said["form"]), 1) if "form" in said else None


def _ask(player: Player, step: Step) -> None:
    said = step.says["move"]
    key = player.form = player.form_key(step, str(said["form"]))
    to = VisitKey(_subject(player, str(said["to"])), str(said.get("visit", key.visit)), 1)
    player.send(step, AskMove(key=key, to=to, reason=str(said.get("reason", ""))))


def _waiting(player: Player, step: Step, verb: str) -> str:
    """The request about the form that a step names; MOVE_UNKNOWN where none waits."""
    said = step.says[verb]
    key = player.form = player.form_key(step, str(said["form"] if isinstance(said, dict) else said))
    waiting = [row.move for row in waiting_moves(player.desk, key)]
    if not waiting:
        raise RefusedError(Code.MOVE_UNKNOWN)
    return waiting[0]


def _agree(player: Player, step: Step) -> None:
    player.send(step, AgreeMove(move=_waiting(player, step, "agree-move")))


def _decline(player: Player, step: Step) -> None:
    reason = str(step.says["decline-move"].get("reason", ""))
    player.send(step, DeclineMove(move=_waiting(player, step, "decline-move"), reason=reason))


def _carry_out(player: Player, step: Step) -> None:
    player.send(step, MoveForm(move=_waiting(player, step, "move-now")))


def _from_paper(player: Player, step: Step) -> None:
    said = step.says["paper"]
    key = player.form = player.form_key(step, str(said["form"]))
    told = {"observer": str(said["observer"]), "observed": str(said["observed"])}
    player.send(step, NoteTranscription(key=key, **told, reason=str(said.get("reason", ""))))


MOVING: dict[str, Callable[[Player, Step], None]] = {
    "turn": _turn,
    "move": _ask,
    "agree-move": _agree,
    "decline-move": _decline,
    "move-now": _carry_out,
    "paper": _from_paper,
}
