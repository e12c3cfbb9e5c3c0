"""The workstations and copies of a site: inviting another one, revoking one that is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.ledger.state import NodeRow, PersonRow, ReceiptRow, RouteRow
from crfapp.present.acts import Act, ActState, AskedField, act_sentence, place_of
from crfapp.present.package_words import moment_words, sort_words
from crfapp.present.route_setting import ROUTE_ACTS
from crfapp.present.texts import isolated
from crfapp.present.words import ROLES
from crfapp.present.workstations_view import NodeCard, NodeLine, WorkstationsView
from crfapp.work.nodes import RevokeNode
from crfapp.work.roles import Right, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from crfapp.present.lane import Lane, Steps
    from crfapp.present.route_setting import RouteSetting
    from crfapp.present.workplace import Workplace

_PLACES: Mapping[Code, str] = {
    Code.REASON_NEEDED: "reason",
    Code.REASON_TOO_SHORT: "reason",
    Code.NOT_NAMED: "label",
    Code.UNKNOWN_PERSON: "login",
    Code.COPY_NEEDS_KEY: "login",
}
_WITH_COPY = (Role.MONITOR, Role.AUDITOR)


@dataclass(frozen=True, slots=True)
class InvitationMade:
    """A file that begins a workstation, and the code that opens it, shown once.

    ``short_code`` is that of the new workstation's key, to be compared when it is there.
    """

    label: str
    code: str
    short_code: str


class Inviting(Protocol):
    """Making invitations, and reading codes; ``bootstrap`` carries it out."""

    def invite(self, target: Path, label: str, *, copy_of: str, steps: Steps) -> InvitationMade:
        """Register a workstation, or somebody's own copy, and write its invitation; for the lane."""

    def code(self, fingerprint: str) -> str:
        """What two people compare of a fingerprint."""


