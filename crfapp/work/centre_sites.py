"""Which sites a centre takes packages of (REQ-501): registered from the card that a site hands over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Event, NodeRegistered, SiteRegistered
from crfapp.ledger.state import CentreSiteRow, NodeRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.recipients import refuse_certificate
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSite(Command):
    """Take in packages of a site that ``node`` signs with this certificate, once its code was compared.

    ``site`` is the id of the site, ``code`` and ``name`` what people call it.
    """

    site: str
    code: str
    name: str
    study: str
    node: str
    certificate: str
    fingerprint: str


@use_case(RegisterSite, needs=Right.ADMINISTER, touches=(Topic.PACKAGES,))
def register_site(cmd: RegisterSite, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record site and workstation; nothing where both are known like this.

    NOT_NAMED, CERTIFICATE_WRONG; PACKAGE_OTHER_SITE for a site of another study; NODE_KNOWN for a workstation
    that is known with another certificate or as another site's, and NODE_REVOKED.
    """
    if not all(text.strip() for text in (cmd.site, cmd.code, cmd.node)):
        raise RefusedError(Code.NOT_NAMED)
    refuse_certificate(cmd.certificate, cmd.fingerprint)
    if cmd.study != desk.site.study:
        raise RefusedError(Code.PACKAGE_OTHER_SITE, study=cmd.study)
    fingerprint, known = cmd.fingerprint.upper(), desk.tables.get(NodeRow, cmd.node)
    if known is not None and known.revoked:
        raise RefusedError(Code.NODE_REVOKED, node=cmd.node)
    homes = desk.tables.find(CentreSiteRow, node=cmd.node)
    elsewhere = any(row.site != cmd.site for row in homes)
    if elsewhere or (known is not None and known.fingerprint != fingerprint):
        raise RefusedError(Code.NODE_KNOWN, node=cmd.node)
    if known is not None and homes:
        return
    told = {"site": cmd.site, "code": cmd.code, "name": cmd.name, "study": cmd.study}
    yield desk.lay(SiteRegistered(node=cmd.node, **told))
    certified = {"certificate": cmd.certificate, "fingerprint": fingerprint}
    yield desk.lay(NodeRegistered(node=cmd.node, sort="site", label=cmd.code, **certified))
