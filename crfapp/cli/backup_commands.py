"""``crfapp site copies``, ``drill``, ``restore`` and the paper that opens copies when passwords are lost."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.backup_parts import CopyWish
from crfapp.cli.parts import Credentials
from crfapp.cli.saying import NOT_WELL, problems_said, secret

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crfapp.cli.parts import Parts
    from crfapp.present.texts import Texts

SiteDir = Annotated[Path, typer.Argument(help="Folder of the site.")]
Login = Annotated[str, typer.Option("--login", help="User name of an administrator.", envvar="CRFAPP_LOGIN")]
FromFolder = Annotated[
    Path | None, typer.Option("--from", help="Folder with copies; else the second place, or the site's own.")
]
CopyFile = Annotated[str, typer.Option("--copy", help="Name of the copy; else the newest.")]
Paper = Annotated[
    bool, typer.Option("--paper", help="Open the copy by the recovery sheet or shares, not by a password.")
]
PASSWORD = "CRFAPP_PASSWORD"  # noqa: S105 - the name of a variable
PAPER = "CRFAPP_RECOVERY"


def add_backup_commands(site: typer.Typer, parts: Parts) -> None:
    """Add them to those of a site."""
    _add_copies(site, parts)
    _add_drill(site, parts)
    _add_restore(site, parts)
    _add_photographs(site, parts)
    _add_papers(site, parts)


def _who(login: str, say: Texts) -> Credentials:
    return Credentials(login, secret(PASSWORD, say("Password")))


def _paper(say: Texts) -> str:
    return secret(PAPER, say("Recovery sheet or shares, one after the other"))


def _add_copies(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command()
    def copies(
        folder: SiteDir,
        login: Login,
        *,
        second: Annotated[
            Path | None, typer.Option("--second", help="Folder to which copies also go from now on.")
        ] = None,
        no_second: Annotated[bool, typer.Option("--forget-second", help="No second place any more.")] = False,
        now: Annotated[bool, typer.Option("--now", help="Make a copy in any case.")] = False,
    ) -> None:
        """Make and verify the copy that is due, bring it to the second place, say how old the newest are."""
        with problems_said(say):
            told = parts.keeping.copies(folder, _who(login, say), second=second, end=no_second, now=now)
        typer.echo(json.dumps(asdict(told), ensure_ascii=False, indent=1))
        if told.same_disk:
            warning = say(
                "The second place lies on the disk that holds the records: one broken disk takes both."
            )
            typer.echo(warning, err=True)
        raise typer.Exit(NOT_WELL if told.problem else 0)


def _add_drill(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command()
    def drill(
        folder: SiteDir,
        login: Login,
        source: FromFolder = None,
        copy: CopyFile = "",
        paper: Paper = False,
    ) -> None:
        """Try out a restore: open a copy, walk its chains, fold it again, compare it; prints JSON."""
        with problems_said(say):
            wish = CopyWish(source, copy, _paper(say) if paper else "")
            told = parts.keeping.drill(folder, _who(login, say), wish)
        typer.echo(json.dumps(asdict(told), ensure_ascii=False, indent=1))
        raise typer.Exit(0 if told.passed else NOT_WELL)


def _add_restore(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command()
    def restore(
        source: Annotated[Path, typer.Argument(help="Folder with copies.")],
        folder: Annotated[Path, typer.Argument(help="Folder of the site; empty, or not there yet.")],
        login: Login,
        *,
        reason: Annotated[str, typer.Option("--reason", help="Why the site is restored.")],
        copy: CopyFile = "",
        paper: Paper = False,
    ) -> None:
        """Put a site to work again out of a copy on a new machine; prints one JSON object."""
        with problems_said(say):
            wish = CopyWish(source, copy, _paper(say) if paper else "")
            who = Credentials(login, "") if paper else _who(login, say)
            told = parts.keeping.restore(folder, who, wish, reason)
        typer.echo(json.dumps(asdict(told), ensure_ascii=False, indent=1))


def _add_photographs(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command("restore-photographs")
    def photographs(
        folder: SiteDir,
        source: Annotated[Path, typer.Option("--from", help="Folder with copies.")],
        login: Login,
    ) -> None:
        """Bring photographs that are damaged or lost back from beside a copy."""
        with problems_said(say):
            back, still = parts.keeping.photographs(folder, _who(login, say), source)
        typer.echo(say.many("{count} photograph brought back", "{count} photographs brought back", back))
        for photograph in still:
            typer.echo(say("Photograph {photograph}: still not as it was", photograph=photograph))
        raise typer.Exit(NOT_WELL if still else 0)


def _add_papers(site: typer.Typer, parts: Parts) -> None:
    say = parts.texts

    @site.command()
    def sheet(folder: SiteDir, login: Login) -> None:
        """Make a new recovery sheet; it counts once it was typed back, and ends the earlier one."""
        with problems_said(say):
            parts.keeping.sheet(folder, _who(login, say), _shown(say))
        typer.echo(say("The new recovery sheet opens the records; the earlier one opens nothing any more."))

    @site.command()
    def shares(
        folder: SiteDir,
        login: Login,
        needed: Annotated[int, typer.Option("--needed", help="How many open the records.")] = 2,
        made: Annotated[int, typer.Option("--of", help="How many there are.")] = 3,
    ) -> None:
        """Split the key into shares on paper; they count once as many as are needed were typed back."""
        with problems_said(say):
            parts.keeping.shares(folder, _who(login, say), (needed, made), _shown(say))
        typer.echo(
            say("{needed} of these {made} shares open the records; none of an earlier set does.",
                needed=needed, made=made)
        )  # fmt: skip


def _shown(say: Texts) -> Callable[[str, Sequence[str]], str]:
    """Shows paper, and takes what was typed back, line by line up to an empty one."""

    def show(label: str, lines: Sequence[str]) -> str:
        typer.echo(label)
        for line in lines:
            typer.echo(line)
        typer.echo(say("Copy this to paper. Then type it back from there; end with an empty line."))
        typed: list[str] = []
        while line := typer.prompt("", default="", show_default=False, prompt_suffix=""):
            typed.append(line)
        return "\n".join(typed)

    return show
