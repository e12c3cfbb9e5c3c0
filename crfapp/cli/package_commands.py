"""``crfapp package``: making packages, and looking into one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.parts import Credentials
from crfapp.cli.saying import problems_said, secret

if TYPE_CHECKING:
    from crfapp.cli.package_parts import MadePackage, ShownPackage
    from crfapp.cli.parts import Parts
    from crfapp.present.texts import Texts

PASSWORD = "CRFAPP_PASSWORD"  # noqa: S105 - the name of a variable
Folder = Annotated[Path, typer.Argument(help="Folder of the site.")]
Login = Annotated[str, typer.Option("--login", help="User name.", envvar="CRFAPP_LOGIN")]


def add_package_commands(app: typer.Typer, parts: Parts) -> None:
    """Add the commands to those of the program."""
    package = typer.Typer(help="What is sent: made, and looked into.", no_args_is_help=True)
    app.add_typer(package, name="package")
    say = parts.texts

    @package.command()
    def make(
        folder: Folder,
        to: Annotated[str, typer.Option("--to", help="Recipient or workstation: id or name.")],
        login: Login,
        *,
        full: Annotated[
            bool, typer.Option("--full", help="Everything from the first event on, not what is new alone.")
        ] = False,
    ) -> None:
        """Make a package, open it again in a test, and put it into the outbox."""
        with problems_said(say):
            who = Credentials(login, secret(PASSWORD, say("Password")))
            made = parts.handing_out.packaging.make(folder, who, to, full=full)
        for line in _made_words(made, say):
            typer.echo(line)

    @package.command()
    def show(
        folder: Folder, file: Annotated[Path, typer.Argument(help="The package.")], login: Login
    ) -> None:
        """Open a package that was made or came here, compare every part and event, and say what is in it."""
        with problems_said(say):
            who = Credentials(login, secret(PASSWORD, say("Password")))
            shown = parts.handing_out.packaging.show(folder, who, file)
        for line in _shown_words(shown, say):
            typer.echo(line)


def _made_words(made: MadePackage, say: Texts) -> tuple[str, ...]:
    return (
        say(
            "Package {number} for {name}, code {code}",
            number=made.number,
            name=made.recipient,
            code=made.code,
        ),
        say("{path}: {bytes} bytes, {events} events", path=made.path, bytes=made.bytes, events=made.events),
        say("Opened again and compared. SHA-256 {sha256}", sha256=made.sha256),
    )


def _shown_words(shown: ShownPackage, say: Texts) -> tuple[str, ...]:
    return (
        say("Package {number} of {maker}", number=shown.number, maker=shown.maker),
        say(
            "Unchanged: signature, seal, every part and every event match. SHA-256 {sha256}",
            sha256=shown.sha256,
        ),
        "",
        *shown.certificate.splitlines(),
        "",
        *(f"{size:>12}  {name}" for name, size in shown.parts),
    )
