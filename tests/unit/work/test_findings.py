"""What a check found: asked, settled by itself, asked again; asked once; owed."""

from __future__ import annotations

from datetime import UTC

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.events import FindingRaised
from crfapp.ledger.state import FindingRow, FormRowRow, ItemRow
from crfapp.work.drafts import TakeDraft
from crfapp.work.entry import CompleteForm, ConfirmFinding
from crfapp.work.obligations import owed_at_site, owed_for
from crfapp.work.roles import Actor, Role
from tests.support.round import Round


@pytest.fixture
def clinic() -> Round:
    return Round()


def raised(clinic: Round, check: str) -> list[FindingRaised]:
    """Every time a check fired, as the ledger has it."""
    events = [open_sealed(link).event for link in clinic.ledger.links]
    return [event for event in events if isinstance(event, FindingRaised) and event.check == check]


@pytest.mark.req("REQ-105", "REQ-405")
def test_a_query_of_the_program_keeps_the_value_that_offended_and_closes_and_opens_by_itself(
    clinic: Round,
) -> None:
    vs = clinic.at("V_SCR", "VS")
    clinic.enter(vs, F1="120")
    assert clinic.found(vs) == {"SOFT:F1": "open", "VS-1": "open"}
    clinic.enter(vs, F1="40", reason="typing error")
    assert clinic.found(vs) == {"SOFT:F1": "settled", "VS-1": "settled"}
    clinic.enter(vs, F1="130", reason="read again")
    assert clinic.found(vs) == {"SOFT:F1": "open", "VS-1": "open"}
    assert [event.value for event in raised(clinic, "SOFT:F1")] == ["120", "130"]
    first, second = raised(clinic, "VS-1")
    assert (first.text, second.text) == ("Is 120 right?", "Is 130 right?")
    assert first.made == second.made
    assert len(first.made) == 12


def test_a_warning_is_asked_once_and_keeps_its_answer(clinic: Round) -> None:
    vs = clinic.at("V_SCR", "VS")
    clinic.enter(vs, F1="60")
    clinic.send(ConfirmFinding(key=vs, item="F1", check="VS-1", reason="measured twice"))
    clinic.enter(vs, F1="61", reason="typing error")
    clinic.enter(vs, F1="30", reason="typing error")
    clinic.enter(vs, F1="62", reason="typing error")
    assert clinic.found(vs)["VS-1"] == "confirmed"
    assert len(raised(clinic, "VS-1")) == 1


def test_a_confirmed_query_asks_again_about_another_value(clinic: Round) -> None:
    vs = clinic.at("V_SCR", "VS")
    clinic.enter(vs, F2="120")
    clinic.send(ConfirmFinding(key=vs, item="F2", check="SOFT:F2", reason="measured twice"))
    clinic.enter(vs, F2="121", reason="typing error")
    assert clinic.found(vs)["SOFT:F2"] == "open"


def tasks(clinic: Round) -> list[tuple[str, str]]:
    """What checks have the site owe for the subject: kind, and by when."""
    return [(one.kind, str(one.due)) for one in owed_for(clinic.desk, clinic.subject) if one.finding]


