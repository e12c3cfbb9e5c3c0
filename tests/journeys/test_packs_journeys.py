"""The journeys that the packs ship, played; and journeys that are wrong, told so with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.journeys.told import read_journey
from tests.support.playing import FORMS, journey_of, played

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.journeys.player import Played

SHIPPED = sorted(FORMS.glob("*/journeys/*.yaml"))

HEAD = """\
journey: told-in-a-test
pack: nct06813027
site: {code: JO01, zone: Asia/Amman}
people: {rania: nurse, haddad: investigator}
steps:
  - {at: 2025-01-05T09:10, as: rania, enrol: {}}
  - {visit: V_SCR, date: 2025-01-05}
"""
FIRST = HEAD.count("\n") + 1
"""The line of the first step that a test adds."""


def told(steps: str) -> Played:
    """What came of the usual beginning with these steps after it."""
    return played(read_journey(HEAD + steps, "told.yaml"))[0]


def refusal(text: str) -> dict[str, str | int]:
    """How a text is refused that is no journey."""
    with pytest.raises(RefusedError) as caught:
        read_journey(text, "told.yaml")
    assert caught.value.code is Code.JOURNEY_WRONG
    return caught.value.facts


def test_the_flagship_ships_the_example_subject() -> None:
    assert "jo01-003" in [path.stem for path in SHIPPED]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_journey_is_met_to_the_last_expectation(path: Path) -> None:
    outcome, _clinic = played(journey_of(path))
    assert [f"{u.file}:{u.line}: expected {u.expected}; seen {u.seen}" for u in outcome.unmet] == []
    assert outcome.met > 0
    assert outcome.events > 0


def test_the_same_journey_with_one_wrong_figure_is_not_met() -> None:
    path = next(path for path in SHIPPED if path.stem == "jo01-003")
    text = path.read_text(encoding="utf-8")
    wrong = text.replace('TOTAREA: "270.2"', 'TOTAREA: "270.3"')
    told = wrong.index("270.3")
    wrong = wrong[: wrong.index("\n  - ", told) + 1]  # what comes after it is played by the test above
    outcome, _clinic = played(read_journey(wrong, path.name))
    line = next(n for n, one in enumerate(wrong.splitlines(), 1) if "270.3" in one) - 3
    assert [(u.file, u.line, u.expected, u.seen) for u in outcome.unmet] == [
        ("jo01-003.yaml", line, "TOTAREA = 270.3", "TOTAREA = 270.2")
    ]


class TestWhatIsSeen:
    def test_an_unmet_expectation_says_where_what_and_what_instead(self) -> None:
        outcome = told("  - {form: DM, set: {SEX: F}, expect: {values: {SEX: M}, shown: [RACE]}}\n")
        assert [(u.file, u.line, u.expected, u.seen) for u in outcome.unmet] == [
            ("told.yaml", FIRST, "SEX = M", "SEX = F"),
            ("told.yaml", FIRST, "RACE shown", "hidden"),
        ]
        assert outcome.met == 0

    def test_findings_are_named_exactly(self) -> None:
        step = "  - {form: VS, set: {VSPERF: Y, SYSBP_VSORRES: '70'}, expect: {findings: [%s]}}\n"
        assert told(step % "SOFT:SYSBP_VSORRES").unmet == []
        assert [u.seen for u in told(step % "").unmet] == ["['SOFT:SYSBP_VSORRES']"]

    def test_a_refusal_that_nobody_expected_is_unmet(self) -> None:
        outcome = told("  - {form: VS, set: {VSPERF: Y, PULSE_VSORRES: seventy}}\n")
        assert [(u.line, u.expected) for u in outcome.unmet] == [(FIRST, "the step to be carried out")]

    @pytest.mark.parametrize("code", ["true", "NOT_A_NUMBER", "R-102"])
    def test_a_refusal_is_expected_by_its_code_or_at_all(self, code: str) -> None:
        name = Code.NOT_A_NUMBER.value if code == "R-102" else code
        outcome = told(
            "  - {form: VS, set: {VSPERF: Y, PULSE_VSORRES: seventy}, "
            f"expect: {{refused: {name}, values: {{PULSE_VSORRES: null}}}}}}\n"
        )
        assert outcome.unmet == []

    def test_an_expected_refusal_that_does_not_come_is_unmet(self) -> None:
        outcome = told("  - {form: DM, set: {SEX: F}, expect: {refused: true}}\n")
        assert [(u.expected, u.seen) for u in outcome.unmet] == [("a refusal", "carried out")]

    def test_what_stands_in_the_way_of_completing_is_named_whole(self) -> None:
        steps = "  - {form: SKIN, set: {SUNEXP: LOW}}\n  - {complete: SKIN, expect: {refused: [%s]}}\n"
        assert told(steps % '"REQUIRED:SCORRES_FITZ"').unmet == []
        assert len(told(steps % '"REQUIRED:SUNEXP"').unmet) == 1

    @pytest.mark.req("REQ-104")
    def test_a_saved_value_changes_only_with_a_reason(self) -> None:
        outcome = told(
            "  - {form: DM, set: {SEX: F}}\n"
            "  - {form: DM, set: {SEX: M}, expect: {refused: REASON_NEEDED, values: {SEX: F}}}\n"
            "  - {form: DM, set: {SEX: M}, reason: typing error, expect: {values: {SEX: M}}}\n"
        )
        assert outcome.unmet == []

    def test_two_subjects_in_one_journey_keep_their_own_answers(self) -> None:
        outcome = told(
            "  - {form: DM, set: {SEX: F}}\n"
            "  - {enrol: {}, expect: {subject: JO01-002}}\n"
            "  - {visit: V_SCR, date: 2025-01-06}\n"
            "  - {form: DM, expect: {values: {SEX: null}}}\n"
        )
        assert outcome.unmet == []
        assert outcome.subjects == ["JO01-001", "JO01-002"]

    def test_a_log_is_one_wherever_it_is_opened(self) -> None:
        outcome = told(
            "  - {form: MH, set: {MHYN: Y}}\n"
            "  - {form: MH, row: 1, set: {MHTERM: Asthma}}\n"
            "  - {visit: V_INJ1, date: 2025-01-12}\n"
            "  - {form: MH, row: 2, set: {MHTERM: Migraine}, expect: {rows: ['1', '2']}}\n"
        )
        assert outcome.unmet == []


class TestWrongJourneys:
    def test_an_unknown_key_of_a_step_is_named_with_its_line(self) -> None:
        facts = refusal(HEAD + "  - {form: DM, sett: {SEX: F}}\n")
        assert (facts["file"], facts["line"]) == ("told.yaml", FIRST)
        assert str(facts["what"]).startswith("unknown key 'sett'")

    @pytest.mark.parametrize(
        ("step", "what"),
        [
            ("{form: DM, expect: {valuse: {}}}", "unknown key 'valuse'"),
            ("{confirm: {form: VS, chek: VS-03}}", "unknown key 'chek'"),
            ("{confirm: {form: VS}}", "'confirm' does not say its 'check'"),
            ("{void: {form: AE, rwo: 1}}", "unknown key 'rwo'"),
            ("{enrol: yes}", "'enrol' takes a mapping"),
            ("{form: DM, set: [SEX]}", "'set' is a mapping"),
            ("{form: DM, complete: DM}", "one step does one thing"),
            ("just words", "a step is a mapping"),
        ],
    )
    def test_whatever_a_step_says_wrong_is_named(self, step: str, what: str) -> None:
        facts = refusal(HEAD + f"  - {step}\n")
        assert facts["line"] == FIRST
        assert str(facts["what"]).startswith(what)

    @pytest.mark.parametrize("verb", ["sign", "lock", "freeze", "unlock"])
    def test_signing_and_locking_are_about_one_thing(self, verb: str) -> None:
        text = HEAD + f"  - {{as: haddad, {verb}: {{form: DM, casebook: true}}}}\n"
        with pytest.raises(RefusedError) as caught:
            played(read_journey(text, "told.yaml"))
        assert caught.value.facts["what"] == f"'{verb}' is about one of form, visit, casebook and site"

    @pytest.mark.parametrize(
        ("text", "line"),
        [("journey: [a\nsteps: {", 2), ("steps:\n  - {form: DM\n  - x: y\n", 3), ("- a\n", 1)],
    )
    def test_wrong_yaml_is_named_with_its_line(self, text: str, line: int) -> None:
        assert refusal(text)["line"] == line

    @pytest.mark.parametrize(
        ("old", "new", "what"),
        [
            ("people: {rania: nurse", "people: {rania: matron", "'rania' has no role 'matron'"),
            ("journey: told-in-a-test", "jurney: told-in-a-test", "unknown key 'jurney'"),
            ("site: {code: JO01, zone: Asia/Amman}", "site: JO01", "'site' is a mapping"),
        ],
    )
    def test_a_wrong_head_is_refused(self, old: str, new: str, what: str) -> None:
        assert str(refusal(HEAD.replace(old, new))["what"]).startswith(what)

    @pytest.mark.parametrize(
        ("step", "what"),
        [
            ("{as: nobody, form: DM, set: {SEX: F}}", "'nobody' is not among the people"),
            ("{at: tomorrow, form: DM}", "'tomorrow' is not a local time"),
            ("{visit: V_INJ1, date: 12.1.2025}", "'12.1.2025' is not a date"),
            ("{visit: V_INJ1, n: two}", "'n' is a number from 1"),
            (
                "{expect: {schedule: {V_NONE: {status: IN}}}}",
                "the expectation 'schedule' cannot be understood",
            ),
            ("{expect: {schedule: {V_SCR: {dya: 1}}}}", "the expectation 'schedule' cannot be understood"),
        ],
    )
    def test_what_shows_only_while_playing_stops_it_with_its_line(self, step: str, what: str) -> None:
        with pytest.raises(RefusedError) as caught:
            told(f"  - {step}\n")
        assert caught.value.code is Code.JOURNEY_WRONG
        assert caught.value.facts["line"] == FIRST
        assert str(caught.value.facts["what"]).startswith(what)
