"""``crfapp centre query``, ``lock`` and ``unlock``: what the centre asks of a site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.centre_parts import Asked
from crfapp.cli.parts import Credentials
from crfapp.cli.saying import problems_said, secret

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.cli.parts import Parts

    Ask = Callable[[Path, str, Asked], None]

Home = Annotated[Path, typer.Argument(help="Folder of the centre.")]
Login = Annotated[str, typer.Option("--login", help="User name at the centre.", envvar="CRFAPP_LOGIN")]
SiteName = Annotated[str, typer.Argument(help="Code or id of the site.")]
Subject = Annotated[str, typer.Argument(help="Number of the subject; none: the whole site.")]
Visit = Annotated[str, typer.Option("--visit", help="Visit, or VISIT/2 for its second occurrence.")]
Form = Annotated[str, typer.Option("--form", help="Form, or FORM/2.")]
PASSWORD = "CRFAPP_PASSWORD"  # noqa: S105 - the name of a variable


def add_asking_commands(centre: typer.Typer, parts: Parts) -> None:
    """Add the commands to those of a centre."""
    say = parts.texts

    def ask(home: Path, login: str, asked: Asked) -> None:
        with problems_said(say):
            who = Credentials(login, secret(PASSWORD, say("Password")))
            parts.centres.ask(home, who, asked)
        typer.echo(say("It goes to site {site} with the next reply.", site=asked.site))

    @centre.command()
    def query(
        folder: Home,
        site: SiteName,
        subject: Annotated[str, typer.Argument(help="Number of the subject.")],
        text: Annotated[str, typer.Argument(help="What is asked.")],
        *,
        login: Login,
        at: Annotated[str, typer.Option("--at", help="VISIT, VISIT/FORM or VISIT/FORM.ITEM.")] = "",
    ) -> None:
        """Ask about a subject, a visit, a form or an item."""
        visit, _, rest = at.partition("/")
        form, _, item = rest.partition(".")
        ask(folder, login, Asked("query", site, subject, visit, form, item=item, text=text))

    _add_holding(centre, ask)


def _add_holding(centre: typer.Typer, ask: Ask) -> None:
    @centre.command()
    def lock(
        folder: Home,
        site: SiteName,
        subject: Subject = "",
        *,
        login: Login,
        visit: Visit = "",
        form: Form = "",
    ) -> None:
        """Ask the site to lock a form, a visit, a casebook or everything."""
        ask(folder, login, Asked("lock", site, subject, visit, form))

    @centre.command()
    def unlock(
        folder: Home,
        site: SiteName,
        subject: Subject = "",
        *,
        login: Login,
        reason: Annotated[str, typer.Option("--reason", help="What for.")],
        visit: Visit = "",
        form: Form = "",
    ) -> None:
        """Ask the investigator to unlock what is locked."""
        ask(folder, login, Asked("unlock", site, subject, visit, form, text=reason))
