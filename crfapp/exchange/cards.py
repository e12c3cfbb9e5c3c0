"""The two cards by which a site and a centre come to know each other: small files that hold no secret.

Each names who made it and carries the certificate that packages are encrypted to and signed with. Anybody
could have swapped a file on its way: the short code of the certificate is compared by telephone before it
counts.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.base.told import told_json
from crfapp.exchange.openpgp import read_certificate, short_code
from crfapp.exchange.whole_file import disk_named, put_whole

if TYPE_CHECKING:
    from pathlib import Path


FORMAT = 1
LARGEST = 262_144
"""A card has a few kilobytes."""


@dataclass(frozen=True, slots=True)
class SiteAsKnown:
    """What a centre has to know of a site; ``node`` is the workstation that the certificate is of."""

    site: str
    code: str
    name: str
    study: str
    node: str
    certificate: str

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the certificate; CERTIFICATE_WRONG."""
        return read_certificate(self.certificate.encode()).fingerprint

    @property
    def compared(self) -> str:
        """What is compared by telephone."""
        return short_code(self.fingerprint)


@dataclass(frozen=True, slots=True)
class CentreAsKnown:
    """What a site has to know of a centre; the chain that it writes for the site follows from both ids."""

    centre: str
    name: str
    study: str
    certificate: str

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the certificate; CERTIFICATE_WRONG."""
        return read_certificate(self.certificate.encode()).fingerprint

    @property
    def compared(self) -> str:
        """What is compared by telephone."""
        return short_code(self.fingerprint)


def write_card(card: SiteAsKnown | CentreAsKnown, target: Path) -> None:
    """Write a card for the other side; EXPORT_EXISTS, FOLDER_REFUSED and the like."""
    of = "site" if isinstance(card, SiteAsKnown) else "centre"
    put_whole(target, json.dumps({"card": of, "format": FORMAT, **asdict(card)}, indent=1).encode())


def read_site_card(file: Path) -> SiteAsKnown:
    """CERTIFICATE_WRONG for any other file, TOO_NEW for a later program's."""
    return SiteAsKnown(**_read(file, "site", SiteAsKnown.__slots__))


def read_centre_card(file: Path) -> CentreAsKnown:
    """CERTIFICATE_WRONG for any other file, TOO_NEW for a later program's."""
    return CentreAsKnown(**_read(file, "centre", CentreAsKnown.__slots__))


def _read(file: Path, of: str, names: tuple[str, ...]) -> dict[str, str]:
    with disk_named(file.parent), file.open("rb") as opened:
        content = opened.read(LARGEST + 1)
    try:
        told = told_json(content)
        if told["card"] != of or len(content) > LARGEST:
            raise RefusedError(Code.CERTIFICATE_WRONG, file=file.name)
        if int(told["format"]) > FORMAT:
            raise RefusedError(Code.PACKAGE_TOO_NEW, file=file.name)
        found = {name: told[name] for name in names}
        "".join(found.values()).encode()
    except (ValueError, TypeError, KeyError, RecursionError):
        raise RefusedError(Code.CERTIFICATE_WRONG, file=file.name) from None
    return found
