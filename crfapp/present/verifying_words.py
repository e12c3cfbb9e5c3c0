"""What can be refused while answers are compared with their source, in the words of the clinic."""

from __future__ import annotations

from crfapp.base.problems import Code
from crfapp.present.texts import N_

VERIFYING_WORDS: dict[Code, tuple[str, ...]] = {
    Code.MONITORING_NONE: (
        N_("No monitoring visit of yours is running."),
        N_("Begin one on the page Monitoring."),
    ),
    Code.VERIFY_NOT_PLANNED: (
        N_("The plan of the study does not ask to compare this answer with the source."),
        N_("Go on to the next planned one."),
        N_("The plan of the study does not ask to compare {item} with the source."),
    ),
    Code.VERIFY_HERE_FIRST: (
        N_("This answer was first written down here, so there is no other source to compare it with."),
        N_("Go on to the next planned one."),
        N_("{item} was first written down here, so there is no other source to compare it with."),
    ),
    Code.VERIFY_WORKED_OUT: (
        N_("This answer is worked out by the program; what it rests on is compared with the source."),
        N_("Go on to the next planned one."),
        N_("{item} is worked out by the program; what it rests on is compared with the source."),
    ),
    Code.VERIFY_NO_ANSWER: (
        N_("Nothing is recorded here that could be compared with the source."),
        N_("Raise a query where the source holds an answer."),
        N_("Nothing is recorded in {item} that could be compared with the source."),
    ),
    Code.VERIFY_QUERY_OPEN: (
        N_("A query about this answer is open, so it cannot be verified."),
        N_("Close the query first, when the answer agrees with the source."),
        N_("A query about {item} is open, so it cannot be verified."),
    ),
    Code.VERIFY_DONE: (
        N_("This answer is verified already."),
        N_("Go on to the next planned one."),
        N_("{item} is verified already."),
    ),
    Code.VERIFY_STALE: (
        N_("The answer has changed since it was shown to you."),
        N_("Compare it once more as it stands now."),
        N_("The answer to {item} has changed since it was shown to you."),
    ),
    Code.VERIFY_NONE: (
        N_("This answer is not verified, so nothing can be taken back."),
        N_("Nothing has to be done."),
        N_("{item} is not verified, so nothing can be taken back."),
    ),
    Code.MONITORING_RUNS: (
        N_("A monitoring visit of yours is still running."),
        N_("End it before you begin another one."),
    ),
}
