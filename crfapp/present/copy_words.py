"""The English words of every problem with the site's own copies, and with what they are compared with."""

from __future__ import annotations

from crfapp.base.problems import Code
from crfapp.present.texts import N_

COPY_WORDS: dict[Code, tuple[str, ...]] = {
    Code.STATE_FILE_DAMAGED: (
        N_("This file does not tell the state of a site, or it was cut or changed."),
        N_("Nothing was compared. Ask the centre for the file once more."),
        N_("Line {line} of {file} does not tell the state of a site, or was cut or changed."),
    ),
    Code.STATE_OTHER_SITE: (
        N_("This file tells the state of another site or another study."),
        N_("Look whether the right file was chosen."),
        N_("This file tells the state of {site}, not of this site."),
    ),
    Code.COPY_SECRET_WRONG: (
        N_("This code or password does not open the copy."),
        N_("Type it again as it stands on the sheet. A copy made with a password of its own needs that one."),
    ),
    Code.COPY_DAMAGED: (
        N_("This copy was cut, changed or damaged."),
        N_("Use another copy, and keep this one. The records of the site itself are not concerned."),
        N_("This copy was cut, changed or damaged: {what}."),
    ),
    Code.COPY_UNKNOWN: (
        N_("No such copy is on record at this site."),
        N_("Make a new copy, or look whether the right file was chosen."),
    ),
    Code.COPY_NOT_WHOLE: (
        N_("The program made this copy before a package: it holds the record, and nothing to look through."),
        N_("Make a copy by hand, and look through that one."),
    ),
}
