"""Photographs: one of 12 megapixels until it is saved, and what 2,000 of them do to opening a casebook.

The study is the flagship, one of whose checks compares each photograph with all others of the site.

``import_ratio`` is everything from the file to the durable answer (looked at to its last byte, shrunk for
showing, encrypted, synced, recorded with its checks) beside decoding the same file with Pillow alone.
``casebook_ratio`` is opening a subject's casebook at a site with 2,000 photographs beside the same without.
"""

from __future__ import annotations

import hashlib
import io
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from crfapp.bootstrap.photo_desk import SitePhotographs
from crfapp.ledger.events import Event, PhotographStored, ValueRecorded
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import SubjectRow
from crfapp.pictures.copies import copy_for_others
from crfapp.pictures.drawn import Scene, draw
from crfapp.pictures.reading import look_at
from crfapp.pictures.showing import upright
from crfapp.present.casebook_page import CasebookPage
from crfapp.work.photographs import PhotographFacts, take
from tests.bench._kept import Kept, Limit
from tests.support.canaries import tell
from tests.support.photographed import enrolled, opened_row
from tests.support.playing import FORMS
from tests.support.quick_site import QuickSite

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.workplace import Workplace

ROUNDS, PHOTOGRAPHS, SUBJECTS = 7, 2_000, 40
FIGURES = (
    Kept(
        "photograph of 12 megapixels, from the file to saved",
        "import_ms",
        "ms",
        Limit("bare_decode_ms", "Pillow decoding it"),
    ),
    Kept(
        "casebook with 2,000 photographs at the site",
        "casebook_ms/with_many",
        "ms",
        Limit("casebook_ms/none", "none but its own"),
    ),
)
VISIT, REGISTRY = "V_SCR", ("LESDEF", "AREAS", "LESID")
TWELVE = Scene(width=4000, height=3000, per_mm=30.0, taken="2025:01:05 09:10:00")


def median_ms(act: Callable[[], object]) -> float:
    """Wall milliseconds, the median of some rounds after one that warms up."""
    act()
    took = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        act()
        took.append((time.perf_counter() - begin) * 1000)
    return statistics.median(took)


def decoded(data: bytes) -> None:
    """What decoding costs that does nothing else."""
    Image.open(io.BytesIO(data)).load()


def taking_in(opened: OpenSite, at: Workplace, subject: str) -> list[float]:
    """Milliseconds from the file to saved, each time another photograph in another row."""
    photographs, took = SitePhotographs(opened), []
    for number in range(1, ROUNDS + 2):
        data = draw(Scene(width=4000, height=3000, per_mm=30.0, grain=number))
        tell(opened, opened_row(subject, f"p{number}", VISIT))
        opened.desk.forget_forms()
        begin = time.perf_counter()
        seen = photographs.look(data, "IMG_0001.JPG")
        photographs.keep(seen)
        facts = PhotographFacts(
            seen.photograph,
            len(data),
            *(seen.media, seen.width, seen.height, seen.name, seen.taken, seen.camera),
            *(seen.sharp, seen.dark, seen.bright),
        )
        at.send(take(FormKey(subject, VISIT, 1, "PHOTO", 1), f"p{number}", "PHIMG", facts))
        took.append((time.perf_counter() - begin) * 1000)
    return took[1:]


def opening(at: Workplace, subject: str) -> float:
    """Milliseconds of the thread for opening one subject's casebook and its form of photographs."""

    def act() -> None:
        at.desk.forget_forms()
        page = CasebookPage(at)
        page.open(subject)
        page.visits()
        page.form(FormKey(subject, VISIT, 1, "PHOTO", 1)).sections()

    act()
    took = []
    for _ in range(3 * ROUNDS):
        begin = time.thread_time()
        act()
        took.append((time.thread_time() - begin) * 1000)
    return statistics.median(took)


def many(opened: OpenSite, subjects: list[str]) -> None:
    """Photographs of other subjects, as many as a site has at the end; their files with them."""
    sealed = (opened.store.folder.photos / opened.photographs.names()[0]).read_bytes()[:20_000]
    for first in range(0, PHOTOGRAPHS, 200):
        events: list[Event] = []
        for number in range(first, first + 200):
            photograph = hashlib.sha256(str(number).encode()).hexdigest()
            (opened.store.folder.photos / photograph).write_bytes(sealed)
            place = dict(opened_row(subjects[number % len(subjects)], f"p{number + 100}", VISIT))
            events += taken(place, photograph)
        tell(opened, *events)


def taken(place: dict[str, Any], photograph: str) -> list[Event]:
    """What is on record of one."""
    item = {name: place[name] for name in ("subject", "visit", "visit_n", "form", "form_n", "row")}
    figures: dict[str, Any] = {"sharp": "120.0", "dark": "0.1", "bright": "0.2", "media": "image/jpeg"}
    size = {"size": 3_700_000, "width": 4000, "height": 3000}
    stored = PhotographStored(**item, item="PHIMG", photograph=photograph, **size, **figures)
    row = opened_row(item["subject"], item["row"], VISIT)
    told = {"value": photograph, "typed": photograph, "captured_at": "2025-01-05T06:00:00Z"}
    return [row, stored, ValueRecorded(**item, item="PHIMG", **told)]


def measure() -> dict[str, object]:
    """Milliseconds and ratios."""
    data = draw(TWELVE)
    bare = median_ms(lambda: decoded(data))
    parts = {
        "look_at": median_ms(lambda: look_at(data)),
        "shrunk_to_320": median_ms(lambda: upright(data, 320)),
        "upright_whole": median_ms(lambda: upright(data, None)),
        "copy_for_others": median_ms(lambda: copy_for_others(data, ())),
    }
    with tempfile.TemporaryDirectory() as folder:
        site = QuickSite(Path(folder) / "clinic", FORMS / "nct06813027")
        site.settle("rania")
        with site.as_person("rania") as at:
            opened = site.door.behind(at)
            subject = enrolled(opened, VISIT, REGISTRY)
            others = [enrolled(opened, VISIT, REGISTRY) for _ in range(SUBJECTS)]
            imported = statistics.median(taking_in(opened, at, subject))
            for number in range(1, 7):
                row = dict(opened_row(others[0], f"p{number}", VISIT))
                tell(opened, *taken(row, hashlib.sha256(f"own {number}".encode()).hexdigest()))
            none = opening(at, others[0])
            many(opened, others[1:])
            opened.desk.forget_forms()
            with_many = opening(at, others[0])
            assert len(opened.desk.tables.find(SubjectRow)) == SUBJECTS + 1
    return {
        "unit": "ms, wall; the casebook's of the thread",
        "bytes": len(data),
        "bare_decode_ms": round(bare, 1),
        "import_ms": round(imported, 1),
        "import_ratio": round(imported / bare, 2),
        "parts_ms": {name: round(took, 1) for name, took in parts.items()},
        "photographs": PHOTOGRAPHS,
        "casebook_ms": {"none": round(none, 2), "with_many": round(with_many, 2)},
        "casebook_ratio": round(with_many / none, 2),
    }


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=1)
