"""Annotations: what the pack says of an item and of a form, beside the question it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.paper.blocks import Cell, Run, Table, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.present.paper.blocks import Part
    from crfapp.present.texts import Texts
    from crfapp.study.checks import Check
    from crfapp.study.model import Form, Item, Range, Rule, Section
    from crfapp.study.study import Study
    from crfapp.study.texts import Strength, StudyTexts

_CHECK_WIDTHS = (0.1, 0.08, 0.14, 0.38, 0.3)


class Marks:
    """Says everything of an item that the blank form does not show."""

    def __init__(self, study: Study, texts: StudyTexts, say: Texts) -> None:
        self._study, self._texts, self._say = study, texts, say

    def of_item(self, form: str, item: Item) -> tuple[Part, ...]:
        """Paragraphs in the colour of annotations, the OID first."""
        facts = [Run(item.item, "mark_strong", ltr=True), *self._facts(item)]
        paragraphs = [_joined(facts)]
        for name, expression in self._expressions(item):
            paragraphs.append(_named(name, expression))
        paragraphs += self._rules(form, item, item.must, "must")
        paragraphs += self._rules(form, item, item.should, "should")
        return tuple(paragraphs)

    def of_section(self, section: Section) -> tuple[Run, ...]:
        """The section's OID and where its rows come from."""
        runs = [Run(section.section, "mark_strong", ltr=True)]
        rows = section.rows
        if section.continues:
            runs.append(Run(self._say("rows of {section}", section=section.continues), "mark"))
        if rows is not None:
            source = f"each {rows.each}" if rows.each else "log" if rows.log else "fixed"
            runs.append(Run(self._say("rows: {source}", source=source), "mark"))
            if rows.where:
                runs += [Run(self._say("where"), "mark"), Run(rows.where, "mark", ltr=True)]
        return _spaced(runs)

    def of_form(self, form: Form) -> Words:
        """OID, roles and source of a form."""
        say, facts = self._say, [Run(form.form, "mark_strong", ltr=True)]
        if form.who:
            facts.append(_fact(say("filled in by"), ", ".join(form.who)))
        if form.repeats:
            facts.append(Run(say("repeats"), "mark"))
        if form.site_only:
            facts.append(Run(say("site only"), "mark"))
        if form.source:
            facts.append(_fact(say("source"), form.source))
        return _joined(facts)

    def checks(self, checks: Iterable[Check]) -> Table:
        """A table of checks: id, level, item, expression, message."""
        say = self._say
        heads = (say("Check"), say("Level"), say("At item"), say("Fires when"), say("Says"))
        rows = [tuple(Cell((Words((Run(head, "strong"),), "small"),), shaded=True) for head in heads)]
        rows += [self._check(check) for check in checks]
        return Table(_CHECK_WIDTHS, tuple(rows), heads=1)

    def _check(self, check: Check) -> tuple[Cell, ...]:
        at = [check.on or "", *(f"@{visit}" for visit in check.at)]
        more = [
            _named(name, value)
            for name, value in ((self._say("task"), check.task), (self._say("due"), check.due))
            if value
        ]
        if check.draft is not None:
            more.append(_named(self._say("proposes a row of"), check.draft.form))
            more += [_named(item, value) for item, value in check.draft.set.items()]
        return (
            Cell((_mark(check.check, "mark_strong"),)),
            Cell((_mark(check.level),)),
            Cell(tuple(_mark(place) for place in at if place)),
            Cell((_mark(" ".join(check.fires.split())), *more)),
            Cell((Words((Run(self._texts.check(check.check), "mark"),), "tiny"),)),
        )

    def _facts(self, item: Item) -> Iterator[Run]:
        say = self._say
        yield Run(item.type, "mark", ltr=True)
        if item.codes:
            yield Run(item.codes, "mark", ltr=True)
        if item.unit:
            yield Run(" ".join((item.unit, *(f"({unit})" for unit in item.units))), "mark", ltr=True)
        for name, ends in (
            (say("hard"), _ends(item.range, "hard")),
            (say("soft"), _ends(item.range, "soft")),
        ):
            if ends:
                yield _fact(name, ends)
        if item.required is True:
            yield Run(say("required"), "mark")
        if item.sdv != "none":
            yield _fact("SDV", item.sdv)
        yield from self._rare_facts(item)

    def _rare_facts(self, item: Item) -> Iterator[Run]:
        say = self._say
        flags = (
            (item.site_only, say("site only")),
            (item.own_date, say("own date")),
            (item.future, say("may lie ahead")),
            (item.before_consent, say("may precede the consent")),
            (item.previous == "show", say("shows the value before")),
        )
        for holds, words in flags:
            if holds:
                yield Run(words, "mark")
        for name, values in ((say("expects"), item.expects), (say("only by"), item.by)):
            if values:
                yield _fact(name, ", ".join(values))
        if item.missing is not None:
            yield _fact(say("may be missing as"), ", ".join(item.missing) or "–")

    def _expressions(self, item: Item) -> Iterator[tuple[str, str]]:
        say = self._say
        required = item.required if isinstance(item.required, str) else None
        for name, expression in ((say("required when"), required), (say("when"), item.when), ("=", item.is_)):
            if expression:
                yield name, expression

    def _rules(self, form: str, item: Item, rules: tuple[Rule, ...], strength: Strength) -> Iterator[Words]:
        name = self._say("must") if strength == "must" else self._say("should")
        for number, rule in enumerate(rules, start=1):
            said = self._texts.rule(form, item.item, strength, number)
            yield _named(name, rule.that, f" – {said}" if said else "")


def _ends(band: Range | None, which: str) -> str:
    ends = getattr(band, which, None)
    return "" if ends is None else f"{ends[0] or '…'} – {ends[1] or '…'}"


def _mark(words: str, tone: str = "mark") -> Words:
    return Words((Run(words, "mark_strong" if tone == "mark_strong" else "mark", ltr=True),), "tiny")


def _named(name: str, expression: str, after: str = "") -> Words:
    runs = [Run(f"{name} ", "mark_strong"), Run(" ".join(expression.split()), "mark", ltr=True)]
    return Words((*runs, Run(after, "mark")) if after else tuple(runs), "tiny")


def _fact(name: str, value: str) -> Run:
    return Run(f"{name}\u00a0{value}", "mark")


def _spaced(runs: list[Run]) -> tuple[Run, ...]:
    between = Run("  ", "mark")
    return tuple(run for pair in runs for run in (between, pair))[1:]


def _joined(facts: list[Run]) -> Words:
    between = Run(" · ", "mark")
    return Words(tuple(run for pair in facts for run in (between, pair))[1:], "tiny")
