"""Under which version of the study a form stands, and what it did not ask, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.texts import isolated
from crfapp.work.not_collected import not_collected, version_of

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey
    from crfapp.present.workplace import Workplace


def version_words(at: Workplace, key: FormKey) -> str:
    """Which version a form is in; empty where that is the one in force."""
    if at.study_at(key).hash == at.study.hash:
        return ""
    return at.texts("version {version} of the study", version=isolated(version_of(at.desk, key)))


def not_collected_words(at: Workplace, key: FormKey) -> str:
    """The questions that came later, as not collected in this version; empty where there is none."""
    items = not_collected(at.desk, key)
    if not items:
        return ""
    texts = at.study_texts
    questions = at.texts.listed(isolated(texts.item(key.form, item)) for item in items)
    return at.texts(
        "Not collected in version {version}: {questions}",
        version=isolated(version_of(at.desk, key)),
        questions=questions,
    )
