"""``crfapp site card`` and ``crfapp site receive``: a site and its centre get to know each other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.parts import Credentials
from crfapp.cli.saying import NOT_WELL, problems_said, secret
from crfapp.present.taken_words import taken_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.cli.parts import Parts
    from crfapp.exchange.taken_in import TakenIn
    from crfapp.present.texts import Texts

SiteDir = Annotated[Path, typer.Argument(help="Folder of the site.")]
Login = Annotated[str, typer.Option("--login", help="User name.", envvar="CRFAPP_LOGIN")]
NewFile = Annotated[Path, typer.Argument(help="File to write; must not be there yet.")]
Files = Annotated[list[Path], typer.Argument(help="Packages, or folders with packages.")]
PASSWORD = "CRFAPP_PASSWORD"  # noqa: S105 - the name of a variable


def add_receiving_commands(site: typer.Typer, parts: Parts) -> None:
    """Add the commands to those of a site."""
    say = parts.texts

    @site.command()
    def card(folder: SiteDir, file: NewFile, login: Login) -> None:
        """Write the card of this site for its centre, and show the code to compare by telephone."""
        with problems_said(say):
            who = Credentials(login, secret(PASSWORD, say("Password")))
            written = parts.receiving.card(folder, who, file)
        typer.echo(say("{path} is the card of site {site}.", path=str(file), site=written.code))
        typer.echo(say("Read this code to the centre by telephone: {code}", code=written.compared))

    @site.command()
    def receive(folder: SiteDir, files: Files, login: Login) -> None:
        """Take in packages; what is refused is kept in the site's quarantine with the reason."""
        with problems_said(say):
            who = Credentials(login, secret(PASSWORD, say("Password")))
            taken = parts.receiving.receive(folder, who, files)
        raise typer.Exit(say_taken(taken, say))


def say_taken(taken: Sequence[TakenIn], say: Texts) -> int:
    """Say what became of each file; the exit status."""
    for one in taken:
        first, *more = taken_lines(one, say)
        typer.echo(f"{one.file}: {first}")
        for line in more:
            typer.echo(f"  {line}")
    if not taken:
        typer.echo(say("Nothing came."))
    return NOT_WELL if any(one.outcome == "refused" for one in taken) else 0
