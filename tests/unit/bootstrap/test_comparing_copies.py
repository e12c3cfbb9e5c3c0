"""The site compares what the centre holds with its own records, alone, as of what both know (REQ-501)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.comparing_copies import compare_with, place_words
from crfapp.exchange.site_data import Snapshot
from crfapp.exchange.state import StateRow, state_rows
from crfapp.exchange.state_file import StateHead, write_state_file
from crfapp.work.queries import RaiseQuery
from crfapp.work.roles import Actor, Role
from tests.support.copied_site import CopiedSite

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.comparing_copies import Compared
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.comparing import Difference
    from crfapp.ledger.events import End


def held_there(opened: OpenSite) -> tuple[list[StateRow], StateHead]:
    """What a centre holds that knows all that the site knows now."""
    snapshot, study = Snapshot(opened.desk.tables, opened.events), opened.desk.study
    site = opened.desk.site
    with opened.store.ledger.transaction() as now:
        ends: tuple[End, ...] = now.ends()
    head = StateHead(study.head.study, study.hash, site.site, site.code, ends, "2025-01-06T10:00", "0.1.0")
    return list(state_rows(snapshot, study)), head


def compared(opened: OpenSite, file: Path) -> tuple[Compared, list[Difference]]:
    found: list[Difference] = []
    return compare_with(opened, opened.actor("haddad"), file, found.append), found


def altered(rows: list[StateRow], item: str, **values: str) -> list[StateRow]:
    """One answer is another one at the centre."""
    made = []
    for row in rows:
        told: Any = row.row
        hit = row.table == "item" and row.key[-1] == item
        made.append(row._replace(row=told._replace(**values)) if hit else row)
    return made


@pytest.mark.req("REQ-501")
def test_what_was_not_sent_yet_is_no_difference_and_one_altered_value_is_found_by_place(
    tmp_path: Path,
) -> None:
    site = CopiedSite(tmp_path)
    with site.site.open() as opened:
        rows, head = held_there(opened)
        write_state_file(rows, head, tmp_path / "then.jsonl")
        write_state_file(altered(rows, "SEX", value="M"), head, tmp_path / "forged.jsonl")
        site.answer(opened, "SEX", "M")
        site.answer(opened, "REMARK", "looked at again")
        done, found = compared(opened, tmp_path / "then.jsonl")
        assert (done.all_equal, found, done.tally.equal.total()) == (True, [], len(rows))
        [chain] = done.chains
        assert (chain.rewritten, chain.ahead) == (False, 0)
        assert chain.behind >= 2
        done, [forged] = compared(opened, tmp_path / "forged.jsonl")
        assert (done.all_equal, forged.what, forged.columns) == (False, "differs", ("value",))
        assert place_words(forged, done.numbers) == "JO01-001 / V_SCR / DM / SEX"


@pytest.mark.req("REQ-501")
def test_an_answer_taken_away_and_a_question_put_in_are_named_with_their_side(tmp_path: Path) -> None:
    site = CopiedSite(tmp_path)
    with site.site.open() as opened:
        rows, head = held_there(opened)
        gone = [row for row in rows if not (row.table == "item" and row.key[-1] == "SEX")]
        write_state_file(gone, head, tmp_path / "gone.jsonl")
        done, [lost] = compared(opened, tmp_path / "gone.jsonl")
        assert (lost.what, place_words(lost, done.numbers)) == ("only here", "JO01-001 / V_SCR / DM / SEX")
        asked = RaiseQuery(scope=site.scope, item="SEX", text="Is this right?")
        opened.bus.send(asked, Actor("weber", "Greta Weber", Role.MONITOR, "CRO"))
        more, _ = held_there(opened)
        write_state_file(more, head, tmp_path / "more.jsonl")  # its head knows nothing of the question
        _, added = compared(opened, tmp_path / "more.jsonl")
        assert {(one.what, one.row.table) for one in added} >= {("only there", "query")}


@pytest.mark.req("REQ-512")
def test_a_history_that_was_rewritten_there_is_named_by_its_chain(tmp_path: Path) -> None:
    site = CopiedSite(tmp_path)
    with site.site.open() as opened:
        rows, head = held_there(opened)
        [end] = head.ends
        rewritten = head._replace(ends=(end._replace(hash="0" * 64),))
        write_state_file(rows, rewritten, tmp_path / "other.jsonl")
        done, found = compared(opened, tmp_path / "other.jsonl")
        assert found == []
        assert not done.all_equal
        assert [(chain.node, chain.rewritten) for chain in done.chains] == [(end.node, True)]


def test_the_file_of_another_site_and_whoever_may_not_look_are_refused(tmp_path: Path) -> None:
    site = CopiedSite(tmp_path)
    with site.site.open() as opened:
        rows, head = held_there(opened)
        write_state_file(rows, head._replace(site="another"), tmp_path / "other.jsonl")
        with pytest.raises(AppProblem) as refused:
            compared(opened, tmp_path / "other.jsonl")
        assert refused.value.code is Code.STATE_OTHER_SITE
        with pytest.raises(AppProblem) as refused:
            compare_with(opened, opened.actor("admin"), tmp_path / "other.jsonl", lambda _one: None)
        assert refused.value.code is Code.NOT_ALLOWED
