"""``crfapp demo`` and ``crfapp screens``: a site to try, and pictures of every page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.parts import DemoWish
from crfapp.cli.saying import problems_said

if TYPE_CHECKING:
    from crfapp.cli.parts import Parts
    from crfapp.present.texts import Texts


def add_demo_commands(app: typer.Typer, parts: Parts) -> None:
    """Add the commands that show the app."""
    say = parts.texts

    @app.command()
    def demo(
        out: Annotated[Path, typer.Option("--out", help="Folder for the demo.")] = Path("demo"),
        headless: Annotated[
            bool, typer.Option("--headless", help="Leave workbook and pictures, no window.")
        ] = False,
        subjects: Annotated[int, typer.Option("--subjects", min=1, max=10_000)] = 12,
        seed: Annotated[int, typer.Option("--seed")] = 1,
        open_it: Annotated[bool, typer.Option("--open", help="Open the window on it.")] = False,
        *,
        second: Annotated[bool, typer.Option("--second", help="A second workstation beside it.")] = False,
    ) -> None:
        """Make a demo site by playing journeys, or use the one that is there."""
        with problems_said(say):
            summary = parts.demo(DemoWish(out, subjects, seed, headless, second=second))
            _say_made(summary, say)
            if open_it:
                raise typer.Exit(parts.open_window(Path(str(summary["site"]))))

    @app.command()
    def screens(
        out: Annotated[Path, typer.Option("--out", help="Folder for the pictures.")],
        demo_folder: Annotated[Path | None, typer.Option("--demo", help="A demo made earlier.")] = None,
    ) -> None:
        """Take a picture of every page in every language, light and dark, at 100 and 150 %."""
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        with problems_said(say):
            pictures = parts.screens(out, demo_folder)
        typer.echo(say("{count} pictures in {folder}", count=len(pictures), folder=out))


def _say_made(summary: dict[str, object], say: Texts) -> None:
    typer.echo(say("Demo site: {site}", site=summary["site"]))
    for person in summary["people"]:  # type: ignore[attr-defined]
        typer.echo(f"  {person['login']:<10} {person['password']:<24} {person['role']}")
    if summary.get("ward"):
        typer.echo(say("Second workstation: {site}", site=summary["ward"]))
    if summary.get("workbook"):
        typer.echo(say("Workbook: {file}", file=summary["workbook"]))
    if summary.get("centre"):
        typer.echo(say("Package: {file}", file=summary["package"]))
        typer.echo(say("Data centre: {folder}", folder=summary["centre"]))
        typer.echo(f"  {summary['centre_login']:<10} {summary['centre_password']:<24} data-manager")
