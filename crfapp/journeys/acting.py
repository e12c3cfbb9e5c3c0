"""The hands of a demo's people: they send commands, time goes on, and what is refused is counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.journeys.pictures import NamedPictures
from crfapp.ledger.keys import Scope
from crfapp.ledger.signing import content_hash
from crfapp.work.hindrances import in_the_way_of_signing
from crfapp.work.roles import Right
from crfapp.work.sign_plan import plans_for, study_in
from crfapp.work.signing import SeeForm, Sign, unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crfapp.form.plan_parts import PlanItem
    from crfapp.journeys.chance import Chance
    from crfapp.journeys.pictures import Pictures
    from crfapp.journeys.player import MovableClock
    from crfapp.journeys.typical import Typical
    from crfapp.work.bus import Bus
    from crfapp.work.cases import Command
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the walking is done. Nothing is dated after ``latest``; ``pace`` is the time an act takes.

    ``password`` knows by which password somebody signs.
    """

    bus: Bus
    desk: Desk
    clock: MovableClock
    people: Mapping[str, Actor]
    typical: Typical
    chance: Chance
    latest: datetime
    pace: timedelta = timedelta(seconds=12)
    password: Callable[[str], str] = str
    pictures: Pictures = field(default_factory=NamedPictures)


@dataclass(slots=True)
class Hands:
    """Sends commands on somebody's behalf."""

    ground: Ground
    events: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    """Problem name -> how often; a person would read the sentence and go on."""

    @property
    def nurse(self) -> Actor:
        """Who does what needs nobody else."""
        people = list(self.ground.people.values())
        return next((one for one in people if one.role.value == "nurse"), people[0])

    def who(self, planned: PlanItem) -> Actor | None:
        """Who may answer an item; None where nobody here may."""
        by = planned.item.by
        if not by:
            return self.nurse
        return next((one for one in self.ground.people.values() if one.role.value in by), None)

    def send(self, command: Command, actor: Actor | None = None) -> bool:
        """Carry out one act; whether it was not refused."""
        try:
            outcome = self.ground.bus.send(command, actor or self.nurse)
        except AppProblem as problem:
            self.refused[problem.code.name] = self.refused.get(problem.code.name, 0) + 1
            return False
        self.events += len(outcome.events)
        self.go_on(self.ground.clock.now() + self.ground.pace)
        return True

    def sign(self, scope: Scope) -> bool:
        """Have an investigator go through everything and sign it, by the first meaning of the plan."""
        desk, people = self.ground.desk, self.ground.people.values()
        actor = next((one for one in people if one.may(Right.SIGN)), None)
        plans = plans_for(study_in(desk, scope), scope)
        if actor is None or not plans or next(in_the_way_of_signing(desk, scope), None) is not None:
            return False
        for key in unseen(desk, scope, actor.login):
            self.send(SeeForm(key=key, content=content_hash(desk.tables, desk.study, Scope(*key))), actor)
        typed = {"login": actor.login, "password": self.ground.password(actor.login)}
        content = content_hash(desk.tables, desk.study, scope)
        return self.send(Sign(scope=scope, meaning=plans[0].meaning, content=content, **typed), actor)

    def wait_until(self, typed: str) -> None:
        """Let a moment pass that is about to be written down."""
        try:
            local = datetime.fromisoformat(typed)
        except ValueError:
            return
        zone = self.ground.desk.now.local.tzinfo
        self.go_on(local.replace(tzinfo=zone).astimezone(UTC))

    def go_on(self, to: datetime) -> None:
        """Move the clock, never past the latest instant and never back."""
        now = self.ground.clock.now()
        self.ground.clock.move(max(now, min(to, self.ground.latest)))
