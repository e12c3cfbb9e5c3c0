"""The photographs of the site while somebody is in: read in a lane, kept in memory and nowhere else."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from crfapp.base.problems import Code
from crfapp.present.problem_texts import problem_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.base.problems import AppProblem
    from crfapp.ledger.events.lesions import Box
    from crfapp.ledger.keys import ItemKey
    from crfapp.present.lane import Lane
    from crfapp.present.photo_desk import Arriving, PhotoDesk
    from crfapp.present.texts import Texts

T = TypeVar("T")
Told = Callable[[str], None]
_SMALL_AT_HAND = 400
_NEWEST = 24


class PhotoRoom:
    """What every page with photographs has in common.

    Whatever takes long is begun here and answered later, on the thread of the window: by what was asked for,
    or by ``failed`` with a sentence. ``folder`` is the camera's, remembered until the window is locked.
    ``blind`` are the areas that whoever is in is tracing as the second person: their first outline is shown
    on no page of photographs.
    """

    def __init__(self, desk: PhotoDesk, lane: Lane, texts: Texts) -> None:
        self.folder: Path | None = None
        self.blind: set[ItemKey] = set()
        self._desk, self._lane, self._texts = desk, lane, texts
        self._small: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._asked: dict[tuple[str, int], list[Callable[[bytes], None]]] = {}

    def small(self, photograph: str, side: int, told: Callable[[bytes], None]) -> None:
        """A JPEG of at most ``side`` pixels; told at once where it is at hand, empty where it cannot be."""
        key = photograph, side
        found = self._small.get(key)
        if found is not None:
            self._small.move_to_end(key)
            told(found)
            return
        waiting = self._asked.setdefault(key, [])
        waiting.append(told)
        if len(waiting) == 1:
            self._lane.start(
                lambda _steps: self._desk.small(photograph, side),
                done=lambda data: self._put_by(key, data),
                failed=lambda _problem: self._put_by(key, b""),
            )

    def whole(
        self, photograph: str, read: Callable[[bytes], T], *, done: Callable[[T], None], failed: Told
    ) -> None:
        """The whole picture, as what ``read`` makes of its bytes; that is done in the lane too."""
        self._begin(lambda: read(self._desk.whole(photograph)), done, failed)

    def copy(
        self,
        photograph: str,
        boxes: Sequence[Box],
        read: Callable[[bytes], T],
        *,
        done: Callable[[T], None],
        failed: Told,
    ) -> None:
        """The copy that would leave with these rectangles black."""
        self._begin(lambda: read(self._desk.copy(photograph, boxes)), done, failed)

    def look(
        self,
        source: Path | Callable[[], bytes],
        name: str,
        *,
        done: Callable[[Arriving], None],
        failed: Told,
    ) -> None:
        """Read a picture that somebody brought: a file, or what gives the bytes of one that was pasted."""
        self._begin(lambda: self._desk.look(source() if callable(source) else source, name), done, failed)

    def keep(self, arriving: Arriving, *, done: Callable[[], None], failed: Told) -> None:
        """Store its original, before it is recorded."""
        self._begin(lambda: self._desk.keep(arriving), lambda _none: done(), failed)

    def newest(self, *, done: Callable[[Sequence[Path]], None], failed: Told) -> None:
        """The newest pictures in the folder of the camera."""
        folder = self.folder
        if folder is not None:
            self._begin(lambda: self._desk.newest(folder, _NEWEST), done, failed)

    def in_order(
        self, sources: Sequence[Path], most: int, *, done: Callable[[Sequence[Path]], None], failed: Told
    ) -> None:
        """The pictures in files and folders that were brought together, in the order of time."""
        self._begin(lambda: self._desk.in_order(sources, most), done, failed)

    def glance(self, file: Path, side: int, told: Callable[[bytes], None]) -> None:
        """A file in small, before it is taken; empty where it is no picture."""
        self._begin(lambda: self._desk.glance(file, side), told, lambda _why: told(b""))

    # ---- inside

    def _begin(self, work: Callable[[], T], done: Callable[[T], None], failed: Told) -> None:
        self._lane.start(
            lambda _steps: work(), done=done, failed=lambda problem: failed(self._sentence(problem))
        )

    def _put_by(self, key: tuple[str, int], data: bytes) -> None:
        if data:
            self._small[key] = data
            while len(self._small) > _SMALL_AT_HAND:
                self._small.popitem(last=False)
        for told in self._asked.pop(key, ()):
            told(data)

    def _sentence(self, problem: AppProblem) -> str:
        if problem.code is Code.CANCELLED:
            return ""
        return " ".join(filter(None, problem_text(problem, self._texts)))
