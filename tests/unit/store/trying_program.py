"""Somebody types a wrong password at the gate: a program to be killed while it tries."""

from __future__ import annotations

import sys
from pathlib import Path

from crfapp.base.problems import AppProblem
from crfapp.bootstrap.ground import SystemClock
from crfapp.store.gate import Gate
from crfapp.store.site_folder import SiteFolder


class CountsAfter(Gate):
    """The sabotaged twin: the count is raised when the password was wrong, not before it is tried."""

    def open(self, login: str, password: str):  # type: ignore[no-untyped-def]  # as the gate's
        """Try, then count."""
        try:
            return self.vault().unwrap(login, password)
        except AppProblem:
            self.attempts.begin(login, "", known=True)
            raise


if __name__ == "__main__":
    made = {"before": Gate, "after": CountsAfter}[sys.argv[2]]
    gate = made(SiteFolder.open(Path(sys.argv[1])), SystemClock())
    sys.stdout.write("trying\n")
    sys.stdout.flush()
    gate.open("rania", "a wrong one")
