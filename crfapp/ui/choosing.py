"""Choosing files without a trace: no list of recent files, neither the system's nor Qt's, learns a name.

The system's own dialogs write what was chosen into the system's list of recent files. So Qt's are used, and
before one goes it is turned to the home folder and told to remember nothing: what it writes on its way out
then holds nothing of the study (REQ-933).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def choose_files(parent: QWidget, title: str, folder: Path, kinds: str = "") -> list[Path]:
    """Files that exist; none where somebody changed their mind. ``kinds``: ``Pictures (*.jpg *.png)``."""
    dialog = _dialog(parent, title, folder, QFileDialog.FileMode.ExistingFiles)
    if kinds:
        dialog.setNameFilter(kinds)
    return _ask(dialog)


def choose_folder(parent: QWidget, title: str, folder: Path) -> Path | None:
    """A folder that exists, or none."""
    dialog = _dialog(parent, title, folder, QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return next(iter(_ask(dialog)), None)


def choose_place(parent: QWidget, title: str, proposed: Path, kinds: str = "") -> Path | None:
    """Where a file is to be written, or none; Qt asks before one that exists is taken."""
    dialog = _dialog(parent, title, proposed.parent, QFileDialog.FileMode.AnyFile)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    if kinds:
        dialog.setNameFilter(kinds)
    dialog.selectFile(proposed.name)
    return next(iter(_ask(dialog)), None)


def _dialog(parent: QWidget, title: str, folder: Path, mode: QFileDialog.FileMode) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
    dialog.setFileMode(mode)
    return dialog


def _ask(dialog: QFileDialog) -> list[Path]:
    """Ask, and see to it that the dialog has nothing to remember when it goes."""
    try:
        chosen = dialog.selectedFiles() if dialog.exec() == QFileDialog.DialogCode.Accepted else []
    finally:
        dialog.setHistory([])
        dialog.setSidebarUrls([QUrl.fromLocalFile(str(Path.home()))])
        dialog.setDirectory(str(Path.home()))
        dialog.deleteLater()
    return [Path(name) for name in chosen]
