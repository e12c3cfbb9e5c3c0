"""All measures as one JSON object: ``python -m tests.bench [NAME ...]``.

Every module of this folder that offers ``measure()`` takes part, each in a process of its own: peaks of
memory are inherited, and what one measure has imported would make the next one quicker. Figures are
medians of at least five, in milliseconds, seconds or ratios as their names say; what they were measured on
stands beside them.
"""

from __future__ import annotations

import json
import os
import pkgutil
import platform
import subprocess
import sys
from importlib import import_module
from pathlib import Path

ALONE = "--alone"


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    cpu = ""
    info = Path("/proc/cpuinfo")
    if info.is_file():
        lines = info.read_text(encoding="utf-8").splitlines()
        cpu = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
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


def measured_alone(name: str) -> object:
    """What one module finds, in a process of its own."""
    sys.stderr.write(f"measuring {name}\n")
    command = [sys.executable, "-m", "tests.bench", ALONE, name]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def main(names: list[str]) -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if names[:1] == [ALONE]:
        found = import_module(f"tests.bench.{names[1]}").measure()
    else:
        wanted = [name for name in names_here() if not names or name in names]
        found = {"machine": machine(), **{name: measured_alone(name) for name in wanted}}
    sys.stdout.write(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
