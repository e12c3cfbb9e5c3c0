"""The code that opens a site's copies: drawn once on a workstation, kept in its safe, printed for the folder.

So a copy can be made any day by one click, and before every package by the program itself, without anybody
typing a password; and it opens on any computer for whoever has the sheet (docs/decisions/0025).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from crfapp.base.canonical import sha256
from crfapp.exchange.copy.container import Secret, read_code

if TYPE_CHECKING:
    from crfapp.store.safe import Safe

_NAME = "copy-code"
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _IN_GROUP = 7, 4
"""28 signs of 32: 140 bits."""


def site_code(safe: Safe) -> Secret:
    """The code, drawn on first use; VAULT_DAMAGED where the one that is kept cannot be read."""
    code = safe.kept(_NAME)
    if code is None:
        code = _drawn()
        safe.keep(_NAME, code)
    return Secret(code, "code", code_name(code))


def code_name(code: str) -> str:
    """What tells codes of several workstations apart, and tells nothing of the code."""
    return sha256(b"crfapp copy code " + read_code(code).encode())[:8]


def _drawn() -> str:
    signs = [
        _SIGNS[byte % len(_SIGNS)] for byte in os.urandom(_GROUPS * _IN_GROUP)
    ]  # 256 is a multiple of 32
    text = "".join(signs)
    return "-".join(text[at : at + _IN_GROUP] for at in range(0, len(text), _IN_GROUP))
