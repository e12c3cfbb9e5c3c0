"""What is refused about scanned labels of products and lesions, in words."""

from __future__ import annotations

from crfapp.base.problems import Code
from crfapp.present.texts import N_

LABEL_WORDS: dict[Code, tuple[str, ...]] = {
    Code.CODE_BROKEN: (
        N_("The scanned code cannot be read."),
        N_("Scan the label again, or type what is printed on it."),
        N_("The scanned code cannot be read; what is wrong begins at {at}."),
    ),
    Code.CODE_WITHOUT_PART: (
        N_("The scanned code does not say this."),
        N_("Scan the other code of the label, or type what is printed on it."),
        N_("The scanned code does not say this: {code}."),
    ),
    Code.LABEL_READ: (
        N_("A label was read; nothing is recorded yet."),
        N_("Compare it with the container, then say what to record."),
    ),
    Code.OTHER_SUBJECT: (
        N_("This label belongs to another subject: do not give."),
        N_("Compare the label with the subject in front of you before anything is given."),
        N_("Do not give: scanned {scanned}, open here is {open}."),
    ),
    Code.OTHER_LESION: (
        N_("This label belongs to another lesion: do not give."),
        N_("Find the lesion whose label you scanned, or scan the label of this one."),
        N_("Do not give: scanned {scanned}, open here is {open}."),
    ),
    Code.NOT_A_LESION_LABEL: (
        N_("This is no label of a lesion of this study."),
        N_("Scan the label of the lesion, such as JO01-003 T01."),
        N_("This is no label of a lesion of this study: {scanned}."),
    ),
}
