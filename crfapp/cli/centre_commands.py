"""``crfapp centre``: the data centre of a study, without a window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.centre_asking_commands import add_asking_commands
from crfapp.cli.centre_parts import CentreWish
from crfapp.cli.parts import Credentials
from crfapp.cli.receiving_commands import say_taken
from crfapp.cli.saying import NOT_WELL, problems_said, secret
from crfapp.exchange.centre_views import Handed, HandingWish
from crfapp.present.arrival import STATEMENT_TEXT, TRAINING_TEXT
from crfapp.present.texts import N_

if TYPE_CHECKING:
    from crfapp.cli.parts import Parts
    from crfapp.exchange.cards import SiteAsKnown
    from crfapp.exchange.centre_views import Standing
    from crfapp.exchange.delta import Changed
    from crfapp.present.texts import Texts

Home = Annotated[Path, typer.Argument(help="Folder of the centre.")]
Login = Annotated[str, typer.Option("--login", help="User name at the centre.", envvar="CRFAPP_LOGIN")]
SiteName = Annotated[str, typer.Argument(help="Code or id of the site.")]
Compared = Annotated[str, typer.Option("--compared", help="Code of the site's card, as told by telephone.")]
PASSWORD = "CRFAPP_PASSWORD"  # noqa: S105 - the name of a variable
NEW_PASSWORD = "CRFAPP_NEW_PASSWORD"  # noqa: S105 - the name of a variable
WORKBOOK_PASSWORD = "CRFAPP_WORKBOOK_PASSWORD"  # noqa: S105 - the name of a variable


def add_centre_commands(app: typer.Typer, parts: Parts) -> None:
    """Add the commands of whoever runs a centre."""
    centre = typer.Typer(help="Run the data centre of a study.", no_args_is_help=True)
    app.add_typer(centre, name="centre")
    _add_new(centre, parts)
    _add_database(centre, parts)
    _add_cards(centre, parts)
    _add_receive(centre, parts)
    _add_status(centre, parts)
    add_asking_commands(centre, parts)
    _add_reply(centre, parts)
    _add_export(centre, parts)
    _add_delta(centre, parts)
    _add_transit(centre, parts)


def _who(login: str, say: Texts) -> Credentials:
    return Credentials(login, secret(PASSWORD, say("Password")))


def _add_new(centre: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @centre.command()
    def new(
        folder: Annotated[Path, typer.Argument(help="Folder to make for the centre.")],
        *,
        pack: Annotated[str, typer.Option("--pack", help="Study pack: its name, or its folder.")],
        name: Annotated[str, typer.Option("--name", help="What sites call the centre.")],
        login: Annotated[str, typer.Option("--login", help="User name of its first administrator.")],
        person: Annotated[str, typer.Option("--person", help="Full name of the first administrator.")],
        zone: Annotated[str, typer.Option("--zone", help="Time zone, as in Europe/Berlin.")] = "UTC",
        database: Annotated[
            str, typer.Option("--database", help="PostgreSQL address for the sites' parts; else files.")
        ] = "",
    ) -> None:
        """Make a centre; its recovery sheet is shown once, to be printed or written down."""
        typer.echo(say(STATEMENT_TEXT))
        typer.echo(say(TRAINING_TEXT))
        accept = typer.confirm(say("Do you confirm both?"))
        with problems_said(say):
            password = secret(NEW_PASSWORD, say("Password of the administrator"), twice=True)
            wish = CentreWish(
                folder,
                parts.pack_folder(pack),
                name,
                zone,
                login,
                person,
                password,
                accepted=accept,
                database=database,
            )
            sheet, card = parts.centres.new(wish)
        typer.echo(say("Recovery sheet of {name}. Keep it where nobody else finds it:", name=name))
        typer.echo(sheet)
        typer.echo(say("Code of the centre's certificate: {code}", code=card.compared))


def _add_database(centre: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @centre.command()
    def database(
        folder: Home,
        address: Annotated[
            str, typer.Argument(help="As in postgresql://user@host/database?sslmode=verify-full")
        ],
        login: Login,
    ) -> None:
        """Keep what comes of the sites in a PostgreSQL database; before anything has come."""
        with problems_said(say):
            parts.centres.keep_on_server(folder, _who(login, say), address)
        typer.echo(say("What comes of the sites is kept in that database from now on."))


def _add_cards(centre: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @centre.command()
    def card(
        folder: Home,
        file: Annotated[Path, typer.Argument(help="File to write; must not be there yet.")],
        login: Login,
    ) -> None:
        """Write the card of the centre for its sites, and show the code to compare by telephone."""
        with problems_said(say):
            written = parts.centres.card(folder, _who(login, say), file)
        typer.echo(say("Read this code to each site by telephone: {code}", code=written.compared))

    @centre.command("add-site")
    def add_site(
        folder: Home,
        card: Annotated[Path, typer.Argument(help="Card that the site wrote.")],
        login: Login,
        compared: Compared = "",
    ) -> None:
        """Take in packages of a site from now on, once the code of its card was compared."""

        def agreed(found: SiteAsKnown) -> bool:
            if compared:
                return _plain(compared) == _plain(found.compared)
            facts = {"site": found.code, "name": found.name, "code": found.compared}
            typer.echo(say("Site {site}, {name}. The code of its certificate: {code}", **facts))
            return typer.confirm(say("Did the site read the same code to you?"))

        with problems_said(say):
            site = parts.centres.add(folder, _who(login, say), card, agreed)
        typer.echo(say("Packages of site {site} are taken in from now on.", site=site.code))


def _plain(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())


def _add_receive(centre: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @centre.command()
    def receive(
        folder: Home,
        login: Login,
        files: Annotated[
            list[Path] | None,
            typer.Argument(help="Packages, or folders with packages; none: look on the routes that are set."),
        ] = None,
    ) -> None:
        """Take in packages; what is refused is kept in the centre's quarantine with the reason."""
        with problems_said(say):
            taken = parts.centres.receive(folder, _who(login, say), files or ())
        raise typer.Exit(say_taken(taken, say))


