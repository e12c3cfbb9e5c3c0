"""One small editor for each kind of item; ``editor_for`` picks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.study.types import Kind
from crfapp.ui.fields.barcode import BarcodeEditor
from crfapp.ui.fields.base import Choice, FieldEditor, FieldSpec, Mark, Present, Say
from crfapp.ui.fields.bodysite import BodySiteEditor
from crfapp.ui.fields.computed import ComputedEditor
from crfapp.ui.fields.date import DateEditor
from crfapp.ui.fields.datetime import DateTimeEditor
from crfapp.ui.fields.dropdown import DropdownEditor
from crfapp.ui.fields.longtext import LongTextEditor
from crfapp.ui.fields.multiple import MultipleEditor
from crfapp.ui.fields.note import NoteEditor
from crfapp.ui.fields.number import NumberEditor
from crfapp.ui.fields.partialdate import PartialDateEditor
from crfapp.ui.fields.photo import PhotoEditor
from crfapp.ui.fields.radio import RadioEditor
from crfapp.ui.fields.rowref import RowRefEditor
from crfapp.ui.fields.scale import ScaleEditor
from crfapp.ui.fields.signature import SignatureEditor
from crfapp.ui.fields.text import TextEditor
from crfapp.ui.fields.time import TimeEditor
from crfapp.ui.fields.yesno import YesNoEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

MOST_DIGITS = 9
"""More answers than digit keys are searched, not listed."""

MOST_SCALE_STEPS = 10
"""A longer scale is typed as a number."""

_EDITORS: dict[Kind, type[FieldEditor]] = {
    Kind.TEXT: TextEditor,
    Kind.LONGTEXT: LongTextEditor,
    Kind.INTEGER: NumberEditor,
    Kind.DECIMAL: NumberEditor,
    Kind.DATE: DateEditor,
    Kind.PARTIALDATE: PartialDateEditor,
    Kind.TIME: TimeEditor,
    Kind.DATETIME: DateTimeEditor,
    Kind.CHOICE: RadioEditor,
    Kind.CHOICES: MultipleEditor,
    Kind.YESNO: YesNoEditor,
    Kind.SCALE: ScaleEditor,
    Kind.ROWREF: RowRefEditor,
    Kind.PHOTO: PhotoEditor,
    Kind.BODYSITE: BodySiteEditor,
    Kind.BARCODE: BarcodeEditor,
    Kind.SIGNATURE: SignatureEditor,
    Kind.NOTE: NoteEditor,
}


def editor_for(
    kind: Kind, spec: FieldSpec, parent: QWidget | None = None, *, computed: bool = False
) -> FieldEditor:
    """The editor for an item of this kind; ``computed`` for one that nobody fills: a rule, or a note."""
    if computed and kind is not Kind.NOTE:
        return ComputedEditor(spec, parent)
    if kind is Kind.CHOICE and len(spec.choices) > MOST_DIGITS:
        return DropdownEditor(spec, parent)
    if kind is Kind.SCALE and spec.high - spec.low > MOST_SCALE_STEPS:
        return NumberEditor(spec, parent)
    return _EDITORS[kind](spec, parent)


__all__ = ["Choice", "FieldEditor", "FieldSpec", "Mark", "Present", "Say", "editor_for"]
