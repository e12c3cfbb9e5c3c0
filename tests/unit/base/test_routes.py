"""Addresses for packages are read in one way, and no secret stands in one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crfapp.base.problems import Code, RefusedError
from crfapp.base.routes import RouteAddress, RouteSecret, read_address, with_host_key

FINGERPRINT = "SHA256:" + "aZ0+/" * 8 + "abc"


@pytest.mark.req("REQ-801")
@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("/media/stick/out", RouteAddress("folder", "/media/stick/out")),
        (r"E:\out", RouteAddress("folder", r"E:\out")),
        (r"\\server\share\out", RouteAddress("folder", r"\\server\share\out")),
        ("file:///media/my%20stick", RouteAddress("folder", "/media/my stick")),
        ("sftp://jo01@data.example.org/in", RouteAddress("sftp", "/in", "data.example.org", 0, "jo01")),
        (
            f"sftp://jo01@data.example.org:2022/in?host-key={FINGERPRINT}",
            RouteAddress("sftp", "/in", "data.example.org", 2022, "jo01", host_key=FINGERPRINT),
        ),
        (
            "s3://trial/jo01?endpoint=https://s3.example.org:9000&region=eu-west-1",
            RouteAddress("s3", "/jo01", "trial", endpoint="https://s3.example.org:9000", region="eu-west-1"),
        ),
        (
            "webdavs://jo01@cloud.example.org/dav/in",
            RouteAddress("webdav", "/dav/in", "cloud.example.org", 0, "jo01"),
        ),
        ("webdav://10.0.0.7:8080", RouteAddress("webdav", "/", "10.0.0.7", 8080, secure=False)),
    ],
)
def test_an_address_is_read(url: str, address: RouteAddress) -> None:
    assert read_address(f" {url}\n") == address


@pytest.mark.req("REQ-802")
@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "empty"),
        ("/out" * 200, "long"),
        ("/media\x00/out", "unprintable"),
        ("out/here", "relative"),
        ("ftp://data.example.org/in", "scheme"),
        ("http://data.example.org/in", "scheme"),
        ("sftp:///in", "host"),
        ("s3://", "host"),
        ("sftp://data.example.org:70000/in", "port"),
        ("sftp://jo01:salt-lake@data.example.org/in", "secret"),
        ("sftp://jo01:@data.example.org/in", "secret"),
        ("s3://AKIA:key@trial/in", "secret"),
        ("s3://AKIA@trial/in", "secret"),
        ("s3://trial/in?endpoint=https://AKIA:key@s3.example.org", "secret"),
        ("s3://trial/in?key=abc", "option"),
        ("webdavs://cloud.example.org/dav?token=abc", "option"),
        ("webdavs://cloud.example.org/dav#abc", "host"),
        ("sftp://data.example.org/in?host-key=MD5:aa:bb", "host-key"),
        ("sftp://data.example.org/in?host-key=a&host-key=b", "option"),
        ("s3://trial/in?endpoint=ftp://x", "host"),
    ],
)
def test_a_wrong_one_is_refused_without_being_repeated(url: str, why: str) -> None:
    """What somebody typed may hold a password; no fact of the problem tells it."""
    with pytest.raises(RefusedError) as refused:
        read_address(url)
    assert (refused.value.code, refused.value.facts) == (Code.ROUTE_WRONG, {"why": why})


@given(url=st.text(max_size=60) | st.from_regex(r"(sftp|s3|webdavs?|file)://\S{0,40}", fullmatch=True))
def test_whatever_is_typed_is_read_or_refused(url: str) -> None:
    address, code = None, None
    try:
        address = read_address(url)
    except RefusedError as refused:
        code = refused.code
    is_place = address is not None and (address.sort == "folder" or bool(address.host))
    assert is_place != (code is Code.ROUTE_WRONG)


def test_the_agreed_key_becomes_part_of_the_address() -> None:
    url = with_host_key("sftp://jo01@data.example.org/in?host-key=old", FINGERPRINT)
    assert read_address(url).host_key == FINGERPRINT
    with pytest.raises(RefusedError):
        with_host_key("sftp://jo01@data.example.org/in", "SHA256:short")


def test_a_secret_is_not_shown_when_it_is_printed() -> None:
    said = repr(RouteSecret("jo01", "cedar", "PRIVATE KEY"))
    assert "cedar" not in said
    assert "PRIVATE" not in said
