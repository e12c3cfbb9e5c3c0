"""``crfapp open``, ``crfapp site`` and ``crfapp export``: what is done with a site's folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.backup_commands import add_backup_commands
from crfapp.cli.casebook_commands import add_casebook_commands
from crfapp.cli.copy_commands import add_copy_commands, add_open_formats
from crfapp.cli.joining_commands import add_joining_commands
from crfapp.cli.letting_in_commands import add_letting_in_commands
from crfapp.cli.parts import Account, Credentials
from crfapp.cli.receiving_commands import add_receiving_commands
from crfapp.cli.saying import NOT_WELL, problems_said, secret
from crfapp.cli.trail_command import add_trail
from crfapp.present.new_person import LOGIN, LOGIN_WANTED, NAME_WANTED
from crfapp.work.roles import Role

if TYPE_CHECKING:
    from crfapp.cli.parts import Parts
    from crfapp.present.texts import Texts

SiteDir = Annotated[Path, typer.Argument(help="Folder of the site.")]
Login = Annotated[str, typer.Option("--login", help="User name.", envvar="CRFAPP_LOGIN")]
NewRole = Annotated[Role, typer.Option("--role", help="What the new person does here.")]
PASSWORD = "CRFAPP_PASSWORD"  # noqa: S105 - the name of a variable
NEW_PASSWORD = "CRFAPP_NEW_PASSWORD"  # noqa: S105 - the name of a variable
WORKBOOK_PASSWORD = "CRFAPP_WORKBOOK_PASSWORD"  # noqa: S105 - the name of a variable


def add_site_commands(app: typer.Typer, parts: Parts) -> None:
    """Add the commands of whoever looks after a site."""

    @app.command("open")
    def open_site(folder: SiteDir) -> None:
        """Open the window on a site."""
        with problems_said(parts.texts):
            raise typer.Exit(parts.open_window(folder))

    site = typer.Typer(help="Look after a site's folder.", no_args_is_help=True)
    app.add_typer(site, name="site")
    _add_verify(site, parts)
    _add_rebuild(site, parts)
    _add_go_on(site, parts)
    _add_person(site, parts)
    _add_signatures(site, parts)
    add_letting_in_commands(site, parts)
    add_backup_commands(site, parts)
    add_joining_commands(app, site, parts)
    add_receiving_commands(site, parts)
    add_trail(site, parts)
    export = typer.Typer(help="Hand data over.", no_args_is_help=True)
    app.add_typer(export, name="export")
    _add_workbook(export, parts)
    add_copy_commands(site, parts)
    add_open_formats(export, parts)
    add_casebook_commands(export, parts)


def _who(login: str, say: Texts) -> Credentials:
    return Credentials(login, secret(PASSWORD, say("Password")))


def _add_verify(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command()
    def verify(folder: SiteDir, login: Login) -> None:
        """Walk every chain of the ledger, open every photograph, and name what is wrong."""
        with problems_said(say):
            report = parts.verify(folder, _who(login, say))
        for node, seq, what in report.breaks:
            typer.echo(say("{node}, event {seq}: {what}", node=node, seq=seq, what=what))
        typer.echo(say("{chains} chains, {events} events", chains=report.chains, events=report.events))
        for photograph in report.changed:
            typer.echo(say("Photograph {photograph}: changed or damaged", photograph=photograph))
        for photograph in report.lost:
            typer.echo(say("Photograph {photograph}: on record, but not here", photograph=photograph))
        typer.echo(say("{count} photographs", count=report.photographs))
        raise typer.Exit(0 if report.well else NOT_WELL)


def _add_rebuild(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command()
    def rebuild(
        folder: SiteDir,
        login: Login,
        compare: Annotated[bool, typer.Option("--compare", help="Only compare.")] = False,
    ) -> None:
        """Fold the ledger again; compare the tables with it, or put the folded ones in their place."""
        with problems_said(say):
            report = parts.rebuild(folder, _who(login, say), compare_only=compare)
        for table, key, column in report.differences:
            typer.echo(say("{table} {key}: {column} differs", table=table, key=key, column=column))
        count = len(report.differences)
        typer.echo(
            say("{events} events folded, {differences} differences", events=report.events, differences=count)
        )
        raise typer.Exit(NOT_WELL if report.differences else 0)


def _add_go_on(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command("go-on")
    def go_on(
        folder: SiteDir,
        login: Login,
        reason: Annotated[str, typer.Option("--reason", help="Why the newer records are lost.")] = "",
    ) -> None:
        """Go on from an older copy of the records, when the newer ones are lost for good."""
        with problems_said(say):
            report = parts.letting_in.from_older_copy(folder, _who(login, say), reason)
        for node, seq, what in report.breaks:
            typer.echo(say("{node}, event {seq}: {what}", node=node, seq=seq, what=what))
        typer.echo(say("Work goes on from here. What is missing stands in the audit trail."))


def _add_person(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command()
    def person(
        folder: SiteDir,
        login: Login,
        new: Annotated[str, typer.Option("--new", help="User name of the new person.")],
        name: Annotated[str, typer.Option("--name", help="Full name of the new person.")],
        role: NewRole,
    ) -> None:
        """Give somebody an account; the new password comes from a prompt or CRFAPP_NEW_PASSWORD."""
        if not LOGIN.fullmatch(new):
            raise typer.BadParameter(say(LOGIN_WANTED), param_hint="--new")
        if not name.strip():
            raise typer.BadParameter(say(NAME_WANTED), param_hint="--name")
        with problems_said(say):
            asker = _who(login, say)
            password = secret(NEW_PASSWORD, say("Password of the new person"), twice=True)
            account = Account(new, " ".join(name.split()), role, password)
            parts.give_account(folder, asker, account)
        typer.echo(say("{name} can log in as {login}.", name=account.name, login=new))


def _add_signatures(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command()
    def signatures(
        folder: SiteDir,
        out: Annotated[Path, typer.Option("--out", help="Folder to write; must not be there yet.")],
        login: Login,
    ) -> None:
        """Write every signature with all that was signed, readable: for inspection at the site alone.

        docs/verify_signature.py verifies the folder without this program.
        """
        with problems_said(say):
            count = parts.handing_out.signatures(folder, _who(login, say), out)
        typer.echo(
            say.many("{count} signature in {path}", "{count} signatures in {path}", count, path=str(out))
        )


def _add_workbook(export: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @export.command()
    def workbook(
        folder: SiteDir,
        out: Annotated[Path, typer.Option("--out", help="File to write; never overwritten.")],
        login: Login,
        language: Annotated[str, typer.Option("--language", help="Language of decodes and titles.")] = "en",
    ) -> None:
        """Hand over an encrypted workbook; its password comes from a prompt or CRFAPP_WORKBOOK_PASSWORD."""
        with problems_said(say):
            asker = _who(login, say)
            password = secret(WORKBOOK_PASSWORD, say("Password of the workbook"), twice=True)
            report = parts.handing_out.workbook(folder, asker, out, password, language)
        typer.echo(
            say(
                "{path}: {sheets} sheets, {rows} rows, {cells} cells, read back and compared. "
                "SHA-256 {sha256}",
                path=report.path,
                sheets=report.sheets,
                rows=report.rows,
                cells=report.cells,
                sha256=report.sha256,
            )
        )
