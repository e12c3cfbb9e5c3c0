"""Examples of what a centre's administrator does about sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.work.centre_sites import RegisterSite
from crfapp.work.roles import Role

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example

ARMOR = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxjMEabc\n-----END PGP PUBLIC KEY BLOCK-----\n"
SITE = RegisterSite(
    site="5ca1ab1e",
    code="JO01",
    name="Cell Therapy Center",
    study="ward",
    node="ws-11111111",
    certificate=ARMOR,
    fingerprint="A" * 40,
)
CENTRE_SITES: dict[type[Command], Example] = {
    RegisterSite: (lambda _w: SITE, Role.ADMINISTRATOR, ["site-registered", "node-registered"]),
}
