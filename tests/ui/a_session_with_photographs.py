"""A session of a person who takes photographs, as a program of its own: ``python -m … HOME-FOLDER [how]``.

What it leaves behind in its home and in the folder for passing files is looked through by whoever started it.
``how`` is ``sabotaged`` for a session that chooses its file by Qt's own dialog, as it comes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from crfapp.bootstrap.photo_pages import WholeFiles
from crfapp.present.address import Address
from crfapp.present.casebook_page import CasebookPage
from crfapp.present.compare_photographs import ComparePage
from crfapp.ui.casebook.window_page import CasebookWindowPage
from crfapp.ui.choosing import choose_files, choose_folder, choose_place
from crfapp.ui.compare import CompareWindowPage
from crfapp.ui.fields.photo import PhotoEditor
from crfapp.ui.photo.bringing import Brought
from crfapp.work.targets import targets_of
from tests.support.page_on_screen import ShellAlone
from tests.support.photo_ward import PhotoWard, picture

CANARY = "Qanary4711"
SMALL = {"width": 320, "height": 240, "per_mm": 2.0}


def answered(app: QApplication, chosen: Path) -> None:
    """Whatever dialog comes next is answered with a file or a folder."""

    def answer() -> None:
        dialog = app.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, answer)
            return
        dialog.setDirectory(str(chosen.parent))
        dialog.selectFile(chosen.name)
        dialog.done(QFileDialog.DialogCode.Accepted)

    QTimer.singleShot(0, answer)


def session(app: QApplication, camera: Path, sheets: Path) -> list[str]:
    """Files, the clipboard, the camera, a comparison, a sheet; the titles of all windows meanwhile."""
    ward = PhotoWard()
    casebook = CasebookWindowPage(CasebookPage(ward.at, ward.room), ShellAlone(), ward.at.texts)
    casebook.view.resize(1092, 752)
    casebook.view.show()
    casebook.open(Address("casebook", *ward.key))
    casebook.view.form.photos.rows.click()
    for number, (target, view) in enumerate((("C01", "VIS"), ("T01", "VIS"), ("T02", "VIS"))):
        cell = ward.place("V_SCR", target, view)
        assert casebook.view.form.jump(cell)
        editor = casebook.view.form.findChild(PhotoEditor, f"{cell.row}/{cell.item}")
        assert editor is not None
        if number == 0:
            answered(app, camera / f"{CANARY}.jpg")
            [found] = choose_files(editor, "Which photograph?", camera)
            editor.bring(Brought(found, found.name))
        elif number == 1:
            QGuiApplication.clipboard().setImage(QImage.fromData(picture(9, **SMALL)))
            editor.paste()
        else:
            answered(app, camera)
            ward.room.folder = choose_folder(editor, "Where are the camera's pictures?", camera)
            editor._sources.open_camera()
            editor.face.strip.thumbs[0].click()
        editor.face.buttons["take"].click()
    ward.at.actor = ward.clinic.people["haddad"]
    page = CompareWindowPage(
        ComparePage(ward.at, ward.room, WholeFiles()), ShellAlone(), ward.at.texts, sheets
    )
    page.body.show()
    row = next(one.row for one in targets_of(ward.clinic.desk, ward.subject) if one.label == "T01")
    page.open(Address("compare", ward.subject, row=row))
    answered(app, sheets / f"{CANARY}.pdf")
    sheet = choose_place(page.body, "Where should the sheet be written?", sheets / f"{CANARY}.pdf")
    assert page.now is not None
    assert sheet is not None
    page._gather(page.now, [one for one in page.now.shown if one.photograph], sheet)
    assert sheet.exists()
    return [window.windowTitle() for window in app.topLevelWidgets()]


def sabotaged(app: QApplication, camera: Path) -> None:
    """A file is chosen by Qt's dialog, which remembers where it was."""
    host = QWidget()
    answered(app, camera / f"{CANARY}.jpg")
    dialog = QFileDialog(host, "Which photograph?", str(camera))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.exec()
    dialog.deleteLater()
    QTimer.singleShot(0, app.quit)
    app.exec()


def main() -> None:
    """Carry it out; titles of windows are printed."""
    given, how = Path(sys.argv[1]), sys.argv[2]
    app = QApplication([])
    camera, sheets = given / CANARY, given / "sheets"
    if how == "sabotaged":
        sabotaged(app, camera)
        return
    sys.stdout.write(f"{session(app, camera, sheets)}\n")
    QTimer.singleShot(0, app.quit)
    app.exec()


if __name__ == "__main__":
    main()
