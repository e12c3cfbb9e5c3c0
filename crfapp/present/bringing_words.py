"""The English words of every problem with bringing photographs and putting them on paper."""

from __future__ import annotations

from crfapp.base.problems import Code
from crfapp.present.texts import N_

BRINGING_WORDS: dict[Code, tuple[str, ...]] = {
    Code.PHOTO_UNREADABLE: (
        N_("This file cannot be read."),
        N_("Check that the camera or its card is still connected, then choose it again."),
        N_("The file {name} cannot be read."),
    ),
    Code.CAMERA_FOLDER: (
        N_("The camera's folder cannot be read."),
        N_("Check that the camera or its card is connected, or choose another folder."),
        N_("The camera's folder {folder} cannot be read."),
    ),
}
