"""A date with its time."""

from __future__ import annotations

from crfapp.base.marking import N_
from crfapp.ui.fields.moment import MomentEditor, Shortcut, Source


class DateTimeEditor(MomentEditor):
    """A date and a time as text; N writes both, T and V write the date and wait for the time."""

    width_token = 170
    shortcuts = (
        Shortcut("n", "now", N_("Now")),
        Shortcut("t", "today"),
        Shortcut("v", "visit", N_("Visit date")),
    )

    def write_from(self, source: Source) -> bool:
        """A date alone leaves the cursor where the time goes."""
        written = super().write_from(source)
        if written and source != "now":
            self.line.setText(self.line.text() + " ")
            self.line.end(False)
        return written
