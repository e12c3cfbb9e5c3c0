"""``crfapp send`` and ``crfapp route``: packages on their way, and where they go."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.base.routes import RouteSecret, read_address, with_host_key
from crfapp.cli.parts import Credentials
from crfapp.cli.saying import problems_said, secret

if TYPE_CHECKING:
    from crfapp.cli.parts import Parts, SentPackage
    from crfapp.present.texts import Texts

PASSWORD = "CRFAPP_PASSWORD"  # noqa: S105 - the name of a variable
ROUTE_PASSWORD = "CRFAPP_ROUTE_PASSWORD"  # noqa: S105 - the name of a variable
Folder = Annotated[Path, typer.Argument(help="Folder of the site.")]
Peer = Annotated[str, typer.Argument(help="Recipient or workstation: id or name.")]
Login = Annotated[str, typer.Option("--login", help="User name.", envvar="CRFAPP_LOGIN")]


def add_route_commands(app: typer.Typer, parts: Parts) -> None:
    """Add the commands to those of the program."""
    _add_send(app, parts)
    route = typer.Typer(help="Where packages go.", no_args_is_help=True)
    app.add_typer(route, name="route")
    _add_set(route, parts)
    _add_check(route, parts)
    _add_fetch(route, parts)


def _who(login: str, say: Texts) -> Credentials:
    return Credentials(login, secret(PASSWORD, say("Password")))


def _add_send(app: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @app.command()
    def send(
        folder: Folder,
        login: Login,
        *,
        package: Annotated[str, typer.Option("--package", help="This one alone.")] = "",
        to: Annotated[
            str, typer.Option("--to", help="Make a new package for this recipient first, and send it alone.")
        ] = "",
        by_hand: Annotated[
            Path | None, typer.Option("--by-hand", help="Copy the package into this folder instead.")
        ] = None,
    ) -> None:
        """Send the packages that wait in the outbox over their routes."""
        if bool(package) == bool(to) and (package or by_hand is not None):
            raise typer.BadParameter(say("Say which package: an id, or for whom a new one is made."))
        with problems_said(say):
            who = _who(login, say)
            package = parts.handing_out.packages.make(folder, who, to) if to else package
            if by_hand is not None:
                sent = [parts.handing_out.packages.carry(folder, who, package, by_hand)]
            else:
                sent = parts.handing_out.packages.send(folder, who, package)
        for one in sent:
            typer.echo(_sent_words(one, say))
        if not sent:
            typer.echo(say("No package with a route waits in the outbox."))


def _sent_words(one: SentPackage, say: Texts) -> str:
    told = {"file": one.file, "to": one.to}
    if one.already:
        return say("{file} lay there already: {to}", **told)
    if one.resumed:
        return say("{file} sent on from where it broke off ({bytes} bytes): {to}", bytes=one.resumed, **told)
    return say("{file} sent and compared: {to}", **told)


def _add_set(route: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @route.command("set")
    def set_route(
        folder: Folder,
        peer: Peer,
        url: Annotated[str, typer.Argument(help="Folder or address; empty: carried by hand.")],
        login: Login,
        *,
        key: Annotated[Path | None, typer.Option("--key", help="File with the private key for SFTP.")] = None,
        user: Annotated[str, typer.Option("--user", help="User, or access key for S3.")] = "",
        host_key: Annotated[
            str, typer.Option("--host-key", help="The agreed code of the server's key, SHA256:...")
        ] = "",
    ) -> None:
        """Set where packages go. Passwords come from a prompt or CRFAPP_ROUTE_PASSWORD, never the address."""
        with problems_said(say):
            who = _who(login, say)
            agreed = _agreed(url, host_key, parts)
            opens = _secret(agreed, key, user, say)
            parts.handing_out.packages.set_route(folder, who, peer, agreed, opens)
        typer.echo(say("Packages to {peer} go to: {url}", peer=peer, url=agreed or say("by hand")))


def _agreed(url: str, told: str, parts: Parts) -> str:
    """An SFTP address with the code of its server's key, which somebody compared."""
    say = parts.texts
    if not url.strip():
        return ""
    address = read_address(url)
    if address.sort != "sftp":
        return url
    if told or address.host_key:
        return with_host_key(url, told or address.host_key)
    shown = parts.handing_out.packages.shown_key(url)
    typer.echo(say("The server shows a key with this code: {code}", code=shown))
    if not typer.confirm(say("Is it the code that whoever runs the server gave you?")):
        raise typer.Exit(1)
    return with_host_key(url, shown)


def _secret(url: str, key: Path | None, user: str, say: Texts) -> RouteSecret | None:
    """What opens the route; a key that is locked with a password takes it from the environment."""
    if not url or read_address(url).sort == "folder":
        return None
    if key is not None:
        try:
            text = key.read_text(encoding="ascii")
        except (OSError, ValueError):
            raise typer.BadParameter(say("This file cannot be read."), param_hint="--key") from None
        return RouteSecret(user, os.environ.get(ROUTE_PASSWORD, ""), text)
    return RouteSecret(user, secret(ROUTE_PASSWORD, say("Password of the route")))


def _add_check(route: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @route.command()
    def check(folder: Folder, peer: Peer, login: Login) -> None:
        """Reach the place, log in there and look through it; nothing is sent."""
        with problems_said(say):
            found = parts.handing_out.packages.check_route(folder, _who(login, say), peer)
        typer.echo(say.many("{count} file lies there.", "{count} files lie there.", len(found)))


def _add_fetch(route: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @route.command()
    def fetch(folder: Folder, peer: Peer, login: Login) -> None:
        """Fetch what is new there into the inbox; taking it in is another step."""
        with problems_said(say):
            brought = parts.handing_out.packages.fetch(folder, _who(login, say), peer)
        for file in brought:
            typer.echo(str(file))
        if not brought:
            typer.echo(say("Nothing new lies there."))
