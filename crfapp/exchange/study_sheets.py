"""Sheets about a study pack: identity, figures, visits, forms, items, checks, columns of the export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.dictionary_sheets import columns_by_language, item_columns, item_row, items_of, languages
from crfapp.exchange.form_sheets import columns_of, place_columns
from crfapp.exchange.sheets import Column, Sheet
from crfapp.study.matrix import summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.study_words import StudyWords
    from crfapp.study.checks import Check
    from crfapp.study.model import Anchor, Item, Visit

_PROSE, _TITLE = 40, 24
_YES = "Y"


def study_sheet(data: StudyWords) -> Sheet:
    """What the study is, and which version of its pack this is."""
    say, head = data.say, data.study.head
    columns = (Column("FACT", say("What"), width=34), Column("VALUE", say("Value"), width=70))
    facts: tuple[tuple[Cell, Cell], ...] = (
        (say("Study"), data.texts.title),
        (say("Short name"), data.texts.short),
        (say("Study identifier"), head.study),
        (say("Registration"), head.registration),
        (say("Sponsor"), head.sponsor),
        (say("Version of the study pack"), head.version),
        (say("Content of the pack (SHA-256)"), data.study.hash),
        (say("Languages"), ", ".join(head.languages)),
        (say("Numbering of subjects"), head.subjects.pattern),
        (say("Subjects planned"), head.subjects.planned),
        (say("Days count from"), head.anchor),
        (say("Code list of missing answers"), head.missing),
        (say("Figures that are template defaults"), sum(p.template for p in head.parameters.values())),
    )
    return Sheet("Study", say("Study"), columns, lambda: facts)


def parameters_sheet(data: StudyWords) -> Sheet:
    """The figures of the protocol; what no source fixes is marked."""
    say = data.say
    columns = (
        Column("PARAMETER", say("Figure")),
        *columns_by_language(data, "TITLE", say("Title")),
        Column("VALUE", say("Value"), width=_TITLE),
        Column("TYPE", say("Type")),
        Column("UNIT", say("Unit")),
        Column("CONFIRM", say("Whether it must still be confirmed"), width=_PROSE),
        Column("SOURCE", say("Where the definition comes from")),
    )
    return Sheet("Parameters", say("Figures of the protocol"), columns, lambda: _parameter_rows(data))


def _parameter_rows(data: StudyWords) -> Iterator[tuple[Cell, ...]]:
    mark = data.say("template default: confirm against the protocol")
    for name, figure in data.study.head.parameters.items():
        titles = (texts.parameter(name) for texts in languages(data))
        confirm = mark if figure.template else ""
        yield name, *titles, figure.value, figure.type, figure.unit, confirm, figure.source


def visits_sheet(data: StudyWords) -> Sheet:
    """The schedule: when each visit is planned, and which form it holds (X, C under a condition, O)."""
    say = data.say
    forms = summary(data.study).forms
    columns = (
        Column("VISIT", say("Visit")),
        *columns_by_language(data, "TITLE", say("Title")),
        Column("KIND", say("Kind")),
        Column("ANCHOR", say("Counted from")),
        Column("DAY", say("Planned day"), "number"),
        Column("HOURS", say("Planned hours, instead of a day"), "number"),
        Column("WINDOW_FROM", say("Window: earliest (for calls in hours after the anchor)"), "number"),
        Column("WINDOW_TO", say("Window: latest"), "number"),
        Column("GAP", say("Fewest days since the visit before"), "number"),
        Column("MODES", say("Modes of contact")),
        Column("BASELINE", say("Y: the baseline")),
        *(Column(form, data.texts.form(form), width=len(form) + 3) for form in forms),
        Column("CONDITIONS", say("Conditions behind each C"), width=_PROSE),
    )
    return Sheet("Visits", say("Visits"), columns, lambda: _visit_rows(data))


def _visit_rows(data: StudyWords) -> Iterator[tuple[Cell, ...]]:
    matrix = summary(data.study)
    for place, visit in enumerate(data.study.visits.values()):
        titles = (texts.visit(visit.visit) for texts in languages(data))
        marks = (marks[place] for marks in matrix.marks)
        conditions = "\n".join(f"{held.form}: {held.when}" for held in visit.forms if held.when)
        yield visit.visit, *titles, *_timing(visit), *marks, conditions


def _timing(visit: Visit) -> tuple[Cell, ...]:
    low, high = visit.window or (None, None)
    baseline = _YES if visit.baseline else ""
    modes = ", ".join(visit.modes)
    return visit.kind, _anchor(visit.anchor), visit.day, visit.hours, low, high, visit.gap, modes, baseline


def _anchor(anchor: Anchor | None) -> str:
    if anchor is None:
        return ""
    return f"{anchor.form}@{anchor.visit}.{anchor.item}" if anchor.item else anchor.visit


def forms_sheet(data: StudyWords) -> Sheet:
    """One row for each form."""
    say = data.say
    columns = (
        Column("FORM", say("Form")),
        *columns_by_language(data, "TITLE", say("Title")),
        Column("WHO", say("Filled in by")),
        Column("VISITS", say("Visits"), width=_PROSE),
        Column("REPEATS", say("Y: several at one visit")),
        Column("SITE_ONLY", say("Y: never leaves the site")),
        Column("SECTIONS", say("Number of sections"), "number"),
        Column("ITEMS", say("Number of items"), "number"),
        Column("CHECKS", say("Number of checks"), "number"),
        Column("SOURCE", say("Where the definition comes from")),
    )
    return Sheet("Forms", say("Forms"), columns, lambda: _form_rows(data))


def _form_rows(data: StudyWords) -> Iterator[tuple[Cell, ...]]:
    for oid in summary(data.study).forms:
        form = data.study.form(oid)
        titles = (texts.form(oid) for texts in languages(data))
        visits = ", ".join(data.study.visits_of(oid))
        flags = (_YES if flag else "" for flag in (form.repeats, form.site_only))
        counts = len(form.sections), len(data.study.items(oid)), len(form.checks)
        yield oid, *titles, ", ".join(form.who), visits, *flags, *counts, form.source


def items_sheet(data: StudyWords) -> Sheet:
    """Every item of the pack, those that stay at the site too."""
    say = data.say
    columns = (
        *item_columns(data),
        Column("UNITS", say("Other units: factor and offset to the unit")),
        Column("MISSING", say("Codes that may stand for an answer")),
        Column("ALLOWS", say("Codes of the list that can be answered, where not all")),
        Column("EXPECTS", say("Answers that are expected")),
        Column("MUST", say("Must hold"), width=_PROSE),
        Column("SHOULD", say("Should hold"), width=_PROSE),
        Column("BY", say("Answered only by")),
        Column("SITE_ONLY", say("Y: never leaves the site")),
        Column("OWN_DATE", say("Y: its date need not be the visit's")),
        Column("FUTURE", say("Y: its date may lie ahead")),
        Column("BEFORE_CONSENT", say("Y: may be older than the consent")),
        *columns_by_language(data, "HELP", say("Help")),
    )
    return Sheet("Items", say("Items"), columns, lambda: _item_rows(data))


def _item_rows(data: StudyWords) -> Iterator[tuple[Cell, ...]]:
    spoken = languages(data)
    for form, section, item in items_of(data):
        helps = (texts.help(form.form, item.item) for texts in spoken)
        missing = ", ".join(data.study.missing_codes(form.form, item.item))
        stays = _YES if data.confidential.keeps(form.form, item.item) else ""
        row = item_row(data, (form, section, item), spoken)
        yield *row, _units(item), missing, *_more(item), stays, *_dates(item), *helps


def _units(item: Item) -> str:
    return "\n".join(f"{unit}: * {rule.factor} + {rule.offset}" for unit, rule in item.units.items())


def _more(item: Item) -> tuple[Cell, ...]:
    must, should = ("\n".join(rule.that for rule in rules) for rules in (item.must, item.should))
    return ", ".join(item.allows), ", ".join(item.expects), must, should, ", ".join(item.by)


def _dates(item: Item) -> tuple[Cell, ...]:
    return tuple(_YES if flag else "" for flag in (item.own_date, item.future, item.before_consent))


def checks_sheet(data: StudyWords) -> Sheet:
    """One row for each check of the pack; those over the whole study have no form."""
    say = data.say
    columns = (
        Column("CHECK", say("Check")),
        Column("FORM", say("Form")),
        Column("LEVEL", say("H stops completion, Q asks, W warns, T is a task")),
        Column("ITEM", say("Item")),
        Column("VISITS", say("Visits, where not all")),
        Column("FIRES", say("Fires when"), width=60),
        *columns_by_language(data, "SAYS", say("Message")),
        Column("TASK", say("Kind of task")),
        Column("DUE", say("Owed by"), width=_TITLE),
        Column("PROPOSES", say("Row that is proposed"), width=_PROSE),
        Column("TRIED_FIRES", say("Situations tried in which it fires"), "number"),
        Column("TRIED_PASSES", say("Situations tried in which it passes"), "number"),
        Column("TRIED_LIMIT", say("Situations tried at its limit"), "number"),
    )
    return Sheet("Checks", say("Checks"), columns, lambda: _check_rows(data))


def _check_rows(data: StudyWords) -> Iterator[tuple[Cell, ...]]:
    for check in data.study.head.checks:
        yield _check(data, "", check)
    for oid in summary(data.study).forms:
        for check in data.study.form(oid).checks:
            yield _check(data, oid, check)


def _check(data: StudyWords, form: str, check: Check) -> tuple[Cell, ...]:
    says = (texts.check(check.check) for texts in languages(data))
    at = ", ".join(check.at)
    task = (check.task or check.check) if check.level == "T" else ""
    return (check.check, form, check.level, check.on, at, check.fires, *says, task, check.due, *_tried(check))


def _tried(check: Check) -> tuple[Cell, ...]:
    draft, tried = check.draft, check.vectors
    proposed = "" if draft is None else "\n".join([draft.form, *(f"{i} = {e}" for i, e in draft.set.items())])
    if tried is None:
        return proposed, 0, 0, 0
    limit = len(tried.boundary.fires) + len(tried.boundary.passes)
    return proposed, len(tried.fires), len(tried.passes), limit


def order_sheet(data: StudyWords) -> Sheet:
    """The columns of each sheet of the site's export, in their order."""
    say = data.say
    columns = (
        Column("SHEET", say("Sheet")),
        Column("NUMBER", say("Number of the column"), "number"),
        Column("COLUMN", say("Column")),
        Column("LABEL", say("Label"), width=60),
        Column("KIND", say("Kind")),
        Column("ITEM", say("Item")),
        Column("ROWS", say("Section whose rows it belongs to")),
    )
    return Sheet("Column order", say("Columns of the export"), columns, lambda: _order_rows(data))


def _order_rows(data: StudyWords) -> Iterator[tuple[Cell, ...]]:
    for form in data.study.pack.forms:
        if data.confidential.keeps(form.form):
            continue
        named = [(column, "", "") for column in place_columns(data.say)]
        for group, item in columns_of(data, form):
            named += [(column, item.item, group) for column in item.columns]
        for number, (column, item_oid, group) in enumerate(named, start=1):
            yield form.form, number, column.name, column.label, column.kind, item_oid, group
