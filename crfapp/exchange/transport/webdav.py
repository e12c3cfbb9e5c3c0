"""WebDAV. Nothing can be appended there, so an upload that broke off begins anew."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

import httpx
from webdav4.client import Client, ClientError, HTTPError, InsufficientStorage, ResourceAlreadyExists
from webdav4.client import ResourceNotFound as NotThere

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.exchange.transport.failures import first_line, named_failures, not_let_in
from crfapp.exchange.transport.laying import BLOCK, is_shown, lay
from crfapp.exchange.transport.trust import trusted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.exchange.transport.route import Laid, Readable, Route

_SHUT = frozenset({401, 403, 407})


@contextmanager
def open_webdav(route: Route) -> Iterator[WebdavPlace]:
    """The folder of a server; ROUTE_LOGIN where it lets nobody in with this user and password."""
    address, secret, patience = route.address, route.secret, route.patience
    port = f":{address.port}" if address.port else ""
    user = address.user or secret.user
    client = Client(
        f"{'https' if address.secure else 'http'}://{address.host}{port}{address.path}",
        auth=(user, secret.password) if user else None,
        retry=False,
        chunk_size=BLOCK,
        timeout=httpx.Timeout(patience.stall, connect=patience.connect),
        verify=trusted(),
        trust_env=False,  # no passwords and proxies of whoever is logged in at this computer
    )
    with _named(route), client.http:
        yield WebdavPlace(client)


@contextmanager
def _named(route: Route) -> Iterator[None]:
    with named_failures(route, httpx.HTTPError, ClientError):
        try:
            yield
        except InsufficientStorage as error:
            why = first_line(error, route)
            raise EnvironmentProblem(Code.ROUTE_FULL, why=why, host=route.address.host) from error
        except HTTPError as error:
            if error.status_code in _SHUT:
                raise not_let_in(error, route) from error
            raise


class WebdavPlace:
    """An open folder on a server; both a place and the shelf that files are laid on."""

    resumes = False

    def __init__(self, client: Client) -> None:
        self._client = client

    def names(self) -> tuple[str, ...]:
        """The files in it."""
        found = self._client.ls("", detail=True, allow_listing_resource=False)
        files = (one for one in found if isinstance(one, dict) and one["type"] == "file")
        names = (str(one["name"]).rpartition("/")[2] for one in files)
        return tuple(sorted(name for name in names if is_shown(name)))

    def lay(self, file: Path) -> Laid:
        """Put a file into it."""
        return lay(self, file)

    def size(self, name: str) -> int | None:
        """How long a file is; None where there is none."""
        try:
            length = self._client.content_length(name)
        except NotThere:
            return None
        return length if length is not None else 0

    @contextmanager
    def read(self, name: str) -> Iterator[Readable]:
        """A file, block by block."""
        with self._client.open(name, "rb", chunk_size=BLOCK) as file:
            yield file

    def write(self, name: str, begin: int, source: BinaryIO) -> None:
        """All of it: nothing is appended here, so ``begin`` is always 0."""
        if begin:
            raise ValueError("WebDAV cannot append")
        self._client.upload_fileobj(source, name, overwrite=True, chunk_size=BLOCK)

    def rename(self, name: str, to: str) -> None:
        """Moved by the server, which is told to overwrite nothing."""
        try:
            self._client.move(name, to, overwrite=False)
        except ResourceAlreadyExists:
            raise FileExistsError(to) from None

    def remove(self, name: str) -> None:
        """Take a file away."""
        self._client.remove(name)
