"""What is wrong with a pack whose shape is right: names, expressions, figures, schedule, translations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.study.faults import MOST_FAULTS, TODO, PackCode, PackFault
from crfapp.study.lint.cdash import check_cdash
from crfapp.study.lint.circles import check_circles
from crfapp.study.lint.definitions import check_definitions
from crfapp.study.lint.expressions import check_expressions
from crfapp.study.lint.figures import check_figures
from crfapp.study.lint.head import check_head, check_head_days
from crfapp.study.lint.report import EnoughError, Ignore, Report
from crfapp.study.lint.rows import check_rows
from crfapp.study.lint.schedule import check_schedule
from crfapp.study.lint.signing import check_signing
from crfapp.study.lint.targets import check_targets
from crfapp.study.lint.tasks import check_tasks
from crfapp.study.lint.translations import check_translations
from crfapp.study.lint.unused import check_unused
from crfapp.study.lint.vectors import check_vectors
from crfapp.study.places import nowhere
from crfapp.study.study import Study

if TYPE_CHECKING:
    from crfapp.study.faults import Path, Where
    from crfapp.study.model import Pack

__all__ = ["Report", "check_study"]


def _nothing(_path: Path, _about: str) -> bool:
    return False


def check_study(pack: Pack, where: Where = nowhere, ignore: Ignore = _nothing) -> Report:
    """Every fault of a pack, and how much of it was tried.

    ``where`` gives file and line of a path; ``ignore`` says what was reported already.
    """
    report = Report(pack, Study(pack), where, ignore)
    try:
        check_definitions(report)
        check_rows(report)
        check_head(report)
        check_schedule(report)
        check_signing(report)
        check_targets(report)
        check_figures(report)
        expressions = check_expressions(report)
        check_circles(report, expressions.readable)
        check_head_days(report, expressions.sound)
        check_tasks(report, expressions.sound)
        check_vectors(report, expressions.sound)
        check_unused(report)
        check_cdash(report)
        check_translations(report)
    except EnoughError:
        text = f"The pack has more than {MOST_FAULTS} faults; the rest is not listed."
        todo = TODO[PackCode.TOO_MANY]
        report.faults.append(PackFault("", 0, PackCode.TOO_MANY, "", text, todo))
    return report
