"""``crfapp qualify``: is the program installed as it was made, and does it do here what it promises."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.parts import Credentials
from crfapp.cli.qualify_parts import QualifyWish
from crfapp.cli.saying import NOT_WELL, problems_said, secret
from crfapp.present.qualification_words import RESULTS, WHY

if TYPE_CHECKING:
    from crfapp.cli.parts import Parts
    from crfapp.cli.qualify_parts import Qualified
    from crfapp.present.texts import Texts

PASSWORD = "CRFAPP_PASSWORD"  # noqa: S105 - the name of a variable
Site = Annotated[
    Path | None, typer.Argument(help="Folder of the site; this workstation's, where none is named.")
]
Installation = Annotated[bool, typer.Option("--installation", help="Files, versions, machine, cryptography.")]
Operation = Annotated[
    bool, typer.Option("--operation", help="What the program promises, tried on made-up data.")
]
Verify = Annotated[Path | None, typer.Option("--verify", help="A report to compare with its signature.")]
Out = Annotated[Path, typer.Option("--out", help="Folder for the report.")]
Login = Annotated[
    str, typer.Option("--login", help="User name; the site's key signs then.", envvar="CRFAPP_LOGIN")
]


def add_qualify_command(app: typer.Typer, parts: Parts) -> None:
    """Add it, and the hidden one that is the process that ``--operation`` kills."""
    say = parts.texts

    @app.command("qualify-saving", hidden=True)
    def saving(folder: Path, most_bytes: Annotated[int, typer.Option()] = 0) -> None:
        """Found a made-up site in an empty folder and save without end; it is to be killed."""
        with problems_said(say):
            parts.qualifying.save_until_killed(folder, most_bytes)

    @app.command()
    def qualify(
        site: Site = None,
        *,
        installation: Installation = False,
        operation: Operation = False,
        verify: Verify = None,
        out: Out = Path("qualification"),
        login: Login = "",
        language: Annotated[str, typer.Option("--language", help="Language of the report.")] = "en",
    ) -> None:
        """Qualify the installation or the operation, as a signed report (PDF and JSON); or verify one."""
        if sum((installation, operation, verify is not None)) != 1:
            raise typer.BadParameter(say("Say one of --installation, --operation and --verify."))
        with problems_said(say):
            if verify is not None:
                _verified(parts, verify)
            else:
                who = Credentials(login, secret(PASSWORD, say("Password"))) if login and site else None
                wish = QualifyWish(out, language, site, who)
                asked = parts.qualifying.installation if installation else parts.qualifying.operation
                _say_report(asked(wish), say)


def _verified(parts: Parts, file: Path) -> None:
    say = parts.texts
    found = parts.qualifying.verify(file)
    if found.why:
        sys.stderr.write(say("{file}: {why}", file=found.file, why=say(WHY[found.why])) + "\n")
        raise typer.Exit(NOT_WELL)
    typer.echo(
        say("{file}: as it was signed by {fingerprint}", file=found.file, fingerprint=found.fingerprint)
    )


def _say_report(done: Qualified, say: Texts) -> None:
    for one in done.findings:
        words = f"{one.requirement:<8} {say(RESULTS[one.result]):<12} {say(one.name)}: {one.seen}"
        typer.echo(words + (f" ({say('expected')}: {one.expected})" if one.result == "fail" else ""))
    for file in done.files:
        typer.echo(file)
    whose = say("the workstation's own key") if done.of_site else say("a key of this report alone")
    typer.echo(say("Signed by {whose}, fingerprint {fingerprint}", whose=whose, fingerprint=done.fingerprint))
    typer.echo(say("SHA-256 of the data: {sha256}", sha256=done.sha256))
    if not done.well:
        raise typer.Exit(NOT_WELL)
