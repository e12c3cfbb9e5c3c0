"""``crfapp study``: check a pack, show its schedule, print its forms, write its data dictionary."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.parts import PaperWish
from crfapp.cli.saying import NOT_WELL, problems_said

if TYPE_CHECKING:
    from crfapp.cli.parts import Parts
    from crfapp.study.pack import Loaded
    from crfapp.study.study import Study

PackFolder = Annotated[
    Path, typer.Argument(help="Folder of the study pack, or the name of one that comes with the program.")
]

_LANGUAGE = "Language; the pack's own where none is named."


def add_study_commands(app: typer.Typer, parts: Parts) -> None:
    """Add the commands of a study author."""
    study = typer.Typer(help="Check and show study packs.", no_args_is_help=True)
    app.add_typer(study, name="study")

    @study.command()
    def check(path: PackFolder, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
        """Read a pack and say everything that is wrong with it, with file and line."""
        loaded = _load(path, parts)
        if as_json:
            faults = [asdict(fault) for fault in loaded.faults]
            typer.echo(
                json.dumps({"errors": len(loaded.errors), "faults": faults}, ensure_ascii=False, indent=1)
            )
        else:
            _say(loaded, parts)
        raise typer.Exit(NOT_WELL if loaded.errors else 0)

    @study.command()
    def show(path: PackFolder) -> None:
        """Show visits and forms as a table."""
        from crfapp.study.study import Study

        loaded = _load(path, parts)
        if loaded.pack is None:
            _say(loaded, parts)
            raise typer.Exit(NOT_WELL)
        typer.echo(_table(Study(loaded.pack)))

    _add_print(study, parts)
    _add_dictionary(study, parts)


def _add_print(study: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @study.command("print")
    def print_forms(
        path: PackFolder,
        out: Annotated[Path, typer.Option("--out", help="PDF to write; never overwritten.")],
        language: Annotated[str, typer.Option("--language", help=_LANGUAGE)] = "",
        annotated: Annotated[
            bool, typer.Option("--annotated", help="With OIDs, codes, rules and checks.")
        ] = False,
        form: Annotated[list[str] | None, typer.Option("--form", help="Only this form (repeatable).")] = None,
    ) -> None:
        """Print the case report form, blank or annotated, as a PDF."""
        whole = _whole(path, parts)
        wish = PaperWish(out, _spoken(whole, language, parts), annotated, tuple(form or ()))
        with problems_said(say):
            report = parts.print_crf(whole, wish)
        typer.echo(
            say(
                "{path}: {pages} pages. SHA-256 {sha256}",
                path=report.path,
                pages=report.pages,
                sha256=report.sha256,
            )
        )


def _add_dictionary(study: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @study.command()
    def dictionary(
        path: PackFolder,
        out: Annotated[Path, typer.Option("--out", help="Workbook to write; never overwritten.")],
        language: Annotated[str, typer.Option("--language", help=_LANGUAGE)] = "",
    ) -> None:
        """Write the data dictionary as a workbook: items, code lists, checks, visits, parameters."""
        whole = _whole(path, parts)
        with problems_said(say):
            report = parts.write_dictionary(whole, PaperWish(out, _spoken(whole, language, parts)))
        typer.echo(
            say(
                "{path}: {sheets} sheets, {rows} rows. SHA-256 {sha256}",
                path=report.path,
                sheets=report.sheets,
                rows=report.rows,
                sha256=report.sha256,
            )
        )


def _whole(path: Path, parts: Parts) -> Study:
    """The study of a pack without errors; else its faults are said, as ``check`` says them."""
    from crfapp.study.study import Study

    loaded = _load(path, parts)
    if loaded.pack is None or loaded.errors:
        _say(loaded, parts)
        raise typer.Exit(NOT_WELL)
    return Study(loaded.pack)


def _spoken(study: Study, language: str, parts: Parts) -> str:
    """The language asked for, the pack's own where none is; one that the pack does not speak is refused."""
    spoken = study.head.languages
    if language and language not in spoken:
        wanted = parts.texts("The pack speaks {languages}.", languages=", ".join(spoken))
        raise typer.BadParameter(wanted, param_hint="--language")
    return language or study.head.language


def _load(path: Path, parts: Parts) -> Loaded:
    """Reading a pack takes the whole study language with it, which no other command waits for."""
    from crfapp.study.pack import load_pack

    return load_pack(path if path.is_dir() else parts.pack_folder(str(path)))


def _say(loaded: Loaded, parts: Parts) -> None:
    for fault in loaded.faults:
        where = f"{fault.file}:{fault.line}: {fault.severity} {fault.code}"
        typer.echo(f"{where}: {fault.place}: {fault.text} {fault.todo}")
    warnings = len(loaded.faults) - len(loaded.errors)
    say = parts.texts
    typer.echo(say("{errors} errors, {warnings} warnings", errors=len(loaded.errors), warnings=warnings))


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
