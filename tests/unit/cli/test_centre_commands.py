"""What the command line says of a centre and of what came, and with which exit status."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from crfapp.base.problems import Code
from crfapp.bootstrap.ground import translations_folder
from crfapp.cli.centre_commands import changed_line
from crfapp.cli.commands import build
from crfapp.exchange.cards import SiteAsKnown
from crfapp.exchange.centre_views import CentreSite, Overview, Standing
from crfapp.exchange.delta import Answer, Changed
from crfapp.exchange.openpgp import new_key
from crfapp.exchange.taken_in import TakenIn
from crfapp.exchange.travel import Pace
from crfapp.ledger.keys import ItemKey
from crfapp.present.taken_words import LOCK_REFUSALS, lock_refusal, taken_lines
from crfapp.present.texts import Texts
from crfapp.work import hindrances, lock_conditions, lock_requests

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAY = Texts("en", translations_folder())
SITE = CentreSite("5ca1ab1e", "JO01", "Cell Therapy Center", "tiny", ("ws-1",))
STANDS = Standing(
    SITE, 3, 1, (("ws-1", 2),), "2025-01-05T06:10:00.000000Z", 1, 2, 120, subjects=2, pace=Pace(9, 90, 600)
)


class Told:
    """A centre that says what a test has it say, and remembers what it was asked."""

    def __init__(self, **said: Any) -> None:
        self.said, self.asked = said, list[Any]()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def answer(*arguments: Any, **named: Any) -> Any:
            self.asked.append((name, arguments, named))
            told = self.said[name]
            return told(*arguments) if callable(told) else told

        return answer


def run(*typed: str, centres: Told | None = None, receiving: Told | None = None) -> tuple[int, str]:
    """Exit status and what was said."""
    parts: Any = SimpleNamespace(texts=SAY, centres=centres, receiving=receiving)
    result = CliRunner().invoke(
        build(parts), list(typed), env={"CRFAPP_PASSWORD": "x", "CRFAPP_LOGIN": "keller"}
    )
    return result.exit_code, result.output


@pytest.mark.req("REQ-402", "REQ-806")
@pytest.mark.parametrize(
    ("standing", "status", "line"),
    [
        (STANDS, 0, "from capture to here: 1.5 h (median), 10.0 h at most"),
        (STANDS, 0, "Package 2 of ws-1 never came; nothing is missing."),
        (Standing(SITE, quiet=14), 1, "! Nothing came for 14 days. Call the site."),
        (Standing(SITE, wrong="ws-1, event 7: it cannot be read"), 1, "! The records here are not sound"),
    ],
)
def test_status_says_how_a_site_stands_and_asks_for_a_call(
    standing: Standing, status: int, line: str
) -> None:
    code, said = run("centre", "status", "home", centres=Told(status=Overview([standing], 2)))
    assert code == status
    assert line in said
    assert "2 files in quarantine" in said


@pytest.mark.req("REQ-805")
def test_what_became_of_each_file_is_said_and_a_refusal_is_no_success() -> None:
    new = TakenIn("a.pgp", "new", "JO01", "p", "ws-1", 7, events=120, missing=(6,), late=True, follows=False)
    known = TakenIn("b.pgp", "known", "JO01", "p", "ws-1", 7)
    refused = TakenIn("c.pgp", "refused", code=Code.PACKAGE_GAP)
    code, said = run("site", "receive", "site", "a.pgp", receiving=Told(receive=[new, known, refused]))
    assert code == 1
    lines = said.splitlines()
    assert lines[0] == "a.pgp: Package 7 of ws-1: 120 new events."
    assert lines[1] == "  Package 6 of ws-1 never came; nothing is missing."
    assert lines[4] == "b.pgp: Everything in package 7 of ws-1 was here already."
    assert lines[5].startswith("c.pgp: R-609 ")
    assert run("site", "receive", "site", "a.pgp", receiving=Told(receive=[known]))[0] == 0


def test_locks_that_were_done_and_refused_are_counted() -> None:
    taken = TakenIn("a.pgp", "new", "JO01", "p", "ctr-1", 1, events=3, locked=1, declined=2)
    assert taken_lines(taken, SAY)[1:] == ["1 lock done.", "2 locks refused."]


def test_every_reason_for_which_the_site_does_not_lock_has_its_words() -> None:
    mine = {lock_requests.UNSENT, lock_requests.HELD, lock_requests.GONE}
    modules = (hindrances, lock_conditions)
    named = {
        value
        for module in modules
        for name, value in vars(module).items()
        # what ends in a colon begins the name of an obstacle of one form
        if name.isupper() and isinstance(value, str) and not value.endswith(":")
    }
    assert mine | (named - {"current"}) <= set(LOCK_REFUSALS)
    assert lock_refusal("of a newer program", SAY) == "Something stands in the way at the site."


@pytest.mark.req("REQ-810")
@pytest.mark.parametrize(("told", "same"), [("right", True), ("6B99 8862 BAF1 3A6D F7B2", False)])
def test_a_site_is_added_only_where_the_code_is_the_one_that_was_read_out(told: str, same: bool) -> None:
    card = SiteAsKnown("5ca1ab1e", "JO01", "CTC", "tiny", "ws-1", new_key("JO01").certificate.armored)
    found: list[bool] = []

    def add(_home: Path, _who: object, _card: Path, agreed: Callable[[SiteAsKnown], bool]) -> CentreSite:
        found.append(agreed(card))
        return SITE

    compared = card.compared.lower().replace(" ", "-") if told == "right" else told
    centres = Told(add=add)
    run("centre", "add-site", "home", "card", "--compared", compared, centres=centres)
    assert found == [same]


def test_what_is_asked_of_a_site_is_told_by_the_names_that_people_use() -> None:
    centres = Told(ask=None)
    run("centre", "query", "home", "JO01", "JO01-001", "Is it?", "--at", "V_SCR/DM.SEX", centres=centres)
    run("centre", "lock", "home", "JO01", "JO01-001", "--visit", "V_UNS/2", centres=centres)
    query, lock = (arguments[2] for _, arguments, _ in centres.asked)
    assert (query.what, query.visit, query.form, query.item, query.text) == (
        "query",
        "V_SCR",
        "DM",
        "SEX",
        "Is it?",
    )
    assert (lock.what, lock.site, lock.subject, lock.visit, lock.form) == (
        "lock",
        "JO01",
        "JO01-001",
        "V_UNS/2",
        "",
    )


def test_a_changed_answer_says_where_and_what_was_true_of_it_before() -> None:
    key = ItemKey("s", "V_SCR", 1, "DM", 1, "r1", "W")
    one = Changed(
        key, "changed", Answer("61.5"), Answer(None, "ND"), True, True, 1, "person", "r", "R", "", None
    )
    assert changed_line("JO01-001", one, SAY) == (
        "JO01-001 V_SCR/1 DM.W [r1]: 61.5 -> ND, after verification, after signature"
    )
    first = one._replace(what="new", verified=False, signed=False)
    assert changed_line("JO01-001", first, SAY) == "JO01-001 V_SCR/1 DM.W [r1]: new: ND"
