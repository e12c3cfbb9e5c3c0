"""Recipients: a certificate is read and proposed by one, compared and agreed to by another (REQ-810)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.ledger.events import RecipientProposed
from crfapp.ledger.state import RecipientRow, RecipientWishRow
from crfapp.present.acts import ActState, act_sentence, place_of
from crfapp.present.package_words import moment_words, person_words, profile_words
from crfapp.present.packages_view import RecipientCard, RecipientLine, RecipientsView
from crfapp.present.peers import compares_keys
from crfapp.present.recipient_acts import (
    HEARD,
    RECIPIENT_PLACES,
    acts_about,
    command_of,
    facts_of,
    proposal_act,
)
from crfapp.present.route_setting import ROUTE_ACTS
from crfapp.present.texts import isolated
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from crfapp.present.package_desk import Offered, PackageDesk
    from crfapp.present.route_setting import RouteSetting
    from crfapp.present.workplace import Workplace


class Recipients:
    """The presenter. What was read from a file is shown with its code before anybody proposes it."""

    def __init__(self, workplace: Workplace, desk: PackageDesk, routes: RouteSetting) -> None:
        self._at, self._desk, self._routes = workplace, desk, routes
        self._show: Callable[[RecipientsView], None] = lambda _: None
        self._recipient = ""
        self._offer: Offered | None = None
        self.sees = compares_keys(workplace)
        self.view = RecipientsView(workplace.actor.may(Right.ADMINISTER))

    def watch(self, show: Callable[[RecipientsView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def refresh(self) -> None:
        """Look again at who gets packages and what waits for a second person."""
        own = self._desk.code(self._desk.own()) if self.sees else ""
        self._become(own_code=own, lines=self._lines(), chosen=self._card())

    def waiting(self) -> int:
        """How many proposals this person can decide."""
        if not self._at.actor.may(Right.OVERSEE):
            return 0
        asked = self._at.tables.find(RecipientWishRow, state="asked")
        return sum(wish.asked_by != self._at.actor.login for wish in asked)

    def choose(self, recipient: str) -> None:
        """Open the card of a recipient; an empty one closes it, with whatever was read from a file."""
        self._recipient, self._offer = recipient, None
        self._routes.forget()
        self._become(chosen=self._card(), state=ActState(), problem="", done="")

    def read(self, file: Path) -> None:
        """Read a certificate: for the recipient whose card is open, or for somebody new."""
        if not self.view.may_propose:
            return
        try:
            self._offer = self._desk.read(file)
        except AppProblem as problem:
            self._offer = None
            self._become(problem=act_sentence(problem, self._at.texts), state=ActState(), done="")
            return
        act = proposal_act(self._at, self._offer, self._in_force())
        self._become(chosen=self._card(), state=ActState(act=act), problem="", done="")

    def card_name(self) -> str:
        """A file name for this site's card."""
        return f"{self._at.study.head.study}-{self._at.site.code}-card.json"

    def give_card(self, target: Path) -> None:
        """Write this site's card for whoever is to send packages here."""
        say = self._at.texts
        try:
            self._desk.give_card(target)
        except AppProblem as problem:
            self._become(problem=act_sentence(problem, say), done="")
        else:
            self._become(done=say("Written: {file}", file=isolated(target.name)), problem="")

    def begin(self, key: str) -> None:
        """Open an act of the card: its questions appear."""
        chosen = self.view.chosen
        act = next((act for act in chosen.acts if act.key == key), None) if chosen is not None else None
        if act is not None:
            self._offer = None
            self._become(state=ActState(act=act), problem="", done="")

    def put_away(self) -> None:
        """Close the act, and forget what was read and typed for it."""
        self._offer = None
        self._routes.forget()
        self._become(state=ActState(), chosen=self._card())

    def carry_out(self, values: Mapping[str, str]) -> None:
        """Do what the open act says, with the answers to its questions."""
        state, say = self.view.state, self._at.texts
        if state.act is None or state.busy:
            return
        if state.act.key in ROUTE_ACTS:
            self._routes.carry_out(state, self._recipient, values, self._route_told)
            return
        try:
            self._refuse_misheard(state.act.key, values)
            outcome = self._at.send(command_of(self._at, state.act.key, self._recipient, self._offer, values))
        except AppProblem as problem:
            place = place_of(problem.code, state.act, RECIPIENT_PLACES)
            self._become(state=replace(state, problems=((place, act_sentence(problem, say)),)))
            return
        self._offer = None
        for event in outcome.events:
            if isinstance(event, RecipientProposed):  # somebody new has a card from here on
                self._recipient = event.recipient
        self._become(state=ActState(done=say("Done: {act}.", act=state.act.title)))
        self.refresh()

    def _route_told(self, state: ActState) -> None:
        self._become(state=state)
        if state.done:
            self.refresh()

    def _refuse_misheard(self, key: str, values: Mapping[str, str]) -> None:
        """Whoever agrees types the end of the code as its owner read it out: looking at it is not enough."""
        wish = self._at.tables.get(RecipientWishRow, self._recipient)
        if key != "agree" or wish is None:
            return
        code = "".join(self._desk.code(wish.fingerprint).split())
        if "".join(values.get("heard", "").split()).upper() != code[-HEARD:].upper():
            raise RefusedError(Code.CODE_DIFFERS)

    def _in_force(self) -> RecipientRow | None:
        row = self._at.tables.get(RecipientRow, self._recipient) if self._recipient else None
        return row if row is not None and not row.ended else None

    def _lines(self) -> tuple[RecipientLine, ...]:
        rows = {row.recipient: row for row in self._at.tables.find(RecipientRow)}
        wishes = {row.recipient: row for row in self._at.tables.find(RecipientWishRow)}
        found = [self._line(rows.get(key), wishes.get(key)) for key in rows.keys() | wishes.keys()]
        return tuple(sorted(found, key=lambda line: (line.name.casefold(), line.recipient)))

    def _line(self, row: RecipientRow | None, wish: RecipientWishRow | None) -> RecipientLine:
        at, say = self._at, self._at.texts
        shown = row or wish
        assert shown is not None  # noqa: S101 - a recipient is known from one of the two tables
        asked = wish is not None and wish.state == "asked"
        state, tone = say("in force"), "ok"
        if asked:
            state, tone = say("new key waits") if row and not row.ended else say("waits"), "warn"
        elif row is None:
            state, tone = say("declined"), "muted"
        elif row.ended:
            state, tone = say("ended"), "muted"
        return RecipientLine(
            recipient=shown.recipient,
            name=shown.name,
            profile=profile_words(shown.profile, say),
            code=self._desk.code(shown.fingerprint),
            proposed=person_words(at, wish.asked_by) if wish is not None else "",
            agreed=say.listed((person_words(at, row.agreed_by), moment_words(at, row.at))) if row else "",
            state=state,
            tone=tone,
        )

    def _card(self) -> RecipientCard | None:
        row, offer, say = self._in_force(), self._offer, self._at.texts
        wish = self._at.tables.get(RecipientWishRow, self._recipient) if self._recipient else None
        asked = wish if wish is not None and wish.state == "asked" else None
        shown = row or self._at.tables.get(RecipientRow, self._recipient) or wish
        if shown is None and offer is None:
            return None
        title = shown.name if shown is not None else say("New recipient")
        new = offer.fingerprint if offer is not None else asked.fingerprint if asked is not None else ""
        code = self._desk.code(new or (shown.fingerprint if shown is not None else ""))
        changes = bool(new) and row is not None and row.fingerprint != new.upper()
        return RecipientCard(
            recipient=self._recipient,
            title=isolated(title),
            facts=facts_of(self._at, row, wish),
            acts=() if offer is not None else acts_about(self._at, row, wish, self._routes),
            code=code,
            before=self._desk.code(row.fingerprint) if changes and row is not None else "",
            warning=self._warning() if changes else "",
            note=self._note(asked) if offer is None else "",
        )

    def _warning(self) -> str:
        return self._at.texts(
            "The key is to be changed. Packages go to the old one until a second person agrees. Compare the"
            " new code with its owner by telephone, under a number that you knew before."
        )

    def _note(self, asked: RecipientWishRow | None) -> str:
        say = self._at.texts
        if asked is None:
            return ""
        if asked.asked_by == self._at.actor.login:
            return say("You proposed it: a second person, the investigator, compares the code and agrees.")
        if not self._at.actor.may(Right.OVERSEE):
            return say("The investigator compares the code with its owner and agrees.")
        return ""

    def _become(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]  # fields of many kinds
        self._show(self.view)
