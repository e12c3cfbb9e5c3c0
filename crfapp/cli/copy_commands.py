"""``crfapp site copy``, ``compare`` and the like, ``crfapp export csv`` and ``odm``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.base.marking import N_
from crfapp.cli.parts import Credentials
from crfapp.cli.saying import NOT_WELL, problems_said, secret

if TYPE_CHECKING:
    from crfapp.cli.copy_parts import CompareReport
    from crfapp.cli.parts import Parts
    from crfapp.present.texts import Texts

SiteDir = Annotated[Path, typer.Argument(help="Folder of the site.")]
Login = Annotated[str, typer.Option("--login", help="User name.", envvar="CRFAPP_LOGIN")]
Language = Annotated[str, typer.Option("--language", help="Language of decodes and titles.")]
PASSWORD = "CRFAPP_PASSWORD"  # noqa: S105 - the name of a variable
COPY_PASSWORD = "CRFAPP_COPY_PASSWORD"  # noqa: S105 - the name of a variable
_WHAT = {
    "differs": N_("different"),
    "only here": N_("only at this site"),
    "only there": N_("only in the file"),
}


def add_copy_commands(site: typer.Typer, parts: Parts) -> None:
    """Add those of a site."""
    _add_copy(site, parts)
    _add_code(site, parts)
    _add_review(site, parts)
    _add_compare(site, parts)
    _add_work_again(site, parts)


def add_open_formats(export: typer.Typer, parts: Parts) -> None:
    """Add those that hand data over."""
    _add_csv(export, parts)
    _add_odm(export, parts)


def _add_csv(export: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @export.command()
    def csv(
        folder: SiteDir,
        out: Annotated[Path, typer.Option("--out", help="Folder to write; must not be there yet.")],
        login: Login,
        *,
        exact: Annotated[
            bool, typer.Option("--exact", help="For programs: nothing is put before texts such as =1+1.")
        ] = False,
        language: Language = "en",
    ) -> None:
        """Hand a folder of CSV files over: one for each form, the dictionary, the trail; not encrypted."""
        with problems_said(say):
            done = parts.handing_out.copying.csv(
                folder, _who(login, say), out, exact=exact, language=language
            )
        typer.echo(
            say(
                "{path}: {count} files, read back and compared. SHA-256 of their sums {sha256}",
                path=done.path,
                count=done.count,
                sha256=done.sha256,
            )
        )


def _add_odm(export: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @export.command()
    def odm(
        folder: SiteDir,
        out: Annotated[Path, typer.Option("--out", help="File to write; never overwritten.")],
        login: Login,
        language: Language = "en",
    ) -> None:
        """Hand metadata and answers over as CDISC ODM-XML 1.3.2; not encrypted."""
        with problems_said(say):
            done = parts.handing_out.copying.odm(folder, _who(login, say), out, language)
        typer.echo(
            say(
                "{path}: {count} answers. SHA-256 {sha256}",
                path=done.path,
                count=done.count,
                sha256=done.sha256,
            )
        )


def _who(login: str, say: Texts) -> Credentials:
    return Credentials(login, secret(PASSWORD, say("Password")))


def _add_copy(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command("copy")
    def copy_site(
        folder: SiteDir,
        out: Annotated[Path, typer.Option("--out", help="Folder to put the copy into.")],
        login: Login,
        *,
        typed: Annotated[
            bool, typer.Option("--typed", help="For a password typed now, not for the site's code.")
        ] = False,
    ) -> None:
        """Make the site's own certified copy: everything, encrypted, with the page that opens it."""
        with problems_said(say):
            who = _who(login, say)
            password = secret(COPY_PASSWORD, say("Password of the copy"), twice=True) if typed else None
            done = parts.handing_out.copying.make(folder, who, out, password)
        typer.echo(
            say(
                "{path}: {events} events, deciphered again and compared. SHA-256 {sha256}",
                path=done.path,
                events=done.events,
                sha256=done.sha256,
            )
        )
        typer.echo(say("Hash of the state: {state}", state=done.state))
        if done.sheet:
            typer.echo(say("It opens with the code of sheet {sheet}.", sheet=done.sheet))


def _add_code(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command("copy-code")
    def copy_code(folder: SiteDir, login: Login) -> None:
        """Show the code that opens the site's copies, for the investigator's own folder."""
        with problems_said(say):
            code, sheet = parts.handing_out.copying.code(folder, _who(login, say))
        typer.echo(say("Sheet {sheet}", sheet=sheet))
        typer.echo(code)


def _add_review(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command("review-copy")
    def review_copy(
        folder: SiteDir,
        copy: Annotated[Path, typer.Argument(help="The copy that was opened and looked through.")],
        login: Login,
    ) -> None:
        """Record that the investigator looked through a copy, once every part of it is proven."""
        with problems_said(say):
            who = _who(login, say)
            state = parts.handing_out.copying.review(
                folder, who, copy, secret(COPY_PASSWORD, say("Code or password"))
            )
        typer.echo(say("Every part is as it was written. Hash of the state: {state}", state=state))


def _add_compare(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command()
    def compare(
        folder: SiteDir,
        file: Annotated[Path, typer.Argument(help="What the centre holds: its state file.")],
        login: Login,
        *,
        show: Annotated[bool, typer.Option("--show", help="Show the answers themselves, too.")] = False,
    ) -> None:
        """Compare what the centre holds with this site's records, point by point."""
        with problems_said(say):
            done = parts.handing_out.copying.compare(folder, _who(login, say), file)
        _say_chains(done, say)
        for point in done.unequal:
            place = {"table": point.table, "place": point.place, "what": say(_WHAT[point.what])}
            typer.echo(say("{table} {place}: {what}", **place))
            for name, here, there in point.columns:
                typer.echo(f"  {name}: {here!r} | {there!r}" if show else f"  {name}")
        typer.echo(
            say("{equal} points are equal, {unequal} are not.", equal=done.equal, unequal=len(done.unequal))
        )
        raise typer.Exit(NOT_WELL if done.unequal or done.rewritten else 0)


def _say_chains(done: CompareReport, say: Texts) -> None:
    for node in done.rewritten:
        typer.echo(say("{node}: its history there is another one than here.", node=node))
    for node, count in done.ahead:
        typer.echo(say("{node}: {count} events of the file are not here yet.", node=node, count=count))
    for node, count in done.behind:
        typer.echo(say("{node}: {count} events are not in the file yet.", node=node, count=count))


def _add_work_again(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command("recommission")
    def recommission(
        copy: Annotated[Path, typer.Argument(help="A certified copy of the site.")],
        folder: Annotated[Path, typer.Argument(help="Folder for the site; empty or not there yet.")],
        login: Annotated[str, typer.Option("--login", help="An administrator on the site's records.")],
    ) -> None:
        """Put a site into work again out of its own copy, in a fresh installation."""
        with problems_said(say):
            code = secret(COPY_PASSWORD, say("Code or password"))
            done = parts.handing_out.copying.work_again(copy, code, folder, login)
        typer.echo(say("{events} events. Hash of the state: {state}", events=done.events, state=done.state))
        typer.echo(say("For one login of {login}: {secret}", login=login, secret=done.secret))
        typer.echo(say("New recovery sheet of this installation, to be kept in a safe:"))
        typer.echo(done.sheet)
