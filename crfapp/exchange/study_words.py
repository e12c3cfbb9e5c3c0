"""A study in the words of one language, as sheets about the pack itself need it; no site, no answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.confidential import Confidential

if TYPE_CHECKING:
    from crfapp.study.study import Study
    from crfapp.work.sentences import Say


class StudyWords:
    """A study, its texts and the app's own in one language, and what of it never leaves a site."""

    def __init__(self, study: Study, *, language: str, say: Say) -> None:
        self.study = study
        self.say = say
        self.texts = study.texts(language)
        self.confidential = Confidential(study)

    def decodes(self, codelist: str) -> dict[str, str]:
        """What the codes of a list stand for."""
        return {code: self.texts.code(codelist, code) for code in self.study.codes(codelist)}
