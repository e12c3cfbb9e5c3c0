"""What may stand in a centre's mark about its database: where it is, and nothing that is secret."""

from __future__ import annotations

import psycopg
from psycopg.conninfo import conninfo_to_dict

from crfapp.base.problems import Code, RefusedError


def refuse_address(url: str) -> None:
    """DATABASE_ADDRESS for what is no address of a database, or holds a secret, which would lie in a file."""
    try:
        said = conninfo_to_dict(url)
    except psycopg.Error:
        raise RefusedError(Code.DATABASE_ADDRESS, why="not an address") from None
    for secret in ("password", "sslpassword"):
        if said.get(secret):
            raise RefusedError(Code.DATABASE_ADDRESS, why=secret)
