"""S3 and what speaks like it: a file is there whole or not at all, and never in the place of another.

Each part travels with its checksum, which the server compares. A long upload that broke off is gone on from
with the parts that the server has and that are parts of this file.
"""

from __future__ import annotations

import hashlib
import os
from base64 import b64encode
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from aiobotocore.session import AioSession
from botocore.exceptions import BotoCoreError
from fsspec.asyn import get_loop, sync
from s3fs import S3FileSystem

from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.exchange.transport.failures import named_failures, not_let_in
from crfapp.exchange.transport.laying import digest_of, is_shown
from crfapp.exchange.transport.route import Laid
from crfapp.exchange.transport.trust import trusted_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.exchange.transport.route import Readable, Route

PART = 8 << 20
"""Files up to this size go in one piece; longer ones in parts of it."""
_DIGEST = "sha256"
_OF_NOBODY = {
    "profile": (None, None, None, None),
    "config_file": (None, None, os.devnull, None),
    "credentials_file": (None, None, os.devnull, None),
}
"""No profile, no file and no variable of whoever is logged in at this computer."""


@contextmanager
def open_s3(route: Route) -> Iterator[S3Place]:
    """A bucket; ROUTE_LOGIN where the key does not open it. Nothing but the kept key is ever tried."""
    address, secret, patience = route.address, route.secret, route.patience
    system = S3FileSystem(
        anon=not secret.user,
        key=secret.user or None,
        secret=secret.password or None,
        endpoint_url=address.endpoint or None,
        client_kwargs={"region_name": address.region or "us-east-1", "verify": trusted_file()},
        config_kwargs={
            "connect_timeout": patience.connect,
            "read_timeout": patience.stall,
            "retries": {"total_max_attempts": 2},
            "proxies": {},
            "ignore_configured_endpoint_urls": True,
        },
        session=AioSession(session_vars=_OF_NOBODY),
        use_listings_cache=False,
        skip_instance_cache=True,
    )
    system.retries = 1
    with named_failures(route, BotoCoreError):
        try:
            yield S3Place(system, address.host, address.path.strip("/"))
        except PermissionError as error:
            raise not_let_in(error, route) from error
        finally:
            with suppress(OSError, BotoCoreError):
                sync(get_loop(), _leave, system)


async def _leave(system: S3FileSystem) -> None:
    client = await system.set_session()
    await client.close()


class S3Place:
    """An open bucket, below a prefix."""

    def __init__(self, system: S3FileSystem, bucket: str, prefix: str) -> None:
        self._system, self._bucket = system, bucket
        self._prefix = f"{prefix}/" if prefix else ""

    def names(self) -> tuple[str, ...]:
        """The files in it, not those further down."""
        found = self._system.find(f"{self._bucket}/{self._prefix}".rstrip("/"), maxdepth=1)
        if not found:  # an empty bucket and one that is not there look alike so far
            self._call("list_objects_v2", Prefix=self._prefix, MaxKeys=1)
        names = (str(path).rpartition("/")[2] for path in found)
        return tuple(sorted(name for name in names if is_shown(name)))

    @contextmanager
    def read(self, name: str) -> Iterator[Readable]:
        """A file, block by block."""
        with self._system.open(f"{self._bucket}/{self._key(name)}", "rb", cache_type="readahead") as file:
            yield file

    def remove(self, name: str) -> None:
        """Take a file away."""
        self._call("delete_object", Key=self._key(name))

    def lay(self, file: Path) -> Laid:
        """Put a file there; ROUTE_TAKEN where another one has its name."""
        if self._is_there(file):
            return Laid(already=True)
        resumed = 0
        try:
            if file.stat().st_size > PART:
                resumed = self._in_parts(file)
            else:
                self._whole(file)
        except OSError:
            if self._is_there(file):  # somebody else laid the same one just now
                return Laid(already=True)
            raise
        if not self._is_there(file):
            raise EnvironmentProblem(Code.ROUTE_FAILS, why="what was written is not there")
        return Laid(resumed=resumed)

    def _is_there(self, file: Path) -> bool:
        """Whether this very file lies there; ROUTE_TAKEN for another one of its name."""
        try:
            head = self._call("head_object", Key=self._key(file.name))
        except FileNotFoundError:
            return False
        digest = digest_of(file)
        same = int(head["ContentLength"]) == file.stat().st_size
        if same and head.get("Metadata", {}).get(_DIGEST) != digest:  # put there by another program
            with self.read(file.name) as source:
                same = _digest(source) == digest
        if not same:
            raise RefusedError(Code.ROUTE_TAKEN, file=file.name)
        return True

    def _whole(self, file: Path) -> None:
        body = file.read_bytes()
        self._call(
            "put_object",
            Key=self._key(file.name),
            Body=body,
            ContentMD5=_md5(body),
            Metadata={_DIGEST: digest_of(file)},
            IfNoneMatch="*",
        )

    def _in_parts(self, file: Path) -> int:
        """Send the parts that are missing, then make them one file; how many bytes were there already."""
        key, digest = self._key(file.name), digest_of(file)
        upload, etags = self._begun(file, key)
        resumed = len(etags) * PART
        if not upload:
            made = self._call("create_multipart_upload", Key=key, Metadata={_DIGEST: digest})
            upload = str(made["UploadId"])
        with file.open("rb") as source:
            source.seek(resumed)
            while body := source.read(PART):
                done = self._call(
                    "upload_part",
                    Key=key,
                    UploadId=upload,
                    PartNumber=len(etags) + 1,
                    Body=body,
                    ContentMD5=_md5(body),
                )
                etags.append(str(done["ETag"]))
        parts = [{"PartNumber": number, "ETag": etag} for number, etag in enumerate(etags, start=1)]
        whole = {"MultipartUpload": {"Parts": parts}, "IfNoneMatch": "*"}
        self._call("complete_multipart_upload", Key=key, UploadId=upload, **whole)
        return min(resumed, file.stat().st_size)

    def _begun(self, file: Path, key: str) -> tuple[str, list[str]]:
        """An upload of this file that broke off, and the marks of its parts; one of another is ended."""
        found = self._call("list_multipart_uploads", Prefix=key).get("Uploads", [])
        for upload in (str(one["UploadId"]) for one in found if one["Key"] == key):
            parts = self._call("list_parts", Key=key, UploadId=upload).get("Parts", [])
            etags = [str(part["ETag"]) for part in parts]
            numbers = [int(part["PartNumber"]) for part in parts]
            if numbers == list(range(1, len(parts) + 1)) and etags == _etags(file, len(parts)):
                return upload, etags
            self._call("abort_multipart_upload", Key=key, UploadId=upload)
        return "", []

    def _key(self, name: str) -> str:
        return f"{self._prefix}{name}"

    def _call(self, method: str, **told: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self._system.call_s3(method, Bucket=self._bucket, **told)
        return answer


def _md5(body: bytes) -> str:
    return b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()


def _etags(file: Path, parts: int) -> list[str]:
    """The marks that a server gives to the first parts of this file."""
    with file.open("rb") as source:
        blocks = (source.read(PART) for _ in range(parts))
        return [f'"{hashlib.md5(block, usedforsecurity=False).hexdigest()}"' for block in blocks]


def _digest(source: Readable) -> str:
    digest = hashlib.sha256()
    while block := source.read(PART):
        digest.update(block)
    return digest.hexdigest()
