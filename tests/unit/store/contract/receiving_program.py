"""A receiver of its own: takes links in for a part, some at a time, whenever it gets the part.

Arguments: URL, home, centre, pickled links, how many at a time. Says so when it first has to wait.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.store.postgres.parts import PostgresParts

KEY = bytes(range(32))


def main() -> None:
    url, home, centre, file, size = sys.argv[1:]
    links = pickle.loads(Path(file).read_bytes())  # noqa: S301 - the test's own
    parts, waited = PostgresParts(url, Path(home), centre, KEY), False
    left = [links[at : at + int(size)] for at in range(0, len(links), int(size))]
    while left:
        try:
            store = parts.open("s1")
        except EnvironmentProblem as problem:
            if problem.code is not Code.SITE_OPEN:
                raise
            if not waited:
                sys.stdout.write("waiting\n")
                sys.stdout.flush()
            waited = True
            continue
        with store.ledger.transaction() as running:
            running.receive(left.pop(0))
        store.close()


main()
