"""The committed page of what the program survives names every fault, and no promise on it was broken."""

from __future__ import annotations

import pytest

from tests.support.fault_figures import Figure
from tools.faults import GOALS, PAGE, page

WITHOUT_TWIN = {
    "T-10": "memory is taken away for real; there is no safeguard to leave out but the catching of its error",
    "T-52": "what leaves a store untouched is the transaction whose twin stands at T-50",
}


def rows(text: str) -> dict[str, list[list[str]]]:
    """The cells of every figure by its goal."""
    found: dict[str, list[list[str]]] = {}
    goal = ""
    for line in text.splitlines():
        if line.startswith("## "):
            goal = line[3:].partition(":")[0]
            found[goal] = []
        elif line.startswith("| ") and not line.startswith("| fault"):
            found[goal].append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def faults_of(text: str) -> list[str]:
    """What a page of figures must not say."""
    wrong = []
    for goal in GOALS:
        here = rows(text).get(goal, [])
        if not here:
            wrong.append(f"{goal}: not counted")
            continue
        wrong += [f"{goal}, {row[0]}: {row[2]} broken" for row in here if row[2] != "0"]
        wrong += [f"{goal}, {row[0]}: the twin kept it" for row in here if row[3] and row[5] == "0"]
        if goal not in WITHOUT_TWIN and not any(row[3] for row in here):
            wrong.append(f"{goal}: no twin")
    return wrong


def test_the_page_names_every_fault_and_no_promise_was_broken() -> None:
    assert faults_of(PAGE.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("bad", "twin", "twin_bad", "found"),
    [(1, "syncing", 2, "1 broken"), (0, "syncing", 0, "the twin kept it"), (0, "", 0, "no twin")],
)
def test_a_page_with_a_broken_promise_or_an_idle_fault_is_found(
    bad: int, twin: str, twin_bad: int, found: str
) -> None:
    figure = Figure("T-01", "power cut", 10, bad, twin, 4 if twin else 0, twin_bad)
    assert any(found in wrong for wrong in faults_of(page([(figure, True)])) if wrong.startswith("T-01"))
