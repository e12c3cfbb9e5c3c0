"""Accounts between the workstations of a site: who has which password travels with packages (REQ-201, 211).

Both keep the same records under the same data key, so what lets somebody in on one lets them in on the other.
Who has an account at all is said by the ledger; how often a wrong password was typed is each machine's own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.state import PersonRow
from crfapp.store.vault import entries_of, take_entries
from crfapp.store.wrapping import PasswordWrapping

if TYPE_CHECKING:
    from crfapp.bootstrap.sites import OpenSite

ACCOUNTS = "vault.json"
"""The name of this part of a package between workstations of one site; no other package has it."""
FORMAT = 1


def accounts_part(opened: OpenSite) -> bytes:
    """Everybody's entry as it is kept here: none opens without that person's password."""
    entries = [entry.as_json() for entry in entries_of(opened.gate.vault())]
    site = opened.store.folder.card.site
    return json.dumps({"format": FORMAT, "site": site, "entries": entries}).encode()


def take_accounts(opened: OpenSite, content: bytes) -> tuple[str, ...]:
    """Let the same people in with the same passwords, once the events of the package are here.

    The logins that open differently from now on. PACKAGE_OTHER_SITE, PACKAGE_DAMAGED, PACKAGE_TOO_NEW;
    DISK_FULL and DISK_FAILS leave the vault as it was, and the next package brings it all again.
    """
    try:
        told = json.loads(content)
        if int(told["format"]) > FORMAT:
            raise RefusedError(Code.PACKAGE_TOO_NEW, have=int(told["format"]), newest=FORMAT)
        entries = [PasswordWrapping.from_json(entry) for entry in told["entries"]]
        site = str(told["site"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RefusedError(Code.PACKAGE_DAMAGED, part=ACCOUNTS) from None
    if site != opened.store.folder.card.site:
        raise RefusedError(Code.PACKAGE_OTHER_SITE, site=site)
    keys = {row.login: row.key for row in opened.desk.tables.find(PersonRow, ended=0)}
    taken = take_entries(opened.gate.vault(), entries, keys)
    opened.gate.note_given()
    return taken
