"""What a failing route means for the person in front of it; causes are told without any secret."""

from __future__ import annotations

import errno
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, EnvironmentProblem, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.base.problems import AppProblem
    from crfapp.exchange.transport.route import Route

_LONGEST_CAUSE = 200
_SHORTEST_SECRET = 4
"""A shorter one is no secret, and taking it out of a sentence leaves nothing to read."""
_QUERY = re.compile(r"(?<=\w)\?[^\s\"'\])]+")
"""What stands behind the question mark of an address: it says nothing to whoever reads the cause."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def first_line(error: BaseException, route: Route) -> str:
    """What an error says in its first line, without what opens the route."""
    said = str(error).strip() or type(error).__name__
    if isinstance(error, OSError) and error.strerror:
        said = error.strerror
    line = _QUERY.sub("", said.splitlines()[0])[:_LONGEST_CAUSE]
    for word in route.secret.words:
        line = line.replace(word, "…") if len(word) >= _SHORTEST_SECRET else line
    return line


def route_fails(error: BaseException, route: Route) -> AppProblem:
    """ROUTE_FULL where there is no room, else ROUTE_FAILS with the first line of the cause."""
    full = isinstance(error, OSError) and error.errno in _FULL
    why = first_line(error, route)
    return EnvironmentProblem(Code.ROUTE_FULL if full else Code.ROUTE_FAILS, why=why, **_where(route))


def not_let_in(error: BaseException, route: Route) -> AppProblem:
    """ROUTE_LOGIN with the first line of the cause."""
    return RefusedError(Code.ROUTE_LOGIN, why=first_line(error, route), **_where(route))


@contextmanager
def named_failures(route: Route, *more: type[Exception]) -> Iterator[None]:
    """Turn what disk and network do inside the block, and ``more``, into coded problems."""
    caught: tuple[type[Exception], ...] = (OSError, *more)
    try:
        yield
    except caught as error:
        raise route_fails(error, route) from error


def _where(route: Route) -> dict[str, str]:
    return {"host": route.address.host} if route.address.host else {}
