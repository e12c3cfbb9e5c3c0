"""Translations: names that mean nothing are errors, texts without a translation are counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crfapp.study.faults import PackCode, Path
from crfapp.study.lint.definitions import meant
from crfapp.study.lint.expressions import check_placeholders
from crfapp.study.lint.report import Report, items_in, sections_in
from crfapp.study.lint.written import all_checks, check_group
from crfapp.study.model import Translation
from crfapp.study.names import StandsIn
from crfapp.study.texts import item_key, rule_key

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTS = ("study", "visits", "forms", "sections", "items", "helps", "checks", "parameters")

Known = dict[str, dict[str, str]]
"""By part of a translation file: the names that can stand there, and the pack's own texts."""


def check_translations(report: Report) -> None:
    """All languages the head declares, and all files there are."""
    head = report.pack.head
    known, nested = _known(report), dict(_nested(report))
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
    pack = report.pack
    known: Known = {part: {} for part in _PARTS}
    known["study"] = {"title": pack.head.title, "short": pack.head.short}
    known["visits"] = {visit.visit: visit.title for visit in pack.head.visits}
    known["forms"] = {form.form: form.title for form in pack.forms}
    known["parameters"] = {name: figure.title for name, figure in pack.head.parameters.items()}
    for at in sections_in(report):
        if at.section is not None:
            known["sections"][f"{at.form.form}.{at.section.section}"] = at.section.title
    for at, item in items_in(report):
        key = item_key(at.form.form, item.item)
        known["items"][key] = item.ask
        if item.help:
            known["helps"][key] = item.help
        rules = [("must", item.must), ("should", item.should)]
        for strength, number, rule in ((s, n, r) for s, found in rules for n, r in enumerate(found, 1)):
            if rule.say:
                name = rule_key(at.form.form, item.item, "must" if strength == "must" else "should", number)
                known["checks"][name] = rule.say
    known["checks"] |= {check.check: check.say for _, _, check in all_checks(report)}
    return known


def _nested(report: Report) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """Names one level deeper: the codes of each list, the keys of each set of fixed rows."""
    for oid, codelist in report.pack.codelists.items():
        yield ("codes", oid), [entry.code for entry in codelist.codes]
    for at in sections_in(report):
        if at.section is not None and at.section.rows is not None and at.section.rows.fixed:
            yield ("rows", f"{at.form.form}.{at.section.section}"), list(at.section.rows.fixed)


def _names(report: Report, language: str, translation: Translation, known: Known) -> None:
    for part in _PARTS:
        for name in getattr(translation, part):
            if name not in known[part] and not (part in ("items", "helps") and _alike(known[part], name)):
                text = f"'{name}' names nothing in '{part}'{meant(name, known[part])}"
                report.error(PackCode.TRANSLATES_NOTHING, ("translations", language, part, name), text, name)


def _alike(known: dict[str, str], item: str) -> bool:
    """Whether an item's name alone says which text is meant: it asks the same in every form."""
    texts = {text for key, text in known.items() if key.endswith(f".{item}")}
    return "." not in item and len(texts) == 1


def _nested_names(
    report: Report, language: str, translation: Translation, nested: dict[tuple[str, str], list[str]]
) -> None:
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


def _count(report: Report, language: str, known: Known, nested: dict[tuple[str, str], list[str]]) -> None:
    """One warning a language: how many texts of what kind are missing, and the first of each."""
    translation = report.pack.translations.get(language, Translation())
    missing = Counter[str]()
    first: dict[str, str] = {}
    for part, name in _untranslated(translation, known, nested):
        missing[part] += 1
        first.setdefault(part, name)
    total = sum(len(names) for names in (*known.values(), *nested.values()))
    if missing:
        kinds = ", ".join(f"{number} of {part} (first {first[part]})" for part, number in missing.items())
        text = f"{missing.total()} of {total} texts have no translation into '{language}': {kinds}."
        there = language in report.pack.translations
        path: Path = ("translations", language) if there else ("head", "languages")
        report.warning(PackCode.NOT_TRANSLATED, path, text)


def _untranslated(
    translation: Translation, known: Known, nested: dict[tuple[str, str], list[str]]
) -> Iterator[tuple[str, str]]:
    for part in _PARTS:
        have = getattr(translation, part)
        for name, text in known[part].items():
            alone = name.rpartition(".")[2] if part in ("items", "helps") else name
            if text and not have.get(name) and not have.get(alone):
                yield part, name
    for (part, outer), names in nested.items():
        texts = getattr(translation, part).get(outer, {})
        yield from ((part, f"{outer}.{name}") for name in names if not texts.get(name))
