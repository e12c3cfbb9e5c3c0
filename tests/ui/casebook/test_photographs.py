"""The nurse photographs three areas: by file, from the clipboard, from the camera, a whole card at once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest

from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import PhotographRow
from crfapp.present.casebook_page import CasebookPage
from crfapp.ui.casebook import CasebookView
from crfapp.ui.casebook.asking import ReasonLine
from crfapp.ui.fields.photo import PhotoEditor
from crfapp.ui.photo.bringing import Brought
from crfapp.ui.widgets import InlineMessage
from tests.support.photo_ward import PhotoWard, picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

FIRST, SECOND = ("C01", "VIS"), ("C01", "WOOD")
Key = Qt.Key


class Desk:
    """The form of photographs with a row for each that is needed."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.ward, self.folder = PhotoWard(), folder
        self.view = CasebookView(CasebookPage(self.ward.at, self.ward.room), self.ward.at.texts)
        self.view.resize(1092, 752)
        self.view.show()
        self.view.activateWindow()
        assert QTest.qWaitForWindowActive(self.view)
        self.view.show_subject(self.ward.subject)
        self.view.open_form(self.ward.key)
        self.bar = self.view.form.photos

    def rows(self) -> None:
        """Add the rows that the visit needs."""
        self.bar.rows.click()

    def editor(self, target: str, view: str) -> PhotoEditor:
        """The place of a photograph, in sight and with the keyboard."""
        cell = self.ward.place("V_SCR", target, view)
        assert self.view.form.jump(cell)
        found = self.view.form.findChild(PhotoEditor, f"{cell.row}/{cell.item}")
        assert found is not None
        return found

    def recorded(self, target: str, view: str) -> str | None:
        """The name of the file that is recorded at a place."""
        cell = self.ward.place("V_SCR", target, view)
        stored = self.ward.clinic.desk.stored(ItemKey(*self.ward.key, *cell))
        if stored is None or stored.value is None:
            return None
        row = self.ward.clinic.ledger.tables.get(PhotographRow, self.ward.subject, stored.value)
        assert row is not None
        assert self.ward.site.photographs.kept[row.photograph]  # the original is there
        return row.name

    def file(self, name: str, data: bytes, minute: int = 0) -> Path:
        """A file on the camera's card, written at a minute."""
        path = self.folder / name
        path.write_bytes(data)
        os.utime(path, (1736060000 + 60 * minute,) * 2)
        return path

    def said(self, within: QWidget | None = None) -> str:
        """Every sentence about a photograph that can be read now."""
        shown = (within or self.view.form).findChildren(InlineMessage)
        return " ".join(m.text.text() for m in shown if m.isVisible())


