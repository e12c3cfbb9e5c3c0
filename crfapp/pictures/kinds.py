"""What a file is, by its bytes and never by its name; and what else it is at the same time."""

from __future__ import annotations

from typing import Final

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
HEIC: Final = "image/heic"

_JPEG_START, _PNG_START = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis"})
_MOVING_BRANDS = frozenset({b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"})
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
    (b"%PDF", "PDF"),
    (b"BM", "BMP"),
    (b"8BPS", "Photoshop"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (b"PK\x03\x04", "ZIP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
)
_MARKUP = ((b"<svg", "SVG"), (b"<!doctype svg", "SVG"), (b"<html", "HTML"), (b"<!doctype html", "HTML"))
_LOOKED_AT = 1024
"""So far into a file readers of PDF and browsers look for its start."""
_INSIDE = ((b"%PDF-", "PDF"), (b"<!doctype html", "HTML"), (b"<html", "HTML"), (b"<script", "HTML"))
_BEHIND = (*_INSIDE, (b"<svg", "SVG"), (b"<?php", "PHP"), (b"PK\x03\x04", "ZIP"), (b"PK\x05\x06", "ZIP"))
_BEHIND_AT_ONCE = ((b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"MZ", "EXE"), (b"\x7fELF", "ELF"))
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_MARK, _START_OF_SCAN, _END_OF_JPEG = 0xFF, 0xDA, 0xD9
_BOX_HEAD, _WIDE_BOX = 8, 1
"""Bytes of length and name before a box (ISO 14496-12), and the length that says: the real one follows."""


def media_of(data: bytes) -> str | None:
    """``image/jpeg``, ``image/png`` or ``image/heic``; None for everything else."""
    if data.startswith(_JPEG_START):
        return JPEG
    if data.startswith(_PNG_START):
        return PNG
    brands = _brands(data)
    if brands & _HEIC_BRANDS and not brands & {b"avif", b"avis"}:
        return HEIC
    return None


def moves(data: bytes) -> bool:
    """Whether a HEIC file says that it is a sequence."""
    return bool(_MOVING_BRANDS.intersection(_brands_in_order(data)[:1]))


def other_kind(data: bytes) -> str:
    """What a file is that is no photograph of ours, as people call it; empty where nobody knows."""
    for start, name in _STARTS:
        if data.startswith(start):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    brands = _brands(data)
    if brands & {b"avif", b"avis"}:
        return "AVIF"
    if brands:
        return "MP4"
    head = data[:_LOOKED_AT].lower()
    return next((name for sign, name in _MARKUP if sign in head), "PDF" if b"%pdf-" in head else "")


def second_kind(data: bytes, media: str) -> str:
    """What a photograph is besides being one; empty where it is nothing else.

    A file that a reader of documents or archives opens too was made to deceive somebody. What telephones
    append to their photographs (a short film, their own notes) is none of these.
    """
    head = data[:_LOOKED_AT].lower()
    for sign, name in _INSIDE:
        if sign.lower() in head:
            return name
    behind = data[end_of(data, media) :]
    for sign, name in _BEHIND_AT_ONCE:
        if behind.lstrip(b"\x00\r\n ").startswith(sign):
            return name
    lower = behind.lower()
    return next((name for sign, name in _BEHIND if sign.lower() in lower), "")


def end_of(data: bytes, media: str) -> int:
    """Where the picture ends and what was appended begins; the length where nobody knows.

    More than the length: it should go on.
    """
    if media == PNG:
        at = data.find(b"IEND")
        return at + 8 if at > 0 else len(data) + 1
    if media == JPEG:
        return _end_of_jpeg(data)
    return _end_of_boxes(data)


def _end_of_jpeg(data: bytes) -> int:
    """Walk the segments; inside a scan, 0xFF is followed by 0 or a restart mark, so the next mark ends it."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != _MARK:
            return len(data)
        mark = data[at + 1]
        if mark == _MARK or mark in _STANDALONE:
            at += 1 if mark == _MARK else 2
            continue
        if mark == _END_OF_JPEG:
            return at + 2
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
        if mark == _START_OF_SCAN:
            at = _after_scan(data, at)
    return at + 2 if data[at : at + 2] == b"\xff\xd9" else len(data)


def _after_scan(data: bytes, at: int) -> int:
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] and data[at + 1] not in _STANDALONE:
            return at
        at += 2
    return len(data)


def _end_of_boxes(data: bytes) -> int:
    at = 0
    while at + _BOX_HEAD <= len(data):
        size = int.from_bytes(data[at : at + 4])
        if size == _WIDE_BOX:
            size = int.from_bytes(data[at + 8 : at + 16])
        if not data[at + 4 : at + 8].isalnum() or size < _BOX_HEAD:
            break
        at += size
    return at


def _brands_in_order(data: bytes) -> tuple[bytes, ...]:
    size = int.from_bytes(data[:4])
    if data[4:8] != b"ftyp" or size < 2 * _BOX_HEAD:
        return ()
    told = data[8 : min(size, 256)]
    return (told[:4], *(told[at : at + 4] for at in range(8, len(told) - 3, 4)))


def _brands(data: bytes) -> frozenset[bytes]:
    return frozenset(_brands_in_order(data))
