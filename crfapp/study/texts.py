"""The study's texts in one language, falling back to the pack's own, text by text."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from crfapp.study.model import Form, Item, Pack, Rule, Section, Translation

_FIGURE = re.compile(r"\{P\.([A-Z0-9_]+)\}")
Strength = Literal["must", "should"]


def item_key(form: str, item: str) -> str:
    """How a translation names an item; the item alone stands for that item in every form."""
    return f"{form}.{item}"


def rule_key(form: str, item: str, strength: Strength, number: int) -> str:
    """How a translation names what a rule of an item says; ``number`` counts from 1."""
    return f"{form}.{item}.{strength.upper()}.{number}"


class StudyTexts:
    """Texts by OID. What the pack does not name at all is answered with the name itself."""

    def __init__(self, pack: Pack, language: str) -> None:
        self.language = language
        self._head = pack.head
        self._codelists = pack.codelists
        self._own = pack.translations.get(language, Translation())
        if language == pack.head.language:
            self._own = Translation()
        self._forms: dict[str, Form] = {form.form: form for form in pack.forms}
        self._items: dict[tuple[str, str], Item] = {}
        self._sections: dict[tuple[str, str], Section] = {}
        self._visits = {visit.visit: visit.title for visit in pack.head.visits}
        self._plans = {plan.meaning: plan for plan in pack.head.signing}
        self._checks = {check.check: check.say for check in pack.head.checks}
        for form in pack.forms:
            self._checks |= {check.check: check.say for check in form.checks}
            for section in form.sections:
                self._sections[form.form, section.section] = section
                self._items |= {(form.form, item.item): item for item in section.items}

    @property
    def title(self) -> str:
        """The study's full title."""
        return self._own.study.get("title") or self._head.title

    @property
    def short(self) -> str:
        """The study's short name."""
        return self._own.study.get("short") or self._head.short

    def form(self, oid: str) -> str:
        """A form's title."""
        known = self._forms.get(oid)
        return self._own.forms.get(oid) or (known.title if known else oid)

    def visit(self, oid: str) -> str:
        """A visit's title."""
        return self._own.visits.get(oid) or self._visits.get(oid, oid)

    def section(self, form: str, section: str) -> str:
        """A section's title."""
        known = self._sections.get((form, section))
        return self._own.sections.get(f"{form}.{section}") or (known.title if known else section)

    def item(self, form: str, item: str) -> str:
        """The question."""
        known = self._items.get((form, item))
        translated = self._own.items.get(item_key(form, item)) or self._own.items.get(item)
        return self._filled(translated or (known.ask if known else item))

    def help(self, form: str, item: str) -> str:
        """The help beside a question; empty where there is none."""
        known = self._items.get((form, item))
        translated = self._own.helps.get(item_key(form, item)) or self._own.helps.get(item)
        return self._filled(translated or (known.help if known else None) or "")

    def row(self, form: str, section: str, key: str) -> str:
        """The label of a fixed row."""
        known = self._sections.get((form, section))
        own = known.rows.fixed.get(key) if known and known.rows else None
        return self._own.rows.get(f"{form}.{section}", {}).get(key) or own or key

    def code(self, codelist: str, code: str) -> str:
        """What a code of a list stands for."""
        translated = self._own.codes.get(codelist, {}).get(code)
        return translated or self._decodes.get(codelist, {}).get(code, code)

    def check(self, oid: str) -> str:
        """What a check says, with its placeholders."""
        return self._own.checks.get(oid) or self._checks.get(oid, oid)

    def rule(self, form: str, item: str, strength: Strength, number: int) -> str:
        """What the rule of an item says (``number`` from 1); empty where it says nothing of its own."""
        rules: tuple[Rule, ...] = getattr(self._items.get((form, item)), strength, ())
        own = rules[number - 1].say if 0 < number <= len(rules) else None
        return self._own.checks.get(rule_key(form, item, strength, number)) or own or ""

    def parameter(self, name: str) -> str:
        """What a figure of the protocol is called."""
        known = self._head.parameters.get(name)
        return self._own.parameters.get(name) or (known.title if known else name)

    def meaning(self, meaning: str) -> str:
        """What a signature of the plan means, in a few words."""
        known = self._plans.get(meaning)
        return self._own.meanings.get(meaning) or (known.title if known else meaning)

    def statement(self, meaning: str) -> str:
        """What is stated by signing; empty where the plan knows no such meaning."""
        known = self._plans.get(meaning)
        return self._own.statements.get(meaning) or (known.say if known else "")

    def _filled(self, text: str) -> str:
        """The text with figures of the protocol in their places: ``{P.CM_LOOKBACK}``."""
        return _FIGURE.sub(lambda place: self._figure(place[1]), text) if "{" in text else text

    def _figure(self, name: str) -> str:
        known = self._head.parameters.get(name)
        return known.value if known else name

    @cached_property
    def _decodes(self) -> dict[str, dict[str, str]]:
        return {
            oid: {entry.code: entry.text for entry in found.codes} for oid, found in self._codelists.items()
        }