@pytest.fixture
def desk(qtbot: QtBot, lit_screen: QApplication, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(lit_screen, tmp_path)
    qtbot.addWidget(made.view)
    yield made
    QGuiApplication.clipboard().clear()


def press(editor: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(editor.window().focusWidget() or editor, key, held)


def test_one_after_another_each_by_its_own_way(desk: Desk) -> None:
    assert "6 photographs are needed here: 6 are still to come." in desk.bar.words.text()
    desk.rows()
    # a file about which nothing is to be said is taken at once
    editor = desk.editor(*FIRST)
    good = desk.file("IMG_0001.JPG", picture(1))
    editor.bring(Brought(good, good.name))
    assert desk.recorded(*FIRST) == "IMG_0001.JPG"
    assert editor.face.thumb.filled
    assert not editor.face.buttons["file"].isVisible()
    # one that is too small waits for Enter, with its figure and the limit
    editor = desk.editor(*SECOND)
    little = desk.file("IMG_0002.JPG", picture(2, width=800, height=600))
    editor.bring(Brought(little, little.name))
    assert desk.recorded(*SECOND) is None
    assert "0.5" in desk.said(editor)
    assert "2.0" in desk.said(editor)
    assert not desk.view.form.may_leave()  # what waits is not lost by turning the page
    desk.editor(*SECOND)
    press(editor, Key.Key_Return)
    assert desk.recorded(*SECOND) == "IMG_0002.JPG"
    assert desk.view.form.may_leave()
    # the camera's folder: the newest first, a digit takes
    desk.file("IMG_0003.JPG", picture(3), minute=3)
    desk.file("IMG_0004.JPG", picture(4), minute=4)
    desk.ward.room.folder = desk.folder
    editor = desk.editor("T01", "VIS")
    editor.face.buttons["camera"].click()
    assert [thumb.accessibleName() for thumb in editor.face.strip.thumbs][:2] == [
        "IMG_0004.JPG",
        "IMG_0003.JPG",
    ]
    press(editor, Key.Key_2)
    assert desk.recorded("T01", "VIS") == "IMG_0003.JPG"
    assert editor.hasFocus()  # the keyboard did not go on by itself
    # the clipboard: pixels without the camera's own file
    editor = desk.editor("T01", "WOOD")
    QGuiApplication.clipboard().setImage(QImage.fromData(picture(5)))
    press(editor, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert desk.recorded("T01", "WOOD") == "clipboard.png"
    assert "4 are there, 2 are still to come" in desk.bar.words.text()


def test_what_is_wrong_is_refused_with_what_to_do_and_nothing_is_lost(desk: Desk) -> None:
    desk.rows()
    editor = desk.editor(*FIRST)
    for name, data in (("empty.jpg", b""), ("cut.jpg", picture(1)[:4000]), ("text.jpg", b"not a picture")):
        wrong = desk.file(name, data)
        editor.bring(Brought(wrong, name))
        assert desk.said(editor)
        assert desk.recorded(*FIRST) is None
        assert editor.face.buttons["file"].isVisible()  # another can be chosen at once
    gone = desk.folder / "gone.jpg"
    editor.bring(Brought(gone, gone.name))
    assert "gone.jpg" in desk.said(editor)
    QGuiApplication.clipboard().setText("no picture")
    press(editor, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "no single picture in the clipboard" in desk.said(editor)
    # the same file at another place is refused; it waits there and can be put back
    good = desk.file("IMG_0001.JPG", picture(1))
    editor.bring(Brought(good, good.name))
    other = desk.editor(*SECOND)
    other.bring(Brought(good, good.name))
    assert desk.recorded(*SECOND) is None
    assert "already stored" in desk.said()
    other.face.buttons["not"].click()
    assert desk.view.form.may_leave()


def test_another_one_in_its_place_needs_a_reason(desk: Desk) -> None:
    desk.rows()
    editor = desk.editor(*FIRST)
    for grain in (1, 2):
        file = desk.file(f"IMG_000{grain}.JPG", picture(grain))
        editor.bring(Brought(file, file.name))
    assert desk.recorded(*FIRST) == "IMG_0001.JPG"
    line = next(line for line in desk.view.form.findChildren(ReasonLine) if line.isVisible())
    QTest.keyClicks(line, "blurred by movement")
    QTest.keyClick(line, Key.Key_Return)
    assert desk.recorded(*FIRST) == "IMG_0002.JPG"


def test_a_card_of_pictures_is_shared_out_in_the_order_of_time(desk: Desk) -> None:
    taken = ("2025:01:05 09:50:00", "2025:01:05 09:41:00", "2025:01:05 09:45:00")
    for number, when in enumerate(taken):
        desk.file(f"IMG_000{number}.JPG", picture(number + 1, taken=when))
    desk.file("IMG_0009.JPG", b"cut off")
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(desk.folder))])
    how = (Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    over = desk.view.form.canvas  # wherever on the form
    QGuiApplication.sendEvent(over, QDragEnterEvent(QPoint(5, 5), *how))
    QGuiApplication.sendEvent(over, QDropEvent(QPoint(5, 5), *how))
    sharing = desk.bar.sharing
    assert sharing.isVisible()
    assert desk.recorded(*FIRST) is None  # seen first
    assert "IMG_0001.JPG" in sharing.title.text()
    assert "C01" in sharing.take.text()
    press(sharing, Key.Key_Return)
    assert desk.recorded(*FIRST) == "IMG_0001.JPG"
    assert "IMG_0002.JPG" in sharing.title.text()
    press(sharing, Key.Key_S)  # not this one
    assert "IMG_0000.JPG" in sharing.title.text()
    sharing.other.chosen.emit("2")  # another row than the one that is next
    press(sharing, Key.Key_Return)
    assert (desk.recorded(*SECOND), desk.recorded("T01", "WOOD")) == (None, "IMG_0000.JPG")
    assert desk.said(sharing)  # the broken one says what is wrong
    assert sharing.skip.isVisible()
    press(sharing, Key.Key_S)
    assert "2 taken, 2 skipped." in sharing.line.text()


def test_whoever_only_reads_sees_the_photograph_and_takes_none(desk: Desk) -> None:
    desk.rows()
    editor = desk.editor(*FIRST)
    file = desk.file("IMG_0001.JPG", picture(1))
    editor.bring(Brought(file, file.name))
    editor.set_enabled_state(False, "You can read this form, not change it.")
    shown = {key for key, button in editor.face.buttons.items() if not button.isHidden()}
    assert shown == {"look", "compare"}
    asked: list[str] = []
    editor.wants_page.connect(asked.append)
    editor.face.thumb.click()
    assert asked == ["look"]
