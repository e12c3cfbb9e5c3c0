"""Write docs/accuracy.md: how near a measured area comes to the true one (``python -m tools.accuracy``).

Takes half a minute; ``tests/unit/planimetry/test_accuracy.py`` measures some of its rows again.
"""

from __future__ import annotations

from pathlib import Path

from tests.support.accuracy import CAMERAS, SHAPES, SIZES, page_of, row_of

PAGE = Path(__file__).parents[1] / "docs" / "accuracy.md"

if __name__ == "__main__":
    rows = [row_of(shape, camera, size) for size in SIZES for shape in SHAPES for camera in CAMERAS]
    PAGE.write_text(page_of(rows), encoding="utf-8")
