"""A folder as a route: a stick, a share, a folder that another program carries onward."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.exchange.transport.failures import named_failures
from crfapp.exchange.transport.laying import BLOCK, is_shown, lay
from crfapp.store.durable_files import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.exchange.transport.route import Laid, Readable, Route


@contextmanager
def open_folder(route: Route) -> Iterator[FolderPlace]:
    """The folder, which has to be there: where a stick is not plugged in, nothing is made in its place."""
    folder = Path(route.address.path)
    with named_failures(route):
        if not folder.is_dir():
            raise EnvironmentProblem(Code.ROUTE_FAILS, why="no such folder")
        yield FolderPlace(folder)


class FolderPlace:
    """An open folder; both a place and the shelf that files are laid on."""

    resumes = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> tuple[str, ...]:
        """The files in it."""
        found = (entry for entry in self._folder.iterdir() if is_shown(entry.name))
        return tuple(sorted(entry.name for entry in found if entry.is_file() and not entry.is_symlink()))

    def lay(self, file: Path) -> Laid:
        """Put a file into it."""
        return lay(self, file)

    def size(self, name: str) -> int | None:
        """How long a file is; None where there is none."""
        with suppress(FileNotFoundError):
            return (self._folder / name).stat().st_size
        return None

    @contextmanager
    def read(self, name: str) -> Iterator[Readable]:
        """A file as the stick has it: what the system still remembers of it is put away first."""
        with (self._folder / name).open("rb") as file:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            yield file

    def write(self, name: str, begin: int, source: BinaryIO) -> None:
        """Write behind the first ``begin`` bytes; on the disk when this returns."""
        path = self._folder / name
        with path.open("r+b" if begin else "wb") as file:
            file.truncate(begin)
            file.seek(begin)
            shutil.copyfileobj(source, file, BLOCK)
            file.flush()
            os.fsync(file.fileno())

    def rename(self, name: str, to: str) -> None:
        """A second name first, where the disk knows such; sticks do not, and there nobody else writes."""
        before, after = self._folder / name, self._folder / to
        try:
            os.link(before, after)
        except FileExistsError:
            raise
        except OSError:
            if after.exists():
                raise FileExistsError(after.name) from None
            before.rename(after)
        else:
            before.unlink()
        with suppress(OSError):  # not every share can be asked for this
            sync_folder(self._folder)

    def remove(self, name: str) -> None:
        """Take a file away."""
        (self._folder / name).unlink(missing_ok=True)
