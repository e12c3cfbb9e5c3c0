"""A date of which only the year or the month may be known."""

from __future__ import annotations

from crfapp.ui.fields.date import DateEditor


class PartialDateEditor(DateEditor):
    """A year, a month or a day as text: ``2019``, ``2019-03``, ``2019-03-14``."""

    partial = True
