"""Measures, and what became of them: ``python -m tests.bench [--json] [--keep] [NAME ...]``.

Every module of this folder that offers ``measure()`` takes part, each in a process of its own: peaks of
memory are inherited, and what one measure has imported would make the next one quicker. A table says for each
kept figure how far it is from its limit and how that compares with ``baseline.json``; the program ends with 1
where one got worse or a measure failed. ``--json`` prints everything that was found instead, ``--keep`` makes
it the baseline and brings ``docs/performance.md`` up to date, ``--page`` only does the latter.
"""

from __future__ import annotations

import json
import os
import pkgutil
import platform
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

from tests.bench import _baseline

ALONE, OPTIONS = "--alone", {"--json", "--keep", "--page"}


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    cpu = ""
    info = Path("/proc/cpuinfo")
    if info.is_file():
        lines = info.read_text(encoding="utf-8").splitlines()
        cpu = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    load = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "processor": cpu,
        "cores": os.cpu_count(),
        "load": load,
    }


def names_here() -> list[str]:
    """The modules of this folder that measure."""
    found = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    return [name for name in found if not name.startswith(("_", "test_"))]


def measured_alone(name: str) -> dict[str, object] | None:
    """What one module finds, in a process of its own; None where it fails, which it says itself."""
    sys.stderr.write(f"measuring {name}\n")
    command = [sys.executable, "-m", "tests.bench", ALONE, name]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        return None
    found: dict[str, object] = json.loads(done.stdout)
    return found


def write(found: object) -> None:
    """As JSON."""
    sys.stdout.write(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


def measured(names: list[str], *, keep: bool) -> dict[str, dict[str, object]]:
    """What these find, kept one by one, so that nothing is lost where a later one fails."""
    found = {}
    for name in names:
        one = measured_alone(name)
        if one is not None:
            found[name] = one
            if keep:
                _baseline.keep(time.strftime("%Y-%m-%d"), machine(), {name: found[name]})
    return found


def main(words: list[str]) -> int:
    """Measure and tell; 1 where a figure got worse or a measure failed, 2 where a name is unknown."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if words[:1] == [ALONE]:
        write(import_module(f"tests.bench.{words[1]}").measure())
        return 0
    options, names = OPTIONS.intersection(words), [word for word in words if word not in OPTIONS]
    if unknown := set(names) - set(names_here()):
        sys.stderr.write(f"No measure is called {', '.join(sorted(unknown))}.\n")
        return 2
    here, worse, names = machine(), False, names or names_here()
    if "--page" not in options:
        before = _baseline.baseline()
        found = measured(names, keep="--keep" in options)
        rows = _baseline.compared(found, before)
        worse = any(row.worse for row in rows) or len(found) < len(names)
        if "--json" in options:
            write({"machine": here, **found})
        else:
            sys.stdout.write(_baseline.as_table(rows))
    if options & {"--keep", "--page"}:
        _baseline.PAGE.write_text(_baseline.page_of_today(), encoding="utf-8")
    return int(worse)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
