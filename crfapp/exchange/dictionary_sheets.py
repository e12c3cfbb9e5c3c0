"""What the columns mean: every item of the pack in all its languages, and every code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.sheets import Column, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.study_words import StudyWords
    from crfapp.study.model import Form, Item, Range, Section
    from crfapp.study.texts import StudyTexts

_PROSE = 40


def dictionary_sheet(data: StudyWords) -> Sheet:
    """One row for each item that leaves the site."""
    return Sheet("Dictionary", data.say("Dictionary"), item_columns(data), lambda: _leaving(data))


def item_columns(data: StudyWords) -> tuple[Column, ...]:
    """What is said of an item: where it stands, its question, its rules."""
    say = data.say
    return (
        Column("FORM", say("Form")),
        Column("FORM_TITLE", say("Title of the form"), width=24),
        Column("SECTION", say("Section")),
        Column("SECTION_TITLE", say("Title of the section"), width=24),
        Column("ROWS", say("How the section repeats: log, fixed, or each row of a form")),
        Column("ITEM", say("Item")),
        *columns_by_language(data, "LABEL", say("Label")),
        Column("TYPE", say("Type")),
        Column("UNIT", say("Unit")),
        Column("CODELIST", say("Code list")),
        Column("HARD", say("Possible range, both ends included")),
        Column("SOFT", say("Expected range, both ends included")),
        Column("REQUIRED", say("Y, or under which condition")),
        Column("WHEN", say("Asked under this condition only"), width=_PROSE),
        Column("IS", say("Calculation"), width=_PROSE),
        Column("SDV", say("Verification against the source")),
        Column("RECORDED", say("esource: first written down here, transcribed: taken over from a source")),
        Column("SOURCE", say("Where the definition comes from")),
    )


def codelists_sheet(data: StudyWords) -> Sheet:
    """One row for each code."""
    say = data.say
    columns = (
        Column("CODELIST", say("Code list")),
        Column("TITLE", say("Title"), width=24),
        Column("CODE", say("Code")),
        *columns_by_language(data, "DECODE", say("Decode")),
        Column("CDISC", say("Y: CDISC controlled terminology has the same value")),
    )
    return Sheet("Codelists", say("Code lists"), columns, lambda: _code_rows(data))


def columns_by_language(data: StudyWords, name: str, label: str) -> tuple[Column, ...]:
    """A column for each language of the pack."""
    languages = data.study.head.languages
    return tuple(Column(f"{name}_{code}", f"{label} ({code})", width=_PROSE) for code in languages)


def languages(data: StudyWords) -> list[StudyTexts]:
    """The study's texts in each language of the pack."""
    return [data.study.texts(code) for code in data.study.head.languages]


def _leaving(data: StudyWords) -> Iterator[tuple[Cell, ...]]:
    spoken = languages(data)
    for form, section, item in items_of(data):
        if not data.confidential.keeps(form.form, item.item):
            yield item_row(data, (form, section, item), spoken)


def items_of(data: StudyWords) -> Iterator[tuple[Form, Section, Item]]:
    """Every item of the pack with its form and section, in the order of the pack."""
    for form in data.study.pack.forms:
        for section in form.sections:
            for item in section.items:
                yield form, section, item


def item_row(
    data: StudyWords, place: tuple[Form, Section, Item], spoken: list[StudyTexts]
) -> tuple[Cell, ...]:
    """The cells of one item, as :func:`item_columns` names them."""
    form, section, item = place
    labels = (texts.item(form.form, item.item) for texts in spoken)
    return (*_place(data, form, section), item.item, *labels, *_rules(form, item))


def _place(data: StudyWords, form: Form, section: Section) -> tuple[Cell, ...]:
    texts = data.texts
    return (
        form.form,
        texts.form(form.form),
        section.section,
        texts.section(form.form, section.section),
        _repeats(section),
    )


def _repeats(section: Section) -> str:
    if section.continues is not None:
        return f"as {section.continues}"
    rows = section.rows
    if rows is None:
        return ""
    if rows.each is not None:
        return f"each {rows.each}"
    return "log" if rows.log else "fixed"


def _rules(form: Form, item: Item) -> tuple[Cell, ...]:
    required = item.required if isinstance(item.required, str) else "Y" if item.required else ""
    return (
        item.type,
        item.unit,
        item.codes,
        _ends(item.range, "hard"),
        _ends(item.range, "soft"),
        required,
        item.when,
        item.is_,
        item.sdv,
        item.recorded or form.recorded,
        item.source or form.source,
    )


def _ends(band: Range | None, which: str) -> str:
    ends = getattr(band, which, None)
    return "" if ends is None else f"{ends[0] or ''} .. {ends[1] or ''}".strip()


def _code_rows(data: StudyWords) -> Iterator[tuple[Cell, ...]]:
    spoken = languages(data)
    for oid, codelist in data.study.pack.codelists.items():
        for entry in codelist.codes:
            decodes = (texts.code(oid, entry.code) for texts in spoken)
            yield (oid, codelist.title, entry.code, *decodes, "Y" if entry.cdisc else "")
