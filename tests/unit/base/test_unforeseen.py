"""What is said where nobody turned an error into a coded problem."""

from __future__ import annotations

import errno

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.base.unforeseen import as_problem


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RefusedError(Code.NOT_A_DATE), Code.NOT_A_DATE),
        (MemoryError(), Code.MEMORY_FULL),
        (OSError(errno.ENOMEM, "no memory"), Code.MEMORY_FULL),
        (OSError(errno.ENOSPC, "full"), Code.DISK_FULL),
        (OSError(errno.EIO, "broken"), Code.DISK_FAILS),
        (ValueError("ours"), Code.PROGRAM_FAILS),
    ],
)
def test_every_error_has_its_code(error: Exception, code: Code) -> None:
    assert as_problem(error).code is code


def test_what_somebody_typed_stays_out_of_the_facts() -> None:
    assert as_problem(ValueError("a name")).facts == {"kind": "ValueError"}
