"""Rows with our editors cost little more than bare Qt rows: a ratio, taken side by side."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from crfapp.study.types import Kind
from crfapp.ui.fields import FieldSpec, editor_for
from crfapp.ui.theme import apply_theme
from crfapp.ui.widgets import Card
from tests.support.gallery import DemoPresent, DemoWords, FormRow

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

ROWS = 25
POSITIONS = (("SIT", "Sitting"), ("LIE", "Lying"), ("STAND", "Standing"))
KINDS: list[tuple[Kind, dict[str, object]]] = [
    (Kind.DECIMAL, {"unit": "mm"}),
    (Kind.TEXT, {"size": 40}),
    (Kind.CHOICE, {"choices": POSITIONS}),
    (Kind.DATE, {}),
    (Kind.TIME, {}),
]


def bare_rows() -> QWidget:
    """What nobody can do without: a label and a line in each row."""
    form = QWidget()
    column = QVBoxLayout(form)
    for n in range(ROWS):
        row = QWidget(form)
        beside = QHBoxLayout(row)
        beside.addWidget(QLabel(f"Question {n}", row))
        beside.addWidget(QLineEdit(row))
        beside.addWidget(QLabel("", row))
        column.addWidget(row)
    return form


def our_rows() -> QWidget:
    """A card of the casebook."""
    say, present, card = DemoWords(False), DemoPresent(), Card("Vital signs")
    for n in range(ROWS):
        kind, facts = KINDS[n % len(KINDS)]
        spec = FieldSpec(f"Question {n}", say, present, **facts)  # type: ignore[arg-type]  # facts of many kinds
        card.add_row(FormRow(f"Question {n}", editor_for(kind, spec, card), "expected", card))
    return card


def milliseconds(build: Callable[[], QWidget], canvas: QImage) -> float:
    """Process time to build, lay out and paint once."""
    begun = time.process_time()
    form = build()
    form.resize(960, 1200)
    form.render(canvas)
    taken = (time.process_time() - begun) * 1000
    shiboken6.delete(form)
    return taken


def test_a_screen_of_questions_costs_at_most_thrice_bare_rows(
    qapp: QApplication, record_property: Callable[[str, object], None], capsys: pytest.CaptureFixture[str]
) -> None:
    apply_theme(qapp, "light")
    canvas = QImage(960, 1200, QImage.Format.Format_ARGB32_Premultiplied)
    ours, bare = [], []
    for _ in range(9):
        bare.append(milliseconds(bare_rows, canvas))
        ours.append(milliseconds(our_rows, canvas))
    # the quickest of each: other work on the machine can only add time, and it does not add it evenly
    ours_ms, bare_ms = min(ours), min(bare)
    record_property("ms", f"{ours_ms:.1f} against {bare_ms:.1f}")
    with capsys.disabled():
        print(f" {ROWS} rows {ours_ms:.1f} ms, bare {bare_ms:.1f} ms ", end="")  # noqa: T201  # the measure
    assert ours_ms < 3 * bare_ms
