"""Words of qualification: its problems, its results, its checks by the kind of report."""

from __future__ import annotations

from crfapp.base.marking import N_
from crfapp.base.problems import Code

QUALIFICATION_WORDS = {
    Code.NOT_A_REPORT: (
        N_("This is no report of a qualification, or its signature or key is not beside it."),
        N_("Keep the five files of a report together; name the one that ends in .json or .pdf."),
    ),
}
KINDS = {
    "installation": N_("Qualification of the installation"),
    "operation": N_("Qualification of the operation"),
}
RESULTS = {"pass": N_("PASS"), "fail": N_("FAIL"), "note": N_("to be judged")}
WHY = {
    "changed": N_("its bytes are not those that were signed"),
    "another key": N_("it names another key than the one beside it"),
    "its data changed": N_("the data beside it are not those that were signed"),
}
