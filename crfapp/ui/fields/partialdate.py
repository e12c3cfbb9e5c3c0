"""A date of which only the year or the month may be known."""

from __future__ import annotations

from crfapp.ui.fields.date import DATE_SHORTCUTS
from crfapp.ui.fields.moment import MomentEditor


class PartialDateEditor(MomentEditor):
    """A year, a month or a day as text: ``2019``, ``2019-03``, ``2019-03-14``."""

    width_token = 130
    shortcuts = DATE_SHORTCUTS
