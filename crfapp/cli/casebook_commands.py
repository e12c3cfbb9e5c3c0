"""``crfapp export casebook`` and ``crfapp export inspector``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.casebook_parts import CasebookWish
from crfapp.cli.parts import Credentials
from crfapp.cli.saying import problems_said, secret

if TYPE_CHECKING:
    from crfapp.cli.parts import PaperReport, Parts

SiteDir = Annotated[Path, typer.Argument(help="Folder of the site.")]
Login = Annotated[str, typer.Option("--login", help="User name.", envvar="CRFAPP_LOGIN")]
Language = Annotated[str, typer.Option("--language", help="Language of the pages.")]
Subjects = Annotated[list[str] | None, typer.Option("--subject", help="Subject number (repeatable).")]
PASSWORD = "CRFAPP_PASSWORD"  # noqa: S105 - the name of a variable
WORKBOOK_PASSWORD = "CRFAPP_WORKBOOK_PASSWORD"  # noqa: S105 - the name of a variable


def add_casebook_commands(export: typer.Typer, parts: Parts) -> None:
    """Add both."""
    _add_casebook(export, parts)
    _add_inspector(export, parts)


def _add_casebook(export: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @export.command()
    def casebook(
        folder: SiteDir,
        out: Annotated[Path, typer.Option("--out", help="Folder to put the files into.")],
        login: Login,
        subject: Subjects = None,
        *,
        whole: Annotated[
            bool, typer.Option("--whole", help="With what stays at the site; for its own people.")
        ] = False,
        language: Language = "en",
    ) -> None:
        """Write casebooks as PDFs: answers, queries, signatures and the whole audit trail of a subject."""

        def said(report: PaperReport) -> None:
            facts = {"path": report.path, "pages": report.pages, "sha256": report.sha256}
            typer.echo(say("{path}: {pages} pages. SHA-256 {sha256}", **facts))

        with problems_said(say):
            who = Credentials(login, secret(PASSWORD, say("Password")))
            wish = CasebookWish(out, language, tuple(subject or ()), whole)
            parts.handing_out.casebooks.casebooks(folder, who, wish, said)


def _add_inspector(export: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @export.command()
    def inspector(
        folder: SiteDir,
        out: Annotated[Path, typer.Option("--out", help="Folder to write; must not be there yet.")],
        login: Login,
        subject: Subjects = None,
        language: Language = "en",
    ) -> None:
        """Put together what an inspector asks for: casebooks, data, people, versions, validation, sums."""
        with problems_said(say):
            who = Credentials(login, secret(PASSWORD, say("Password")))
            password = secret(WORKBOOK_PASSWORD, say("Password of the workbook"), twice=True)
            wish = CasebookWish(out, language, tuple(subject or ()))
            done = parts.handing_out.casebooks.inspector(folder, who, wish, password)
        typer.echo(
            say(
                "{path}: {count} files. SHA-256 of their sums {sha256}",
                path=done.path,
                count=done.files,
                sha256=done.sha256,
            )
        )
