"""A row of another form, picked by its label."""

from __future__ import annotations

from crfapp.ui.fields.dropdown import DropdownEditor


class RowRefEditor(DropdownEditor):
    """The rows come through ``set_choices`` as (row key, label) and may change while the form is open."""
