"""What opens a route lies sealed on this workstation, for one peer and one server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.routes import NO_SECRET, RouteSecret, read_address
from crfapp.store.route_secrets import RouteSecrets
from crfapp.store.safe import Safe
from crfapp.store.site_folder import SiteCard, SiteFolder

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.req("REQ-802")

KEY = bytes(range(32))
ADDRESS = read_address("sftp://jo01@data.example.org/in")
SECRET = RouteSecret("jo01", "cedar wood and rain", "-----BEGIN OPENSSH PRIVATE KEY-----")


def secrets(folder: Path, key: bytes = KEY) -> RouteSecrets:
    return RouteSecrets(Safe(SiteFolder(folder, SiteCard("s1", "trial", "JO01")), key))


def test_it_comes_back_for_its_own_peer_alone(tmp_path: Path) -> None:
    secrets(tmp_path).keep("sponsor", ADDRESS, SECRET)
    assert secrets(tmp_path).kept("sponsor", ADDRESS) == SECRET
    assert secrets(tmp_path).kept("cro", ADDRESS) == NO_SECRET


def test_nobody_reads_it_on_the_disk(tmp_path: Path) -> None:
    secrets(tmp_path).keep("sponsor", ADDRESS, SECRET)
    written = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert written
    assert b"cedar" not in written
    assert b"PRIVATE" not in written


@pytest.mark.parametrize(
    "elsewhere",
    [
        "sftp://jo01@thief.example.org/in",
        "sftp://jo01@data.example.org:2022/in",
        "sftp://other@data.example.org/in",
        "webdavs://jo01@data.example.org/in",
    ],
)
def test_it_is_never_shown_to_another_server(tmp_path: Path, elsewhere: str) -> None:
    """Whoever turns the route elsewhere does not get the password sent there."""
    secrets(tmp_path).keep("sponsor", ADDRESS, SECRET)
    assert secrets(tmp_path).kept("sponsor", read_address(elsewhere)) == NO_SECRET
    assert secrets(tmp_path).kept("sponsor", read_address("sftp://jo01@data.example.org/other")) == SECRET


def test_it_is_replaced_and_taken_away(tmp_path: Path) -> None:
    kept = secrets(tmp_path)
    kept.keep("sponsor", ADDRESS, SECRET)
    kept.keep("sponsor", ADDRESS, RouteSecret(password="another"))
    assert kept.kept("sponsor", ADDRESS).password == "another"
    kept.keep("sponsor", ADDRESS, NO_SECRET)
    assert kept.kept("sponsor", ADDRESS) == NO_SECRET
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]
