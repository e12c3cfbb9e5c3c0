"""A time of day."""

from __future__ import annotations

from crfapp.base.marking import N_
from crfapp.ui.fields.moment import MomentEditor, Shortcut


class TimeEditor(MomentEditor):
    """Hours and minutes as text; N writes the present."""

    width_token = 86
    shortcuts = (Shortcut("n", "now", N_("Now")),)
