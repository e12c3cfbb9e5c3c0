"""T-26: a photograph made to do harm is refused, and no copy that leaves tells what the camera wrote.

The single refusals stand in ``tests/unit/pictures/test_reading.py``; here they are counted, with the twin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from crfapp.base.problems import RefusedError
from crfapp.pictures import opening
from crfapp.pictures.copies import copy_for_others
from crfapp.pictures.reading import look_at
from tests.support import camera_files as files
from tests.support.fault_figures import Figure, note

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = ("GIF", "TIFF", "BMP", "WEBP", "PDF", "AVIF", "JPEG2000")
BEHIND = (files.archive(), b"%PDF-1.7 ...", b"\n<!DOCTYPE html><p>", b"<?php system($x);", b"MZ\x90\0")


def corpus() -> Iterator[tuple[str, bytes]]:
    """Files that are no photograph, or more than one."""
    for width, height in ((60_001, 1_000), (30_000, 30_000), (2**31 - 1, 1), (1, 2**31 - 1)):
        yield f"a bomb of {width} x {height}", files.bomb(width, height)
    for width, height in ((65_000, 65_000), (65_535, 1_000)):
        yield f"a JPEG bomb of {width} x {height}", files.jpeg_bomb(width, height)
    yield "a text without end", files.text_bomb()
    yield "nothing", b""
    yield "more than 25 MB", b"\xff\xd8\xff" + bytes(25_000_001)
    yield "an archive", files.archive()
    yield "a script", b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>'
    yield "a film", b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"
    yield "a picture that moves", files.animated("PNG")
    for kind in KINDS:
        yield kind, files.as_kind(kind)
    for kind in ("JPEG", "PNG"):
        good = files.as_kind(kind)
        yield from (
            (f"a {kind} cut at {share}", good[: int(len(good) * share)]) for share in (0.1, 0.5, 0.98)
        )
        yield from ((f"a {kind} with {more[:5]!r} behind it", good + more) for more in BEHIND)


def taken_in(tried: list[tuple[str, bytes]]) -> list[str]:
    """Those that are not refused in words."""
    found = []
    for what, data in tried:
        try:
            look_at(data)
        except RefusedError:
            continue
        except Exception:  # noqa: BLE001 - what nobody expects is no refusal
            found.append(what)
        else:
            found.append(what)
    return found


@pytest.mark.req("REQ-414")
def test_what_is_made_to_harm_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin takes the file for what its decoder makes of it, as programs do that only decode."""
    tried = list(corpus())
    bad = taken_in(tried)
    monkeypatch.setattr(opening, "second_kind", lambda _data, _media: "")
    monkeypatch.setattr(opening, "_several", lambda _picture: False)
    monkeypatch.setattr(opening, "_BROKEN", ())
    worse = taken_in(tried)
    words = "the look at what else the file is"
    note(Figure("T-26", "photographs made to harm", len(tried), len(bad), words, len(tried), len(worse)))
    assert bad == []
    assert len(worse) >= len(BEHIND)


@pytest.mark.req("REQ-414")
def test_a_bomb_is_refused_by_a_limit_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in pixels that are asked for: the twin begins to decode them."""
    bombs = [data for what, data in corpus() if "bomb" in what]
    asked: list[object] = []
    load = Image.Image.load

    def counted(picture: Image.Image) -> object:
        asked.append(picture.size)
        return load(picture)

    monkeypatch.setattr(Image.Image, "load", counted)
    assert taken_in([("", data) for data in bombs]) == []
    bad = len(asked)
    monkeypatch.setattr(opening, "_refuse_size", lambda _size: None)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)
    decoded = [data for data in bombs if not _is_refused_by_size(data)]
    words = "the limit of pixels"
    note(Figure("T-26", "pixel bombs", len(bombs), bad, words, len(bombs), len(decoded)))
    assert bad == 0
    assert decoded != []


def _is_refused_by_size(data: bytes) -> bool:
    try:
        opening.opened(data)
    except RefusedError as problem:
        return problem.code.value == "R-704"
    return False


@pytest.mark.req("REQ-414")
def test_nothing_that_the_camera_wrote_is_in_a_copy_that_leaves() -> None:
    """The twin sends the file as it came."""
    told = files.told_everywhere()
    places = told.count(files.CANARY.encode())
    left = copy_for_others(told, [(0, 0, 10, 10)]).count(files.CANARY.encode())
    note(Figure("T-26", "what a camera wrote, in a copy", places, left, "the copy", places, places))
    assert places >= 8
    assert left == 0
