"""The pictures of the guides, of a new demo site: ``make pictures``, or ``python -m tools.pictures DEMO``.

They are committed, at 1280x800 with 256 colours each, so that a guide shows the window as it is.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PIL import Image

from crfapp.bootstrap.demo import make_demo
from crfapp.bootstrap.ground import SystemClock
from crfapp.bootstrap.playing import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, known_password
from crfapp.bootstrap.screens import stations_of
from crfapp.bootstrap.window import window_parts
from crfapp.cli.parts import DemoWish
from crfapp.present.address import Address

OUT = Path(__file__).parents[1] / "docs" / "pictures"
COLOURS = 256
MANAGER = "brandt"

ENGLISH: dict[str, dict[str, tuple[str, str]]] = {
    "rania": {
        "today": ("today", ""),
        "subjects": ("subjects", ""),
        "casebook": ("casebook-observation", ""),
        "injection-day": ("day", ""),
        "lesion": ("lesion-course", ""),
        "compare": ("compare-visits", ""),
        "safety": ("safety", ""),
        "queries": ("queries", ""),
        "exchange": ("exchange", ""),
        "audit": ("audit", ""),
        "help": ("today", "F1"),
        "keys": ("subjects", "?"),
    },
    "weber": {"monitoring": ("monitoring", "")},
    "haddad": {"signing": ("signing", ""), "people": ("people", "")},
    ADMINISTRATOR: {"administration": ("administration", "")},
}
ARABIC = {"rania": {"casebook-ar": ("casebook-observation", ""), "tracer-ar": ("tracer-outline", "")}}
"""Person -> picture -> the station of ``crfapp screens`` that it shows, and the key that is pressed there."""


def main(demo: Path | None) -> None:
    """Take all of them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as scratch:
        folder = demo or Path(scratch) / "demo"
        if demo is None:
            make_demo(DemoWish(folder, 12, 1, headless=False))
        taken = Path(scratch) / "taken"
        _take(folder, Path(scratch) / "none", taken)
        for picture in sorted(taken.glob("*.png")):
            name = picture.name.rsplit("-", 3)[0]
            if name in wanted():
                Image.open(picture).convert("RGB").quantize(
                    COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
                ).save(OUT / f"{name}.png", optimize=True)


def wanted() -> frozenset[str]:
    """The names of all pictures that this makes."""
    named = {name for tours in (ENGLISH, ARABIC) for shots in tours.values() for name in shots}
    return frozenset({*named, "centre", "login", "first-run"})


def _take(demo: Path, nothing: Path, out: Path) -> None:
    from crfapp.ui.picturing import Look, Station, Tour, picture_first_run, picture_site

    site = demo / "site"
    known = {one.name: one.at for one in stations_of(site, known_password("rania"))}

    def tour(login: str, shots: dict[str, tuple[str, str]]) -> Tour:
        secret = ADMINISTRATOR_PASSWORD if login == ADMINISTRATOR else known_password(login)
        places = [Station(name, known.get(at) or Address(at), keys) for name, (at, keys) in shots.items()]
        return Tour(login, secret, tuple(places))

    english, arabic = Look("en", "light", 1.0), Look("ar", "dark", 1.0)
    parts = window_parts(site, SystemClock())
    picture_site(parts, [tour(*one) for one in ENGLISH.items()], [english], out)
    picture_site(parts, [tour(*one) for one in ARABIC.items()], [arabic], out / "arabic")
    for picture in (out / "arabic").glob("*-ar-dark-100.png"):
        picture.rename(out / picture.name)
    centre = window_parts(demo / "centre", SystemClock())
    station = Station("centre", Address("centre"))
    picture_site(centre, [Tour(MANAGER, known_password(MANAGER), (station,))], [english], out / "centre")
    (out / "centre" / "centre-en-light-100.png").rename(out / "centre-en-light-100.png")
    picture_first_run(window_parts(nothing, SystemClock()), [english], out)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
