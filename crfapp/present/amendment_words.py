"""What is refused about versions of the study, and what an amendment changes, in words."""

from __future__ import annotations

from crfapp.base.problems import Code
from crfapp.present.texts import N_

AMENDMENT_WORDS: dict[Code, tuple[str, ...]] = {
    Code.NOT_AN_AMENDMENT: (
        N_("This pack is no amendment of the study that is here."),
        N_("Have its author put right what is listed; what is recorded here stays as it is."),
        N_(
            "This pack is no amendment of the study that is here: {count} reasons,"
            " the first in {file}, line {line}."
        ),
    ),
    Code.VERSION_NOT_NEWER: (
        N_("This version of the study does not follow one that is here already."),
        N_("Ask for the amendment with a newer version. An earlier version is never put in force again."),
        N_("Version {version} of the study does not follow version {known}, which is here already."),
    ),
    Code.VERSION_UNKNOWN: (
        N_("This version of the study is not installed here."),
        N_("Install the amendment first, or take in the package that brings it."),
    ),
    Code.VERSION_ACTIVE: (
        N_("This version of the study is in force already."),
        N_("Nothing is to be done."),
        N_("Version {version} of the study is in force already."),
    ),
    Code.APPROVAL_UNSAID: (
        N_("It is not said who approved this version, when, and under which reference."),
        N_(
            "Write the reference and the day of the approval and the person who gave it:"
            " somebody else than you."
        ),
    ),
    Code.RECONSENT_UNFIT: (
        N_("This subject follows the version in force already."),
        N_("Nothing is to be done."),
        N_("This subject follows version {version} of the study already."),
    ),
    Code.VERSION_NOT_HERE: (
        N_("Something here was entered under a version of the study that is not kept here."),
        N_(
            "Take in the packages of the other workstation again, the oldest first;"
            " nothing is lost meanwhile."
        ),
    ),
}
