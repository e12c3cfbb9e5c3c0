"""Decoding for the screen, in whatever thread it is asked for."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader


def as_image(data: bytes) -> QImage:
    """The pixels of an encoded picture, upright, as they are painted; null where it is none.

    A reader lets the window go on meanwhile, as the short ways of reading do not.
    """
    held = QBuffer()
    held.setData(QByteArray(data))
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(held)
    reader.setAutoTransform(True)
    image = reader.read()
    held.close()
    return image if image.isNull() else image.convertToFormat(QImage.Format.Format_RGB32)
