"""What a finding says to the person who reads it now; the ledger keeps the words that were shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.work.sentences import GENERIC

if TYPE_CHECKING:
    from crfapp.ledger.state import FindingRow
    from crfapp.present.workplace import Workplace


def finding_words(at: Workplace, row: FindingRow) -> str:
    """The sentence in the reader's language where no figures stand in it; else as it was recorded."""
    general = GENERIC.get(row.check)
    said = at.texts(general) if general and "{" not in general else at.study_texts.check(row.check)
    return said if said != row.check and "{" not in said else row.text or ""
