"""A package of 20 subjects, 40 photographs (200, 400 in full): seconds, memory, beside bare encryption.

The site is that of :mod:`tests.bench.workbook_site`, photographs are drawn bytes of 250 kB behind the port of
the package. Every run is a process of its own, so that its peak is its own; making the site's own copy before
is not measured here. Ratios are of processor seconds, which other work on the machine leaves alone.
``python -m tests.bench.package_site [SUBJECTS] [PHOTOGRAPHS]`` prints the figures as JSON.
"""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.bootstrap.package_content import Place, Sending
from crfapp.bootstrap.sites import OpenSite
from crfapp.exchange.openpgp import decrypt, encrypt, new_key, read_key
from crfapp.exchange.package.ports import Photograph
from crfapp.exchange.package.writing import write_package
from crfapp.exchange.profiles import PROFILES
from crfapp.store.engine import reading
from crfapp.store.site_folder import SiteFolder
from crfapp.work.packages import Peer
from tests.bench._kept import Kept, Limit, sized
from tests.bench._peaks import own_peak_mb
from tests.bench.workbook_site import KEY, ROOT, make_site
from tests.support.clinic import ADMIN, SetClock

if TYPE_CHECKING:
    from crfapp.exchange.openpgp import SecretKey

SUBJECTS, PHOTOGRAPHS = sized((20, 40), (200, 400))
EVENTS, BYTES = 250, 250_000
FIGURES = tuple(
    Kept(
        f"package of a site with photographs, {words}",
        f"{profile}_cpu_seconds",
        "s",
        Limit(f"{profile}_bare_cpu_seconds", "the same bytes encrypted and nothing else"),
    )
    for profile, words in (("monitor", "events alone"), ("sponsor", "with workbook and ODM, read back"))
)
FEW = 10
"""Peaks are compared with those of a site with so many times fewer subjects."""
PACKED = ("monitor", "sponsor")
"""Without and with the views of the data."""


def _photograph(number: int) -> Photograph:
    """Drawn again each time: nothing of it lies anywhere."""

    def content() -> bytes:
        return random.Random(number).randbytes(BYTES)  # noqa: S311 - a picture, not a secret

    digest = hashlib.sha256(content()).hexdigest()
    return Photograph(f"{digest}.jpg", digest, BYTES, lambda: BytesIO(content()))


def _pack(folder: Path, profile: str, photographs: int, key: SecretKey) -> dict[str, float]:
    site = OpenSite.open(SiteFolder.open(folder), KEY, SetClock())
    try:
        own = key.certificate
        who = Peer("peer", "Peer", own.armored, own.fingerprint, "")
        pictures = [_photograph(number) for number in range(photographs)]
        place = Place(who, PROFILES[profile], 1, "", full=True, photographs=pictures)
        begin, worked = time.perf_counter(), time.process_time()
        with reading(site.store.engine) as db:
            packing = Sending(site, db, ADMIN, place).packing()
            packed = write_package(
                packing, folder.parent / f"{profile}.pgp", to=(own,), signer=key, plain=folder.parent
            )
        seconds, worked = time.perf_counter() - begin, time.process_time() - worked
    finally:
        site.close()
    counted = {"file_mb": packed.size / 1e6, "events": packed.manifest.events}
    return {"seconds": seconds, "cpu_seconds": worked, **counted}


def _encrypt(plain: Path, key: SecretKey) -> dict[str, float]:
    worked = time.process_time()
    encrypt(plain, plain.with_suffix(".bare"), (key.certificate, key.certificate), key)
    return {"bare_cpu_seconds": time.process_time() - worked}


def _run(arguments: list[str]) -> dict[str, float]:
    what, place, *rest = arguments
    key = read_key(Path(place, "key").read_text(encoding="utf-8"))
    if what == "bare":
        found = _encrypt(Path(place, "plain.zip"), key)
    else:
        found = _pack(Path(place, "site"), what, int(rest[0]), key)
    return found | {"peak_mb": own_peak_mb()}


def _alone(*arguments: object) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.package_site", "--run", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def measure(subjects: int = SUBJECTS, photographs: int = PHOTOGRAPHS) -> dict[str, float | int]:
    """Each run once, with and without the views, and the same content encrypted and nothing else."""
    figures: dict[str, float | int] = {"subjects": subjects, "photographs": photographs}
    with tempfile.TemporaryDirectory() as out:
        key = new_key("bench")
        Path(out, "key").write_text(key.armored, encoding="utf-8")
        make_site(Path(out, "site"), subjects, EVENTS)
        own = key.certificate
        for profile in PACKED:
            found = _alone(profile, out, photographs)
            decrypt(Path(out, f"{profile}.pgp"), Path(out, "plain.zip"), key, {own.fingerprint: own.armored})
            found |= {name: value for name, value in _alone("bare", out).items() if name != "peak_mb"}
            found["ratio"] = found["cpu_seconds"] / found["bare_cpu_seconds"]
            figures |= {f"{profile}_{name}": round(value, 2) for name, value in found.items()}
        figures["monitor_few_peak_mb"] = round(_alone("monitor", out, 4)["peak_mb"], 1)
    with tempfile.TemporaryDirectory() as out:
        Path(out, "key").write_text(key.armored, encoding="utf-8")
        make_site(Path(out, "site"), max(1, subjects // FEW), EVENTS)
        for profile in PACKED:
            peak = _alone(profile, out, 4)["peak_mb"]
            figures[f"{profile}_few_subjects_peak_mb"] = round(peak, 1)
    return figures


def main(arguments: list[str]) -> None:
    """Run one measure for the parent, or all of them for a person."""
    alone = arguments[:1] == ["--run"]
    figures: object = _run(arguments[1:]) if alone else measure(*map(int, arguments))
    sys.stdout.write(json.dumps(figures, indent=None if alone else 2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
