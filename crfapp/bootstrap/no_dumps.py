"""What is in memory stays there: the system writes none of it to a disk when the program dies."""

from __future__ import annotations

import sys
from contextlib import suppress

_PR_SET_DUMPABLE = 4


def leave_no_dumps() -> None:
    """No core dump of this process; on Linux no other program of this user reads its memory either.

    A dump would hold answers, keys and passwords in plain text, for every report of a crash. Root may still
    look. On Windows crash reports are a setting of the machine (docs/administrators.md).
    """
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
