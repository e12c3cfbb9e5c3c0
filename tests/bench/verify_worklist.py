"""A monitor's page over 1,000 subjects (10,000 in full), encrypted: first page, key to next answer.

Every subject is the flagship's example subject at screening, copied. Of the first quarter everything is
verified, so that a list that looked at everybody in order would have to pass them; 200 answers have changed
since. ``key`` runs from the press of V to the paint of the next answer, the durable commit included;
``commit`` is the command alone, ``key_to_next_form`` a press that opened another form.
``python -m tests.bench.verify_worklist [SUBJECTS]`` prints the figures as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crfapp.bootstrap.ground import translations_folder
from crfapp.bootstrap.sites import LedgerReader
from crfapp.ledger.changes import Put
from crfapp.ledger.state import FormRow, FormRowRow, ItemRow, SubjectRow, VerifiedRow, VisitRow
from crfapp.present.monitoring_board import MonitoringBoard
from crfapp.present.monitoring_page import MonitoringPage
from crfapp.present.monitoring_visits import MonitoringVisits
from crfapp.present.texts import Texts
from crfapp.present.workplace import Workplace
from crfapp.store.engine import open_engine, writing
from crfapp.store.ledger import SqlLedger
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import remake
from crfapp.store.tables import apply
from crfapp.study.verification import verification_plan
from crfapp.ui.monitoring import MonitoringWindowPage
from crfapp.ui.preferences import Preferences, apply_preferences
from tests.bench._kept import Kept, Limit, sized
from tests.support.clinic import Clinic
from tests.support.playing import shipped_study
from tests.support.site_of import example_site
from tests.support.source_ward import WEBER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

KEY = bytes(range(32))
PACK, EXAMPLE, VISIT = "nct06813027", "JO01-003", "V_SCR"
CHANGED, PRESSES = 200, 120
FIGURES = (
    Kept(
        "the worklist's first page, of all subjects",
        "first_page/cpu",
        "ms",
        goal=250,
        tolerance=1.5,
        compared=False,
    ),
    Kept(
        "V: verified, durable, the next answer painted",
        "key/median_cpu_ms",
        "ms",
        Limit("commit/median_cpu_ms", "the command with its commit"),
        goal=16,
    ),
    Kept(
        "the same into the next form",
        "key_to_next_form/median_cpu_ms",
        "ms",
        Limit("commit/median_cpu_ms", "the command with its commit"),
    ),
)
SIZE = (1092, 724)


def rows_of(subjects: int) -> Iterator[Any]:
    """Copies of the example subject's screening, a quarter of them verified."""
    clinic = example_site()
    tables = clinic.ledger.tables
    source = next(row.subject for row in tables.find(SubjectRow) if row.number == EXAMPLE)
    kinds: tuple[Any, ...] = (VisitRow, FormRow, FormRowRow, ItemRow)
    template = [row for kind in kinds for row in tables.find(kind, subject=source, visit=VISIT)]
    plan = verification_plan(clinic.desk.study)
    changed = 0
    for number in range(1, subjects + 1):
        subject = f"s{number:08d}"
        yield SubjectRow(subject, f"JO01-{number:05d}", "2025-01-05T07:00:00.000000Z")
        for row in template:
            yield row._replace(subject=subject)
        done = number <= subjects // 4
        for row in template if done or changed < CHANGED else ():
            if isinstance(row, ItemRow) and plan.offer(row.form, row.item).value in ("critical", "sampled"):
                state = "done" if done else "changed"
                changed += not done
                key, who = row._replace(subject=subject).key, ("weber", "Greta Weber", "monitor")
                compared = (row.value, row.missing, row.node, row.seq)
                yield VerifiedRow(*key, state, *compared, *who, "2025-01-09T07:00:00Z", 180, "", "ws-test", 1)
                if not done:
                    break


