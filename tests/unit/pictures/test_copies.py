"""The copy that leaves: nothing but the picture, masks truly black, as a program that is not ours sees it."""

from __future__ import annotations

import io
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from crfapp.base.problems import Code, RefusedError
from crfapp.pictures import copies
from crfapp.pictures.copies import copy_for_others
from crfapp.pictures.drawn import Scene, draw
from tests.support import camera_files as files

if TYPE_CHECKING:
    from pathlib import Path

CANARY = files.CANARY
_BELONGS = {
    "SourceFile", "ExifToolVersion", "FileName", "Directory", "FileSize", "FileModifyDate", "FileAccessDate",
    "FileInodeChangeDate", "FilePermissions", "FileType", "FileTypeExtension", "MIMEType", "JFIFVersion",
    "ResolutionUnit", "XResolution", "YResolution", "ImageWidth", "ImageHeight", "EncodingProcess",
    "BitsPerSample", "ColorComponents", "YCbCrSubSampling", "ImageSize", "Megapixels",
}  # fmt: skip
"""All that a JPEG says of itself that holds nothing but a picture."""


def told_of(data: bytes, folder: Path) -> str:
    """Everything that ExifTool finds, unknown places and embedded files too."""
    file = folder / "seen.jpg"
    file.write_bytes(data)
    told = subprocess.run(
        ["exiftool", "-a", "-u", "-U", "-ee", "-G1", str(file)], capture_output=True, check=False
    )
    return told.stdout.decode("utf-8", "replace")


def names_of(data: bytes, folder: Path) -> set[str]:
    """The names of what ExifTool finds."""
    file = folder / "seen.jpg"
    file.write_bytes(data)
    told = subprocess.run(["exiftool", "-a", "-u", "-s", str(file)], capture_output=True, check=True)
    return {line.split(":")[0].strip() for line in told.stdout.decode("utf-8", "replace").splitlines()}


@pytest.mark.req("REQ-808")
@pytest.mark.parametrize("orientation", [1, 6])
def test_nothing_that_the_camera_wrote_leaves(orientation: int, tmp_path: Path) -> None:
    original = files.told_everywhere(
        Scene(width=320, height=240, per_mm=2.5, taken="2026:01:05 10:11:12", orientation=orientation)
    )
    before = told_of(original, tmp_path)
    for place in ("what", "camera", "artist", "comment", "xmp", "iptc", "com", "serial"):
        assert f"{CANARY} {place}" in before, place
    assert "GPS" in before
    copy = copy_for_others(original, ())
    assert CANARY.encode() not in copy
    assert CANARY not in told_of(copy, tmp_path)
    assert names_of(copy, tmp_path) - _BELONGS == set()


def test_an_original_sent_as_it_is_would_be_found_by_the_same_look(tmp_path: Path) -> None:
    """The sabotaged twin: cutting only the EXIF segment, as is often done, leaves most of it in the file."""
    original = files.told_everywhere()
    at = original.index(b"\xff\xe1")
    size = int.from_bytes(original[at + 2 : at + 4])
    only_exif_cut = original[:at] + original[at + 2 + size :]
    assert CANARY.encode() in only_exif_cut
    assert names_of(only_exif_cut, tmp_path) - _BELONGS


def test_a_heic_leaves_as_a_jpeg_without_what_the_telephone_wrote(tmp_path: Path) -> None:
    copy = copy_for_others((files.HEIC / "turned.heic").read_bytes(), ())
    assert names_of(copy, tmp_path) - _BELONGS == set()
    assert Image.open(io.BytesIO(copy)).size == (96, 64)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_what_is_masked_is_black_in_the_pixels_however_the_camera_was_held(orientation: int) -> None:
    box = (40, 25, 61, 33)
    original = draw(Scene(width=320, height=240, per_mm=2.5, orientation=orientation))
    copy = Image.open(io.BytesIO(copy_for_others(original, [box])))
    assert copy.size == (320, 240)
    assert _brightest(copy, box) == 0
    assert _brightest(copy, (0, 0, 320, 20)) > 100


@settings(max_examples=15, deadline=None)
@given(st.integers(-20, 310), st.integers(-20, 230), st.integers(1, 200), st.integers(1, 200))
def test_wherever_a_mask_lies_it_covers_all_that_was_drawn(x: int, y: int, width: int, height: int) -> None:
    original = _PLAIN
    inside = (max(x, 0), max(y, 0), min(x + width, 320), min(y + height, 240))
    if inside[2] <= inside[0] or inside[3] <= inside[1]:
        with pytest.raises(RefusedError) as beside:
            copy_for_others(original, [(x, y, width, height)])
        assert beside.value.code is Code.PHOTO_MASK_EMPTY
        return
    copy = Image.open(io.BytesIO(copy_for_others(original, [(x, y, width, height)])))
    assert _brightest(copy, (inside[0], inside[1], inside[2] - inside[0], inside[3] - inside[1])) == 0


def test_a_mask_that_ends_inside_a_square_would_leave_grey(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sabotaged twin: drawn exactly as asked, the edge of a mask shows what lies beside it."""
    monkeypatch.setattr(copies, "_BLOCK", 1)
    copy = Image.open(io.BytesIO(copy_for_others(_PLAIN, [(41, 27, 61, 33)])))
    assert _brightest(copy, (41, 27, 61, 33)) > 0


def test_the_same_original_and_masks_give_the_same_copy() -> None:
    assert copy_for_others(_PLAIN, [(1, 2, 30, 40)]) == copy_for_others(_PLAIN, [(1, 2, 30, 40)])
    assert copy_for_others(_PLAIN, []) != copy_for_others(_PLAIN, [(1, 2, 30, 40)])


def _brightest(picture: Image.Image, box: tuple[int, int, int, int]) -> int:
    x, y, width, height = box
    part = picture.crop((x, y, x + width, y + height))
    return max(int(high) for _, high in part.getextrema())  # type: ignore[misc]


_PLAIN = draw(Scene(width=320, height=240, per_mm=2.5))
