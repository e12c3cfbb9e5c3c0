"""Files as cameras and telephones write them, and as deceivers make them: all drawn here."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

from PIL import Image, PngImagePlugin

from crfapp.pictures.drawn import Scene, draw

HEIC = Path(__file__).parent / "heic"
"""Written once by pillow-heif 1.8, whose encoder the program does not bring: upright, turned by its container
(96 × 64 pixels, red at the top left, blue at the bottom right), and two pictures in one file."""
CANARY = "Qanary4711"
SMALL = Scene(width=320, height=240, per_mm=2.5, taken="2026:01:05 10:11:12")


def told_everywhere(scene: Scene = SMALL) -> bytes:
    """A JPEG with a text that must not leave in every place where a camera or a program can put one."""
    picture = Image.open(io.BytesIO(draw(scene)))
    exif = Image.Exif()
    exif[0x010E], exif[0x010F], exif[0x0110] = f"{CANARY} what", "Crfapp", f"{CANARY} camera"
    exif[0x013B], exif[0x8298] = f"{CANARY} artist", f"{CANARY} rights"
    exif[0x0112] = scene.orientation
    inner = exif.get_ifd(0x8769)
    inner[0x9003], inner[0x9286] = scene.taken, b"ASCII\0\0\0" + f"{CANARY} comment".encode()
    inner[0x927C], inner[0xA431] = f"{CANARY} maker".encode(), f"{CANARY} serial"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (31.0, 57.0, 8.0), "E", (35.0, 56.0, 44.0)
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>{CANARY} xmp</a></x:xmpmeta>'.encode()
    profile = b"\0" * 128 + f"{CANARY} profile".encode()
    written = io.BytesIO()
    picture.save(written, "JPEG", exif=exif, xmp=xmp, icc_profile=profile, comment=f"{CANARY} com")
    iptc = f"{CANARY} iptc".encode()
    record = b"\x1c\x02\x78" + struct.pack(">H", len(iptc)) + iptc
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + b"\0"
    thumbnail = f"{CANARY} thumb".encode()
    data = with_segment(with_segment(written.getvalue(), 0xED, block), 0xEA, thumbnail)
    return data + f"{CANARY} behind the end".encode()


def with_segment(data: bytes, mark: int, content: bytes) -> bytes:
    """A JPEG with one more segment right after its start."""
    return data[:2] + bytes([0xFF, mark]) + struct.pack(">H", len(content) + 2) + content + data[2:]


def as_kind(kind: str, *, colour: tuple[int, int, int] = (200, 150, 120)) -> bytes:
    """A small picture in any kind of file that Pillow writes."""
    written = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(written, kind)
    return written.getvalue()


def animated(kind: str) -> bytes:
    """Two pictures one after the other, as GIF, PNG or MPO."""
    frames = [Image.new("RGB", (64, 48), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, kind, save_all=True, append_images=frames[1:])
    return written.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has so many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(b"\0" * 1000)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def jpeg_bomb(width: int, height: int) -> bytes:
    """A JPEG whose header says that it is far larger than it is."""
    data = bytearray(as_kind("JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def text_bomb() -> bytes:
    """A PNG with a text that unpacks to a hundred megabytes."""
    told = PngImagePlugin.PngInfo()
    written = io.BytesIO()
    Image.new("RGB", (8, 8)).save(written, "PNG", pnginfo=told)
    data = written.getvalue()
    text = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 100_000_000, 9))
    return data[:33] + text + data[33:]


def archive() -> bytes:
    """A ZIP."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("run.js", "alert(1)")
    return written.getvalue()


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
