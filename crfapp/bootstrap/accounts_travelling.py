"""Accounts between the workstations of a site: who has which password travels with packages (REQ-201, 211).

So does what paper opens: a recovery sheet or a set of shares that ended on one of them ends on all (REQ-904).

Both keep the same records under the same data key, so what lets somebody in on one lets them in on the other.
Who has an account at all is said by the ledger; how often a wrong password was typed is each machine's own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import Code, RefusedError
from crfapp.base.told import told_json
from crfapp.ledger.state import PersonRow
from crfapp.store.vault import Papers, entries_of, papers_of, take_entries
from crfapp.store.vault_papers import take_papers
from crfapp.store.wrapping import PasswordWrapping, RecoveryWrapping

if TYPE_CHECKING:
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.package.reading import OpenPackage

ACCOUNTS = "vault.json"
"""The name of this part of a package between workstations of one site; no other package has it."""
FORMAT = 1
_MOST_BYTES = 16 << 20


class Accounts(NamedTuple):
    """Everybody's entry, and what paper opens."""

    entries: tuple[PasswordWrapping, ...]
    papers: Papers


def accounts_part(opened: OpenSite) -> bytes:
    """Everybody's entry as it is kept here: none opens without that person's password."""
    entries = [entry.as_json() for entry in entries_of(opened.gate.vault())]
    site = opened.store.folder.card.site
    papers = papers_of(opened.gate.vault())
    told = {name: one.as_json() for name, one in papers._asdict().items() if one is not None}
    return json.dumps({"format": FORMAT, "site": site, "entries": entries, "papers": told}).encode()


def accounts_in(package: OpenPackage, opened: OpenSite) -> Accounts:
    """What is in a package of another workstation of this site; none in any other.

    PACKAGE_OTHER_SITE, PACKAGE_DAMAGED, PACKAGE_TOO_NEW, PACKAGE_TOO_LARGE, before anything is taken in.
    """
    told, card = package.manifest, opened.store.folder.card
    size = next((part.size for part in told.parts if part.name == ACCOUNTS), 0)
    if not size or (told.sort, card.sort) != ("site", "site"):
        return Accounts((), Papers(None, None))
    if size > _MOST_BYTES:
        raise RefusedError(Code.PACKAGE_TOO_LARGE, part=ACCOUNTS)
    with package.open(ACCOUNTS) as file:
        return _read(file.read(), card.site)


def take_accounts(opened: OpenSite, told: Accounts) -> tuple[str, ...]:
    """Let the same people in with the same passwords and paper, once the events of the package are here.

    The logins that open differently from now on. DISK_FULL and DISK_FAILS leave the vault as it was: the same
    package once more, or the next one, brings it all again.
    """
    keys = {row.login: row.key for row in opened.desk.tables.find(PersonRow, ended=0)}
    taken = take_entries(opened.gate.vault(), told.entries, keys)
    take_papers(opened.gate.vault(), told.papers)
    if taken:
        opened.gate.note_given()
    return taken


def _read(content: bytes, site: str) -> Accounts:
    try:
        told = told_json(content)
        if int(told["format"]) > FORMAT:
            raise RefusedError(Code.PACKAGE_TOO_NEW, have=int(told["format"]), newest=FORMAT)
        if str(told["site"]) != site:
            raise RefusedError(Code.PACKAGE_OTHER_SITE, site=str(told["site"]))
        entries = tuple(map(PasswordWrapping.from_json, told["entries"]))
        papers = {name: RecoveryWrapping.from_json(one) for name, one in told.get("papers", {}).items()}
        return Accounts(entries, Papers(papers.get("sheet"), papers.get("shares")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise RefusedError(Code.PACKAGE_DAMAGED, part=ACCOUNTS) from None
