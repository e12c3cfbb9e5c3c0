"""What ``crfapp study check`` says: every fault, then what was found, missed and tried in all."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.present.texts import Texts
    from crfapp.study.faults import PackCode
    from crfapp.study.pack import Loaded

_FIRST = 10


def as_data(loaded: Loaded) -> dict[str, object]:
    """For programs: the same as :func:`in_words`, with every text that is not translated."""
    return {
        "errors": len(loaded.errors),
        "warnings": len(loaded.faults) - len(loaded.errors),
        "codes": dict(sorted(Counter(fault.code.value for fault in loaded.faults).items())),
        "checks_tried": loaded.checks_tried,
        "situations_tried": loaded.situations_tried,
        "untranslated": {
            language: [asdict(one) for one in missing] for language, missing in loaded.untranslated.items()
        },
        "faults": [asdict(fault) for fault in loaded.faults],
    }


def in_words(loaded: Loaded, say: Texts) -> Iterator[str]:
    """For people: a line for each fault, then groups, and the count of errors last."""
    yield from map(str, loaded.faults)
    yield from _untranslated(loaded, say)
    yield from _groups(loaded, say)
    checks, situations = loaded.checks_tried, loaded.situations_tried
    yield say("{checks} checks tried in {situations} situations", checks=checks, situations=situations)
    errors = len(loaded.errors)
    yield say("{errors} errors, {warnings} warnings", errors=errors, warnings=len(loaded.faults) - errors)


def _untranslated(loaded: Loaded, say: Texts) -> Iterator[str]:
    for language, missing in loaded.untranslated.items():
        if missing:
            yield say("{language}: {count} texts not translated", language=language, count=len(missing))
        for one in missing[:_FIRST]:
            yield f"  {one.file}:{one.line}: {one.part} {one.name}"
        if len(missing) > _FIRST:
            yield "  " + say("and {count} more; --json names them all", count=len(missing) - _FIRST)


def _groups(loaded: Loaded, say: Texts) -> Iterator[str]:
    """How often each fault was found, errors first, the commonest first."""
    for severity, title in (("error", say("Errors")), ("warning", say("Warnings"))):
        counted = Counter(fault.code for fault in loaded.faults if fault.severity == severity)
        if counted:
            named = [f"{count} x {code.value} {_called(code)}" for code, count in counted.most_common()]
            yield f"{title}: " + ", ".join(named)


def _called(code: PackCode) -> str:
    return code.name.lower().replace("_", " ")