def filled(folder: Path, subjects: int) -> Engine:
    """The encrypted store."""
    engine = open_engine(folder / "ledger.db", KEY, create=True)
    migrate(engine, lambda _version: None, remake)
    rows = rows_of(subjects)
    while batch := list(islice(rows, 50_000)):
        with writing(engine) as db:
            apply(db, map(Put, batch))
    return engine


class Taken(NamedTuple):
    """Milliseconds of wall and of processor time."""

    wall: float
    cpu: float


def timed(doing: Callable[[], object]) -> Taken:
    begin = time.perf_counter(), time.process_time()
    doing()
    return Taken(1000 * (time.perf_counter() - begin[0]), 1000 * (time.process_time() - begin[1]))


def middle(taken: list[Taken]) -> dict[str, float]:
    """Medians, and what 95 of 100 stayed below."""
    walls = sorted(one.wall for one in taken)
    return {
        "median_ms": round(median(walls), 2),
        "median_cpu_ms": round(median(one.cpu for one in taken), 2),
        "p95_ms": round(walls[int(len(walls) * 0.95)], 2),
        "most_cpu_ms": round(max(one.cpu for one in taken), 2),
        "times": len(walls),
    }


def measure(subjects: int = sized(1_000, 10_000)) -> dict[str, object]:
    """Milliseconds of wall and processor time."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_preferences(app, Preferences())
    with tempfile.TemporaryDirectory() as folder:
        engine = filled(Path(folder), subjects)
        try:
            return _measured(app, engine, subjects)
        finally:
            engine.dispose()


def _measured(app: QApplication, engine: Engine, subjects: int) -> dict[str, object]:
    clinic = Clinic(shipped_study(PACK), ledger=SqlLedger(engine, "ws-test"))
    at = Workplace(
        clinic.bus,
        clinic.desk,
        LedgerReader(SimpleNamespace(engine=engine)),  # type: ignore[arg-type]  # all that it reads by
        actor=WEBER,
        texts=Texts("en", translations_folder()),
    )
    presenter = MonitoringPage(at, MonitoringBoard(at))
    visits = MonitoringVisits(at, lambda: "", lambda _booklet, _path: "")
    first = timed(presenter.worklist)
    page = MonitoringWindowPage(presenter, visits, at.texts, Path())
    clinic.bus.listen(lambda outcome: page.refresh(outcome.topics))
    page.widget.resize(*SIZE)
    page.widget.show()

    def come() -> None:
        page.shown()
        app.processEvents()

    shown = timed(come)
    presses, forms, commits = _presses(app, page, clinic)
    board = MonitoringBoard(at)
    counting = timed(lambda: _all_counted(board))
    return {
        "subjects": subjects,
        "items": len(clinic.ledger.tables.find(ItemRow, subject="s00000001")),
        "first_page": first._asdict(),
        "page_shown": shown._asdict(),
        "key": middle(presses),
        "key_to_next_form": middle(forms) if forms else None,
        "commit": middle(commits),
        "count_everybody_s": round(counting.wall / 1000, 1),
    }


def _presses(
    app: QApplication, page: MonitoringWindowPage, clinic: Clinic
) -> tuple[list[Taken], list[Taken], list[Taken]]:
    """From the press to the paint, within a form and into the next; and the command alone."""
    within: list[Taken] = []
    beyond: list[Taken] = []
    commits: list[Taken] = []
    send = clinic.bus.send

    def watched(command: Any, actor: Any) -> Any:
        done: list[Any] = []
        commits.append(timed(lambda: done.append(send(command, actor))))
        return done[0]

    clinic.bus.send = watched  # type: ignore[method-assign]  # timed, not changed
    target = page.body.compare.list

    def press() -> None:
        QTest.keyClicks(target, "v")
        target.viewport().repaint()

    for _ in range(PRESSES):
        before = page.address().form
        taken = timed(press)
        (within if page.address().form == before else beyond).append(taken)
        app.processEvents()
    return within, beyond, commits


def _all_counted(board: MonitoringBoard) -> None:
    while board.count_more(100):
        pass


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(*map(int, sys.argv[1:])), indent=2) + "\n")
