"""Translations: names that mean nothing are errors, texts without a translation are counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from crfapp.study.faults import PackCode, Path, Untranslated
from crfapp.study.lint.definitions import meant
from crfapp.study.lint.expressions import check_placeholders
from crfapp.study.lint.report import At, Report, forms_of, items_in, sections_in
from crfapp.study.lint.written import all_checks, check_group
from crfapp.study.model import Translation
from crfapp.study.names import StandsIn
from crfapp.study.texts import Strength, item_key, rule_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.study.model import Item, Rule

_PARTS = (
    "study",
    "visits",
    "forms",
    "sections",
    "items",
    "helps",
    "checks",
    "parameters",
    "meanings",
    "statements",
)


class _Text(NamedTuple):
    """A text of the pack's own language, and where it stands."""

    text: str
    path: Path


Known = dict[str, dict[str, _Text]]
"""By part of a translation file: the names that can stand there, and the pack's own texts."""
Nested = dict[tuple[str, str], dict[str, Path]]
"""Names one level deeper: the codes of each list, the keys of each set of fixed rows."""


def check_translations(report: Report) -> None:
    """All languages the head declares, and all files there are."""
    head = report.pack.head
    known, nested = _known(report), _nested(report)
    for language, translation in report.pack.translations.items():
        if language not in head.languages:
            text = f"'{language}' is not among the languages of the study."
            report.error(PackCode.UNDECLARED_LANGUAGE, ("translations", language), text)
        _names(report, language, translation, known)
        _nested_names(report, language, translation, nested)
        _placeholders(report, language, translation)
    for language in head.languages:
        if language != head.language:
            _count(report, language, known, nested)


def _known(report: Report) -> Known:
    known = Known({part: {} for part in _PARTS})
    _of_head(report, known)
    for at in forms_of(report):
        known["forms"][at.form.form] = _Text(at.form.title, (*at.path, "title"))
    for at in sections_in(report):
        if at.section is not None:
            name = f"{at.form.form}.{at.section.section}"
            known["sections"][name] = _Text(at.section.title, (*at.path, "title"))
    for at, item in items_in(report):
        _of_item(known, at, item)
    for path, _, check in all_checks(report):
        known["checks"][check.check] = _Text(check.say, (*path, "say"))
    return known


def _of_head(report: Report, known: Known) -> None:
    head = report.pack.head
    for key in ("title", "short"):
        known["study"][key] = _Text(str(getattr(head, key)), ("head", key))
    for number, visit in enumerate(head.visits):
        known["visits"][visit.visit] = _Text(visit.title, ("head", "visits", number, "title"))
    for name, figure in head.parameters.items():
        known["parameters"][name] = _Text(figure.title, ("head", "parameters", name))
    for number, plan in enumerate(head.signing):
        known["meanings"][plan.meaning] = _Text(plan.title, ("head", "signing", number, "title"))
        known["statements"][plan.meaning] = _Text(plan.say, ("head", "signing", number, "say"))


def _of_item(known: Known, at: At, item: Item) -> None:
    key = item_key(at.form.form, item.item)
    known["items"][key] = _Text(item.ask, (*at.path, "ask"))
    if item.help:
        known["helps"][key] = _Text(item.help, (*at.path, "help"))
    rules: tuple[tuple[Strength, tuple[Rule, ...]], ...] = (("must", item.must), ("should", item.should))
    for strength, found in rules:
        for number, rule in enumerate(found, 1):
            if rule.say:
                name = rule_key(at.form.form, item.item, strength, number)
                known["checks"][name] = _Text(rule.say, (*at.path, strength, number - 1))


def _nested(report: Report) -> Nested:
    found: Nested = {}
    for oid, codelist in report.pack.codelists.items():
        path: Path = ("codelists", oid, "codes")
        found["codes", oid] = {entry.code: (*path, number) for number, entry in enumerate(codelist.codes)}
    for at in sections_in(report):
        if at.section is not None and at.section.rows is not None and at.section.rows.fixed:
            path = (*at.path, "rows", "fixed")
            name = f"{at.form.form}.{at.section.section}"
            found["rows", name] = {key: (*path, key) for key in at.section.rows.fixed}
    return found


def _names(report: Report, language: str, translation: Translation, known: Known) -> None:
    for part in _PARTS:
        for name in getattr(translation, part):
            if name not in known[part] and not (part in ("items", "helps") and _alike(known[part], name)):
                text = f"'{name}' names nothing in '{part}'{meant(name, known[part])}"
                report.error(PackCode.TRANSLATES_NOTHING, ("translations", language, part, name), text, name)


def _alike(known: dict[str, _Text], item: str) -> bool:
    """Whether an item's name alone says which text is meant: it asks the same in every form."""
    texts = {one.text for key, one in known.items() if key.endswith(f".{item}")}
    return "." not in item and len(texts) == 1


def _nested_names(report: Report, language: str, translation: Translation, nested: Nested) -> None:
    for part in ("codes", "rows"):
        for outer, texts in getattr(translation, part).items():
            path: Path = ("translations", language, part, outer)
            if (part, outer) not in nested:
                names = [name for found, name in nested if found == part]
                text = f"'{outer}' names nothing in '{part}'{meant(outer, names)}"
                report.error(PackCode.TRANSLATES_NOTHING, path, text, outer)
                continue
            for name in texts:
                if name not in nested[part, outer]:
                    text = f"'{name}' is not in {outer}{meant(name, nested[part, outer])}"
                    report.error(PackCode.TRANSLATES_NOTHING, (*path, name), text, f"{outer} {name}")


def _placeholders(report: Report, language: str, translation: Translation) -> None:
    """What a translated check says can be filled in like the original."""
    checks = {check.check: (form, check) for _, form, check in all_checks(report)}
    for oid, say in translation.checks.items():
        if oid in checks:
            form, check = checks[oid]
            here = StandsIn(form, check_group(report.study, form, check))
            check_placeholders(report, ("translations", language, "checks", oid), say, here, check.fires)


def _count(report: Report, language: str, known: Known, nested: Nested) -> None:
    """One warning a language: how many texts of what kind are missing, and the first of each."""
    translation = report.pack.translations.get(language, Translation())
    missing = [
        Untranslated(part, name, *report.where(path))
        for part, name, path in _untranslated(translation, known, nested)
    ]
    report.untranslated[language] = tuple(missing)
    first = {one.part: one.name for one in reversed(missing)}
    total = sum(map(len, known.values())) + sum(map(len, nested.values()))
    if missing:
        counted = Counter(one.part for one in missing)
        kinds = ", ".join(f"{number} of {part} (first {first[part]})" for part, number in counted.items())
        text = f"{len(missing)} of {total} texts have no translation into '{language}': {kinds}."
        there = language in report.pack.translations
        path: Path = ("translations", language) if there else ("head", "languages")
        report.warning(PackCode.NOT_TRANSLATED, path, text)


def _untranslated(translation: Translation, known: Known, nested: Nested) -> Iterator[tuple[str, str, Path]]:
    for part in _PARTS:
        have = getattr(translation, part)
        for name, (text, path) in known[part].items():
            alone = name.rpartition(".")[2] if part in ("items", "helps") else name
            if text and not have.get(name) and not have.get(alone):
                yield part, name, path
    for (part, outer), names in nested.items():
        texts = getattr(translation, part).get(outer, {})
        yield from ((part, f"{outer}.{name}", path) for name, path in names.items() if not texts.get(name))
