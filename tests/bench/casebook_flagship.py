"""Opening the flagship's largest form with its answers: real presenters, real encrypted store, real page.

The site is the flagship's example journey. ``painted`` ends with the first painting of the form, ``read``
when it was scrolled to its end and every line had been built; ``known`` opens it again in the same session.
Milliseconds of this thread's processor time, so that what else the machine does is left out.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtWidgets import QApplication

from crfapp.bootstrap.ground import translations_folder
from crfapp.bootstrap.playing import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, play_journeys
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import FormRow, ItemRow, VisitRow
from crfapp.present.casebook_page import CasebookPage
from crfapp.present.texts import Texts
from crfapp.present.workplace import Workplace
from crfapp.store.vault import Vault
from crfapp.ui.casebook import CasebookView
from crfapp.ui.theme import apply_theme
from tests.bench._kept import Kept, Limit
from tests.bench._limits import bare_paint, thread_ms
from tests.bench.form_paint import SHOWN, Paints
from tests.bench.login_shown import figures
from tests.support.playing import FORMS, journey_of
from tests.support.real_site import at_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.bootstrap.sites import OpenSite

ROUNDS = 9
SIZE = (1092, 752)
_BARE = Limit("bare_paint", "the same number of texts painted")
FIGURES = (
    Kept("largest form of a flagship visit, answered, opened to first paint", "painted/median", "ms", _BARE),
    Kept("the same opened again in one session", "known/median", "ms", _BARE),
    Kept("the same read to its end", "read/median", "ms", _BARE),
    Kept("the very first form after the login", "first_of_all", "ms", _BARE, tolerance=1.6),
)
JOURNEY = FORMS / "nct06813027" / "journeys" / "jo01-003.yaml"


class Form(NamedTuple):
    """A form of the site, and how much stands in it."""

    key: FormKey
    questions: int
    answers: int


@contextmanager
def example_site(folder: Path) -> Iterator[OpenSite]:
    """The example journey, played into an encrypted store."""
    journey = journey_of(JOURNEY)
    play_journeys([journey], None, folder, None)
    site = next(folder.glob("*/site"))
    key = Vault.load(site).open(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
    with at_work(site, key) as opened:
        yield opened


def largest_form(opened: OpenSite) -> Form:
    """The form of a visit with the most questions."""
    tables, study = opened.desk.tables, opened.desk.study

    def size(row: FormRow) -> tuple[int, int]:
        return len(list(study.items(row.form))), len(tables.find(ItemRow, **row.key._asdict()))

    visits = {visit.key for visit in tables.find(VisitRow)}  # rows of running logs are closed at first
    row = max((row for row in tables.find(FormRow) if VisitKey(*row[:3]) in visits), key=size)
    return Form(row.key, *size(row))


def timed(app: QApplication, paints: Paints, act: Callable[[], object]) -> float:
    """Milliseconds of this thread from an act to the next painting."""
    before, begin = paints.count, time.thread_time()
    act()
    while paints.count == before:
        app.processEvents()
    return 1000 * (time.thread_time() - begin)


def read_to_the_end(app: QApplication, view: CasebookView) -> float:
    """Milliseconds of this thread for scrolling page by page until the end of the form."""
    bar, begin = view.form.area.verticalScrollBar(), time.thread_time()
    while bar.value() < bar.maximum():
        bar.setValue(bar.value() + bar.pageStep())
        app.processEvents()
    return 1000 * (time.thread_time() - begin)


def measure() -> dict[str, object]:
    """Milliseconds; each opening comes from another form of the same visit."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = cast("QApplication", QApplication.instance() or QApplication([]))
    apply_theme(app, "light")
    with tempfile.TemporaryDirectory() as folder, example_site(Path(folder)) as opened:
        texts = Texts("en", translations_folder())
        at = Workplace(opened.bus, opened.desk, opened.events, actor=opened.actor("rania"), texts=texts)
        return _measured(app, opened, at, largest_form(opened))


def _measured(app: QApplication, opened: OpenSite, at: Workplace, form: Form) -> dict[str, object]:
    view = CasebookView(CasebookPage(at), at.texts)
    view.resize(*SIZE)
    view.show()
    view.show_subject(form.key.subject)
    app.processEvents()
    other = form.key._replace(form="SV")
    paints = Paints(view.form.canvas)
    painted, read, known, bare = [], [], [], []
    paint = bare_paint(SIZE, SHOWN)
    for _ in range(ROUNDS + 1):
        view.open_form(other)
        app.processEvents()
        opened.desk.forget_forms()
        painted.append(timed(app, paints, lambda: view.open_form(form.key)))
        read.append(painted[-1] + read_to_the_end(app, view))
        view.open_form(other)
        app.processEvents()
        known.append(timed(app, paints, lambda: view.open_form(form.key)))
        bare.append(thread_ms(paint))
    view.close()
    return {
        "form": form.key.form,
        "visit": form.key.visit,
        "questions": form.questions,
        "answers": form.answers,
        "unit": "ms of the thread",
        "rounds": ROUNDS,
        "first_of_all": round(painted[0], 1),
        "painted": figures(painted[1:]),
        "read": figures(read[1:]),
        "known": figures(known[1:]),
        "bare_paint": round(statistics.median(bare[1:]), 2),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=1) + "\n")
