"""Where photographs come from: a file that is chosen, or the folder of the camera."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.ui.choosing import choose_files, choose_folder
from crfapp.ui.photo.bringing import KINDS, Brought

if TYPE_CHECKING:
    from crfapp.ui.fields.photo import PhotoEditor


class PhotoSources:
    """Asks for files and folders, for one place of a photograph."""

    def __init__(self, editor: PhotoEditor) -> None:
        self._editor = editor

    def choose(self) -> None:
        """One file."""
        editor = self._editor
        if editor.slot is None:
            return
        start = editor.slot.room.folder or Path.home()
        kinds = f"{editor.say('Photographs')} ({KINDS})"
        found = choose_files(editor, editor.say("Which photograph?"), start, kinds)
        if len(found) == 1:
            editor.bring(Brought(found[0], found[0].name))
        elif found:
            editor.refuse(editor.say("Here is room for one photograph. Drop several on the form beside it."))

    def open_camera(self) -> None:
        """The newest pictures of the folder that is remembered, or a question for one."""
        slot = self._editor.slot
        if slot is not None and slot.room.folder is None:
            self.other_folder()
        elif slot is not None:
            self._editor.face.strip.show_newest(slot.room)

    def other_folder(self) -> None:
        """Another folder of a camera; it is remembered until the window is locked."""
        editor = self._editor
        if editor.slot is None:
            return
        room = editor.slot.room
        title = editor.say("Where are the camera's pictures?")
        found = choose_folder(editor, title, room.folder or Path.home())
        if found is not None:
            room.folder = found
            editor.face.strip.show_newest(room)
