"""The same commands without a window, for administrators, study authors and tests.

Exit status: 0 all is well, 1 something is not as it should be, 2 the call itself was wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.cli.parts import Parts


def run(parts: Parts, arguments: Sequence[str]) -> None:
    """Do what was typed behind ``crfapp``, and leave with its exit status.

    The two calls that open the window, which a nurse waits for, do without the library that reads options.
    """
    match list(arguments):
        case []:
            open_window(parts, None)
        case ["open", folder] if not folder.startswith("-"):
            open_window(parts, Path(folder))
        case others:
            from crfapp.cli.commands import build

            build(parts)(others)


def open_window(parts: Parts, site: Path | None) -> None:
    """Open the window and leave with its exit status; a problem is said on standard error."""
    from crfapp.cli.saying import problems_said

    with problems_said(parts.texts):
        raise SystemExit(parts.open_window(site))
