"""The people of a site as a list, and one of them on a card with everything that can be done about them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from crfapp.base.problems import AppProblem, Code
from crfapp.ledger.state import PersonRow
from crfapp.present.acts import ActState, act_sentence, place_of
from crfapp.present.people_lines import facts_of, lines_of
from crfapp.present.people_view import PeopleView, PersonView
from crfapp.present.person_acts import PERSON_PLACES, acts_about, command_of
from crfapp.present.texts import isolated
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crfapp.present.lane import Lane
    from crfapp.present.workplace import Workplace


class Keys(Protocol):
    """Who can open the site's records with a password, and who is kept out for now."""

    def holders(self) -> frozenset[str]:
        """Logins that have a password; VAULT_DAMAGED."""

    def locked(self) -> frozenset[str]:
        """Logins with which nobody gets in just now, after too many wrong passwords."""

    def give(self, login: str, password: str) -> None:
        """Let somebody in who has no password yet; slow on purpose, so on the lane.

        LOGIN_TAKEN where there is one; DISK_FULL, DISK_FAILS and VAULT_DAMAGED leave all as it was.
        """

    def reset(self, login: str) -> str:
        """Replace a lost password by a secret for one login, and give it; slow on purpose."""

    def unlock(self, login: str) -> None:
        """Let somebody try again."""

    def close(self, login: str) -> None:
        """Let somebody in no more."""


class People:
    """The presenter. Each act is on record before a key is turned: the command goes first.

    What the vault could not do then is said, and can be asked for again.
    """

    def __init__(self, workplace: Workplace, lane: Lane, keys: Keys) -> None:
        self._at, self._lane, self._keys = workplace, lane, keys
        self._show: Callable[[PeopleView], None] = lambda _: None
        self._login = ""
        self.view = PeopleView(())
        self.view = self._looked_at(self.view)

    def watch(self, show: Callable[[PeopleView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def refresh(self) -> None:
        """Look again, but not while an act is carried out: it tells its own end."""
        if not self.view.state.busy:
            self._become(self._looked_at(self.view))

    def choose(self, login: str) -> None:
        """Turn to somebody's card; an empty login closes it. A secret that stood there is gone."""
        if self.view.state.busy:
            return
        self._login = login
        self._become(self._looked_at(replace(self.view, state=ActState())))

    def begin(self, key: str) -> None:
        """Open an act of the card: its questions appear."""
        chosen = self.view.chosen
        act = next((act for act in chosen.acts if act.key == key), None) if chosen is not None else None
        if act is not None and not self.view.state.busy:
            self._state(ActState(act=act))

    def put_away(self) -> None:
        """Close the act, or what its end said; a secret is gone for ever."""
        if not self.view.state.busy:
            self._state(ActState())

    def carry_out(self, values: Mapping[str, str]) -> None:
        """Do what the open act says, with the answers to its questions."""
        state, say = self.view.state, self._at.texts
        if state.act is None or state.busy:
            return
        act = state.act
        try:
            self._at.send(command_of(self._at, act.key, self._login, values))
        except AppProblem as problem:
            self._refused(problem)
            return
        turn = {"reset": self._keys.reset, "unlock": self._unlock, "end": self._close}.get(act.key)
        if turn is None:
            self._ended(say("Done: {act}.", act=act.title), "")
            return
        self._state(replace(state, busy=True, problems=()))
        login, done = self._login, say("Done: {act}.", act=act.title)
        self._lane.start(
            lambda _: turn(login), done=lambda secret: self._ended(done, secret), failed=self._refused
        )

    def _unlock(self, login: str) -> str:
        self._keys.unlock(login)
        return ""

    def _close(self, login: str) -> str:
        self._keys.close(login)
        return ""

    def _ended(self, done: str, secret: str) -> None:
        view = replace(self.view, state=ActState(done=done, secret=secret))
        self._become(self._looked_at(view))

    def _refused(self, problem: AppProblem) -> None:
        state = self.view.state
        place = place_of(problem.code, state.act, PERSON_PLACES)
        sentence = act_sentence(problem, self._at.texts)
        if state.act is not None and state.act.key == "end" and problem.code is Code.NOT_ALLOWED:
            sentence = self._at.texts("The account is closed; its key is taken away at the next login.")
        self._state(replace(state, busy=False, problems=((place, sentence),)))

    def _looked_at(self, view: PeopleView) -> PeopleView:
        """The people by name; where the vault cannot be read that is said, and nobody is accused."""
        rows = self._at.tables.find(PersonRow)
        problem = ""
        try:
            holders, locked = self._keys.holders(), self._keys.locked()
        except AppProblem as wrong:
            holders, locked = frozenset(row.login for row in rows), frozenset()
            problem = act_sentence(wrong, self._at.texts)
        lines = lines_of(self._at, rows, holders, locked)
        return replace(view, lines=lines, problem=problem, chosen=self._card(holders, locked))

    def _card(self, holders: frozenset[str], locked: frozenset[str]) -> PersonView | None:
        row = self._at.tables.get(PersonRow, self._login) if self._login else None
        if row is None:
            return None
        say = self._at.texts
        acts = acts_about(self._at, row, locked=row.login in locked, has_password=row.login in holders)
        note = ""
        if row.login == self._at.actor.login:
            note = say("This is your own account: a colleague does what is to be done about it.")
        elif row.ended:
            note = say("This account is closed for ever, and its user name is never given again.")
        elif self._at.actor.may(Right.ADMINISTER) and row.role == "administrator":
            note = say(
                "Whoever administers has no part in the conduct of the study: this account can be given no"
                " other role."
            )
        title = f"{isolated(row.name)} · {isolated(row.login)}"
        return PersonView(row.login, title, facts_of(self._at, row, locked=row.login in locked), acts, note)

    def _state(self, state: ActState) -> None:
        self._become(replace(self.view, state=state))

    def _become(self, view: PeopleView) -> None:
        self.view = view
        self._show(view)
