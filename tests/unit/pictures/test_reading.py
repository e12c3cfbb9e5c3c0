"""A photograph that comes in: good ones are told about, every other file is refused with a reason."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from crfapp.base.problems import Code, RefusedError
from crfapp.bootstrap.ground import translations_folder
from crfapp.pictures import opening
from crfapp.pictures.drawn import Scene, draw
from crfapp.pictures.reading import LONGEST, look_at, told_by_camera
from crfapp.pictures.showing import upright
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import Texts
from tests.support import camera_files as files

SCENE = files.SMALL
ENGLISH = Texts("en", translations_folder())


def refused(data: bytes) -> tuple[Code, str]:
    """The code, and what the nurse reads."""
    with pytest.raises(RefusedError) as said:
        look_at(data)
    what, todo = problem_text(said.value, ENGLISH)
    assert what.endswith(".")
    assert todo.endswith(".")
    return said.value.code, what


def test_what_the_camera_wrote_is_read_as_it_stands() -> None:
    seen = look_at(draw(SCENE))
    assert (seen.media, seen.width, seen.height) == ("image/jpeg", 320, 240)
    assert (seen.taken, seen.camera) == ("2026:01:05 10:11:12", "Crfapp Drawn 12")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright_however_the_camera_was_held(orientation: int) -> None:
    plain = draw(Scene(width=320, height=240, per_mm=2.5))
    turned = draw(Scene(width=320, height=240, per_mm=2.5, orientation=orientation))
    assert look_at(turned)[1:3] == (320, 240)
    as_seen, wanted = (Image.open(io.BytesIO(upright(data, None))) for data in (turned, plain))
    assert as_seen.size == (320, 240)
    for spot in ((160, 120), (50, 195), (10, 10), (300, 225)):
        was, wants = as_seen.getpixel(spot), wanted.getpixel(spot)
        assert max(abs(a - b) for a, b in zip(was, wants, strict=True)) < 40, spot  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["upright", "turned"])
def test_a_telephone_s_heic_is_read_and_shown_upright(name: str) -> None:
    data = (files.HEIC / f"{name}.heic").read_bytes()
    seen = look_at(data)
    assert seen[:5] == ("image/heic", 96, 64, "2026:01:05 10:11:12", "Crfapp HEIC 1")
    shown = Image.open(io.BytesIO(upright(data, None)))
    assert (shown.format, shown.size) == ("JPEG", (96, 64))
    red, blue = shown.getpixel((10, 10)), shown.getpixel((90, 60))
    assert red[0] - red[2] > 150  # type: ignore[index]
    assert blue[2] - blue[0] > 150  # type: ignore[index]


def test_a_png_is_read() -> None:
    assert look_at(files.as_kind("PNG"))[:3] == ("image/png", 64, 48)


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP", "WEBP", "PDF", "AVIF", "JPEG2000"])
def test_another_kind_is_refused_by_what_it_is_and_named(kind: str) -> None:
    code, what = refused(files.as_kind(kind))
    assert code is Code.PHOTO_TYPE
    assert {"WEBP": "WebP", "JPEG2000": "JPEG 2000"}.get(kind, kind) in what


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"<html><body>lesion.jpg</body></html>", "HTML"),
        (files.archive(), "ZIP"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41", "MP4"),
        (b"no picture at all", ""),
        (b"\xff\xd8", ""),
    ],
    ids=["svg", "html", "zip", "film", "text", "two bytes"],
)
def test_what_is_no_picture_is_refused(data: bytes, named: str) -> None:
    code, what = refused(data)
    assert code is Code.PHOTO_TYPE
    assert named in what


def test_an_empty_file_is_refused() -> None:
    assert refused(b"")[0] is Code.PHOTO_EMPTY


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9, 0.999])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIC"])
def test_a_file_that_breaks_off_is_refused(kind: str, share: float) -> None:
    whole = {
        "JPEG": draw(SCENE),
        "PNG": files.as_kind("PNG"),
        "HEIC": (files.HEIC / "upright.heic").read_bytes(),
    }[kind]
    assert refused(whole[: max(12, int(len(whole) * share))])[0] in (Code.PHOTO_DAMAGED, Code.PHOTO_TYPE)


def test_a_png_whose_bytes_changed_is_refused() -> None:
    data = bytearray(files.as_kind("PNG"))
    data[data.index(b"IDAT") + 12] ^= 0xFF
    assert refused(bytes(data))[0] is Code.PHOTO_DAMAGED


@pytest.mark.parametrize(
    "data", [files.animated("PNG"), (files.HEIC / "two.heic").read_bytes()], ids=["png", "heic"]
)
def test_several_pictures_in_one_file(data: bytes) -> None:
    """A PNG that moves is refused; of a HEIC the picture counts that the telephone calls the first."""
    if data.startswith(b"\x89PNG"):
        assert refused(data)[0] is Code.PHOTO_SEVERAL
    else:
        assert look_at(data).width == 96


def test_several_views_in_a_jpeg_are_refused_and_a_telephone_s_second_layer_is_not() -> None:
    stereo = files.animated("MPO")
    assert refused(_with_views(stereo, 0x020002))[0] is Code.PHOTO_SEVERAL
    assert look_at(_with_views(stereo, 0)).width == 64


def _with_views(data: bytes, kind: int) -> bytes:
    """The second picture of an MPO file called otherwise: its entry is 16 bytes after the first's."""
    at = data.index(b"MPF\0")
    entry = data.rindex(b"\0\0\3\0", at, at + 90) + 16
    return data[:entry] + kind.to_bytes(4, "little") + data[entry + 4 :]


