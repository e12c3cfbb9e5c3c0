"""All measures as one JSON object: ``python -m tests.bench [NAME ...]``.

Every module of this folder that offers ``measure()`` takes part. Figures are medians of at least five, in
milliseconds, seconds or ratios as their names say; what they were measured on stands beside them.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import platform
import sys
from pathlib import Path


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


def main(names: list[str]) -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found: dict[str, object] = {"machine": machine()}
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if (
            module.name.startswith("_")
            or module.name.startswith("test_")
            or (names and module.name not in names)
        ):
            continue
        measure = getattr(importlib.import_module(f"tests.bench.{module.name}"), "measure", None)
        if measure is not None:
            sys.stderr.write(f"measuring {module.name}\n")
            found[module.name] = measure()
    sys.stdout.write(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
