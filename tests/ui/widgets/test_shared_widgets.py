"""The shared widgets speak to a screen reader, report presses, and turn for Arabic."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from crfapp.ui.theme import apply_theme
from crfapp.ui.widgets import (
    Banner,
    Button,
    ElidedLabel,
    EmptyState,
    FlowRow,
    InlineMessage,
    SegmentedChoice,
    StatusMark,
    Words,
)
from tests.support.gallery import build_gallery
from tests.ui.fields.typing_by_hand import clicks, presses_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

POSITIONS = (("SIT", "Sitting"), ("LIE", "Lying"), ("STAND", "Standing"))


@pytest.fixture(autouse=True)
def english() -> Iterator[QApplication]:
    app = cast("QApplication", QApplication.instance())
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    apply_theme(app, "light")
    yield app
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def nameless(root: QWidget) -> list[str]:
    """Everything that can have the keyboard, or is a sign, without a name for the screen reader."""
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, StatusMark)
    return [
        type(w).__name__
        for w in root.findChildren(QWidget)
        if isinstance(w, kinds)
        and not (w.accessibleName() or w.property("text"))
        and w.objectName() not in {"qt_spinbox_lineedit"}
    ]


@pytest.mark.parametrize("arabic", [False, True])
def test_every_control_has_a_name_for_the_screen_reader(qtbot: QtBot, arabic: bool) -> None:
    window, _ = build_gallery(arabic)
    qtbot.addWidget(window)
    allowed = ["Button", "StatusMark"]  # the gallery's close sign without words, the note's empty mark
    assert sorted(nameless(window)) == allowed


def test_the_bar_begins_on_the_right_for_arabic(english: QApplication, qtbot: QtBot) -> None:
    english.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    bar = SegmentedChoice(POSITIONS)
    qtbot.addWidget(bar)
    bar.show()
    lefts = [option.x() for option in bar.options]
    assert lefts == sorted(lefts, reverse=True)


def test_numbers_keep_their_direction_in_an_arabic_window(english: QApplication, qtbot: QtBot) -> None:
    english.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    window, editors = build_gallery(True)
    qtbot.addWidget(window)
    line = editors["Kit opened"].findChild(QLineEdit)
    assert line is not None
    assert line.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert line.alignment() & Qt.AlignmentFlag.AlignRight
    line.setText("12 كانون الثاني 2025")
    assert line.layoutDirection() == Qt.LayoutDirection.RightToLeft


def test_a_banner_says_which_button_was_pressed(qtbot: QtBot) -> None:
    banner = Banner("Serious event <b>JO01-006</b>", "error", note="not yet sent")
    qtbot.addWidget(banner)
    button = banner.add_button("send", "Send report", "danger")
    with qtbot.waitSignal(banner.chosen) as heard:
        clicks(qtbot, button)
    assert heard.args == ["send"]
    assert "&lt;b&gt;JO01-006" in banner.words.text()


def test_a_finding_offers_at_most_two_things(qtbot: QtBot) -> None:
    message = InlineMessage("162 is above 160.", actions=(("right", "It is right"), ("correct", "Correct")))
    qtbot.addWidget(message)
    message.show()
    with qtbot.waitSignal(message.chosen) as heard:
        presses_on(qtbot, message.links[1], Qt.Key.Key_Space)
    assert heard.args == ["correct"]
    with pytest.raises(ValueError, match="at most two"):
        InlineMessage("x", actions=(("a", "a"), ("b", "b"), ("c", "c")))


def test_an_empty_page_offers_the_first_step(qtbot: QtBot) -> None:
    page = EmptyState("No subjects yet", "They appear here.", step="Enrol a subject")
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.first_step):
        clicks(qtbot, page.button)


def test_a_button_is_as_high_as_a_hit_target(qtbot: QtBot) -> None:
    for button in (Button("Complete form", "primary"), Button("", "quiet", icon_name="close")):
        qtbot.addWidget(button)
        assert button.sizeHint().height() == 30
        assert button.sizeHint().width() >= 30


def test_a_row_wraps_and_stays_inside(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    row = FlowRow(box)
    buttons = [Button(f"Visit {n}") for n in range(8)]
    for button in buttons:
        row.addWidget(button)
    row.setGeometry(QRect(0, 0, 260, 400))
    assert all(b.x() >= 0 and b.geometry().right() < 260 for b in buttons)
    assert row.heightForWidth(260) > row.heightForWidth(2000)


def test_cut_words_are_whole_in_the_tool_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("Observation after injection")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert label.toolTip() == "Observation after injection"
    label.resize(400, 20)
    assert label.toolTip() == ""


def test_words_are_never_read_as_markup(qtbot: QtBot) -> None:
    words = Words("<b>=1+1</b>")
    qtbot.addWidget(words)
    assert words.textFormat() == Qt.TextFormat.PlainText


def test_a_status_says_its_name(qtbot: QtBot) -> None:
    mark = StatusMark("expected", "expected")
    qtbot.addWidget(mark)
    mark.show_status("complete", "complete")
    assert (mark.accessibleName(), mark.toolTip()) == ("complete", "complete")
