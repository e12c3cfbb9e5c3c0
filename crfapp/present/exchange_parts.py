"""The presenters of the Exchange page, for whoever may what there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crfapp.present.arriving import Arriving
    from crfapp.present.casebook_papers import CasebookPapers
    from crfapp.present.exchange_page import ExchangePage
    from crfapp.present.own_copies import OwnCopies
    from crfapp.present.packages_page import Packages
    from crfapp.present.recipients_page import Recipients


@dataclass(frozen=True, slots=True)
class ExchangeParts:
    """One presenter a section; a section without a presenter is not there."""

    workbook: ExchangePage | None = None
    packages: Packages | None = None
    arriving: Arriving | None = None
    recipients: Recipients | None = None
    copies: OwnCopies | None = None
    casebooks: CasebookPapers | None = None
