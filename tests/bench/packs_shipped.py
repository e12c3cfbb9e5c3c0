"""Every pack under ``forms/``: read and checked, its forms planned, its largest form opened and shown.

``open`` is the engine alone: the form of a subject whose visit has just begun, without an answer. ``painted``
is the same form from the wish to see it until it is painted (offscreen, real presenters, a ledger in memory).
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication

from crfapp.form.plan import plan_form
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.present.casebook_page import CasebookPage
from crfapp.study.pack import load_pack
from crfapp.study.study import Study
from crfapp.ui.casebook import CasebookView
from crfapp.ui.theme import apply_theme
from crfapp.work.visits import StartVisit
from tests.bench._kept import Kept, Limit
from tests.bench._limits import bare_paint, thread_ms
from tests.bench.casebook_flagship import SIZE, timed
from tests.bench.form_paint import SHOWN, Paints
from tests.bench.pack_load import bare_yaml
from tests.support.clinic import Clinic
from tests.support.playing import FORMS
from tests.support.site_of import workplace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROUNDS = 5

FIGURES = tuple(
    kept
    for pack, words in (("nct06813027", "vitiligo"), ("abcb5-cvu", "venous ulcer"), ("als-msc", "ALS"))
    for kept in (
        Kept(
            f"{words}: folder to checked pack",
            f"{pack}/load_and_check_ms",
            "ms",
            Limit(f"{pack}/bare_yaml_ms", "its files parsed as YAML and nothing else"),
        ),
        Kept(
            f"{words}: largest form, empty, to first paint",
            f"{pack}/painted_ms",
            "ms",
            Limit(f"{pack}/bare_paint_ms", "the same number of texts painted"),
        ),
    )
)


def median_ms(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Median of the rounds in milliseconds, after one that does not count."""
    work()
    took = []
    for _ in range(ROUNDS):
        begin = clock()
        work()
        took.append((clock() - begin) * 1000)
    return round(statistics.median(took), 1)


def planned(content: bytes) -> None:
    """Everything that is compiled when a site works with the study: each form at each of its visits."""
    study = Study.from_content(content)
    for visit in study.head.visits:
        for held in visit.forms:
            plan_form(study, held.form, visit.visit)


def largest(study: Study) -> tuple[str, str]:
    """The form with the most items, and the first visit that holds it."""
    held = {form: study.visits_of(form) for form in study.forms if study.visits_of(form)}
    form = max(held, key=lambda oid: len(study.items(oid)))
    return held[form][0], form


def begun(study: Study, visit: str, form: str) -> tuple[Clinic, FormKey]:
    """A clinic with a subject at that visit."""
    clinic = Clinic(study)
    at = VisitKey(clinic.enrol(), visit, 1)
    if study.visit(visit).kind != "log":
        clinic.send(StartVisit(key=at, date="2025-01-05"))
    return clinic, FormKey(*at, form, 1)


def opening(clinic: Clinic, key: FormKey) -> Callable[[], object]:
    """Opening a form whose plan is known."""

    def once() -> object:
        clinic.desk.forget_forms()
        return clinic.desk.forms.get(key)

    return once


def painted_ms(app: QApplication, clinic: Clinic, key: FormKey) -> float:
    """Median ms of the thread from the wish to open a form, coming from another one, until it is painted."""
    at = workplace(clinic)
    view = CasebookView(CasebookPage(at), at.texts)
    view.resize(*SIZE)
    view.show()
    view.show_subject(key.subject)
    app.processEvents()
    paints, took = Paints(view.form.canvas), []
    other = key._replace(
        form=next(h.form for h in clinic.desk.study.visit(key.visit).forms if h.form != key.form)
    )
    for _ in range(ROUNDS + 1):
        view.open_form(other)
        app.processEvents()
        clinic.desk.forget_forms()
        took.append(timed(app, paints, lambda: view.open_form(key)))
    view.close()
    return round(statistics.median(took[1:]), 1)


def measured(app: QApplication, folder: Path) -> dict[str, object]:
    """What one pack costs."""
    loaded = load_pack(folder)
    if loaded.pack is None:
        raise AssertionError(loaded.errors[:3])
    study = Study(loaded.pack)
    visit, form = largest(study)
    clinic, key = begun(study, visit, form)
    paint = bare_paint(SIZE, SHOWN)
    checks = sum(len(one.checks) for one in study.forms.values())
    return {
        "visits": len(study.visits),
        "forms": len(study.forms),
        "items": sum(len(study.items(oid)) for oid in study.forms),
        "checks": checks,
        "load_and_check_ms": median_ms(lambda: load_pack(folder), time.thread_time),
        "bare_yaml_ms": median_ms(lambda: bare_yaml(folder), time.thread_time),
        "compile_all_ms": median_ms(lambda: planned(study.content), time.thread_time),
        "largest_form": f"{form} at {visit}",
        "largest_items": len(study.items(form)),
        "open_ms": median_ms(opening(clinic, key), time.thread_time),
        "painted_ms": painted_ms(app, clinic, key),
        "bare_paint_ms": round(statistics.median(thread_ms(paint) for _ in range(21)), 3),
    }


def measure() -> dict[str, object]:
    """Medians in ms, by pack."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = cast("QApplication", QApplication.instance() or QApplication([]))
    apply_theme(app, "light")
    packs = sorted(folder for folder in FORMS.iterdir() if (folder / "study.yaml").is_file())
    return {"rounds": ROUNDS, **{folder.name: measured(app, folder) for folder in packs}}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=1) + "\n")
