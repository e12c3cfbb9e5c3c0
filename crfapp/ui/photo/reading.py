"""Decoding for the screen, in whatever thread it is asked for."""

from __future__ import annotations

from PySide6.QtGui import QImage


def as_image(data: bytes) -> QImage:
    """The pixels of an encoded picture, in the format in which they are painted; null where it is none."""
    image = QImage.fromData(data)
    return image if image.isNull() else image.convertToFormat(QImage.Format.Format_RGB32)
