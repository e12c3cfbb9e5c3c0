"""``crfapp play``: journeys as acceptance tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.base.problems import Code, RefusedError
from crfapp.cli.saying import NOT_WELL, problems_said

if TYPE_CHECKING:
    from crfapp.cli.parts import Parts
    from crfapp.journeys.player import Played
    from crfapp.journeys.told import Journey


def add_play_command(app: typer.Typer, parts: Parts) -> None:
    """Add ``play``."""

    @app.command()
    def play(
        files: Annotated[list[Path], typer.Argument(help="Journey files (YAML).")],
        site: Annotated[Path | None, typer.Option("--site", help="Play into this site.")] = None,
        out: Annotated[Path, typer.Option("--out", help="Where a new site is made.")] = Path("played"),
        as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    ) -> None:
        """Play journeys and print every expectation that was not met."""
        with problems_said(parts.texts):
            played = parts.play([_read(file) for file in files], site, out)
        if as_json:
            typer.echo(json.dumps(_as_json(played), ensure_ascii=False, indent=1))
        else:
            _say(played)
        raise typer.Exit(NOT_WELL if any(one.unmet for one in played) else 0)


def _read(file: Path) -> Journey:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise RefusedError(Code.JOURNEY_WRONG, file=str(file), line=0, what="it cannot be read") from None
    from crfapp.journeys.told import read_journey

    return read_journey(text, str(file))


def _say(played: list[Played]) -> None:
    for one in played:
        for unmet in one.unmet:
            typer.echo(f"{unmet.file}:{unmet.line}: expected {unmet.expected}; seen {unmet.seen}")
        met = f"{one.met} expectations met, {len(one.unmet)} not"
        typer.echo(f"{one.journey}: {one.steps} steps, {met}, {one.events} events")


def _as_json(played: list[Played]) -> dict[str, object]:
    return {
        "journey": ", ".join(one.journey for one in played),
        "steps": sum(one.steps for one in played),
        "met": sum(one.met for one in played),
        "unmet": [
            {"file": u.file, "line": u.line, "expected": u.expected, "seen": u.seen}
            for one in played
            for u in one.unmet
        ],
        "subjects": [number for one in played for number in one.subjects],
        "events": sum(one.events for one in played),
    }
