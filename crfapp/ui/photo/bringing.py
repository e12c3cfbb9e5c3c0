"""Pictures that come by drag and drop or from the clipboard."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData

_ENCODED = ("image/jpeg", "image/heic", "image/png")
PASTED = "clipboard.png"
KINDS = "*.jpg *.jpeg *.png *.heic *.heif"
"""The endings that are offered in a dialog; what a file is, its bytes decide."""


class Brought(NamedTuple):
    """One picture: a file, or what gives the bytes of a pasted one (which may take long)."""

    source: Path | Callable[[], bytes]
    name: str


def files_in(held: QMimeData) -> list[Path]:
    """Files and folders of this computer."""
    return [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]


def brings_picture(held: QMimeData) -> bool:
    """Whether there is anything that could be a picture."""
    return bool(files_in(held)) or held.hasImage() or any(held.hasFormat(kind) for kind in _ENCODED)


def single_picture(held: QMimeData) -> Brought | None:
    """The one picture that is brought; None where there is none, several, or a folder.

    A file is preferred to the pixels beside it: only it is the camera's own.
    """
    files = files_in(held)
    if files:
        alone = len(files) == 1 and not files[0].is_dir()
        return Brought(files[0], files[0].name) if alone else None
    for kind in _ENCODED:
        if held.hasFormat(kind):
            return Brought(partial(bytes, held.data(kind).data()), PASTED)
    image = held.imageData()
    return Brought(partial(_as_png, image), PASTED) if isinstance(image, QImage) else None


def _as_png(image: QImage) -> bytes:
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(written.data())