class Workstations:
    """The presenter. The code of an invitation is kept nowhere and shown once."""

    def __init__(self, workplace: Workplace, lane: Lane, inviting: Inviting, routes: RouteSetting) -> None:
        self._at, self._lane, self._inviting, self._routes = workplace, lane, inviting, routes
        self._show: Callable[[WorkstationsView], None] = lambda _: None
        self._node = ""
        self._target: Path | None = None
        self.may = workplace.actor.may(Right.ADMINISTER)
        self.view = WorkstationsView()

    def watch(self, show: Callable[[WorkstationsView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def refresh(self) -> None:
        """Look again, but not while an invitation is made: it tells its own end."""
        if not self.view.state.busy:
            rows = sorted(self._at.tables.find(NodeRow), key=_order)
            lines = tuple(self._line(row) for row in rows)
            self._become(lines=lines, chosen=self._card(), copies=bool(self._readers()))

    def choose(self, node: str) -> None:
        """Turn to the card of one; an empty name closes it. A code that stood there is gone."""
        if not self.view.state.busy:
            self._node = node
            self._become(chosen=self._card(), state=ActState(), inviting=False)

    def begin(self, key: str) -> None:
        """Open an act of the card."""
        chosen = self.view.chosen
        act = next((act for act in chosen.acts if act.key == key), None) if chosen is not None else None
        if act is not None and not self.view.state.busy:
            self._become(state=ActState(act=act), inviting=False)

    def begin_invitation(self, target: Path, *, copy: bool) -> None:
        """Ask what an invitation to be written there needs: a name, or whose own copy it is to be."""
        if self.view.state.busy or not self.may:
            return
        self._target, self._node = target, ""
        act = self._copy_act(target) if copy else self._invite_act(target)
        self._become(state=ActState(act=act), inviting=True, chosen=None)

    def put_away(self) -> None:
        """Close the act, or what its end said; a code is gone for ever."""
        if not self.view.state.busy:
            self._routes.forget()
            self._become(state=ActState(), inviting=False)

    def carry_out(self, values: Mapping[str, str]) -> None:
        """Do what the open act says, with the answers to its questions."""
        state = self.view.state
        if state.act is None or state.busy:
            return
        if state.act.key in ROUTE_ACTS:
            self._routes.carry_out(state, self._node, values, self._route_told)
        elif state.act.key == "revoke":
            self._revoke(values.get("reason", "").strip())
        elif self._target is not None:
            self._invite(self._target, values)

    def _route_told(self, state: ActState) -> None:
        self._become(state=state)
        if state.done:
            self.refresh()

    def _revoke(self, reason: str) -> None:
        try:
            self._at.send(RevokeNode(node=self._node, reason=reason))
        except AppProblem as problem:
            self._refused(problem)
            return
        words = self._at.texts("Revoked. Packages that it makes from now on are set aside.")
        self._become(state=ActState(done=words))
        self.refresh()

    def _invite(self, target: Path, values: Mapping[str, str]) -> None:
        state, say, inviting = self.view.state, self._at.texts, self._inviting
        login = values.get("login", "")
        label = " ".join(values.get("label", "").split()) or self._name_of(login)
        if not label:
            place = "label" if "label" in values else "login"
            sentence = act_sentence(RefusedError(Code.NOT_NAMED), say)
            self._become(state=replace(state, problems=((place, sentence),)))
            return

        def work(steps: Steps) -> InvitationMade:
            steps.step(0, 0, say("writing the invitation"))
            return inviting.invite(target, label, copy_of=login, steps=steps)

        self._become(state=replace(state, busy=True, problems=()))
        self._lane.start(work, done=self._invited, failed=self._refused, title=say("Invitation"))

    def _invited(self, made: InvitationMade) -> None:
        say, file = self._at.texts, isolated(self._target.name if self._target is not None else "")
        done = say(
            "{file} opens with the code below, once, on the new workstation. {label} will show the code"
            " {code}: compare it then.",
            file=file,
            label=isolated(made.label),
            code=isolated(made.short_code),
        )
        self._become(state=ActState(done=done, secret=made.code))
        self.refresh()

    def _refused(self, problem: AppProblem) -> None:
        state = self.view.state
        place = place_of(problem.code, state.act, _PLACES)
        sentence = act_sentence(problem, self._at.texts)
        self._become(state=replace(state, busy=False, problems=((place, sentence),)))

    # ---- what is shown

    def _line(self, row: NodeRow) -> NodeLine:
        at, say = self._at, self._at.texts
        came = [one for one in at.tables.find(ReceiptRow, sender=row.node) if one.node == at.desk.node]
        last = max(came, key=lambda one: one.number, default=None)
        here = row.node == at.desk.node
        number = say("package {number}", number=isolated(str(last.number))) if last is not None else ""
        when = isolated(moment_words(at, last.at)) if last is not None else ""
        state, tone = (say("this one"), "ok") if here else (say("heard"), "ok")
        if row.revoked:
            state, tone = say("revoked"), "error"
        return NodeLine(
            node=row.node,
            label=row.label,
            sort=sort_words(row.sort, say),
            code=self._inviting.code(row.fingerprint),
            since=moment_words(at, row.registered),
            package="" if here else say.listed((number, when)) or say("none yet"),
            state=state,
            tone=tone,
        )

    def _card(self) -> NodeCard | None:
        row = self._at.tables.get(NodeRow, self._node) if self._node else None
        if row is None:
            return None
        at, say, line = self._at, self._at.texts, self._line(row)
        facts = [
            (say("What it is"), line.sort),
            (say("Code of its key"), isolated(line.code)),
            (say("Since"), line.since),
            (say("Last package that came"), line.package or "–"),
            (say("Where packages go"), self._where(row.node)),
            (say("Name of its records"), isolated(row.node)),
        ]
        if row.revoked:
            facts.append((say("Revoked"), moment_words(at, row.revoked)))
            facts.append((say("Last event beyond doubt"), isolated(str(row.last))))
        note = ""
        if row.node == at.desk.node:
            note = say("This is the workstation you sit at. Another one revokes it if it is lost.")
        acts: tuple[Act, ...] = ()
        if self.may and not row.revoked and not note:  # where a centre's packages go is said of the recipient
            route = () if row.sort == "centre" else (self._routes.act(row.node),)
            acts = (*route, self._revoke_act())
        return NodeCard(row.node, isolated(row.label), tuple(facts), acts, note)

    def _where(self, node: str) -> str:
        route = self._at.tables.get(RouteRow, node)
        return isolated(route.url) if route is not None and route.url else self._at.texts("carried by hand")

    def _revoke_act(self) -> Act:
        say = self._at.texts
        note = say(
            "For a workstation that is lost, stolen or given away. What it recorded and sent until now stays;"
            " nothing that it sends from now on is taken in. This cannot be taken back."
        )
        return Act(
            "revoke", say("Revoke"), say("Revoke for good"), (AskedField("reason", say("Why?")),), note
        )

    def _invite_act(self, target: Path) -> Act:
        say = self._at.texts
        label = AskedField(
            "label", say("What people call it"), remark=say("For example: laptop of the ward.")
        )
        note = say(
            "Writes {file}, which holds all records of the site, encrypted. Take it to the new workstation"
            " and open it there with the code that is shown here next. Everybody logs in there as here.",
            file=isolated(str(target)),
        )
        return Act("invite", say("Invite a second workstation"), say("Make the invitation"), (label,), note)

    def _copy_act(self, target: Path) -> Act:
        say = self._at.texts
        choices = tuple(
            (row.login, say.listed((isolated(row.name), say(ROLES.get(row.role, row.role)))))
            for row in self._readers()
        )
        who = AskedField("login", say("Whose copy"), "choice", choices=choices)
        note = say(
            "Writes {file}, from which they begin a copy of their own: without what stays at the site, and in"
            " which nothing can be changed but queries, verification and visit records.",
            file=isolated(str(target)),
        )
        return Act("copy", say("Make a monitor's copy"), say("Make the invitation"), (who,), note)

    def _readers(self) -> list[PersonRow]:
        rows = self._at.tables.find(PersonRow, ended=0)
        return sorted((row for row in rows if row.role in _WITH_COPY and row.key), key=lambda row: row.name)

    def _name_of(self, login: str) -> str:
        row = self._at.tables.get(PersonRow, login) if login else None
        return row.name if row is not None else ""

    def _become(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]  # fields of many kinds
        self._show(self.view)


def _order(row: NodeRow) -> tuple[bool, str, int, str]:
    """As they were registered; those that are revoked stand last."""
    return bool(row.revoked), row.registered, row.place, row.label
