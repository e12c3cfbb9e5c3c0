"""``crfapp site trail``: the audit trail, or what a filter leaves of it, as a file."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.parts import Credentials, TrailWish
from crfapp.cli.saying import problems_said, secret
from crfapp.present.audit_view import AuditWish, UnreadableWishError

if TYPE_CHECKING:
    from crfapp.cli.parts import Parts
    from crfapp.present.texts import Texts

PASSWORD = "CRFAPP_PASSWORD"  # noqa: S105 - the name of a variable
NAMES = {
    "subject": "subject",
    "user": "login",
    "role": "role",
    "form": "form",
    "item": "item",
    "kind": "kinds",
    "from": "begin",
    "to": "end",
    "reason": "words",
    "workstation": "node",
}
"""What a filter is called here, and in :class:`crfapp.present.audit_view.AuditWish`."""


class TrailFormat(StrEnum):
    """How the file is written."""

    XLSX = "xlsx"
    CSV = "csv"
    JSONL = "jsonl"


Folder = Annotated[Path, typer.Argument(help="Folder of the site.")]
Out = Annotated[Path, typer.Option("--out", help="File to write; never overwritten.")]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        help="Only such events, NAME=VALUE: subject (number), user, role, form, item, kind (of event, or a"
        " group such as answers), from, to (day, or day and time, at the site), reason, workstation.",
    ),
]
Written = Annotated[TrailFormat, typer.Option("--format", help="How the file is written.")]


def add_trail(site: typer.Typer, parts: Parts) -> None:
    """Add the command to those of a site."""
    say = parts.texts

    @site.command()
    def trail(
        folder: Folder,
        out: Out,
        login: Annotated[str, typer.Option("--login", help="User name.", envvar="CRFAPP_LOGIN")],
        *,
        written: Written = TrailFormat.CSV,
        where: Where = None,
        language: Annotated[str, typer.Option("--language", help="Language of the words.")] = "en",
    ) -> None:
        """Write the audit trail, all of it or what filters leave, as a file that other programs read."""
        wish = TrailWish(out, written.value, language, _filter(where or [], say))
        with problems_said(say):
            try:
                report = parts.handing_out.trail(
                    folder, Credentials(login, secret(PASSWORD, say("Password"))), wish
                )
            except UnreadableWishError as refused:
                raise typer.BadParameter(refused.words, param_hint="--where") from None
        typer.echo(
            say(
                "{path}: {rows} events, read back and compared. SHA-256 {sha256}",
                path=report.path,
                rows=report.rows,
                sha256=report.sha256,
            )
        )


def _filter(told: list[str], say: Texts) -> AuditWish:
    known = {field.name for field in fields(AuditWish)}
    wanted: dict[str, str] = {}
    for one in told:
        name, sign, value = one.partition("=")
        field = NAMES.get(name.strip(), "")
        if not sign or field not in known:
            names = ", ".join(NAMES)
            words = say("Write it as NAME=VALUE; the names are {names}.", names=names)
            raise typer.BadParameter(words, param_hint="--where")
        wanted[field] = value.strip()
    return AuditWish(**wanted)
