"""What can be done about a recipient by whoever looks at it, and the command that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.exchange.profiles import FOR_RECIPIENTS
from crfapp.ledger.state import RecipientRow, RecipientWishRow, RouteRow
from crfapp.present.acts import Act, AskedField
from crfapp.present.package_words import moment_words, person_words, profile_words
from crfapp.present.texts import isolated
from crfapp.work.recipients import (
    AgreeRecipient,
    DeclineRecipient,
    EndRecipient,
    ProposeRecipient,
    is_same_person,
)
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crfapp.present.package_desk import Offered
    from crfapp.present.route_setting import RouteSetting
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace
    from crfapp.work.cases import Command

HEARD = 4
"""So many of the last digits of the code are typed by whoever agrees."""
RECIPIENT_PLACES: Mapping[Code, str] = {
    Code.REASON_NEEDED: "reason",
    Code.REASON_TOO_SHORT: "reason",
    Code.NOT_NAMED: "name",
    Code.CODE_DIFFERS: "heard",
}


def proposal_act(at: Workplace, offer: Offered, row: RecipientRow | None) -> Act:
    """Proposing what was read from a file: for ``row``, or for somebody new."""
    say = at.texts
    choices = tuple((profile.name, say(profile.title)) for profile in FOR_RECIPIENTS)
    fields = (
        AskedField("name", say("What people here call them"), value=row.name if row else offer.user),
        AskedField("profile", say("What they get"), "choice", row.profile if row else "", choices=choices),
    )
    note = say("Made out to: {user}. Nothing is sent to them before a second person agrees.", user=offer.user)
    go = say("Propose the new key") if row else say("Propose this recipient")
    return Act("propose", go, go, fields, note)


def acts_about(
    at: Workplace, row: RecipientRow | None, wish: RecipientWishRow | None, routes: RouteSetting
) -> tuple[Act, ...]:
    """The acts that may be begun here; the bus decides again when one is carried out."""
    say, acts = at.texts, list[Act]()
    asked = wish is not None and wish.state == "asked"
    if wish is not None and asked and at.actor.may(Right.OVERSEE):
        if not is_same_person(at.desk, wish.asked_by, at.actor):
            acts.append(_agree(say))
        acts.append(_decline(say))
    if at.actor.may(Right.ADMINISTER):
        known = row or (wish if asked else None)
        if known is not None:
            acts.append(routes.act(known.recipient))
        if row is not None:
            acts.append(_end(say))
    return tuple(acts)


def command_of(
    at: Workplace, key: str, recipient: str, offer: Offered | None, values: Mapping[str, str]
) -> Command:
    """The command of an act with the answers to its questions; NOT_WAITING where what was read is gone."""
    reason = values.get("reason", "").strip()
    if key == "agree":
        wish = at.tables.get(RecipientWishRow, recipient)
        return AgreeRecipient(recipient=recipient, fingerprint=wish.fingerprint if wish is not None else "")
    if key == "decline":
        return DeclineRecipient(recipient=recipient, reason=reason)
    if key == "end":
        return EndRecipient(recipient=recipient, reason=reason)
    if offer is None:
        raise RefusedError(Code.NOT_WAITING)
    return ProposeRecipient(
        recipient=recipient,
        name=" ".join(values.get("name", "").split()),
        profile=values.get("profile", ""),
        certificate=offer.armored,
        fingerprint=offer.fingerprint,
        node=offer.node or _node_of(at, recipient),
    )


def facts_of(
    at: Workplace, row: RecipientRow | None, wish: RecipientWishRow | None
) -> tuple[tuple[str, str], ...]:
    """What is known of a recipient, by name."""
    say, known = at.texts, row or wish
    if known is None:
        return ()
    facts = [(say("What they get"), profile_words(known.profile, say))]
    if wish is not None:
        asked = (person_words(at, wish.asked_by), isolated(moment_words(at, wish.at)))
        facts.append((say("Proposed by"), say.listed(asked)))
    if row is not None:
        agreed = (person_words(at, row.agreed_by), isolated(moment_words(at, row.at)))
        facts.append((say("Agreed to by"), say.listed(agreed)))
    route = at.tables.get(RouteRow, known.recipient)
    url = route.url if route is not None else ""
    facts.append((say("Where packages go"), isolated(url) if url else say("carried by hand")))
    return tuple(facts)


def _node_of(at: Workplace, recipient: str) -> str:
    """A new key of a centre speaks for the same chain."""
    row = at.tables.get(RecipientRow, recipient) if recipient else None
    return row.node if row is not None else ""


def _agree(say: Texts) -> Act:
    note = say(
        "Call the owner under a number that you knew before, and have them read out their code. Agree only"
        " where every sign is the same."
    )
    heard = AskedField("heard", say("The last four signs of the code, as its owner reads them out"), "code")
    return Act("agree", say("Compare and agree"), say("The codes are the same: agree"), (heard,), note)


def _decline(say: Texts) -> Act:
    why = AskedField("reason", say("Why?"))
    return Act("decline", say("Do not agree"), say("Decline"), (why,))


def _end(say: Texts) -> Act:
    note = say("Nothing is sent to them any more. What was made for them stays in the outbox.")
    return Act("end", say("End this recipient"), say("End"), (AskedField("reason", say("Why?")),), note)
