"""How much memory the program needs with a site of 200 subjects open: after the login, and later.


``empty_qt_window`` is the same interpreter with an empty Qt window. Resident memory counts pages that other
programs share; ``uss`` is what would come free if this program ended.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from crfapp.ledger.state import FormRow
from crfapp.present.address import Address
from crfapp.ui.picturing import settle
from crfapp.ui.shell.frame import Frame
from tests.bench._kept import Kept, Limit
from tests.bench._peaks import memory_mb
from tests.bench._site_window import nurse_at_work, populated

SUBJECTS, EVENTS, FORMS = 200, 250, 40
_EMPTY = Limit("empty_qt_window/rss", "an empty Qt window")
FIGURES = (
    Kept(
        "memory with a site of 200 subjects open, after the login", "after_login/rss", "MB", _EMPTY, goal=250
    ),
    Kept("the same after every page and 40 forms", "looked_around/rss", "MB", _EMPTY, goal=250),
    Kept(
        "of it the program's own alone",
        "looked_around/uss",
        "MB",
        Limit("empty_qt_window/uss", "an empty Qt window"),
        goal=250,
    ),
)


def looked_around(folder: Path, password: str) -> dict[str, dict[str, float]]:
    """Memory in this process, which makes nothing else."""
    with nurse_at_work(folder, password) as window:
        frame = window.centralWidget()
        assert isinstance(frame, Frame)
        found = {"after_login": memory_mb()}
        for page in frame.pages:
            frame.go(Address(page.key))
            settle(100)
        found["all_pages"] = memory_mb()
        for row in frame._at.desk.tables.find(FormRow)[: 10 * FORMS : 10]:
            frame.go(Address("casebook", row.subject, row.visit, row.visit_n, row.form, row.form_n))
            settle(20)
        found["looked_around"] = memory_mb()
    return found


def measure() -> dict[str, object]:
    """MB, each in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "site")
        around = {**os.environ, "XDG_STATE_HOME": name}
        os.environ["XDG_STATE_HOME"] = name
        password = populated(folder, SUBJECTS, EVENTS)
        runs = {}
        for module in ("memory_open_site", "_empty_window"):
            command = [sys.executable, "-m", f"tests.bench.{module}", str(folder), password]
            done = subprocess.run(command, env=around, stdout=subprocess.PIPE, check=True)
            runs[module] = json.loads(done.stdout)
    return {"subjects": SUBJECTS, **runs["memory_open_site"], "empty_qt_window": runs["_empty_window"]}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(looked_around(Path(sys.argv[1]), sys.argv[2])))
