"""The permission matrix as a page that a person can read and approve."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from crfapp.base.problems import Code
from crfapp.present.problem_texts import PROBLEM_TEXTS
from crfapp.work.roles import RIGHTS, Role
from tests.support.permission_states import STANDINGS, STATES
from tests.support.permissions import DONE, NOT_SO, NOTHING, needs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.permissions import Cell, Matrix

HEAD = """\
# Who may do what, and when

Written by `make permissions`: every command of the program is sent, below the window, as every role, to a
record in every state and by a person of every standing, and this page says what came of it. A test does the
same and fails where one cell comes out otherwise (REQ-216, 504, 505, 508). A change on this page is a change
of somebody's rights: read it as one before it is approved.

`yes`: it was carried out. A code: it was refused, and the words at the end say why. `nothing`: it may be done
and there was nothing to do. `·`: the command names nothing that could be in that state. A refusal with
NOT_ALLOWED, ACCOUNT_ENDED or NOT_TRAINED leaves an entry in the trail with login, role and command, never
with what was to be written.
"""


def page_of(matrix: Matrix) -> str:
    """The whole page."""
    parts = [HEAD, _rights(), _roles(matrix), _states(matrix), _standings(matrix), _codes(matrix)]
    return "\n".join(part.strip() + "\n" for part in parts)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _rights() -> str:
    rights = sorted({right for held in RIGHTS.values() for right in held}, key=lambda right: right.value)
    rows = [[right.value, *("yes" if right in RIGHTS[role] else "" for role in Role)] for right in rights]
    return "## Rights of the roles\n\n" + _table(["right", *(role.value for role in Role)], rows)


def _roles(matrix: Matrix) -> str:
    """Everything as it should be: only the role decides."""
    rows = [
        [command, needs_of(command), *(_short(cell) for cell in matrix.row(command, "example").values())]
        for command in (kind.__name__ for kind in matrix.commands)
    ]
    words = """## Commands by role

Sent where nothing else stands in the way. Where a role holds the right and is refused nevertheless, a finer
rule of the command refuses this person: only who raised a question closes it, and the like."""
    return words + "\n\n" + _table(["command", "needs the right to", *(role.value for role in Role)], rows)


def _short(cell: Cell) -> str:
    return "" if cell.outcome == Code.NOT_ALLOWED.value else cell.outcome


def _states(matrix: Matrix) -> str:
    """What the state of the record does to those who hold the right."""
    states = STATES[1:]
    rows = [
        [command, *(_for_holders(matrix, command, state.name) for state in states)]
        for command in (kind.__name__ for kind in matrix.commands)
        if any(matrix.row(command, state.name) for state in states)
    ]
    words = """## Commands by the state of the record

What those get who may send it where nothing stands in the way; where they get different things, each is
named. All others are refused with NOT_ALLOWED in every state."""
    return words + "\n\n" + _table(["command", *(state.words for state in states)], rows)


def _for_holders(matrix: Matrix, command: str, state: str) -> str:
    needs = needs_of(command)
    row = matrix.row(command, state)
    usual = matrix.row(command, "example")
    got = {
        role: cell.outcome
        for role, cell in row.items()
        if needs in {right.value for right in RIGHTS[role]} and usual[role].outcome != Code.NOT_ALLOWED.value
    }
    if not got:
        return NOT_SO
    if len(set(got.values())) == 1:
        return next(iter(got.values()))
    return ", ".join(f"{role.value}: {outcome}" for role, outcome in got.items())


def _standings(matrix: Matrix) -> str:
    """What the standing of whoever sends does; grouped, for nearly all commands get the same."""
    rows = []
    for standing in STANDINGS:
        got = sorted(
            (_for_holders(matrix, kind.__name__, standing.name), kind.__name__) for kind in matrix.commands
        )
        by_outcome = [
            (outcome, [name for _, name in pairs]) for outcome, pairs in groupby(got, key=lambda g: g[0])
        ]
        by_outcome.sort(key=lambda pair: -len(pair[1]))
        for number, (outcome, names) in enumerate(by_outcome):
            which = "all others" if number == 0 and len(by_outcome) > 1 else ", ".join(names)
            rows.append([standing.words, outcome, "every command" if len(by_outcome) == 1 else which])
    words = """## Commands by the standing of whoever sends

What those get who may send it otherwise."""
    return words + "\n\n" + _table(["the sender", "gets", "for"], rows)


def _codes(matrix: Matrix) -> str:
    return "## What the codes say\n\n" + _table(
        ["code", "name", "words"], [list(line) for line in _legend(matrix)]
    )


def _legend(matrix: Matrix) -> Iterator[tuple[str, str, str]]:
    for code in sorted({cell.outcome for cell in matrix.cells.values()} - {DONE, NOTHING}):
        yield code, Code(code).name, PROBLEM_TEXTS[Code(code)].what
