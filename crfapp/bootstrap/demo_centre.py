"""A data centre for a demo site, and one round of packages between them, carried by hand.

The site's first package and the centre's reply lie in a folder beside both, as they would on a stick; nothing
of it holds real data.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from crfapp.bootstrap.centre.founding import CODE, found_centre
from crfapp.bootstrap.centre.home import Centre
from crfapp.bootstrap.outbox import carry
from crfapp.bootstrap.packing import make_package
from crfapp.bootstrap.playing import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, add_people, known_password
from crfapp.bootstrap.site_card import write_site_card
from crfapp.bootstrap.taking_in import take_in
from crfapp.cli.parts import Credentials
from crfapp.ledger.keys import Scope
from crfapp.ledger.speaking import centre_node
from crfapp.ledger.state import FormRow, RecipientWishRow
from crfapp.present.entrance import NewSite
from crfapp.store.vault import Vault
from crfapp.work.queries import RaiseQuery
from crfapp.work.recipients import AgreeRecipient, ProposeRecipient

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.cards import CentreAsKnown

MANAGER = "brandt"
PEOPLE = {MANAGER: ("data-manager", "Jonas Brandt")}
NAME = "Evia data centre"
NURSE, INVESTIGATOR = "rania", "haddad"


def add_centre(opened: OpenSite, pack: Path, out: Path) -> dict[str, object]:
    """Found a centre in ``out`` and let an open demo site and it exchange once; where everything lies."""
    home, packages = out / "centre", out / "packages"
    packages.mkdir(exist_ok=True)
    _found(home, pack, opened)
    key = Vault.load(home).open(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
    with closing(Centre.open(home, Credentials(ADMINISTRATOR, ADMINISTRATOR_PASSWORD))) as centre:
        add_people(centre.home, home, key, PEOPLE)
        card = write_site_card(opened, opened.actor(ADMINISTRATOR), packages / "site-card.json")
        centre.add(card)
        recipient = _introduced(opened, centre.card, card.site)
    nurse = opened.actor(NURSE)
    made = make_package(opened, nurse, recipient)
    carried = carry(opened, nurse, made.package, packages)
    with closing(Centre.open(home, Credentials(MANAGER, known_password(MANAGER)))) as centre:
        centre.take_in(carried)
        with centre.part(card.site) as part:
            _ask(part, centre)
        reply, node = centre.reply(card.site)
        lies = centre.bring(card.site, reply, node, packages)
    take_in(opened, nurse, reply.path)
    return {
        "centre": str(home),
        "centre_login": MANAGER,
        "centre_password": known_password(MANAGER),
        "package": str(carried),
        "reply": lies,
    }


def _found(home: Path, pack: Path, opened: OpenSite) -> None:
    found_centre(
        NewSite(
            folder=home,
            pack=pack,
            code=CODE,
            name=NAME,
            zone="Europe/Berlin",
            login=ADMINISTRATOR,
            person="Centre administrator",
            password=ADMINISTRATOR_PASSWORD,
            accepted=True,
        ),
        opened.clock,
    )


def _introduced(opened: OpenSite, centre: CentreAsKnown, site: str) -> str:
    """The administrator proposes the centre, the investigator agrees; the recipient's id."""
    wish = ProposeRecipient(
        name=centre.name,
        profile="sponsor",
        certificate=centre.certificate,
        fingerprint=centre.fingerprint,
        node=centre_node(centre.centre, site),
    )
    opened.bus.send(wish, opened.actor(ADMINISTRATOR))
    [asked] = opened.desk.tables.find(RecipientWishRow, state="asked")
    agreed = AgreeRecipient(recipient=asked.recipient, fingerprint=asked.fingerprint)
    opened.bus.send(agreed, opened.actor(INVESTIGATOR))
    return asked.recipient


def _ask(part: OpenSite, centre: Centre) -> None:
    """One question about the last form that came, so that the reply says something."""
    rows = [row for row in part.desk.tables.find(FormRow) if row.status == "complete"]
    if rows:
        scope = Scope(*max(rows, key=lambda row: row.changed).key)
        part.bus.send(RaiseQuery(scope=scope, text="Please confirm that this form is final."), centre.actor)
