"""This machine: what it is, whether it is enough, its clock, and what guessing a password costs on it."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from crfapp.base.marking import N_
from crfapp.bootstrap.ground import SystemClock, steady_seconds
from crfapp.qualify.findings import judged, noted
from crfapp.store.wrapping import SALT_BYTES, Cost, stretched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.cli.qualify_parts import Finding, Result

_GIB = 2**30
_LEAST_MEMORY = 2 * _GIB
_LEAST_FREE = 2 * _GIB
_TIMED = 3
_GUESS_AT_LEAST, _GUESS_AT_MOST = 0.3, 1.5
_GUESS_TOO_CHEAP = 0.1
_LEAST_GUESS_MEMORY_KIB = 65_536
_DRIFT = 0.5
_ASKED_SECONDS = 10


def about_machine(data: Path) -> Iterator[Finding]:
    """Its system, processor, memory and room on the disk where the records lie."""
    yield noted("system", N_("Operating system"), f"{platform.system()} {platform.release()}, {_named()}")
    yield noted("processor", N_("Processor"), f"{_processor()}, {os.cpu_count()} cores")
    memory = _memory()
    seen = "this system does not say" if memory is None else _size(memory)
    enough = memory is None or memory >= _LEAST_MEMORY
    yield judged("memory", N_("Memory"), f"at least {_size(_LEAST_MEMORY)}", seen, well=enough)
    free = shutil.disk_usage(data).free
    yield judged(
        "free",
        N_("Free room on the disk"),
        f"at least {_size(_LEAST_FREE)}",
        _size(free),
        well=free >= _LEAST_FREE,
    )
    yield noted("printers", N_("Printers"), _printers())


def guessing_cost() -> Finding:
    """What one guess of a password takes here; a machine that is faster asks for a higher cost (T-28)."""
    cost, took = Cost(), []
    for _ in range(_TIMED):
        begun = time.perf_counter()
        stretched("a guess", bytes(SALT_BYTES), cost)
        took.append(time.perf_counter() - begun)
    seconds = median(took)
    result: Result = "pass" if _GUESS_AT_LEAST <= seconds <= _GUESS_AT_MOST else "note"
    if seconds < _GUESS_TOO_CHEAP or cost.memory_kib < _LEAST_GUESS_MEMORY_KIB:
        result = "fail"
    expected = f"at least 64 MiB, {_GUESS_AT_LEAST} to {_GUESS_AT_MOST} s"
    seen = f"{cost.memory_kib // 1024} MiB, {cost.passes} passes, {cost.lanes} lanes: {seconds:.2f} s"
    line = noted("guess", N_("Cost of one guess of a password"), seen, expected)
    return type(line)(line.id, "REQ-210", line.name, line.expected, line.seen, result)


def about_clock(begun: tuple[datetime, float], last_event: datetime | None, built: str) -> Iterator[Finding]:
    """Whether the clock runs, is not behind what is known, and is set by somebody."""
    now, steady = SystemClock().now(), steady_seconds()
    drift = abs((now - begun[0]).total_seconds() - (steady - begun[1]))
    told = now.isoformat(timespec="seconds")
    yield judged(
        "clock.runs",
        N_("The clock runs evenly"),
        f"within {_DRIFT} s",
        f"{drift:.3f} s",
        well=drift <= _DRIFT,
    )
    known = [one for one in (last_event, datetime.fromisoformat(built) if built else None) if one is not None]
    behind = max(known, default=now)
    expected = f"not before {behind.isoformat(timespec='seconds')}" if known else "a time"
    yield judged(
        "clock.time", N_("The clock is not behind what is known"), expected, told, well=now >= behind
    )
    zone = now.astimezone()  # the zone of this machine is what is asked
    yield noted("clock.zone", N_("Time zone of this machine"), f"{zone.tzname()} ({zone:%z})")
    yield noted("clock.set", N_("The clock is set by a time server"), _is_set())


def _named() -> str:
    if platform.system() == "Linux":
        try:
            return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
        except OSError:
            return "Linux"
    return platform.version()


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8", errors="replace").splitlines() if info.is_file() else []
    told = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return told or platform.processor() or platform.machine()


def _memory() -> int | None:
    if sys.platform == "win32":
        return None
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (OSError, ValueError):
        return None


def _size(count: int) -> str:
    return f"{count / _GIB:.1f} GiB"


def _is_set() -> str:
    """What systemd says; nobody else is asked."""
    return _said_by("timedatectl", "show", "--property=NTPSynchronized", "--value")


def _printers() -> str:
    """Qt's own way would bring a print server's libraries into a program that writes PDFs."""
    if sys.platform == "win32":
        return _said_by("powershell", "-NoProfile", "-Command", "(Get-Printer).Name -join ', '")
    return ", ".join(_said_by("lpstat", "-e").splitlines())


def _said_by(program: str, *words: str) -> str:
    """What a program of the system answers."""
    asked = shutil.which(program)
    if asked is None:
        return "this system does not say"
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            [asked, *words], capture_output=True, text=True, timeout=_ASKED_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return "this system does not say"
    return done.stdout.strip() or "none"
