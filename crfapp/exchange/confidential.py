"""What never leaves the site: forms and items that the pack marks ``site_only`` (REQ-808)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.study.model import Check
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
        self._quoting = {check.check for form, check in _checks(study) if self._quotes(form, check)}

    def keeps(self, form: str, item: str = "") -> bool:
        """Whether a form, or one item of it, stays at the site."""
        return form in self._forms or (form, item) in self._items

    def keeps_sentence(self, check: str) -> bool:
        """Whether the words of a finding name an answer that stays."""
        return check in self._quoting

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
