"""What a package is filled from, as far as it comes from elsewhere: views of the data, and photographs."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class View(NamedTuple):
    """A file that shows the data, such as ``data.xlsx``: its name, and what writes it into the package.

    ``stored``: it is compressed in itself already.
    """

    name: str
    write: Callable[[BinaryIO], None]
    stored: bool = False


class Photograph(NamedTuple):
    """A picture that may leave: a name that tells nothing about anybody, SHA-256 and size of its bytes."""

    name: str
    sha256: str
    size: int
    open: Callable[[], BinaryIO]
