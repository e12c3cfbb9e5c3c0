"""``crfapp study install``, ``activate``, ``reconsent``: an amendment at a site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.amendment_parts import Approval
from crfapp.cli.packs import PackFolder  # noqa: TC001 - typer reads it
from crfapp.cli.parts import Credentials
from crfapp.cli.saying import NOT_WELL, problems_said, secret

if TYPE_CHECKING:
    from crfapp.cli.parts import Parts
    from crfapp.present.texts import Texts

SiteDir = Annotated[Path, typer.Argument(help="Folder of the site.")]
Login = Annotated[str, typer.Option("--login", help="User name.", envvar="CRFAPP_LOGIN")]
Rehearse = Annotated[bool, typer.Option("--rehearse", help="Only say what it would change.")]
Version = Annotated[str, typer.Argument(help="Version of the study that is installed.")]
Reference = Annotated[str, typer.Option("--approval", help="Reference of the approval.")]
ApprovedOn = Annotated[str, typer.Option("--on", help="Day of the approval, as 2025-01-31.")]
ApprovedBy = Annotated[str, typer.Option("--by", help="Who gave the approval.")]
NoConsent = Annotated[bool, typer.Option("--consent-stays", help="Subjects need not agree again.")]
Subject = Annotated[str, typer.Argument(help="Number of the subject.")]
ConsentOn = Annotated[str, typer.Option("--on", help="Day of the consent, as 2025-01-31.")]
PASSWORD = "CRFAPP_PASSWORD"  # noqa: S105 - the name of a variable


def add_amendment_commands(study: typer.Typer, parts: Parts) -> None:
    """Add the commands of whoever looks after a site whose study is amended."""
    _add_install(study, parts)
    _add_activate(study, parts)
    _add_reconsent(study, parts)


def _add_install(study: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @study.command()
    def install(site: SiteDir, pack: PackFolder, login: Login, rehearse: Rehearse = False) -> None:
        """Say what an amendment changes for every subject, make a backup and keep it; it waits then."""
        folder = pack if pack.is_dir() else parts.pack_folder(str(pack))
        with problems_said(say):
            report = parts.amending.install(site, _who(login, say), folder, say, rehearse=rehearse)
        for line in report.lines:
            typer.echo(line)
        if not report.fit:
            raise typer.Exit(NOT_WELL)
        if not rehearse:
            typer.echo(
                say(
                    "Version {version} is installed and waits: nothing is asked by it until it is in force.",
                    version=report.version,
                )
            )


def _add_activate(study: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @study.command()
    def activate(  # typer makes an option of each
        site: SiteDir,
        version: Version,
        *,
        login: Login,
        approval: Reference,
        on: ApprovedOn,
        by: ApprovedBy,
        no_consent: NoConsent = False,
    ) -> None:
        """Put an installed version in force at this site, once its approvals are there."""
        with problems_said(say):
            told = Approval(approval, on, by, consent=not no_consent)
            parts.amending.activate(site, _who(login, say), version, told)
        typer.echo(say("Version {version} is in force from the next login on.", version=version))


def _add_reconsent(study: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @study.command()
    def reconsent(site: SiteDir, subject: Subject, on: ConsentOn, login: Login) -> None:
        """Note that a subject agreed to the version in force: visits that have not begun follow it."""
        with problems_said(say):
            version = parts.amending.reconsent(site, _who(login, say), subject, on)
        typer.echo(say("{subject} follows version {version} from here on.", subject=subject, version=version))


def _who(login: str, say: Texts) -> Credentials:
    return Credentials(login, secret(PASSWORD, say("Password")))
