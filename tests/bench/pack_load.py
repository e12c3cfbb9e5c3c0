"""How long a study of the flagship's size takes: read from its folder, and rebuilt from kept content."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from crfapp.study.pack import load_pack
from crfapp.study.study import Study
from tests.bench._kept import Kept, Limit

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS, FORMS, ITEMS = 5, 30, 15
_BARE = Limit("bare_yaml_ms", "the same files parsed as YAML by the C library and nothing else")
FIGURES = (
    Kept("pack of 450 items: folder to checked pack", "load_pack_ms", "ms", _BARE),
    Kept(
        "kept content to study, as at each start",
        "from_content_ms",
        "ms",
        Limit("bare_json_ms", "JSON alone"),
    ),
)

_HEAD = """\
study: generated
version: "1"
title: Generated
short: GEN
anchor: V_1
visit_items: {{date: F0.DAY, status: F0.STATUS, done: Y, missed: N, reason: F0.STATUS}}
missing: NY
reasons: NY
visits:
  - {{visit: V_1, title: One, kind: scheduled, day: 0, forms: [{forms}]}}
"""
_LIST = "NY:\n  title: Yes or no\n  codes: [{code: Y, text: Yes}, {code: N, text: No}]\n"


def _form(number: int) -> str:
    lines = [f"form: F{number}", f"title: Form {number}", "sections:", "  - section: ONE", "    title: One"]
    lines += ["    items:", "      - {item: DAY, ask: Day, type: date, required: true}"]
    lines += ["      - {item: STATUS, ask: Status, type: choice, codes: NY}"]
    for item in range(ITEMS - 2):
        lines += [
            f"      - item: ITEM{item}",
            f"        ask: How large is number {item}",
            "        type: decimal(1)",
            "        unit: mm",
            "        range: {hard: [0.5, 200], soft: [2, 40]}",
            '        when: STATUS == "Y"',
            "        required: true",
        ]
    return "\n".join(lines) + "\n"


def write_pack(folder: Path) -> None:
    """A valid pack of 30 forms with 15 items each."""
    (folder / "forms").mkdir(parents=True)
    names = ", ".join(f"F{number}" for number in range(FORMS))
    (folder / "study.yaml").write_text(_HEAD.format(forms=names), encoding="utf-8")
    (folder / "codelists.yaml").write_text(_LIST, encoding="utf-8")
    for number in range(FORMS):
        (folder / "forms" / f"F{number}.yaml").write_text(_form(number), encoding="utf-8")


def median_ms(work: Callable[[], object]) -> float:
    """Median of the rounds in milliseconds of the thread, after one that does not count."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.thread_time()
        work()
        times.append((time.thread_time() - start) * 1000)
    return round(statistics.median(times), 1)


def bare_yaml(folder: Path) -> None:
    """The least that reads the files of a pack."""
    for file in folder.rglob("*.yaml"):
        yaml.load(file.read_bytes(), yaml.CSafeLoader)


def _indexed(content: bytes) -> Study:
    """What the program does at its start: the study from its content, every item found and typed once."""
    study = Study.from_content(content)
    for form in study.forms:
        for item in study.items(form):
            study.field(form, item)
    return study


def measure() -> dict[str, float | int | str]:
    """Medians in ms of a pack of 450 items: folder to checked pack, content to indexed study, its hash."""
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / "pack"
        write_pack(pack)
        loaded = load_pack(pack)
        if loaded.pack is None:
            raise AssertionError(loaded.errors[:3])
        content = Study(loaded.pack).content
        return {
            "forms": FORMS,
            "items": FORMS * ITEMS,
            "content_bytes": len(content),
            "load_pack_ms": median_ms(lambda: load_pack(pack)),
            "from_content_ms": median_ms(lambda: _indexed(content)),
            "content_and_hash_ms": median_ms(lambda: Study(loaded.pack).hash if loaded.pack else ""),
            "bare_yaml_ms": median_ms(lambda: bare_yaml(pack)),
            "bare_json_ms": median_ms(lambda: json.loads(content)),
            "rounds": ROUNDS,
            "python": sys.version.split()[0],
        }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=1) + "\n")
