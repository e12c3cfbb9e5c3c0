"""What may stand in a centre's mark about its database: where it is, and nothing that is secret."""

from __future__ import annotations

import psycopg
from psycopg.conninfo import conninfo_to_dict

from crfapp.base.problems import Code, RefusedError

_SCHEMES = ("postgresql://", "postgres://")
_SECRETS = ("password", "sslpassword")


def addresses_in(database: str) -> tuple[str, ...]:
    """The addresses, one or several with spaces between them.

    DATABASE_ADDRESS for what is none, or holds a secret, which would lie in a file; ``why`` never says which.
    """
    found = tuple(database.split())
    for url in found:
        try:
            said = conninfo_to_dict(url) if url.startswith(_SCHEMES) else {}
        except psycopg.Error:
            said = {}
        for secret in _SECRETS:
            if said.get(secret):
                raise RefusedError(Code.DATABASE_ADDRESS, why=secret)
        if not said:
            raise RefusedError(Code.DATABASE_ADDRESS, why="not an address")
    if not found:
        raise RefusedError(Code.DATABASE_ADDRESS, why="not an address")
    return found
