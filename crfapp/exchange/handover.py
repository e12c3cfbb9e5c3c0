"""Handing over: the encrypted workbook appears under its name whole and checked, or not at all.

What lies on disk is encrypted at every moment. A crash can leave a file ``.NAME.xxxxxxxx.part``, which
nobody can open without the password.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, IntegrityProblem, RefusedError
from crfapp.exchange.office_encryption import check_password, decrypt, encrypt
from crfapp.exchange.whole_file import beside, disk_named, give_name, refuse_existing, write_durably
from crfapp.exchange.workbook import write_workbook
from crfapp.exchange.workbook_check import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crfapp.exchange.sheets import Sheet
    from crfapp.exchange.workbook import OnRow
    from crfapp.exchange.workbook_parts import Properties

    Progress = Callable[[int, int, str], None]

WRITING, PROTECTING, CHECKING, DONE = "writing", "protecting", "checking", "done"
"""What progress is told; the words on screen are the presenter's."""

_STEP_ROWS = 200


@dataclass(frozen=True, slots=True)
class Handover:
    """What was handed over. ``sheets`` are names and data rows as in the file; ``sha256`` is the file's."""

    path: Path
    bytes: int
    sha256: str
    sheets: tuple[tuple[str, int], ...]
    rows: int
    cells: int


def hand_over(
    sheets: Sequence[Sheet],
    target: Path,
    password: str,
    *,
    properties: Properties,
    progress: Progress,
    right_to_left: bool = False,
    replace: bool = False,
) -> Handover:
    """Write, protect, read back, compare with the sheets, and only then give the file its name.

    ``progress(done, total, what)`` counts rows, total 0 where a sheet does not know its rows; it may
    raise to cancel, which leaves nothing behind. The sheets are passed through twice and must say the same
    both times: read them in one transaction. RefusedError WORKBOOK_PASSWORD or EXPORT_EXISTS,
    EnvironmentProblem DISK_FULL, DISK_FAILS or FOLDER_REFUSED, IntegrityProblem WORKBOOK_DIFFERS.
    """
    check_password(password)
    refuse_existing(target, replace=replace)
    steps = _Steps(progress, _total_rows(sheets))
    plain = io.BytesIO()
    written = write_workbook(
        sheets, plain, properties=properties, right_to_left=right_to_left, on_row=steps.of(WRITING)
    )
    steps.say(PROTECTING)
    with beside(target) as part:
        size, digest = write_durably(part, encrypt(plain.getvalue(), password))
        plain.close()
        compare(sheets, written, _read_back(part, password), on_row=steps.of(CHECKING))
        steps.say(DONE)
        refuse_existing(target, replace=replace)
        give_name(part, target)
    counts = tuple((each.name, each.rows - 1) for each in written.parts)
    return Handover(target, size, digest, counts, written.rows, written.cells)


class _Steps:
    """Tells progress now and then; the last row of a sheet may go untold, each step may not."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total = progress, total

    def say(self, what: str) -> None:
        self._progress(self._total, self._total, what)

    def of(self, what: str) -> OnRow:
        done = 0

        def on_row(_sheet: str, _row: int) -> None:
            nonlocal done
            if done % _STEP_ROWS == 0:
                self._progress(min(done, self._total or done), self._total, what)
            done += 1

        return on_row


def _total_rows(sheets: Sequence[Sheet]) -> int:
    counts = [sheet.count() for sheet in sheets if sheet.count is not None]
    return sum(counts) if len(counts) == len(sheets) else 0


def _read_back(part: Path, password: str) -> bytes:
    """What the disk holds, not what we remember; that it cannot be opened is a difference, too."""
    with disk_named(part.parent):
        try:
            return decrypt(part, password)
        except RefusedError as problem:
            raise IntegrityProblem(Code.WORKBOOK_DIFFERS, because=problem.code.value) from None
