"""Steps in which investigators sign and data are frozen, locked and opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.ledger.keys import Scope, VisitKey
from crfapp.ledger.signing import content_hash
from crfapp.ledger.state import LockRow
from crfapp.work.locking import AgreeUnlock, AskUnlock, DeclineUnlock, Freeze, Lock, Unfreeze
from crfapp.work.roles import Right
from crfapp.work.sign_plan import plans_for, study_in
from crfapp.work.signing import SeeForm, Sign, unseen

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.journeys.player import Player
    from crfapp.journeys.told import Step
    from crfapp.work.locking import HoldCommand


def _scope(player: Player, step: Step) -> Scope:
    """The form, visit, casebook or site that a step is about."""
    said: dict[str, Any] = step.says[step.verb]
    if len(said.keys() & {"form", "visit", "casebook", "site"}) != 1:
        player.wrong(step, f"{step.verb!r} is about one of form, visit, casebook and site")
    if "form" in said:
        key = player.form = player.form_key(step, str(said["form"]))
        return Scope(*key)
    if "visit" in said:
        return Scope(*VisitKey(player.subject, str(said["visit"]), player.number(step)))
    return Scope() if "site" in said else Scope(player.subject)


def _sign(player: Player, step: Step) -> None:
    """Go through every form as the window makes a signer do, then sign."""
    scope, desk = _scope(player, step), player.desk
    actor = player.actor
    if actor is None:
        player.wrong(step, "nobody acts; say 'as' first")
    plans = plans_for(study_in(desk, scope), scope)
    meaning = str(step.says["sign"].get("meaning") or (plans[0].meaning if plans else ""))
    for key in unseen(desk, scope, actor.login):
        player.send(step, SeeForm(key=key, content=_content(player, Scope(*key))))
    told = {"login": actor.login, "password": player.password(actor.login), "language": desk.language}
    player.send(step, Sign(scope=scope, meaning=meaning, content=_content(player, scope), **told))


def _content(player: Player, scope: Scope) -> str:
    return content_hash(player.desk.tables, player.desk.study, scope)


def _hold(command: type[HoldCommand]) -> Callable[[Player, Step], None]:
    def hold(player: Player, step: Step) -> None:
        reason = str(step.says.get("reason", ""))
        player.send(step, command(scope=_scope(player, step), reason=reason))

    return hold


def _unlock(player: Player, step: Step) -> None:
    """The sponsor's side asks, the investigator agrees; what is only frozen is let go."""
    scope = _scope(player, step)
    row = player.desk.tables.get(LockRow, *scope)
    command: type[HoldCommand] = AskUnlock
    if player.actor is not None and player.actor.may(Right.OVERSEE):
        command = AgreeUnlock
    elif row is not None and row.state == "frozen":
        command = Unfreeze
    player.send(step, command(scope=scope, reason=str(step.says.get("reason", ""))))


SIGNING: dict[str, Callable[[Player, Step], None]] = {
    "sign": _sign,
    "freeze": _hold(Freeze),
    "lock": _hold(Lock),
    "unlock": _unlock,
    "decline": _hold(DeclineUnlock),
}
