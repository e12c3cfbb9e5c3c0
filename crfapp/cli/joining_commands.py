"""``crfapp site invite`` and ``crfapp join``: a second workstation of a site, or somebody's own copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.parts import Credentials
from crfapp.cli.saying import NOT_WELL, problems_said, secret

if TYPE_CHECKING:
    from crfapp.cli.parts import Parts

SiteDir = Annotated[Path, typer.Argument(help="Folder of the site.")]
Login = Annotated[str, typer.Option("--login", help="User name.", envvar="CRFAPP_LOGIN")]
Out = Annotated[Path, typer.Option("--out", help="File to write; must not be there yet.")]
Label = Annotated[str, typer.Option("--label", help="What people call the new workstation.")]
Monitor = Annotated[str, typer.Option("--monitor", help="User name of whoever is to have an own copy.")]
Route = Annotated[str, typer.Option("--route", help="Folder or address over which both exchange.")]
Invitation = Annotated[Path, typer.Argument(help="Invitation from the first workstation.")]
NewDir = Annotated[Path, typer.Argument(help="Folder to make for the site.")]
PASSWORD = "CRFAPP_PASSWORD"  # noqa: S105 - the name of a variable
NEW_PASSWORD = "CRFAPP_NEW_PASSWORD"  # noqa: S105 - the name of a variable
CODE = "CRFAPP_INVITATION_CODE"


def add_joining_commands(app: typer.Typer, site: typer.Typer, parts: Parts) -> None:
    """Add the commands to the program's, and to those of a site."""
    _add_invite(site, parts)
    _add_exchange(site, parts)
    _add_join(app, parts)


def _add_invite(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command()
    def invite(
        folder: SiteDir,
        out: Out,
        login: Login,
        *,
        label: Label = "",
        monitor: Monitor = "",
        route: Route = "",
    ) -> None:
        """Invite a second workstation, or make a monitor's own copy; the code is shown once."""
        with problems_said(say):
            who = Credentials(login, secret(PASSWORD, say("Password")))
            report = parts.joining.invite(
                folder, who, out, label=label or monitor or out.stem, monitor=monitor, route=route
            )
        typer.echo(say("{path} opens with this code, once, on the new workstation:", path=str(out)))
        typer.echo(report.code)
        typer.echo(say("{label} will show the code {code}.", label=report.label, code=report.short_code))


def _add_exchange(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command()
    def exchange(folder: SiteDir, login: Login) -> None:
        """Exchange with the other workstations: fetch, take in, make and lay what they have not confirmed."""
        with problems_said(say):
            who = Credentials(login, secret(PASSWORD, say("Password")))
            lines, well = parts.joining.exchange(folder, who, say)
        for line in lines:
            typer.echo(line)
        if not lines:
            typer.echo(say("No other workstation has a route here."))
        raise typer.Exit(0 if well else NOT_WELL)


def _add_join(app: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @app.command()
    def join(file: Invitation, folder: NewDir, login: Login) -> None:
        """Begin a second workstation, or an own copy, from an invitation."""
        with problems_said(say):
            code = secret(CODE, say("Code of the invitation"))
            who = Credentials(login, secret(PASSWORD, say("Password at the site")))
            site_label = parts.joining.join(
                file, code, folder, who, lambda: secret(NEW_PASSWORD, say("New password"), twice=True)
            )
        typer.echo(say("{site} is here. Everybody logs in as at the first workstation.", site=site_label))
