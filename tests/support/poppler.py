"""What another program reads from a PDF of ours: its text, its pages, its outline, where its words stand."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_PROGRAMS = ("pdftotext", "pdfinfo", "pdffonts", "pdftohtml")
_ITEM = re.compile(r'<item page="(\d+)">(.*?)</item>')
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">')


def why_absent() -> str | None:
    """What is missing of poppler-utils, in words; None if it is all there."""
    missing = [name for name in _PROGRAMS if shutil.which(name) is None]
    return f"poppler-utils: no {', '.join(missing)}" if missing else None


def pages_of(pdf: Path, *options: str) -> list[str]:
    """The text of every page."""
    return _said("pdftotext", *options, str(pdf), "-").split("\f")[:-1]


def outline_of(pdf: Path) -> list[tuple[str, int]]:
    """Titles of the outline with their pages, counted from 1."""
    told = _said("pdftohtml", "-xml", "-i", "-stdout", str(pdf))
    return [(unescape(title), int(page)) for page, title in _ITEM.findall(told)]


def facts_of(pdf: Path) -> dict[str, str]:
    """What the file says of itself."""
    lines = (line.partition(":") for line in _said("pdfinfo", str(pdf)).splitlines())
    return {name: value.strip() for name, _, value in lines}


def fonts_of(pdf: Path) -> list[tuple[str, str]]:
    """Name of each font, and whether it is embedded."""
    rows = _said("pdffonts", str(pdf)).splitlines()[2:]
    return [(row.split()[0], row.split()[-5]) for row in rows]


def words_at(pdf: Path) -> list[tuple[float, float, float, float]]:
    """The frame of every word, in points from the top left."""
    found = _WORD.findall(_said("pdftotext", "-bbox", str(pdf), "-"))
    return [(float(a), float(b), float(c), float(d)) for a, b, c, d in found]


def letters(text: str) -> str:
    """Letters and figures alone: no marks, no gaps, no signs, presentation forms as the letters they show."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if sign.isalnum())


def words(text: str) -> list[str]:
    """The words of a text, as :func:`letters` leaves them."""
    return [found for found in map(letters, re.split(r"[\s/\u2013-]+", text)) if found]


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return done.stdout.decode("utf-8", "replace")
