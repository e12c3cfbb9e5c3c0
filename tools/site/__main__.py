"""Build the guides as web pages in build/site (``make site``): any warning, also of a dead link, fails it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from sphinx.cmd.build import build_main

ROOT = Path(__file__).parents[2]
OUT = ROOT / "build" / "site"
_ELSEWHERE = re.compile(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=\"(?:https?:)?//[^\"]*\"")


def build(out: Path = OUT) -> int:
    """The exit status: 0 where every page was built, every link leads somewhere, and nothing is fetched."""
    # without colours and with what was built before: seconds, where little changed
    failed = build_main(["-q", "-W", "--keep-going", "-b", "html", "-c", str(ROOT / "tools" / "site"),
                         "-d", str(out.with_name("site-read")), str(ROOT / "docs"), str(out)])  # fmt: skip
    for place in fetched(out):
        sys.stderr.write(f"{place}\n")
        failed = 1
    return failed


def fetched(out: Path) -> list[str]:
    """Where a page would ask a network for a part of itself."""
    return [
        f"{page.relative_to(out)}: {found.group()}"
        for page in sorted(out.rglob("*.html"))
        for found in _ELSEWHERE.finditer(page.read_text(encoding="utf-8"))
    ]


if __name__ == "__main__":
    sys.exit(build())
