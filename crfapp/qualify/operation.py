"""Qualification of the operation: every check in a folder of its own, on made-up data alone (REQ-711)."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.cli.qualify_parts import Finding
from crfapp.qualify.checks import Tried
from crfapp.qualify.findings import with_evidence
from crfapp.qualify.on_faults import UNDER_FAULTS
from crfapp.qualify.on_files import ON_FILES
from crfapp.qualify.on_records import ON_RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.qualify.checks import Check

CHECKS: tuple[Check, ...] = (*ON_RECORDS, *ON_FILES, *UNDER_FAULTS)


def operation_findings(checks: Sequence[Check] = CHECKS) -> Iterator[Finding]:
    """A line for each check; one that breaks off has failed, and the others go on."""
    with _apart() as folder:
        for check in checks:
            yield _finding(check, folder / check.id / "site")


def _finding(check: Check, folder: Path) -> Finding:
    folder.parent.mkdir()
    try:
        tried = check.run(folder)
    except AppProblem as problem:
        tried = Tried("it goes through", f"{problem.code.value} {problem.facts}")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding about this machine
        tried = Tried("it goes through", f"{type(error).__name__}: {error}")
    well = tried.expected == tried.seen
    line = Finding(
        check.id, check.requirement, check.name, tried.expected, tried.seen, "pass" if well else "fail"
    )
    return with_evidence(line, {"expected": tried.expected, "seen": tried.seen, "kept": tried.kept})


@contextmanager
def _apart() -> Iterator[Path]:
    """A passing folder; what the machine notes about made-up sites goes there, too."""
    before = os.environ.get("CRFAPP_STATE")
    with tempfile.TemporaryDirectory(prefix="crfapp-qualify-") as folder:
        os.environ["CRFAPP_STATE"] = str(Path(folder) / "state")
        try:
            yield Path(folder)
        finally:
            del os.environ["CRFAPP_STATE"]
            if before is not None:
                os.environ["CRFAPP_STATE"] = before
