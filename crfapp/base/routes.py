"""Addresses that packages are put at, as they are written, and what opens them, which is never in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath, PureWindowsPath
from typing import Literal
from urllib.parse import SplitResult, quote, unquote, urlsplit

from crfapp.base.problems import Code, RefusedError

Sort = Literal["folder", "sftp", "s3", "webdav"]
LONGEST = 500
_SORTS: dict[str, Sort] = {"sftp": "sftp", "s3": "s3", "webdav": "webdav", "webdavs": "webdav"}
_OPTIONS: dict[Sort, frozenset[str]] = {
    "folder": frozenset(),
    "sftp": frozenset({"host-key"}),
    "s3": frozenset({"endpoint", "region"}),
    "webdav": frozenset(),
}
_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class RouteAddress:
    """Where packages are put and replies are looked for.

    ``folder``: ``path`` alone. ``s3``: ``host`` is the bucket, ``endpoint`` the server (empty: Amazon's).
    ``sftp``: ``host_key`` is the fingerprint that was agreed, empty before; ``port`` 0 is the usual one.
    """

    sort: Sort
    path: str
    host: str = ""
    port: int = 0
    user: str = ""
    secure: bool = True
    host_key: str = ""
    endpoint: str = ""
    region: str = ""

    @property
    def origin(self) -> str:
        """Whom a secret is shown to; one that was given for another origin is never used here."""
        return "|".join((self.sort, self.host, str(self.port), self.user, str(self.secure), self.endpoint))


@dataclass(frozen=True, slots=True)
class RouteSecret:
    """What opens a route. S3: ``user`` is the access key, ``password`` the secret one.

    ``private_key`` is the text of an OpenSSH key and ``password`` then what unlocks it. None of it is ever
    shown by ``repr``.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)

    @property
    def words(self) -> tuple[str, ...]:
        """What must never stand in a message."""
        return tuple(one for one in (self.password, self.private_key) if one)


NO_SECRET = RouteSecret()


def read_address(url: str) -> RouteAddress:
    """Read a folder's path or an address with its scheme.

    ROUTE_WRONG; its fact ``why`` is ``empty``, ``long``, ``unprintable``, ``scheme``, ``relative``, ``host``,
    ``port``, ``secret``, ``option`` or ``host-key``. The address itself is no fact: it may hold a password.
    """
    text = url.strip()
    if not text or len(text) > LONGEST:
        raise _wrong("long" if text else "empty")
    if _UNPRINTABLE.search(text):
        raise _wrong("unprintable")
    if not _SCHEME.match(text):  # the letter of a drive is shorter than any scheme
        return _folder(text)
    parts = _split(text)
    if parts.scheme == "file":
        if parts.netloc not in ("", "localhost") or parts.query or parts.fragment:
            raise _wrong("host")
        return _folder(unquote(parts.path))
    if parts.scheme not in _SORTS:
        raise _wrong("scheme")
    return _server(parts, _SORTS[parts.scheme])


def with_host_key(url: str, fingerprint: str) -> str:
    """The address of an SFTP route with the fingerprint that was agreed, in place of one in it."""
    if not _FINGERPRINT.fullmatch(fingerprint):
        raise _wrong("host-key")
    return f"{url.strip().partition('?')[0]}?host-key={quote(fingerprint, safe=':/+')}"


def _wrong(why: str) -> RefusedError:
    return RefusedError(Code.ROUTE_WRONG, why=why)


def _folder(path: str) -> RouteAddress:
    if not (PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()):
        raise _wrong("relative")
    return RouteAddress("folder", path)


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise _wrong("port") from None
    if parts.password is not None:
        raise _wrong("secret")
    return parts


def _server(parts: SplitResult, sort: Sort) -> RouteAddress:
    if not parts.hostname or parts.fragment:
        raise _wrong("host")
    if sort == "s3" and (parts.username is not None or parts.port is not None):
        raise _wrong("secret" if parts.username is not None else "port")
    options = _options(parts.query, sort)
    return RouteAddress(
        sort,
        unquote(parts.path) or "/",
        parts.hostname,
        parts.port or 0,
        unquote(parts.username or ""),
        secure=parts.scheme != "webdav",
        host_key=options.get("host-key", ""),
        endpoint=options.get("endpoint", ""),
        region=options.get("region", ""),
    )


def _options(query: str, sort: Sort) -> dict[str, str]:
    """What stands behind the question mark; a plus sign there is one, as fingerprints have them."""
    found: dict[str, str] = {}
    for pair in filter(None, query.split("&")):
        name, _, value = pair.partition("=")
        if name not in _OPTIONS[sort] or name in found:
            raise _wrong("option")
        found[name] = unquote(value)
    if "host-key" in found and not _FINGERPRINT.fullmatch(found["host-key"]):
        raise _wrong("host-key")
    if "endpoint" in found:
        server = _split(found["endpoint"])
        if server.scheme not in ("http", "https") or not server.hostname or server.username is not None:
            raise _wrong("secret" if server.username is not None else "host")
    return found
