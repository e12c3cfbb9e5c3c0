"""What never leaves the site: forms and items that the pack marks ``site_only`` (REQ-808)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crfapp.form.plan import refs_of, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.study.checks import Check
    from crfapp.study.study import Study

_QUOTED = re.compile(r"\{([A-Z][A-Z0-9_@.]*)\}")


class Confidential:
    """Knows which answers stay, and which sentences of checks would quote one of them."""

    def __init__(self, study: Study) -> None:
        self._items = {
            (form.form, item.item)
            for form in study.pack.forms
            for section in form.sections
            for item in section.items
            if form.site_only or item.site_only
        }
        self._forms = {form.form for form in study.pack.forms if form.site_only}
        self._add_derived(study)
        self._quoting = {check.check for form, check in _checks(study) if self._quotes(form, check)}

    def keeps(self, form: str, item: str = "") -> bool:
        """Whether a form, or one item of it, stays at the site."""
        return form in self._forms or (form, item) in self._items

    def keeps_sentence(self, check: str) -> bool:
        """Whether the words of a finding name an answer that stays."""
        return check in self._quoting

    def _add_derived(self, study: Study) -> None:
        """What is worked out from an answer that stays, stays too; through every rule in between."""
        reads = {
            (form.form, item.item): {
                (ref.source.name if ref.source else ref.form or form.form, ref.item)
                for ref in refs_of(tree_of(item.is_))
            }
            for form in study.pack.forms
            for section in form.sections
            for item in section.items
            if item.is_ is not None
        }
        own_rows = {
            (form.form, section.section): form.form for form in study.pack.forms for section in form.sections
        }
        grown = True
        while grown:
            told = {
                place
                for place, needs in reads.items()
                if any(self.keeps(own_rows.get((place[0], source), source), item) for source, item in needs)
            }
            grown = not told <= self._items
            self._items |= told

    def _quotes(self, form: str, check: Check) -> bool:
        for name in _QUOTED.findall(check.say):
            source, _, item = name.rpartition(".")
            if self.keeps(source.partition("@")[0] or form, item):
                return True
        return False


def _checks(study: Study) -> Iterator[tuple[str, Check]]:
    for check in study.head.checks:
        yield "", check
    for form in study.pack.forms:
        for check in form.checks:
            yield form.form, check
