"""What checks found, brought into the ledger: raised, settled when it no longer offends, raised again.

A finding of level Q is a query of the program on its item: it closes itself and, if the value offends
again, it is open again, with its whole history in the ledger. One of level W is asked once and keeps its
answer. One of level T is an obligation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.plan import binding, tree_of
from crfapp.ledger.events import Event, FindingRaised, FindingSettled
from crfapp.study.language import compile_expression
from crfapp.study.language.texts import as_text
from crfapp.work.sentences import GENERIC, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.form.findings import Finding
    from crfapp.form.graph import Cell, FormGraph
    from crfapp.form.plan_parts import PlanCheck, PlanItem
    from crfapp.form.row_state import RowState
    from crfapp.ledger.keys import FormKey
    from crfapp.ledger.state import FindingRow
    from crfapp.study.study import Study
    from crfapp.work.desk import Desk

WARNING, TASK = "W", "T"
SECOND = "SECOND:"
"""Begins the id of what a second entry asks: that stays until the answer is another one."""
LASTING = frozenset({"GC-17"})
"""What was found when a form was completed and stays true whatever is answered afterwards."""


def found(desk: Desk, key: FormKey, cell: Cell, graph: FormGraph, *, again: bool) -> Iterator[Event]:
    """Bring the findings recorded at a cell into line with the form. ``again``: the answer is a new one."""
    state = graph.state(cell)
    now = {finding.check: finding for finding in state.findings} if state else {}
    recorded = desk.forms.findings(key)
    for (at, check), row in list(recorded.items()):
        stays = _stays(row) or (check.startswith(SECOND) and not again)
        if at == cell and row.state != "settled" and (check not in now or again) and not stays:
            yield settled(desk, key, cell, check)
    for check, finding in now.items():
        row_now = recorded.get((cell, check))
        if row_now is not None and row_now.state == "open" and row_now.due != finding.due:
            yield settled(desk, key, cell, check)
            row_now = None
        if row_now is None or row_now.state == "settled":
            yield raised(desk, key, cell, graph, finding)


def lost(desk: Desk, key: FormKey, graph: FormGraph) -> Iterator[Event]:
    """Settle findings in rows that do not count any more."""
    for (cell, check), row in list(desk.forms.findings(key).items()):
        if row.state != "settled" and not graph.has(cell):
            yield settled(desk, key, cell, check)


def raised(desk: Desk, key: FormKey, cell: Cell, graph: FormGraph, finding: Finding) -> Event:
    """A finding is there, with the value that offends, the words shown and the check's version."""
    planned = check_of(graph, finding.check, cell) if finding.of_check else None
    state = graph.state(cell)
    event = FindingRaised(
        **key._asdict(),
        row=cell.row,
        item=cell.item,
        check=finding.check,
        level=finding.level,
        text=words(desk, key, graph, cell, finding),
        value=(state.text or state.missing) if state else None,
        made=planned.version if planned else "",
        task=planned.check.task or finding.check if planned and finding.level == TASK else None,
        due=finding.due,
    )
    desk.lay(event)
    desk.forms.raised(event)
    return event


def settled(desk: Desk, key: FormKey, cell: Cell, check: str) -> Event:
    """A finding is not there any more."""
    event = FindingSettled(**key._asdict(), row=cell.row, item=cell.item, check=check)
    desk.lay(event)
    desk.forms.settled(key, cell, check, "settled")
    return event


def check_of(graph: FormGraph, check: str, cell: Cell) -> PlanCheck | None:
    """The check of a form that speaks at a cell; None for what an item's own range or rules say."""
    found_here = (one for one in graph.plan.checks if one.check.check == check and one.on == cell.item)
    return next(found_here, None)


def scope_of(graph: FormGraph, planned: PlanCheck, cell: Cell) -> RowState:
    """The row in which a check that speaks at a cell is asked."""
    rows = {row.info.key: row for row in graph.rows_in(planned.group)}
    return rows.get(cell.row, graph.once) if planned.group else graph.once


def words(desk: Desk, key: FormKey, graph: FormGraph, cell: Cell, finding: Finding) -> str:
    """The sentence of a finding, in the language of whoever is at work."""
    planned: PlanItem = graph.plan.items[cell.item]
    texts = desk.versions.at(key).texts(desk.language)
    own = finding
    if finding.of_check:
        known = GENERIC.get(finding.check)
        own = finding._replace(say=desk.say(known) if known else texts.check(finding.check))
    return sentence(own, planned, desk.say, fill=lambda name: _fill(desk.versions.at(key), graph, cell, name))


def _stays(row: FindingRow) -> bool:
    """A warning that was answered is not asked again; what lasts does not depend on the answers."""
    return row.check in LASTING or (row.level == WARNING and row.state == "confirmed")


def _fill(study: Study, graph: FormGraph, cell: Cell, name: str) -> str:
    """What stands in a place of a sentence: a figure of the protocol, an answer, or any expression."""
    if name.startswith("P."):
        return str(study.parameter(name[2:]))
    planned = graph.plan.items.get(name)
    if planned is None:
        return _worked_out(study, graph, cell, name)
    state = graph.state(cell._replace(item=name, row=cell.row if planned.group else ""))
    return state.text if state and state.text else "…"


def _worked_out(study: Study, graph: FormGraph, cell: Cell, text: str) -> str:
    group = graph.plan.items[cell.item].group
    rows = {row.info.key: row for row in graph.rows_in(group)}
    scope = rows.get(cell.row, graph.once) if group else graph.once
    run = compile_expression(tree_of(text), bind=binding(study, graph.plan.form.form, group))
    value = run(scope)  # type: ignore[arg-type]  # a scope of the same shape
    return "…" if value is None else as_text(value)
