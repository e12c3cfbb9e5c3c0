"""A day in which every kind of file is written: at work, handed over, sent, copied, joined; to be watched."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from PIL import Image

from crfapp.bootstrap.copying import make_copy
from crfapp.bootstrap.door import SiteDoor
from crfapp.bootstrap.ground import SystemClock
from crfapp.bootstrap.playing import known_password
from crfapp.present.about import this_build
from crfapp.qualify.installation import installation_findings
from crfapp.qualify.on_files import ON_FILES
from crfapp.qualify.reports import Told, write_report
from crfapp.qualify.scratch import CHEAP, Scratch, answer, enrol

CHECKS = ("workbook", "trail", "backup", "merge")


def main() -> None:
    """Everything below one folder, with a temporary folder and a state folder of its own in it."""
    place = Path(sys.argv[1])
    for name in ("temp", "state", "out"):
        (place / name).mkdir()
    os.environ["TMPDIR"], os.environ["CRFAPP_STATE"] = str(place / "temp"), str(place / "state")
    for check in ON_FILES:
        if check.id in CHECKS:
            (place / check.id).mkdir()
            tried = check.run(place / check.id / "site")
            if tried.expected != tried.seen:
                raise SystemExit(f"{check.id}: {tried}")
    at_work(place / "work" / "site", place / "out")
    findings = [one for one in installation_findings(place, None) if one.id == "version"]
    write_report(Told("installation", "", "", this_build(), {}), findings, place / "out", "en", None)


def at_work(folder: Path, out: Path) -> None:
    """Somebody comes and goes; answers, a photograph, a word half typed, a secret of a route, copies."""
    folder.parent.mkdir()
    scratch = Scratch.found(folder)
    door = SiteDoor(folder, SystemClock(), cost=CHEAP)
    door.log_in("nurse", known_password("nurse"), language="en")
    door.leave("logout")
    with scratch.open() as opened:
        answer(opened, enrol(opened), "72")
        name = opened.photographs.keep(picture())
        opened.photographs.small(name, 64)
        opened.store.backup_of_day(SystemClock().now().date())
        opened.store.drawer("nurse").keep("half a word")
        opened.store.safe.keep("a route", "a secret")
        make_copy(opened, opened.actor("doctor"), out)


def picture() -> bytes:
    """A small photograph."""
    held = io.BytesIO()
    Image.new("RGB", (320, 240), "white").save(held, "JPEG")
    return held.getvalue()


if __name__ == "__main__":
    main()
