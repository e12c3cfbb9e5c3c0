"""What an error that nobody turned into a coded problem means for the person in front of it."""

from __future__ import annotations

import errno

from crfapp.base.problems import AppProblem, Code, EnvironmentProblem

FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
"""What the system says where a disk, or what one may use of it, is full."""


def as_problem(error: BaseException) -> AppProblem:
    """The problem itself; DISK_FULL, DISK_FAILS or MEMORY_FULL for the machine's; else PROGRAM_FAILS."""
    if isinstance(error, AppProblem):
        return error
    if isinstance(error, MemoryError):
        return EnvironmentProblem(Code.MEMORY_FULL)
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return EnvironmentProblem(Code.MEMORY_FULL)
    if isinstance(error, OSError) and error.errno is not None:
        code = Code.DISK_FULL if error.errno in FULL else Code.DISK_FAILS
        return EnvironmentProblem(code, number=error.errno)
    return EnvironmentProblem(Code.PROGRAM_FAILS, kind=type(error).__name__)
