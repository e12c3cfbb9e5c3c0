"""No text breaks the reader, and what is read is written the same way again."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crfapp.base.dates import PartialDate
from crfapp.study.language import (
    Fault,
    FaultKind,
    Type,
    compile_expression,
    needs,
    parse,
    render,
    walk,
)
from crfapp.study.language.patterns import PatternError, compile_pattern
from crfapp.study.language.tokens import LONGEST
from tests.unit.study.language.a_clinic import Answers, faults_of, tree_of

WORDS = [
    "AGE",
    "SEX",
    "FORM.ITEM",
    "LT@PREV.X",
    "FORM@V_SCR.ITEM",
    "P.MAX",
    "VISIT.DATE",
    "VISIT@V_X.DATE",
    "ROW.KEY",
    "ABOVE.X",
    "r",
    "r.AESER",
    "for r in AE",
    "for s in LT@ALL if",
    "(",
    ")",
    "[",
    "]",
    ",",
    "any(",
    "count(",
    "round(",
    "given(",
    "date(",
    '"2025-01-05"',
    '"F"',
    "'it\\'s'",
    "1",
    "2.50",
    "1E5",
    "pi",
    "true",
    "missing",
    "and",
    "or",
    "not",
    "in",
    "not in",
    "if",
    "else",
    "==",
    "<",
    "<=",
    "+",
    "-",
    "*",
    "/",
    "//",
    "%",
    "@",
    ".",
    "\\",
]


@given(st.text(max_size=60))
def test_random_text_gives_a_tree_or_a_fault(text: str) -> None:
    result = parse(text)
    if isinstance(result, Fault):
        assert 0 <= result.start <= result.end <= len(text)
    else:
        assert parse(render(result)) == result


@settings(max_examples=400)
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_random_words_give_a_tree_or_a_fault_and_never_an_exception(words: list[str]) -> None:
    text = " ".join(words)
    result = parse(text)
    if isinstance(result, Fault):
        assert 0 <= result.start <= result.end <= len(text)
        return
    assert all(0 <= node.at.start <= node.at.end <= len(text) for node in walk(result))
    assert isinstance(faults_of(text), list)
    assert isinstance(needs(result), frozenset)


@pytest.mark.parametrize(
    "piece", ["(", "-", "not ", "1+", "A if B else ", "f(", "[", "any(r.A == ", "((A)) or (", "1 < "]
)
def test_long_repetitions_never_exhaust_the_stack(piece: str) -> None:
    for count in (39, 41, 200, 10_000):
        assert isinstance(parse(piece * count), Fault)
    room = sys.getrecursionlimit()
    assert room >= 1000, "the limit was not raised to pass"


def gathered(shape: str, a: str, b: str) -> str:
    """The shape filled in, its rows named by a letter that no inner aggregate uses."""
    free = next(letter for letter in "rstuvwxyzabcdefg" if f"for {letter} " not in a + b)
    return shape.replace("#", free).format(a, b)


def expressions() -> st.SearchStrategy[str]:
    """Well-formed texts, with more brackets and spaces than they need."""
    leaves = st.sampled_from(
        [
            "A",
            "B",
            "SEX",
            "r_",
            "F.X",
            "F@PREV.X",
            "P.X",
            "VISIT.DAY",
            "ROW.KEY",
            "1",
            "2.50",
            "1E+5",
            "0.1",
            "pi",
            "true",
            "missing",
            '"x\\"y"',
            "'a\\\\b'",
            'date("2025-01-05")',
            'date("2025-01")',
            "today()",
        ]
    ).map(lambda leaf: "C" if leaf == "r_" else leaf)
    return st.recursive(leaves, _compound, max_leaves=12)


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    bracketed = inner.map(lambda a: f"( {a} )")
    part = inner | bracketed
    two = st.sampled_from(
        [
            "{} + {}",
            "{} - {}",
            "{} * {}",
            "{} // {}",
            "{} == {}",
            "{} <= {}",
            "{} and {}",
            "{} or {}",
            "{} in [{}]",
            "max({}, {})",
            "any(#.X == ({}) for # in AE if ({}))",
            "first(# for # in LT@ALL if ({}) == ({}))",
        ]
    )
    joined = st.builds(lambda shape, a, b: gathered(shape, f"({a})", f"({b})"), two, part, part)
    bare = st.builds(gathered, two, part, part)
    single = st.builds(
        lambda shape, a: shape.format(a), st.sampled_from(["-({})", "not ({})", "- {}", "empty({})"]), part
    )
    three = st.builds("({}) if ({}) else ({})".format, part, part, part)
    return joined | bare | single | three


@settings(max_examples=400)
@given(expressions())
def test_what_is_rendered_parses_to_the_same_tree(text: str) -> None:
    tree = parse(text)
    if isinstance(tree, Fault):
        assert tree.kind in (FaultKind.TOO_DEEP, FaultKind.UNEXPECTED)
        return
    canonical = render(tree)
    assert parse(canonical) == tree
    assert render(tree_of(canonical)) == canonical


NUMBERS = st.none() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False)
DAYS = st.none() | st.dates() | st.builds(PartialDate, st.integers(1, 9999), st.none() | st.integers(1, 12))
DATES = st.none() | st.dates()


def conditions() -> st.SearchStrategy[str]:
    """Conditions without a fault of type, over the numbers A, B, C and the dates STDAT, VISDAT."""
    days = st.sampled_from(
        ["STDAT", "VISDAT", 'date("2025-01")', "today()", "lo(STDAT)", "add_years(VISDAT, A)"]
    )
    between = st.sampled_from(["days", "months", "years"])
    numbers = st.recursive(
        st.sampled_from(["A", "B", "C", "0", "2.50", "1E+9", "pi", "sum(r.ESVOL for r in ECSITE)"])
        | st.builds("{}({}, {})".format, between, days, days),
        lambda inner: (
            st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "/", "//", "%"]), inner)
            | st.builds(
                "{}({})".format, st.sampled_from(["round", "floor", "ceil", "sqrt", "abs", "-"]), inner
            )
            | st.builds("latest({}, {})".format, inner, inner)
        ),
        max_leaves=8,
    )
    signs = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    simple = st.builds("{} {} {}".format, numbers, signs, numbers) | st.builds(
        "{} {} {}".format, days, signs, days
    )
    return st.recursive(
        simple,
        lambda inner: (
            st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner)
            | st.builds("not ({})".format, inner)
            | st.builds(gathered, st.just("any({} for # in AE if {})"), inner, inner)
        ),
        max_leaves=4,
    )


@settings(max_examples=300)
@given(conditions(), NUMBERS, NUMBERS, NUMBERS, DAYS, DATES)
def test_a_checked_expression_never_raises(
    text: str, a: object, b: object, c: object, partial: object, full: object
) -> None:
    assume(len(text) <= LONGEST)
    assert faults_of(text, Type.TRUTH) == []
    rows = {"AE": [{}], "ECSITE": [{"ESVOL": a}, {"ESVOL": b}]}
    scope = Answers(rows, A=a, B=b, C=c, STDAT=partial, VISDAT=full)
    assert compile_expression(tree_of(text))(scope) in (True, False, None)


@pytest.mark.parametrize(
    ("loose", "canonical"),
    [
        ("((A))>=(18)", "A >= 18"),
        ("(A+B)+C", "(A + B) + C"),
        ("A+(B*C)", "A + B * C"),
        ("(A or B) and C", "(A or B) and C"),
        ("not (A == 1)", "not A == 1"),
        ("(not A) == B", "(not A) == B"),
        ("'F'", '"F"'),
        ("r.ROW.KEY", None),
        (
            "count(x  for x in LESDEF if x.LESROLE=='TREATED')",
            'count(x for x in LESDEF if x.LESROLE == "TREATED")',
        ),
        ("any(r.ROW.KEY == A for r in AE)", "any(r == A for r in AE)"),
        ("-(-A)", "--A"),
        ("-(A*B)", "-(A * B)"),
    ],
)
def test_canonical_text(loose: str, canonical: str | None) -> None:
    tree = parse(loose)
    assert (None if isinstance(tree, Fault) else render(tree)) == canonical


ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", "[a-c]", r"\.", "(?:ab)", "(a|b)", "(a|bb|)"])
PATTERNS = st.recursive(
    st.tuples(ATOMS, st.sampled_from(["", "*", "+", "?", "{2}", "{0,2}", "{1,}"])).map("".join),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})")
        | inner.map(lambda part: f"({part})*")
    ),
    max_leaves=5,
)


@settings(max_examples=400)
@given(PATTERNS, st.text(alphabet="abc1.", max_size=8))
def test_patterns_mean_what_they_mean_elsewhere(pattern: str, text: str) -> None:
    assert compile_pattern(pattern)(text) is (re.fullmatch(pattern, text) is not None)


@pytest.mark.parametrize("pattern", ["(a+)+", "(a|a)*", "(a*)*b", "a?" * 30 + "a" * 30, "(a{1,20}){1,2}"])
def test_patterns_that_explode_elsewhere_end_here(pattern: str) -> None:
    assert compile_pattern(pattern)("a" * 199 + "!") is False


@given(st.text(alphabet="ab()[]{}*+?|\\^$.-,0129é", max_size=15))
def test_random_patterns_are_read_or_refused(pattern: str) -> None:
    try:
        result: object = compile_pattern(pattern)("ab")
    except PatternError as problem:
        result = str(problem)[-1:]
    assert result in (True, False, ".")


@pytest.mark.parametrize(
    "pattern", ["(?=a)", r"\1", "a**", "((a{200}){200}){200}", "[b-a]", "{2}", "(" * 50, "[", "a\\"]
)
def test_patterns_that_are_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)