class TestTasks:
    def late(self, clinic: Round) -> None:
        clinic.visit("V_A", "2025-01-12")
        clinic.visit("V_B", "2025-01-22")

    def test_a_task_is_owed_until_a_day_and_gone_when_its_cause_is(self, clinic: Round) -> None:
        self.late(clinic)
        assert tasks(clinic) == [("DEVIATION", "2025-01-27")]
        assert "DEVIATION" in {one.kind for one in owed_at_site(clinic.desk)}
        clinic.enter(clinic.at("V_B", "SV"), VISDAT="2025-01-20", reason="typing error")
        assert tasks(clinic) == []

    def test_a_draft_becomes_a_row_by_the_one_who_takes_it_over(self, clinic: Round) -> None:
        self.late(clinic)
        sv, dv = clinic.at("V_B", "SV"), clinic.at("V_LOG", "DV")
        clinic.send(TakeDraft(key=sv, item="SVWIN", check="WIN-1T"))
        [row] = clinic.ledger.tables.find(FormRowRow, **dv._asdict())
        kept = {
            one.item: (one.value, one.origin) for one in clinic.ledger.tables.find(ItemRow, **dv._asdict())
        }
        assert kept == {
            "TERM": ("Visit out of its window: LATE", "person"),
            "CAT": ("VISIT", "person"),
            "SRC": ("WIN-1T", "check WIN-1T"),
        }, "what only an investigator answers stays open"
        [task] = clinic.ledger.tables.find(FindingRow, **sv._asdict())
        assert (task.state, task.reason) == ("confirmed", f"DV {row.position}")
        assert tasks(clinic) == []

    def test_an_investigator_takes_over_all_of_it(self, clinic: Round) -> None:
        self.late(clinic)
        clinic.actor = Actor("haddad", "Haddad", Role.INVESTIGATOR, "CTC")
        clinic.send(TakeDraft(key=clinic.at("V_B", "SV"), item="SVWIN", check="WIN-1T"))
        [row] = clinic.ledger.tables.find(FormRowRow, form="DV")
        assert clinic.value(clinic.at("V_LOG", "DV"), "IMPACT", row.row) == "Y"

    def test_a_draft_is_dismissed_with_a_reason_and_taken_over_once(self, clinic: Round) -> None:
        self.late(clinic)
        sv = clinic.at("V_B", "SV")
        clinic.send(ConfirmFinding(key=sv, item="SVWIN", check="WIN-1T", reason="sponsor agreed before"))
        with pytest.raises(RefusedError) as caught:
            clinic.send(TakeDraft(key=sv, item="SVWIN", check="WIN-1T"))
        assert caught.value.code is Code.UNKNOWN_FINDING
        assert clinic.ledger.tables.find(FormRowRow, form="DV") == []

    @pytest.mark.parametrize(("day", "owed"), [("2025-01-12", False), ("2025-01-13", True)])
    def test_forms_of_a_visit_are_owed_when_five_working_days_have_passed(
        self, clinic: Round, day: str, owed: bool
    ) -> None:
        from datetime import datetime

        clinic.clock.at = datetime.fromisoformat(f"{day}T08:00").replace(tzinfo=UTC)
        kinds = [one.kind for one in owed_for(clinic.desk, clinic.subject)]
        assert ("FORMS" in kinds) is owed, "Friday and Saturday are no working days in Amman"


class TestAtCompletion:
    def figures(self, clinic: Round, subject: str = "", first: int = 10) -> None:
        key = clinic.at("V_SCR", "VS", subject)
        clinic.enter(key, **{f"F{number}": str(first + number) for number in range(1, 7)})
        clinic.send(CompleteForm(key=key))

    def test_the_same_six_figures_of_another_subject_are_asked_about(self, clinic: Round) -> None:
        self.figures(clinic)
        other = clinic.screened()
        self.figures(clinic, other)
        assert clinic.found(clinic.at("V_SCR", "VS", other)) == {"GC-07": "open"}
        assert "JO01-001" in (raised(clinic, "GC-07")[0].text or "")

    def test_other_figures_are_not(self, clinic: Round) -> None:
        self.figures(clinic)
        other = clinic.screened()
        self.figures(clinic, other, first=20)
        assert clinic.found(clinic.at("V_SCR", "VS", other)) == {}

    def test_entry_long_after_the_visit_says_what_it_was_filled_in_from(self, clinic: Round) -> None:
        clinic.clock.later(days=9)
        vs = clinic.at("V_SCR", "VS")
        clinic.enter(vs, F1="10")
        clinic.send(CompleteForm(key=vs))
        assert clinic.found(vs) == {"GC-17": "open"}
        clinic.enter(vs, F1="11", reason="typing error")
        assert clinic.found(vs) == {"GC-17": "open"}, "it stays late, whatever is corrected"


class TestEverybody:
    def test_a_vial_used_for_another_subject_is_found_on_both_sides(self, clinic: Round) -> None:
        other = clinic.screened()
        mine, theirs = clinic.at("V_A", "DOSE"), clinic.at("V_A", "DOSE", other)
        clinic.visit("V_A", "2025-01-12")
        clinic.visit("V_A", "2025-01-12", other)
        clinic.enter(mine, VIAL="0031")
        assert clinic.found(mine) == {}
        clinic.enter(theirs, VIAL="0031")
        assert (clinic.found(mine), clinic.found(theirs)) == ({"DS-1": "open"}, {"DS-1": "open"})
        clinic.enter(theirs, VIAL="0032", reason="typing error")
        assert (clinic.found(mine), clinic.found(theirs)) == ({"DS-1": "settled"}, {"DS-1": "settled"})


def test_a_sentence_names_what_stands_in_other_forms(clinic: Round) -> None:
    clinic.visit("V_A", "2025-01-12")
    clinic.visit("V_B", "2025-01-19")
    clinic.enter(clinic.at("V_SCR", "VS"), F2="60")
    clinic.enter(clinic.at("V_B", "VS"), F2="30")
    [event] = raised(clinic, "VS-2")
    assert event.text == "30, but 60 at screening (half: 30)."
