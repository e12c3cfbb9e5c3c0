"""``crfapp study``: check a pack, show its schedule, try its forms, print them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.amendment_commands import add_amendment_commands
from crfapp.cli.packs import PackFolder, load, say_faults
from crfapp.cli.paper_commands import add_dictionary, add_print
from crfapp.cli.preview_command import add_preview_command
from crfapp.cli.saying import NOT_WELL
from crfapp.cli.study_findings import as_data

if TYPE_CHECKING:
    from crfapp.cli.parts import Parts
    from crfapp.study.study import Study

SchemaFolder = Annotated[Path, typer.Option("--out", help="Folder for the files.")]


def add_study_commands(app: typer.Typer, parts: Parts) -> None:
    """Add the commands of a study author."""
    study = typer.Typer(help="Check and show study packs.", no_args_is_help=True)
    app.add_typer(study, name="study")

    @study.command()
    def check(path: PackFolder, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
        """Read a pack and say everything that is wrong with it, with file and line."""
        loaded = load(path, parts)
        if as_json:
            typer.echo(json.dumps(as_data(loaded), ensure_ascii=False, indent=1))
        else:
            say_faults(loaded, parts)
        raise typer.Exit(NOT_WELL if loaded.errors else 0)

    @study.command()
    def show(path: PackFolder) -> None:
        """Show visits and forms as a table."""
        from crfapp.study.study import Study

        loaded = load(path, parts)
        if loaded.pack is None:
            say_faults(loaded, parts)
            raise typer.Exit(NOT_WELL)
        typer.echo(_table(Study(loaded.pack)))

    @study.command()
    def schema(out: SchemaFolder) -> None:
        """Write the pack format as JSON Schema, for editors."""
        from crfapp.study.schemas import FILES, schema_text

        out.mkdir(parents=True, exist_ok=True)
        for file in FILES:
            (out / f"{file}.schema.json").write_text(schema_text(file), encoding="utf-8")
            typer.echo(str(out / f"{file}.schema.json"))

    add_preview_command(study, parts)
    add_print(study, parts)
    add_dictionary(study, parts)
    add_amendment_commands(study, parts)


def _table(study: Study) -> str:
    """Forms down, visits across: X always, C under a condition, O optional."""
    from crfapp.study.matrix import summary

    matrix, texts = summary(study), study.texts(study.head.language)
    titles = [f"{form}  {texts.form(form)}" for form in matrix.forms]
    width = max(map(len, titles), default=0)
    lines = [" " * width + "  " + "  ".join(matrix.visits)]
    for title, marks in zip(titles, matrix.marks, strict=True):
        cells = [(mark or ".").center(len(visit)) for visit, mark in zip(matrix.visits, marks, strict=True)]
        lines.append(f"{title:<{width}}  " + "  ".join(cells))
    return "\n".join(lines)
