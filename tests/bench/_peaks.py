"""The memory of this process: its peak alone, and what it has now."""

from __future__ import annotations

from pathlib import Path


def own_peak_mb() -> float:
    """In MB, from Linux. ``ru_maxrss`` is no such figure: a program begins with the peak of who started it.

    Files that are mapped into memory to be read count too, though the system takes them away when it likes.
    """
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    [peak] = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(peak) / 1024


def memory_mb() -> dict[str, float]:
    """What this process has in memory: resident, its share of what is shared, and its own alone."""
    told = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    kb = {line.split(":")[0]: int(line.split()[1]) for line in told if line.endswith("kB")}
    own = kb["Private_Clean"] + kb["Private_Dirty"]
    return {"rss": round(kb["Rss"] / 1024, 1), "pss": round(kb["Pss"] / 1024, 1), "uss": round(own / 1024, 1)}
