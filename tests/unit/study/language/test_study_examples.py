"""What the studies ask for, with the studies' own numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crfapp.study.language import needs
from tests.unit.study.language.a_clinic import answer, day, dec, moment, tree_of

AREA = "LMPLAN if given(LMPLAN) else round(pi / 4 * LMLEN * LMWID, 1)"
PERIMETER = (
    "round(pi * (LMLEN + LMWID) / 2 * (1 + 3 * ((LMLEN - LMWID) / (LMLEN + LMWID)) * "
    "((LMLEN - LMWID) / (LMLEN + LMWID)) / (10 + sqrt(4 - 3 * ((LMLEN - LMWID) / (LMLEN + LMWID)) * "
    "((LMLEN - LMWID) / (LMLEN + LMWID))))), 1)"
)
CLASS = (
    'missing if RPPCT > 100 else "EXCELLENT" if RPPCT > 90 else "MARKED" if RPPCT >= 76 else '
    '"MODERATE" if RPPCT >= 51 else "MILD" if RPPCT >= 26 else "MINIMAL"'
)


@pytest.mark.parametrize(
    ("length", "width", "area", "perimeter"),
    [
        ("14.0", "10.0", "110.0", "38.0"),
        ("12.0", "8.0", "75.4", "31.7"),
        ("12.0", "9.0", "84.8", "33.2"),
        ("9.0", "7.0", "49.5", None),
        ("10.0", "6.0", "47.1", None),
        ("12.0", "9.5", "89.5", None),
    ],
)
def test_areas_of_the_example_subject(length: str, width: str, area: str, perimeter: str | None) -> None:
    measured = {"LMLEN": dec(length), "LMWID": dec(width)}
    assert str(answer(AREA, **measured)) == area
    if perimeter:
        assert str(answer(PERIMETER, **measured)) == perimeter


def test_planimetry_goes_before_diameters_and_one_diameter_gives_no_area() -> None:
    assert answer(AREA, LMLEN=dec("14.0"), LMWID=dec("10.0"), LMPLAN=dec("101.5")) == dec("101.5")
    assert answer(AREA, LMLEN=dec("14.0")) is None


def test_bmi_has_one_decimal() -> None:
    formula = "round(WEIGHT / ((HEIGHT / 100) * (HEIGHT / 100)), 1)"
    assert str(answer(formula, WEIGHT=dec("61.5"), HEIGHT=dec("164.0"))) == "22.9"
    assert answer(formula, WEIGHT=dec("61.5"), HEIGHT=dec("0")) is None


@pytest.mark.parametrize(
    ("percent", "repigmentation"),
    [
        (0, "MINIMAL"),
        (25, "MINIMAL"),
        (26, "MILD"),
        (50, "MILD"),
        (51, "MODERATE"),
        (75, "MODERATE"),
        (76, "MARKED"),
        (90, "MARKED"),
        (91, "EXCELLENT"),
        (100, "EXCELLENT"),
        (101, None),
        (None, None),
    ],
)
def test_class_of_repigmentation_at_its_boundaries(percent: int | None, repigmentation: str | None) -> None:
    assert answer(CLASS, RPPCT=percent) == repigmentation


@pytest.mark.parametrize(
    ("born", "consent", "age"),
    [
        ("1995-06-18", "2025-01-05", 29),
        ("1995-01-05", "2025-01-05", 30),
        ("1995-01-06", "2025-01-05", 29),
        ("2000-02-29", "2018-02-28", 17),
        ("2000-02-29", "2018-03-01", 18),
        ("1995-06", "2025-01-05", None),
    ],
)
def test_age_in_completed_years(born: str, consent: str, age: int | None) -> None:
    assert answer("years(STDAT, VISDAT)", STDAT=day(born), VISDAT=day(consent)) == age


def test_too_young_is_certain_only_where_the_known_parts_say_so() -> None:
    check = "certainly_before(add_years(VISDAT, -18), STDAT)"
    assert answer(check, STDAT=day("2008"), VISDAT=day("2025-01-05")) is True
    assert answer(check, STDAT=day("2007"), VISDAT=day("2025-01-05")) is False
    assert answer(
        "possibly_before(add_years(VISDAT, -18), STDAT)", STDAT=day("2007"), VISDAT=day("2025-01-05")
    )


def test_change_from_baseline_and_total_area() -> None:
    change = "round((LESM@BASE.AREA - A) / LESM@BASE.AREA * 100, 1)"
    assert str(answer(change, **{"LESM@BASE.AREA": dec("110.0"), "A": dec("49.5")})) == "55.0"
    assert str(answer(change, **{"LESM@BASE.AREA": dec("84.8"), "A": dec("89.5")})) == "-5.5"
    limit = "TOTAREA > P.MAX_AREA_MM2"
    assert answer(limit, **{"TOTAREA": dec("300.1"), "P.MAX_AREA_MM2": 300}) is True
    assert answer(limit, **{"TOTAREA": dec("300.0"), "P.MAX_AREA_MM2": 300}) is False
    assert answer(limit, **{"P.MAX_AREA_MM2": 300}) is None


def test_volume_dose_and_particles() -> None:
    sites = {"ECSITE": [{"ESVOL": dec("0.40"), "ESINJ": "Y"}, {"ESVOL": dec("0.40"), "ESINJ": "Y"}]}
    assert str(answer("sum(r.ESVOL for r in ECSITE)", sites)) == "0.80"
    assert (
        answer("scientific(sum(r.ESVOL for r in ECSITE) * number(CONC), 3)", sites, CONC="1.0E10") == "8.00E9"
    )
    assert answer("ceil(A / 10)", A=dec("38.0")) == 4
    assert answer("scientific(A * 5.0E5, 3)", A=dec("12.4")) == "6.20E6"


def test_an_untold_volume_makes_the_total_missing_unless_its_row_is_left_out() -> None:
    sites = {"ECSITE": [{"ESVOL": dec("0.40"), "ESINJ": "Y"}, {"ESINJ": "N"}]}
    assert answer("sum(r.ESVOL for r in ECSITE)", sites) is None
    assert answer('sum(r.ESVOL for r in ECSITE if r.ESINJ == "Y")', sites) == dec("0.40")
    assert answer("sum(r.ESVOL for r in ECSITE)", {}) == 0


def test_observation_and_call_are_timed_on_utc() -> None:
    start, call = "2025-01-12T10:18+03:00[Asia/Amman]", "2025-01-13T11:00+03:00[Asia/Amman]"
    assert answer("mins(STDTM, now())", STDTM=moment(start)) == 62
    assert str(answer("round(hours(STDTM, ENDTM), 1)", STDTM=moment(start), ENDTM=moment(call))) == "24.7"
    autumn = {
        "STDTM": moment("2025-10-26T02:30+02:00[Europe/Berlin]"),
        "ENDTM": moment("2025-10-26T02:30+01:00[Europe/Berlin]"),
    }
    assert answer("mins(STDTM, ENDTM)", **autumn) == 60
    assert answer("STDTM < ENDTM", **autumn) is True


def test_criteria_not_met_are_listed() -> None:
    failed = 'join(r.IETESTCD for r in CRIT if r.IEORRES == "N")'
    rows = [
        {"IETESTCD": "INCL01", "IEORRES": "Y"},
        {"IETESTCD": "INCL02", "IEORRES": "N"},
        {"IETESTCD": "INCL04", "IEORRES": "N"},
    ]
    assert answer(failed, {"CRIT": rows}) == "INCL02, INCL04"
    assert answer(f"empty({failed})", {"CRIT": rows[:1]}) is True


def test_consent_of_the_main_form_and_the_role_of_a_linked_area() -> None:
    consents = [
        {"ICTYPE": "PHOTO", "DSSTDAT": day("2025-01-04")},
        {"ICTYPE": "MAIN", "DSSTDAT": day("2025-01-05")},
    ]
    main = 'first(r.DSSTDAT for r in IC if r.ICTYPE == "MAIN")'
    assert answer(main, {"IC": consents}) == day("2025-01-05")
    assert answer(f"VISDAT < {main}", {"IC": consents}, VISDAT=day("2025-01-04")) is True
    areas = [{"KEY": "T01", "LESROLE": "TREATED"}, {"KEY": "C01", "LESROLE": "CONTROL"}]
    linked = 'first(r.LESROLE for r in LESDEF if r == AELNK) == "CONTROL"'
    assert answer(linked, {"LESDEF": areas}, AELNK="C01") is True
    assert answer('count(r for r in LESDEF if r.LESROLE == "TREATED")', {"LESDEF": areas}) == 1


def test_the_same_term_in_another_row_is_found_whatever_its_spelling() -> None:
    twice = "any(same_letters(r.TERM, TERM) for r in MH if r.ROW.NUMBER != ROW.NUMBER)"
    history = [{"TERM": "Asthma", "NUMBER": 1}, {"TERM": "  ASTHMÁ", "NUMBER": 2}]
    assert answer(twice, {"MH": history}, TERM="Asthma", **{"ROW.NUMBER": 1}) is True
    assert answer(twice, {"MH": history[:1]}, TERM="Asthma", **{"ROW.NUMBER": 1}) is False
    assert answer("same_letters(TERM, CONC)", TERM="حساسية", CONC="حســاسيه") is True


def test_rows_inside_rows_still_see_the_form() -> None:
    untreated = "count(a for a in AE if count(c for c in CM if c.CMAENO == a) == 0 and A > 0)"
    events = {"AE": [{"KEY": "1"}, {"KEY": "2"}], "CM": [{"CMAENO": "2"}, {"CMAENO": None}]}
    assert answer(untreated, events, A=1) == 1
    assert answer(untreated, events, A=0) == 0


def test_what_an_expression_reads_is_found_inside_aggregates_too() -> None:
    found = needs(
        tree_of("any(r.CMAENO == ROW.KEY and r.TERM != P.X for r in CM if today() > SV@PREV.VISDAT)")
    )
    assert {str(need) for need in found} == {
        "r.CMAENO",
        "ROW.KEY",
        "r.TERM",
        "P.X",
        "CM",
        "today()",
        "SV@PREV.VISDAT",
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(0.25, 1)", dec("0.3")),
        ("round(22.8665, 2)", dec("22.87")),
        ("floor(-0.5)", -1),
        ("ceil(0.1)", 1),
        ("7 // 2", 3),
        ("7 % 3", 1),
        ("abs(-2)", 2),
        ("sqrt(2.25)", dec("1.5")),
        ("1 / 0", None),
        ("0 / 0", None),
        ("1 // 0", None),
        ("sqrt(-1)", None),
        ("0.1 + 0.2", dec("0.3")),
        ("10 - 2 - 3", 5),
        ("2 + 3 * 4", 14),
        ("-2 * -3", 6),
        ("max(1, 3, 2)", 3),
        ("min(2, 1.5)", dec("1.5")),
        ("count(1 < 2, 2 < 1, missing)", 1),
        ('number("2.50")', dec("2.50")),
        ('number("<0.3")', None),
        ('length("abc")', 3),
        ('upper("ab")', "AB"),
        ('text("T0", 1)', "T01"),
        ("text(1.0E3)", "1000"),
        ("first_given(missing, 2, 3)", 2),
        ('weekday(date("2025-01-12"))', 7),
        ('year(date("2019"))', 2019),
        ('add_months(date("2025-01-31"), 1)', day("2025-02-28")),
        ('add_days(date("2025-01-31"), 1)', day("2025-02-01")),
        ('months(date("2024-01-31"), date("2024-02-29"))', 0),
        ('days(date("2025-01-05"), date("2025-01-12"))', 7),
        ('days(date("2025-01"), date("2025-01-12"))', None),
        ('hi(date("2024-02"))', day("2024-02-29")),
        ('matches("1.0E10", "[0-9](\\.[0-9])?E[+]?[0-9][0-9]")', True),
        ('contains("abc", "bc")', True),
    ],
)
def test_functions(text: str, value: object) -> None:
    assert answer(text) == value


def test_24_hours_later_are_24_hours_also_when_the_clocks_change() -> None:
    aware = moment("2025-10-25T10:00+02:00[Europe/Berlin]")
    assert str(answer("add_hours(STDTM, 24)", STDTM=aware)) == "2025-10-26T09:00+01:00[Europe/Berlin]"
    assert answer("add_hours(STDTM, 1.5) > now()", STDTM=None) is None


def test_earliest_leaves_missing_dates_out_and_min_does_not() -> None:
    dates = {"VISDAT": day("2025-02-01")}
    assert answer("earliest(VISDAT, SV.VISDAT)", **dates) == day("2025-02-01")
    assert answer("min(VISDAT, SV.VISDAT)", **dates) is None


def test_ticked_codes() -> None:
    contradiction = '"NONE" in AUTOHX and length(AUTOHX) > 1'
    assert answer(contradiction, AUTOHX=("NONE", "THYR")) is True
    assert answer(contradiction, AUTOHX=("NONE",)) is False
    assert answer('contains(AUTOHX, "AA")', AUTOHX=("THYR",)) is False


def test_a_missing_code_can_be_asked_for() -> None:
    without_reason = "empty(ENDAT) and empty(missing_reason(ENDAT))"
    assert answer(without_reason) is True
    assert answer(without_reason, **{"ENDAT?": "UNK"}) is False
    assert answer('missing_reason(ENDAT) == "UNK"', **{"ENDAT?": "UNK"}) is True


def test_numbers_do_not_depend_on_the_programs_decimal_context() -> None:
    from decimal import localcontext

    with localcontext() as coarse:
        coarse.prec = 3
        assert str(answer(AREA, LMLEN=Decimal("100.0"), LMWID=Decimal("99.0"))) == "7775.4"
