"""``crfapp study print`` and ``crfapp study dictionary``: a study on paper, and as a workbook."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.packs import PackFolder, load, say_faults
from crfapp.cli.parts import PaperWish
from crfapp.cli.saying import NOT_WELL, problems_said

if TYPE_CHECKING:
    from crfapp.cli.parts import Parts
    from crfapp.study.study import Study

_LANGUAGE = "Language; the pack's own where none is named."


def add_print(study: typer.Typer, parts: Parts) -> None:
    """``crfapp study print``."""
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


def add_dictionary(study: typer.Typer, parts: Parts) -> None:
    """``crfapp study dictionary``."""
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

    loaded = load(path, parts)
    if loaded.pack is None or loaded.errors:
        say_faults(loaded, parts)
        raise typer.Exit(NOT_WELL)
    return Study(loaded.pack)


def _spoken(study: Study, language: str, parts: Parts) -> str:
    """The language asked for, the pack's own where none is; one that the pack does not speak is refused."""
    spoken = study.head.languages
    if language and language not in spoken:
        wanted = parts.texts("The pack speaks {languages}.", languages=", ".join(spoken))
        raise typer.BadParameter(wanted, param_hint="--language")
    return language or study.head.language
