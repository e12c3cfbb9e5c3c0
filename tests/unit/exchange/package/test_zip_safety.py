"""T-22 to T-26: what a signed file unpacks to is bounded, named and looked at before it is unpacked."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.exchange.package.manifest import EVENTS, MANIFEST
from crfapp.ledger.events import Stretch
from crfapp.store.zip_directory import MOST_FILES
from tests.support.small_packages import Post, events_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return Post(tmp_path)


def refused(post: Post, file: Path) -> Code:
    before = sorted(post.folder.iterdir())
    with pytest.raises(RefusedError) as problem, post.opened(file):
        pass
    assert sorted(post.folder.iterdir()) == before
    return problem.value.code


def test_a_package_made_by_hand_is_read_like_any_other(post: Post) -> None:
    """What the tests below change one by one is right as it stands."""
    with post.opened(post.forge(events_file(post.chain.links))) as package:
        assert list(package.links()) == post.chain.links


@pytest.mark.req("REQ-807")
@pytest.mark.parametrize(
    "name", ["../events.jsonl", "/etc/passwd", "photos/../x", "C:\\x", "photos/.x", "contents/1", "a.exe"]
)
def test_names_that_a_package_does_not_have_are_refused(post: Post, name: str) -> None:
    assert refused(post, post.forge(events_file(post.chain.links) | {name: b"x"})) is Code.PACKAGE_DAMAGED


@pytest.mark.req("REQ-807")
def test_what_would_unpack_to_far_more_than_it_has_is_refused(post: Post) -> None:
    bomb = {"data.odm.xml": bytes(40 << 20)}
    assert refused(post, post.forge(events_file(post.chain.links) | bomb)) is Code.PACKAGE_TOO_LARGE


@pytest.mark.req("REQ-807")
def test_more_files_than_a_package_has_are_counted_before_the_list_is_read(post: Post) -> None:
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as zipped:
        zipped.writestr(MANIFEST, b"{}")
    whole = bytearray(plain.getvalue())
    size, place = struct.unpack("<2L", whole[-10:-2])
    end64 = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, MOST_FILES + 1, MOST_FILES + 1, size, place
    )
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(whole) - 22, 1)
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, size, place, 0)
    file = post.send(bytes(whole[:-22]) + end64 + locator + tail)
    assert refused(post, file) is Code.PACKAGE_TOO_LARGE


@pytest.mark.req("REQ-807")
@pytest.mark.parametrize("plain", [b"", b"PK", b"not a zip" * 100, b"PK\x05\x06" + bytes(18)])
def test_what_is_no_zip_is_refused(post: Post, plain: bytes) -> None:
    assert refused(post, post.send(plain)) is Code.PACKAGE_DAMAGED


@pytest.mark.req("REQ-804", "REQ-807")
def test_the_same_name_twice_is_refused(post: Post) -> None:
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as zipped:
        zipped.writestr(MANIFEST, b"{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            zipped.writestr(MANIFEST, b"[]")
    assert refused(post, post.send(plain.getvalue())) is Code.PACKAGE_DAMAGED


@pytest.mark.req("REQ-804")
def test_a_part_that_is_not_in_the_manifest_or_is_another_one_is_refused(post: Post) -> None:
    events = events_file(post.chain.links)
    assert refused(post, post.forge(events, parts=())) is Code.PACKAGE_DAMAGED
    manifest = json.loads(post.manifest().content)
    other = {"name": EVENTS, "size": len(events[EVENTS]), "sha256": "0" * 64}
    assert (
        refused(post, post.forge(events | {MANIFEST: json.dumps(manifest | {"parts": [other]}).encode()}))
        is Code.PACKAGE_DAMAGED
    )


def test_a_package_of_a_later_format_waits_for_a_newer_program(post: Post) -> None:
    later = {MANIFEST: json.dumps({"format": 2, "unheard of": True}).encode()}
    assert refused(post, post.forge(events_file(post.chain.links) | later)) is Code.PACKAGE_TOO_NEW


@pytest.mark.parametrize("content", [b"", b"null", b"[" * 100_000, b'{"format": 1}', b"\xff"])
def test_a_manifest_that_is_none_is_refused(post: Post, content: bytes) -> None:
    forged = events_file(post.chain.links) | {MANIFEST: content}
    assert refused(post, post.forge(forged)) is Code.PACKAGE_DAMAGED


@pytest.mark.req("REQ-804")
def test_events_that_are_not_the_announced_ones_are_refused(post: Post) -> None:
    links = post.chain.links
    last = links[-1]
    for wrong in (
        links[:-1],
        links[1:],
        [*links, last],
        [links[1], links[0], *links[2:]],
        [links[0], links[1]._replace(told=b'{"reason":["00","x"]}'), *links[2:]],
        [links[0], links[1]._replace(body=links[1].body.replace(b"rania", b"hanna")), *links[2:]],
        [links[0], links[1]._replace(kind="visit-started"), *links[2:]],
    ):
        assert refused(post, post.forge(events_file(wrong))) is Code.PACKAGE_DAMAGED
    longer = (Stretch(last.node, 1, last.seq + 1, last.hash),)
    assert refused(post, post.forge(events_file(links), stretches=longer)) is Code.PACKAGE_DAMAGED
    assert refused(post, post.forge({}, stretches=longer)) is Code.PACKAGE_DAMAGED


@pytest.mark.req("REQ-807")
@pytest.mark.parametrize(
    "line", [b"{}\n", b"nonsense\n", b"[1]\n", b'{"node":1}\n', b"[" * 90_000 + b"\n", b"\xff\n", b"{}"]
)
def test_lines_that_are_no_events_are_refused(post: Post, line: bytes) -> None:
    assert refused(post, post.forge({EVENTS: line})) is Code.PACKAGE_DAMAGED
