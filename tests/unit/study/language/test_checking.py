"""A wrong expression is an error when the pack loads, with its place and a way out."""

from __future__ import annotations

import pytest

from crfapp.study.language import FaultKind, Type, TypeInfo, check, parse, type_of
from tests.unit.study.language.a_clinic import StudyOfTests, faults_of, tree_of

K = FaultKind


@pytest.mark.parametrize(
    ("text", "kind", "place", "advice"),
    [
        ("AGEE >= 18", K.UNKNOWN_NAME, "AGEE", "Did you mean AGE?"),
        ('SEX == "FEMALE"', K.UNKNOWN_CODE, 'SEX == "FEMALE"', "F, M"),
        ('"PRESNT" == LMSTAT', K.UNKNOWN_CODE, '"PRESNT" == LMSTAT', "Did you mean PRESENT?"),
        ('SEX in ["F", "X"]', K.UNKNOWN_CODE, '"X"', "F, M"),
        ('"THYRO" in AUTOHX', K.UNKNOWN_CODE, '"THYRO" in AUTOHX', "Did you mean THYR?"),
        ('contains(AUTOHX, "ZZ")', K.UNKNOWN_CODE, 'contains(AUTOHX, "ZZ")', "AA, NONE, THYR"),
        ('VISIT.WINDOW == "OUT"', K.UNKNOWN_CODE, 'VISIT.WINDOW == "OUT"', "EARLY, IN, LATE"),
        ("STDAT > 3", K.NOT_COMPARABLE, "STDAT > 3", "days(from, to)"),
        ("STDTM > VISDAT", K.NOT_COMPARABLE, "STDTM > VISDAT", "date_of"),
        ('VISDAT > "2025-01-05"', K.NOT_COMPARABLE, 'VISDAT > "2025-01-05"', 'date("2025-01-05")'),
        ('AUTOHX == "NONE"', K.NOT_COMPARABLE, 'AUTOHX == "NONE"', '"CODE" in ITEM'),
        ("LTRED >= 1", K.NOT_COMPARABLE, "LTRED >= 1", "number(...)"),
        ('LTRED >= "1"', K.NO_ORDER, 'LTRED >= "1"', "number(...)"),
        ("A == missing", K.NEVER_TRUE, "A == missing", "empty(...)"),
        ("A + SEX > 1", K.WRONG_TYPE, "SEX", "number(...)"),
        ("VISDAT + 7", K.WRONG_TYPE, "VISDAT", "add_days"),
        ("SMOKES and A == 1", K.WRONG_TYPE, "SMOKES", 'ITEM == "Y"'),
        ("not A", K.WRONG_TYPE, "A", " > 0"),
        ("max(STDAT, ENDAT)", K.WRONG_TYPE, "STDAT", "lo(...)"),
        ("days(VISDAT, STDTM)", K.WRONG_TYPE, "STDTM", "date_of"),
        ("any(r.AESER for r in AE)", K.WRONG_TYPE, "r.AESER", 'ITEM == "Y"'),
        ("any(r.AESER == 'Y' for r in AEX)", K.UNKNOWN_NAME, "AEX", "Did you mean AE?"),
        ("any(r.AESR == 'Y' for r in AE)", K.UNKNOWN_NAME, "r.AESR", "Did you mean AESER?"),
        ("sum(r.ESVOL for r in ECSITE if r.ESVOL)", K.WRONG_TYPE, "r.ESVOL", " > 0"),
        ('1 if A > 0 else "one"', K.NOT_COMPARABLE, None, "number(...)"),
        ("first_given(A, VISDAT)", K.NOT_COMPARABLE, None, ""),
        ("round(A, B)", K.WRONG_ARGUMENTS, "B", "round(number, digits)"),
        ("PHIMG == 1", K.NOT_COMPARABLE, "PHIMG == 1", ""),
        ("PHIMG < PHIMG", K.NO_ORDER, "PHIMG < PHIMG", ""),
        ("ICLANG == SEX", K.UNKNOWN_CODE, "ICLANG == SEX", ""),
    ],
)
def test_faults_are_named_placed_and_come_with_advice(
    text: str, kind: FaultKind, place: str | None, advice: str
) -> None:
    found = faults_of(text)
    assert [fault.kind for fault in found][:1] == [kind], found
    first = found[0]
    assert text[first.start : first.end] == (text if place is None else place)
    assert advice in first.advice
    assert first.sentence.endswith(".")


def test_every_fault_is_told_at_once_in_the_order_of_the_text() -> None:
    text = 'AGEE > 1 and SEX == "X" or STDAT > 3 or A in [1, "b"]'
    assert [fault.kind for fault in faults_of(text)] == [
        K.UNKNOWN_NAME, K.UNKNOWN_CODE, K.NOT_COMPARABLE, K.NOT_COMPARABLE, K.NOT_COMPARABLE,
    ]  # fmt: skip
    one_wrong_name = faults_of("round(AGEE, 1) + AGEE > 3")
    assert [fault.start for fault in one_wrong_name] == [6, 17]


