"""Saves as fast as it can until its input ends, and says after each save how many events are acknowledged."""

from __future__ import annotations

import select
import sys
from pathlib import Path

from crfapp.bootstrap.ground import SystemClock
from crfapp.bootstrap.sites import OpenSite
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog
from crfapp.store.site_folder import SiteFolder
from crfapp.work.subjects import EnrolSubject


def main(folder: Path, key: bytes) -> None:
    """One subject after the other; each is at least one event, durable before its line appears."""
    opened = OpenSite.open(SiteFolder.open(folder), key, SystemClock())
    try:
        with reading(opened.store.engine) as db:
            events = EventLog().count(db)
        nurse = opened.actor("rania")
        while not select.select([sys.stdin], [], [], 0)[0]:
            events += len(opened.bus.send(EnrolSubject(), nurse).events)
            sys.stdout.write(f"{events}\n")
            sys.stdout.flush()
    finally:
        opened.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
