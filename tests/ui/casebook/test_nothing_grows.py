"""Forms opened all day leave nothing behind: the tenth round through a visit needs what the third needed."""

from __future__ import annotations

import gc
from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from crfapp.ledger.keys import FormKey
from tests.support.real_casebook import RealCasebook

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

FORMS = ("SV", "DM", "VS", "AE", "PREGT")
ROUNDS = 8


def _alive() -> Counter[str]:
    """Widgets, and objects that show or present something, by their kind."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    shown = (
        one
        for one in gc.get_objects()
        if str(type(one).__module__).startswith(("crfapp.ui", "crfapp.present"))
    )
    kinds = Counter(f"{type(one).__module__}.{type(one).__name__}" for one in shown)
    kinds["widgets"] = len(QApplication.allWidgets())
    return kinds


def test_opening_forms_over_and_over_leaves_as_much_alive_as_opening_them_once_more(
    qtbot: QtBot, lit_screen: QApplication
) -> None:
    site = RealCasebook()
    at = site.begin("V_SCR", "2025-01-05")
    held = {form.form for form in site.clinic.desk.study.visit("V_SCR").forms}
    keys = [FormKey(*at, form, 1) for form in FORMS if form in held]
    assert len(keys) > 2
    view = site.show(lit_screen)
    qtbot.addWidget(view)
    counts = []
    for number in range(ROUNDS):
        for key in keys:
            site.turn_to(key)
            lit_screen.processEvents()
        if number in (ROUNDS // 3, ROUNDS - 1):
            counts.append(_alive())
    assert dict(counts[1] - counts[0]) == {}