@pytest.mark.req("REQ-414")
@pytest.mark.parametrize(
    "data",
    [files.bomb(60_001, 1_000), files.bomb(30_000, 30_000), files.jpeg_bomb(65_000, 65_000)],
    ids=["just above", "png", "jpeg"],
)
def test_a_pixel_bomb_is_refused_before_it_is_decoded(data: bytes) -> None:
    tracemalloc.start()
    code, what = refused(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert code is Code.PHOTO_PIXELS
    assert "60" in what
    assert peak < 5_000_000


def test_without_its_own_limit_a_bomb_would_be_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pillow alone only warns here: what the test above asks for comes from our limit."""
    monkeypatch.setattr(opening, "_refuse_size", lambda _size: None)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)
    with pytest.raises(RefusedError) as decoded:
        look_at(files.bomb(60_001, 1_000))
    assert decoded.value.code is not Code.PHOTO_PIXELS


def test_a_text_that_unpacks_without_end_is_refused() -> None:
    assert refused(files.text_bomb())[0] is Code.PHOTO_DAMAGED


def test_a_file_above_25_megabytes_is_refused_with_its_size() -> None:
    code, what = refused(b"\xff\xd8\xff" + b"\0" * 26_000_000)
    assert code is Code.PHOTO_TOO_BIG
    assert "27" in what
    assert "25" in what


@pytest.mark.parametrize(
    ("behind", "named"),
    [
        (files.archive(), "ZIP"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\n<!DOCTYPE html><p>", "HTML"),
        (b"<?php system($x);", "PHP"),
        (b"MZ\x90\0", "EXE"),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photograph_that_is_something_else_too_is_refused(kind: str, behind: bytes, named: str) -> None:
    code, what = refused(files.as_kind(kind) + behind)
    assert code is Code.PHOTO_TWO_KINDS
    assert named in what


def test_what_a_telephone_appends_to_its_photographs_is_no_deceit() -> None:
    film = b"\x00\x00\x00\x20ftypisom" + b"\x17" * 5000
    assert look_at(files.as_kind("JPEG") + film).width == 64


def test_a_document_hidden_in_a_photograph_s_comment_is_found() -> None:
    data = files.with_segment(files.as_kind("JPEG"), 0xFE, b"%PDF-1.4 1 0 obj")
    assert refused(data)[0] is Code.PHOTO_TWO_KINDS


@given(st.text(max_size=300))
def test_a_text_of_a_file_never_carries_signs_that_act(text: str) -> None:
    told = told_by_camera(text)
    assert len(told) <= LONGEST
    assert told.isprintable()
    assert not set(told) & set("\u202e\u2066\u200f\x00\x1b\n")


def test_a_camera_s_name_is_cut_and_cleaned() -> None:
    assert told_by_camera("Phone\x00\x1b[31m\u202e gpj\n" + "x" * 200).startswith("Phone[31m gpj xxx")
    assert told_by_camera((1, 2)) == ""


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 255), st.sampled_from(["JPEG", "PNG", "HEIC"]))
def test_whatever_byte_changes_there_is_a_photograph_or_a_sentence(at: int, value: int, kind: str) -> None:
    whole = (files.HEIC / "upright.heic").read_bytes() if kind == "HEIC" else files.as_kind(kind)
    data = bytearray(whole)
    data[at % len(data)] = value
    try:
        seen = look_at(bytes(data))
    except RefusedError:  # any other exception would be the decoder's own
        return
    assert seen.media in ("image/jpeg", "image/png", "image/heic")


def test_sharp_and_blurred_well_lit_and_dark_are_told_apart() -> None:
    """The figures are of the scene, not of the camera: four times the pixels change them little."""
    sharp, blurred = (look_at(draw(Scene(blur=blur))) for blur in (0, 6))
    assert float(sharp.sharp) > 3 * float(blurred.sharp)
    dark = look_at(draw(Scene(light_level=0.05)))
    bright = look_at(draw(Scene(light_level=2)))
    assert float(dark.dark) > 80
    assert float(sharp.dark) < 5
    assert float(bright.bright) > 10 > float(sharp.bright)
    assert sharp.dark.count(".") == 1
