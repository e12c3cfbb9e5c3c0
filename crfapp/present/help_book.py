"""The help inside the program: one short page for each page of the window, to be read and searched.

The pages are Markdown files, ``resources/help/today.md``, in English; ``resources/help/ar/today.md`` is the
same page in Arabic. A translation begins with the hash of the English text that it was made from
(:func:`mark_of`). What is missing or older than its English page is shown in English, and says so.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.present.finding import fold, words_of

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.present.texts import Texts

ORDER = (
    "entrance",
    "first-run",
    "today",
    "day",
    "subjects",
    "casebook",
    "lesion",
    "photographs",
    "compare",
    "tracer",
    "safety",
    "queries",
    "monitoring",
    "signing",
    "reading",
    "exchange",
    "reports",
    "audit",
    "redaction",
    "study",
    "preview",
    "people",
    "administration",
    "centre",
    "signs",
    "keys",
)
"""All pages, as they are listed."""

SAME = {"photograph": "photographs", "masking": "photographs", "past": "audit"}
"""Pages of the window that share the help of another."""

SOURCE = "en"
_MARK = re.compile(r"<!-- of ([0-9a-f]{16}) -->\n")
_TITLE = re.compile(r"# (.+)\n+")
_MARKUP = re.compile(r"!\[[^]]*\]\([^)]*\)|[#*`|]")


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: ``text`` is Markdown without the title; ``language`` is the one it is written in."""

    key: str
    title: str
    text: str
    language: str

    @property
    def plain(self) -> str:
        """The words without marks, for being searched."""
        return _MARKUP.sub("", self.text)


class HelpBook:
    """The pages in the language of ``say``; ``folder`` is ``resources/help``."""

    def __init__(self, folder: Path, say: Texts) -> None:
        self._folder, self._say = folder, say

    def page(self, key: str) -> HelpPage:
        """The help of a page of the window; that of Today for one that has none."""
        key = SAME.get(key, key)
        return self._read(key if key in ORDER else "today")

    def pages(self) -> tuple[HelpPage, ...]:
        """All of them in their order."""
        return tuple(self._read(key) for key in ORDER)

    def find(self, typed: str) -> tuple[HelpPage, ...]:
        """Pages in which every word occurs, those with the words in their title first; all for no word."""
        words = words_of(typed)
        hits = [
            (any(word not in fold(page.title) for word in words), place, page)
            for place, page in enumerate(self.pages())
            if all(word in fold(f"{page.title} {page.plain}") for word in words)
        ]
        return tuple(page for _, _, page in sorted(hits, key=lambda hit: hit[:2]))

    def remark(self, page: HelpPage) -> str:
        """What is said above a page that is not in the reader's language."""
        if page.language == self._say.language:
            return ""
        return self._say("This page is not yet in your language.")

    def _read(self, key: str) -> HelpPage:
        source = (self._folder / f"{key}.md").read_text(encoding="utf-8")
        if self._say.language != SOURCE:
            file = self._folder / self._say.language / f"{key}.md"
            text = file.read_text(encoding="utf-8") if file.is_file() else ""
            if text.startswith(mark_of(source)):
                return _page(key, _MARK.sub("", text, count=1), self._say.language)
        return _page(key, source, SOURCE)


def mark_of(source: str) -> str:
    """The first line of a translation of this English page: ``<!-- of 0123456789abcdef -->``."""
    return f"<!-- of {hashlib.sha256(source.encode()).hexdigest()[:16]} -->\n"


def _page(key: str, text: str, language: str) -> HelpPage:
    title = _TITLE.match(text)
    if title is None:
        raise ValueError(f"the help page {key} in {language!r} has no title")
    return HelpPage(key, title.group(1).strip(), text[title.end() :], language)
