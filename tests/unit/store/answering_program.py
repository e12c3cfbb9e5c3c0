"""A program that answers questions through the bus without end and says so after each; it is to be killed.

``honest`` says "saved" when the command returned. ``hasty`` says it in the middle of the transaction.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.ledger.keys import FormKey
from crfapp.store.ledger import SqlLedger
from crfapp.store.site_folder import SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.work.entry import RecordAnswer
from tests.support.clinic import Clinic
from tests.support.tiny import tiny_study

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.store.ledger import SqlTransaction

KEY = bytes(range(32))


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


class HastyLedger(SqlLedger):
    """Says that a command is saved before its transaction ends."""

    saying = 0

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        with super().transaction() as running:
            yield running
            if self.saying:
                say(self.saying)


def main() -> None:
    folder, manner = Path(sys.argv[1]), sys.argv[2]
    store = SiteStore.open(SiteFolder.open(folder), KEY)
    ledger = HastyLedger(store.engine, store.workstation.node) if manner == "hasty" else store.ledger
    clinic = Clinic(tiny_study(), ledger=ledger)
    subject = clinic.enrol()
    clinic.start(subject, "V_SCR")
    form = FormKey(subject, "V_SCR", 1, "DM", 1)
    for number in count(1):
        if isinstance(ledger, HastyLedger):
            ledger.saying = number
        clinic.send(RecordAnswer(key=form, item="NAME", typed=f"answer {number}", reason="again and again"))
        if manner != "hasty":
            say(number)


if __name__ == "__main__":
    main()
