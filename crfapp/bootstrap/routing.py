"""Setting a route: the server's key is shown and agreed to, and what opens it is sealed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.base.routes import NO_SECRET, RouteSecret, read_address
from crfapp.exchange.transport import Route, host_key, look
from crfapp.ledger.state import NodeRow, RecipientRow, RecipientWishRow, RouteRow
from crfapp.store.route_secrets import RouteSecrets
from crfapp.work.recipients import SetRoute
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.work.roles import Actor


def peer_called(opened: OpenSite, name: str) -> str:
    """The id of the recipient or workstation with this id or name; RECIPIENT_UNKNOWN for none or two."""
    tables = opened.desk.tables
    known = {row.recipient: row.name for row in tables.find(RecipientWishRow)}
    known |= {row.recipient: row.name for row in tables.find(RecipientRow)}
    known |= {row.node: row.label for row in tables.find(NodeRow) if row.sort != "centre"}
    if name in known:
        return name
    found = [peer for peer, called in known.items() if called.casefold() == name.strip().casefold()]
    if len(found) != 1:
        raise RefusedError(Code.RECIPIENT_UNKNOWN)
    return found[0]


def shown_key(url: str) -> str:
    """The fingerprint that the server of an SFTP address shows now, to be compared; else empty."""
    return host_key(Route(read_address(url)))


def set_route(opened: OpenSite, actor: Actor, peer: str, url: str, secret: RouteSecret | None) -> None:
    """Record where packages go, then seal what opens it; an empty ``url``: carried by hand.

    HOST_NOT_AGREED for an SFTP address without the key that was agreed to. None as ``secret`` leaves what
    was kept for that server, and only for that one.
    """
    address = read_address(url) if url.strip() else None
    if address is not None and address.sort == "sftp" and not address.host_key:
        raise RefusedError(Code.HOST_NOT_AGREED, host=address.host)
    opened.bus.send(SetRoute(peer=peer, url=url.strip()), actor)
    secrets = RouteSecrets(opened.store.safe)
    if address is None:
        secrets.forget(peer)
    elif secret is not None:
        secrets.keep(peer, address, secret)


def url_to(opened: OpenSite, peer: str) -> str:
    """The address that is set for a recipient or workstation; empty where none is.

    Two workstations look in one place: what is set for either of them counts for both.
    """
    tables = opened.desk.tables
    row = tables.get(RouteRow, peer)
    if (row is None or not row.url) and tables.get(NodeRow, peer) is not None:
        row = tables.get(RouteRow, opened.desk.node)
    return row.url if row is not None else ""


def route_to(opened: OpenSite, peer: str) -> Route:
    """The route that is set for a recipient or workstation, with what opens it; NO_ROUTE."""
    url = url_to(opened, peer)
    if not url:
        raise RefusedError(Code.NO_ROUTE)
    address = read_address(url)
    return Route(address, RouteSecrets(opened.store.safe).kept(peer, address))


def needs_secret(opened: OpenSite, peer: str) -> bool:
    """Whether a server's route has nothing kept here that opens it, as on a workstation that joined later."""
    route = route_to(opened, peer)
    return route.address.sort != "folder" and route.secret == NO_SECRET


def check_route(opened: OpenSite, actor: Actor, peer: str) -> tuple[str, ...]:
    """Reach the place and look through it; the names there. NOT_ALLOWED, and what looking raises."""
    if not actor.may(Right.SEND):
        raise RefusedError(Code.NOT_ALLOWED)
    return look(route_to(opened, peer))
