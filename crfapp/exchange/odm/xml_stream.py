"""XML written as it comes, element by element; nothing of it is held in memory."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML 1.0 document can hold; such a character is shown by the replacement character."""
_REPLACEMENT = "\ufffd"
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = _IN_TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


class XmlStream:
    """Writes elements into a file. An attribute whose value is None is left out."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._write('<?xml version="1.0" encoding="UTF-8"?>\n')

    @contextmanager
    def element(self, name: str, **attributes: str | None) -> Iterator[None]:
        """An element with others inside; an underscore of two stands for the colon of a prefix."""
        self._write(f"<{name}{_attributes(attributes)}>\n")
        yield
        self._write(f"</{name}>\n")

    def leaf(self, name: str, text: str | None = None, /, **attributes: str | None) -> None:
        """An element with nothing but text inside, or with nothing at all."""
        if text is None:
            self._write(f"<{name}{_attributes(attributes)}/>\n")
        else:
            self._write(f"<{name}{_attributes(attributes)}>{_clean(text).translate(_IN_TEXT)}</{name}>\n")

    def translated(self, name: str, texts: dict[str, str]) -> None:
        """An element that says the same in several languages."""
        with self.element(name):
            for language, text in texts.items():
                self.leaf("TranslatedText", text, xml__lang=language)

    def _write(self, text: str) -> None:
        self._file.write(text.encode())


def _attributes(attributes: dict[str, str | None]) -> str:
    return "".join(
        f' {name.replace("__", ":")}="{_clean(value).translate(_IN_ATTRIBUTE)}"'
        for name, value in attributes.items()
        if value is not None
    )


def _clean(text: str) -> str:
    return UNFIT.sub(_REPLACEMENT, text)
