"""What nobody can do without, measured beside ours: bare syncs, ciphers, paintings and bare Python."""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = 4_096
"""Bytes of a page of the encrypted database."""


def thread_ms(act: Callable[[], object]) -> float:
    """Milliseconds of this thread's processor time for one act."""
    begin = time.thread_time()
    act()
    return 1000 * (time.thread_time() - begin)


def bare_python() -> int:
    """A thousand calls of a function with a look into a dictionary: the pace of Python on this machine."""
    known = {number: number for number in range(50)}

    def follow(number: int) -> int:
        return known[number % 50] + 1

    return sum(follow(number) for number in range(1_000))


def bare_cipher(pages: int = 1) -> Callable[[], object]:
    """AES-256 and an HMAC-SHA512 over pages of the database, as SQLCipher has to do for each."""
    key, plain = bytes(32), os.urandom(PAGE)

    def seal() -> None:
        for _ in range(pages):
            cipher = Cipher(algorithms.AES256(key), modes.CBC(bytes(16))).encryptor()
            hmac.digest(key, cipher.update(plain), hashlib.sha512)

    return seal


def bare_sync(folder: Path) -> Callable[[], object]:
    """A page written behind the end of a file, and synced."""
    file = os.open(folder / "bare-sync", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    page = os.urandom(PAGE)

    def sync() -> None:
        os.write(file, page)
        os.fdatasync(file)

    return sync


def bare_paint(size: tuple[int, int], texts: int) -> Callable[[], object]:
    """A picture filled, with so many short texts and frames: the least that shows such a page."""
    picture = QImage(*size, QImage.Format.Format_RGB32)
    across = max(1, size[0] // 180)

    def paint() -> None:
        painter = QPainter(picture)
        painter.fillRect(QRect(0, 0, *size), 0xFFFFFF)
        for number in range(texts):
            place = QRect(180 * (number % across), 26 * (number // across) % size[1], 170, 24)
            painter.drawRect(place)
            painter.drawText(place, f"Question {number}")
        painter.end()

    return paint
