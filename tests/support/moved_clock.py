"""A process whose wall clock can be set from outside, while its steady clock goes on: by libfaketime."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]


def faketime() -> Path:
    """The library that gives a process another wall clock; part of Debian's package ``faketime``."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    assert found, "tools/system-packages interop installs it"
    return found[0]


def moved_by(told: Path, **more: str) -> Mapping[str, str]:
    """The environment of a process whose wall clock stands in a file: ``+0``, ``-3h``, ``@2038-...``."""
    told.write_text("+0", encoding="utf-8")
    return {
        **os.environ,
        "LD_PRELOAD": str(faketime()),
        "FAKETIME_TIMESTAMP_FILE": str(told),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
        "PYTHONPATH": str(ROOT),
        **more,
    }
