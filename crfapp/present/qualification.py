"""A qualification on paper: what was looked at, expected beside seen, the signature, room to approve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crfapp.present.paper.blocks import Booklet, Cell, Chapter, Lines, Table, text
from crfapp.present.paper.casebook.tables import cell, facts, figures, heading, lines, small
from crfapp.present.qualification_words import KINDS, RESULTS
from crfapp.present.texts import isolated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.present.paper.blocks import Block
    from crfapp.present.texts import Texts

_WIDTHS = (0.12, 0.26, 0.24, 0.26, 0.12)
_TONES = {"pass": "plain", "fail": "mark_strong", "note": "muted"}
_APPROVAL = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class QualificationReport:
    """What the JSON says, its SHA-256, the armored signature of it, and whether a site's key signed."""

    data: dict[str, Any]
    sha256: str
    signature: str
    of_site: bool


def qualification_booklet(report: QualificationReport, say: Texts) -> Booklet:
    """One chapter: the facts, a line for each finding, the signature, and who approves."""
    data = report.data
    title = say(KINDS[data["qualification"]])
    program = f"crfapp {data['program']['version']}"
    return Booklet(
        title=f"{title}: {program}",
        author=data["by"] or "crfapp",
        language=say.language,
        right_to_left=say.right_to_left,
        running=isolated(program),
        badge=say(RESULTS[data["result"].lower()]),
        foot=isolated(f"{data['made_at']} · SHA-256 {report.sha256[:16]}"),
        paging=lambda page, pages: say("Page {page} of {pages}", page=page, pages=pages),
        chapters=(Chapter("qualification", title, "", tuple(_blocks(report, say))),),
    )


def _blocks(report: QualificationReport, say: Texts) -> Iterator[Block]:
    data = report.data
    program = data["program"]
    yield facts(
        (
            (say("Result"), say(RESULTS[data["result"].lower()])),
            (
                say("Program"),
                isolated(f"{program['version']} {program['commit']} {program['built']}".strip()),
            ),
            (say("Made"), isolated(data["made_at"])),
            (say("Site"), data["site"] and isolated(data["site"])),
            (say("Made by"), data["by"] and isolated(data["by"])),
            *((say(name), isolated(value)) for name, value in data["more"].items()),
        )
    )
    yield heading(say("What was looked at"))
    yield _findings(data["findings"], say)
    yield heading(say("Signature"))
    yield from _signature(report, say)
    yield heading(say("Approval"))
    yield text(say("Whoever approves judges what is marked as to be judged, and what failed."), "muted")
    names = (say("Name"), say("Date and signature"))
    yield lines(_APPROVAL, names, [(_room(), _room())])


def _findings(findings: list[dict[str, str]], say: Texts) -> Table:
    titles = (say("Requirement"), say("What"), say("Expected"), say("Seen"), say("Result"))
    return lines(_WIDTHS, titles, [tuple(_row(one, say)) for one in findings])


def _row(one: dict[str, str], say: Texts) -> Iterator[Cell]:
    yield figures(one["requirement"])
    yield small(say(one["name"]), isolated(one["id"]))
    yield figures(one["expected"])
    evidence = (one["evidence"],) if one["evidence"] else ()
    yield small(isolated(one["seen"]), *map(isolated, evidence))
    yield cell(say(RESULTS[one["result"]]), tone=_TONES[one["result"]])  # type: ignore[arg-type]


def _signature(report: QualificationReport, say: Texts) -> Iterator[Block]:
    whose = (
        say("The workstation's own key, as it stands in the site's list of workstations.")
        if report.of_site
        else say("A key made for this report alone. Write its fingerprint down where the report is kept.")
    )
    yield facts(
        (
            (say("Key"), whose),
            (say("Fingerprint"), isolated(report.data["signed_by"])),
            (say("SHA-256 of the data"), isolated(report.sha256)),
            (
                say("To verify"),
                say("crfapp qualify --verify FILE, or gpg --import KEY and gpg --verify FILE.asc FILE"),
            ),
        )
    )
    yield Table((1.0,), tuple((figures(line),) for line in report.signature.splitlines() if line))


def _room() -> Cell:
    return Cell((Lines(2),))
