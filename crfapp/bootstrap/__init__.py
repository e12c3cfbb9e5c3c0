"""The only room that names concrete parts: here the app is put together. No globals, no work at import."""

from __future__ import annotations


def main() -> None:
    """Run what was typed; the entry point of the installed program."""
    import sys

    from crfapp.bootstrap.no_dumps import leave_no_dumps
    from crfapp.bootstrap.parts import AppParts
    from crfapp.cli import run

    leave_no_dumps()
    run(AppParts(), sys.argv[1:])
