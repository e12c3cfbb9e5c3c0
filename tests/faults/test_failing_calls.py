"""T-04: the k-th call to the system fails, once or from then on, while a site does its work.

strace lets the call fail in the running program. What was called done must be there, what was called not
saved must not be, no error may come without its sentence, the chains stay whole; after one failure the work
goes on, and after a failure that stays the program says that it cannot.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.support.failing_site import Fault
from tests.support.fault_figures import FULL, Figure, many, note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.failing_site import Failing

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is not here: tools/system-packages interop"
)

ERRORS = {
    "pwrite64": ("ENOSPC", "EIO", "EROFS"),
    "write": ("ENOSPC", "EIO", "EINTR"),
    "fsync": ("EIO", "ENOSPC", "EINTR"),
    "fdatasync": ("EIO",),
    "ftruncate": ("EIO", "ENOSPC"),
    "rename": ("EACCES", "EROFS", "ENOSPC"),
    "unlink": ("EACCES", "EROFS"),
    "openat": ("EMFILE", "EACCES", "EROFS", "EIO"),
}
"""Which calls fail how. EINTR comes once: nobody is interrupted for ever."""
OPERATIONS = ("save", "sign", "import", "package", "trail", "backup")
FARTHEST = {"save": 40, "sign": 25, "import": 30, "package": 20, "trail": 20, "backup": 30, "export": 10}
SHORT = (
    ("save", Fault("fsync", "EIO", 1)),
    ("save", Fault("fsync", "EIO", 4, ever=True)),
    ("save", Fault("pwrite64", "ENOSPC", 5)),
    ("sign", Fault("pwrite64", "EIO", 9, ever=True)),
    ("import", Fault("pwrite64", "ENOSPC", 20)),
    ("package", Fault("write", "ENOSPC", 2)),
    ("trail", Fault("rename", "EACCES", 1)),
    ("backup", Fault("openat", "EMFILE", 3, ever=True)),
)


class Count(NamedTuple):
    """How often it was tried, where a promise was broken, and how often nobody could say."""

    tried: int
    broken: list[str]
    unknown: int


def struck(
    failing: Failing, operation: str, fault: Fault, manner: str = "honest"
) -> tuple[bool, list[str], bool]:
    """One try: whether the fault struck, what was broken, and whether it ended in not knowing."""
    place = failing.copy()
    said = failing.site.work(place, operation, fault, manner=manner)
    broken = [f"{operation}, {fault}: {one}" for one in failing.broken(place, operation, said)]
    on = said.with_word("ACK") or said.with_word("OWN")
    if not fault.ever and not on and operation != "import":
        broken.append(f"{operation}, {fault}: the work did not go on: {said.lines}")
    shutil.rmtree(place.folder)
    return said.struck, broken, bool(said.codes) and said.codes[-1] == "E-840"


def every_fault(operation: str) -> Iterator[list[Fault]]:
    """For each call, error and duration the faults in the order of k."""
    for call, errors in ERRORS.items():
        for error in errors:
            for ever in (False, True) if error != "EINTR" else (False,):
                yield [Fault(call, error, k, ever) for k in range(1, FARTHEST[operation] + 1)]


def counted(failing: Failing, operation: str) -> Count:
    """Every fault of an operation until one does not strike any more; a few of them in a short run."""
    rows = every_fault(operation) if FULL else ([fault] for kind, fault in SHORT if kind == operation)
    tried, broken, unknown = 0, [], 0
    for row in rows:
        for fault in row:
            hit, wrong, open_end = struck(failing, operation, fault)
            broken += wrong
            if not hit:
                break
            tried += 1
            unknown += open_end
    return Count(tried, broken, unknown)


@pytest.mark.req("REQ-101")
@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_failing_call_makes_the_program_say_what_is_not(failing: Failing, operation: str) -> None:
    count = counted(failing, operation)
    assert count.broken == []
    assert count.tried > 0
    deaf = [
        struck(failing, "save", Fault("fsync", "EIO", 1, ever=True), "deaf")[1] for _ in range(many(1, 10))
    ]
    note(
        Figure(
            "T-04",
            f"a system call fails while a site does this: {operation}",
            tried=count.tried,
            bad=len(count.broken),
            twin="listening to what the commit says",
            twin_tried=len(deaf),
            twin_bad=sum(bool(broken) for broken in deaf),
            more=f"{count.unknown} ended with the sentence that nobody can say yet whether it is saved",
        )
    )
    assert all(deaf)
