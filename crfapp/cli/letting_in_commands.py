"""``crfapp site unlock`` and ``crfapp site reset``: somebody is locked out, or has lost the password."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.parts import Credentials
from crfapp.cli.saying import problems_said, secret

if TYPE_CHECKING:
    from crfapp.cli.parts import Parts

SiteDir = Annotated[Path, typer.Argument(help="Folder of the site.")]
Person = Annotated[str, typer.Option("--person", help="User name of whoever is to be let in again.")]
Login = Annotated[str, typer.Option("--login", help="User name of the administrator.", envvar="CRFAPP_LOGIN")]
BySheet = Annotated[bool, typer.Option("--sheet", help="By the recovery sheet, for an administrator.")]
PASSWORD = "CRFAPP_PASSWORD"  # noqa: S105 - the name of a variable
SHEET = "CRFAPP_RECOVERY"


def add_letting_in_commands(site: typer.Typer, parts: Parts) -> None:
    """Add the commands to those of a site."""
    say = parts.texts

    def let_in(folder: Path, person: str, login: str, *, sheet: bool, reset: bool) -> str:
        with problems_said(say):
            if sheet:
                text = secret(SHEET, say("Recovery sheet, all lines one after the other"))
                return parts.letting_in.by_sheet(folder, text, person, reset=reset)
            who = Credentials(login, secret(PASSWORD, say("Password")))
            return parts.letting_in.by_administrator(folder, who, person, reset=reset)

    @site.command()
    def unlock(folder: SiteDir, person: Person, login: Login = "", sheet: BySheet = False) -> None:
        """Let somebody try again after too many wrong passwords."""
        let_in(folder, person, login, sheet=sheet, reset=False)
        typer.echo(say("{login} can try again.", login=person))

    @site.command()
    def reset(folder: SiteDir, person: Person, login: Login = "", sheet: BySheet = False) -> None:
        """Replace a lost password by a secret for one login; it is shown once."""
        given = let_in(folder, person, login, sheet=sheet, reset=True)
        typer.echo(say("{login} can log in once with:", login=person))
        typer.echo(given)