@pytest.mark.parametrize(
    ("text", "kind", "place", "words"),
    [
        ("", K.UNEXPECTED, (0, 0), "ends too early"),
        ("AGE >=", K.UNEXPECTED, (6, 6), "ends too early"),
        ("(AGE", K.UNEXPECTED, (4, 4), "Write )"),
        ("AGE)", K.UNEXPECTED, (3, 4), "')'"),
        ("AGE = 18", K.BAD_CHARACTER, (4, 5), "Write == instead"),
        ("AGE ≥ 18", K.BAD_CHARACTER, (4, 5), "Write >= instead"),
        ("A == 'x", K.OPEN_TEXT, (5, 7), "no closing quote"),
        ("A ** 2", K.UNEXPECTED, (2, 4), "X * X"),
        ("A == not B", K.UNEXPECTED, (5, 8), "brackets"),
        ('SEX == ["F"]', K.UNEXPECTED, (7, 8), "behind in"),
        ("SEX AND A", K.UNEXPECTED, (4, 7), "operator"),
        ("None", K.UNEXPECTED, (0, 4), "missing"),
        ("age > 3", K.UNKNOWN_ROW, (0, 3), "AGE"),
        ("Age > 3", K.UNKNOWN_NAME, (0, 3), "AGE"),
        ("rownd(A)", K.UNKNOWN_FUNCTION, (0, 5), "Did you mean round?"),
        ("round(A, 1, 2)", K.WRONG_ARGUMENTS, (0, 14), "round(number, digits)"),
        ("count(r.AESER == 'Y' for r in AE)", K.WRONG_ARGUMENTS, (0, 33), "count(r for r in AE"),
        ("round(r.A for r in AE)", K.WRONG_ARGUMENTS, (0, 5), "takes no rows"),
        ("any(r.A == 1 for r in AE) or r.A == 1", K.UNKNOWN_ROW, (29, 30), "No row"),
        ("any(any(r.A == 1 for r in CM) for r in AE)", K.UNKNOWN_ROW, (21, 22), "another letter"),
        ('date("2025-02-30") < VISDAT', K.BAD_DATE, (0, 18), "not a day"),
        ("date(VISDAT)", K.BAD_DATE, (0, 12), "date_of"),
        ('matches(TERM, "(a")', K.BAD_PATTERN, (14, 18), "never closed"),
        ("matches(TERM, CONC)", K.WRONG_ARGUMENTS, (0, 19), "pattern"),
        ("missing_reason(1)", K.WRONG_ARGUMENTS, (0, 17), "missing_reason(ITEM)"),
        ("VISIT.DAT", K.UNKNOWN_NAME, (6, 9), "Did you mean DATE?"),
        ("LT@ALL.X > 1", K.UNKNOWN_NAME, (3, 6), "max(r.ITEM for r in LT@ALL)"),
        ("LT@PREV > 1", K.UNEXPECTED, (8, 9), "LT@PREV.ITEM"),
        ("1" * 31, K.BAD_NUMBER, (0, 31), "too long"),
        ("A + " * 600 + "A", K.TOO_LONG, (2000, 2401), "2000 are allowed"),
        ("(" * 500, K.TOO_DEEP, (40, 41), "More than 40"),
        ("not " * 400 + "A", K.TOO_DEEP, (160, 163), "More than 40"),
    ],
)
def test_what_cannot_be_read_is_one_fault_with_its_place(
    text: str, kind: FaultKind, place: tuple[int, int], words: str
) -> None:
    (fault,) = faults_of(text)
    assert (fault.kind, (fault.start, fault.end)) == (kind, place)
    assert words in str(fault)


def test_a_deep_tree_without_deep_brackets_is_refused_too() -> None:
    text = "1"
    for _ in range(30):
        text = f"({text} * 2 + 1 < 3 and true or false)"
    (fault,) = faults_of(text)
    assert fault.kind is K.TOO_DEEP
    assert faults_of(" + ".join(["A"] * 400)) == []


WANTED = TypeInfo(Type.CODE, frozenset({"MILD", "MINIMAL"}), "REPIG")


@pytest.mark.parametrize(
    ("text", "want", "kinds"),
    [
        ("A > 1", Type.TRUTH, []),
        ("A", Type.TRUTH, [K.WRONG_TYPE]),
        ("SMOKES", Type.TRUTH, [K.WRONG_TYPE]),
        ("AGEE", Type.TRUTH, [K.UNKNOWN_NAME]),
        ('"MILD" if A > 1 else "MINIMAL"', WANTED, []),
        ('"MILDE" if A > 1 else "MINIMAL"', WANTED, [K.UNKNOWN_CODE]),
        ('missing if A > 1 else "MILD"', WANTED, []),
        ("A if A > 1 else missing", WANTED, [K.WRONG_TYPE]),
        ("A > 1", WANTED, [K.WRONG_TYPE]),
        ("A + 1", Type.TEXT, [K.WRONG_TYPE]),
        ("text(A + 1)", Type.TEXT, []),
        ("VISDAT", Type.PDATE, []),
        ("STDAT", Type.DATE, [K.WRONG_TYPE]),
    ],
)
def test_what_the_place_asks_for(text: str, want: Type | TypeInfo, kinds: list[FaultKind]) -> None:
    assert [fault.kind for fault in faults_of(text, want)] == kinds


def test_the_type_of_an_expression() -> None:
    study = StudyOfTests()
    assert type_of(tree_of("max(VISDAT, SV.VISDAT)"), study).type is Type.DATE
    assert type_of(tree_of('"A" if A > 1 else "B"'), study).codes == frozenset({"A", "B"})
    assert type_of(tree_of("AGEE + 1"), study).type is Type.NUMBER


def test_a_photograph_can_be_the_same_as_another() -> None:
    assert faults_of("PHIMG != PHIMG") == []


def test_a_sound_expression_has_no_fault_and_a_spoilt_one_has() -> None:
    """The twin: the check that finds nothing in the first text finds the same text's spoilt letter."""
    sound = 'SEX == "F" and AGE >= 18 and VISDAT >= lo(STDAT)'
    for spoilt in (
        sound.replace('"F"', '"f"'),
        sound.replace("AGE", "AGES"),
        sound.replace("lo(STDAT)", "18"),
    ):
        tree = parse(spoilt)
        assert check(tree_of(sound), StudyOfTests(), Type.TRUTH) == []
        assert len(check(tree, StudyOfTests(), Type.TRUTH)) == 1  # type: ignore[arg-type]
