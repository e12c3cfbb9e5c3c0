"""The only room that names concrete parts: here the app is put together. No globals, no work at import."""

from __future__ import annotations


def main() -> None:
    """Run the command line; the entry point of the installed program."""
    from crfapp.bootstrap.parts import AppParts
    from crfapp.cli import build

    build(AppParts())()