def _add_status(centre: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @centre.command()
    def status(
        folder: Home,
        login: Login,
        walk: Annotated[bool, typer.Option("--walk", help="Walk every chain too.")] = False,
    ) -> None:
        """Say how each site stands; the exit status is 1 where one has to be called."""
        with problems_said(say):
            found = parts.centres.status(folder, _who(login, say), walk=walk)
        for one in found.sites:
            for line in standing_lines(one, say):
                typer.echo(line)
        if found.aside:
            typer.echo(say.many("{count} file in quarantine", "{count} files in quarantine", found.aside))
        raise typer.Exit(NOT_WELL if any(one.overdue or one.wrong for one in found.sites) else 0)


def standing_lines(one: Standing, say: Texts) -> list[str]:
    """How a site stands, line by line."""
    site = one.site
    facts = {"packages": one.packages, "refused": one.refused}
    here = {"events": one.events, "chains": one.chains}
    came = say("last {at} UTC, days ago: {days}", at=one.last[:16].replace("T", " "), days=one.quiet)
    lines = [
        f"{site.code}  {site.name}",
        "  " + say("packages: {packages} taken in, {refused} set aside", **facts),
        "  " + say("events: {events} in {chains} chains", **here),
        "  " + (came if one.last else say("nothing came yet")),
    ]
    about = {"subjects": one.subjects, "complete": one.complete, "forms": one.forms}
    lines.append("  " + say("subjects: {subjects}; forms: {complete} of {forms} complete", **about))
    asked = {"open": one.open_queries, "answered": one.answered_queries}
    lines.append("  " + say("queries: {open} open, {answered} answered", **asked))
    held = {"asked": one.locks_asked, "refused": one.locks_refused}
    lines.append("  " + say("locks: {asked} asked, {refused} refused by the site", **held))
    if one.pace is not None:
        took = {"middle": f"{one.pace.middle / 60:.1f}", "longest": f"{one.pace.longest / 60:.1f}"}
        lines.append("  " + say("from capture to here: {middle} h (median), {longest} h at most", **took))
    if one.written > one.ours:
        unheard = one.written - one.ours
        lines.append("  " + say("{count} events of this centre are not confirmed by the site", count=unheard))
    never = N_("Package {number} of {sender} never came; nothing is missing.")
    lines += [f"  {say(never, sender=sender, number=number)}" for sender, number in one.missing]
    if one.wrong:
        lines.append("  ! " + say("The records here are not sound: {what}", what=one.wrong))
    if one.overdue:
        lines.append("  ! " + say("Nothing came for {days} days. Call the site.", days=one.quiet))
    return lines


def _add_reply(centre: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @centre.command()
    def reply(
        folder: Home,
        site: SiteName,
        login: Login,
        out: Annotated[Path | None, typer.Option("--out", help="Folder to copy the package into.")] = None,
        full: Annotated[bool, typer.Option("--full", help="From the first event on.")] = False,
    ) -> None:
        """Make a package with receipts, queries and wishes of the centre for a site."""
        with problems_said(say):
            made = parts.centres.reply(folder, _who(login, say), site, out, full=full)
        facts = {"number": made.number, "node": made.node, "events": made.events}
        typer.echo(say("Package {number} for {node} with {events} events.", **facts))
        typer.echo(str(made.path) if not made.sent else made.sent)


def _add_export(centre: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @centre.command()
    def export(
        folder: Home,
        *,
        login: Login,
        out: Annotated[Path, typer.Option("--out", help="Folder to write into.")],
        form: Annotated[Handed, typer.Option("--form", help="In which form.")] = Handed.WORKBOOK,
        site: Annotated[str, typer.Option("--site", help="Code of one site; else all.")] = "",
        language: Annotated[str, typer.Option("--language", help="Language of decodes and titles.")] = "en",
    ) -> None:
        """Hand out the data of the sites, a file or folder for each; nothing is overwritten."""
        with problems_said(say):
            who, password = _who(login, say), ""
            if form is Handed.WORKBOOK:
                password = secret(WORKBOOK_PASSWORD, say("Password of the workbooks"), twice=True)
            found = parts.centres.export(folder, who, site, HandingWish(out, form, language, password))
        for one in found:
            typer.echo(f"{one.site}: {one.path}  SHA-256 {one.sha256}")


def _add_delta(centre: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @centre.command()
    def delta(
        folder: Home,
        site: SiteName,
        login: Login,
        since: Annotated[
            int | None, typer.Option("--from", help="Number of a package; else the one before the newest.")
        ] = None,
    ) -> None:
        """Say what is new or another answer since a package, and what of it was verified or signed before."""
        with problems_said(say):
            found = parts.centres.delta(folder, _who(login, say), site, since)
        for number, one in found:
            typer.echo(changed_line(number, one, say))
        typer.echo(say.many("{count} answer", "{count} answers", len(found)))


def changed_line(number: str, one: Changed, say: Texts) -> str:
    """One changed answer: where, what it was and is, and what was true of it before."""
    place = f"{number} {one.key.visit}/{one.key.visit_n} {one.key.form}.{one.key.item}"
    row = f" [{one.key.row}]" if one.key.row else ""
    was, now = (answer.value or answer.missing or "-" for answer in (one.before, one.after))
    marks = [say("after verification")] * one.verified + [say("after signature")] * one.signed
    said = say("new: {now}", now=now) if one.what == "new" else say("{was} -> {now}", was=was, now=now)
    return say.listed([f"{place}{row}: {said}", *marks])


def _add_transit(centre: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @centre.command()
    def transit(
        folder: Home,
        site: SiteName,
        login: Login,
        out: Annotated[Path, typer.Option("--out", help="CSV file to write; must not be there yet.")],
    ) -> None:
        """Write when each event was told, stored, exported and taken in here."""
        with problems_said(say):
            count = parts.centres.transit(folder, _who(login, say), site, out)
        typer.echo(say.many("{count} event in {path}", "{count} events in {path}", count, path=str(out)))
