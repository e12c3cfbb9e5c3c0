"""Write docs/validation/permissions.md: who may do what, and when (``make permissions``).

Every command is tried as every role in every state; ``tests/unit/work/test_permissions.py`` compares.
"""

from __future__ import annotations

from pathlib import Path

from tests.support.permissions import ask_everything
from tests.support.permissions_page import page_of

PAGE = Path(__file__).parents[1] / "docs" / "validation" / "permissions.md"

if __name__ == "__main__":
    PAGE.write_text(page_of(ask_everything()), encoding="utf-8")
