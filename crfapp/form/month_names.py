"""Month names as people type them: English for everybody, and those of the person's language.

Arabic has two sets in use at our sites: the Levantine (كانون الثاني) and the Egyptian (يناير); hamza,
vowel signs and tatweel make no difference.
"""

from __future__ import annotations

import re
import unicodedata

_ENGLISH = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
_GERMAN = (
    "januar jan jänner jaenner", "februar feb feber", "märz maerz mär mrz", "april apr", "mai",
    "juni jun", "juli jul", "august aug", "september sept sep", "oktober okt", "november nov", "dezember dez",
)  # fmt: skip
_ARABIC = (
    "كانون_الثاني يناير", "شباط فبراير", "آذار مارس", "نيسان أبريل إبريل", "أيار مايو", "حزيران يونيو يونيه",
    "تموز يوليو يوليه", "آب أغسطس", "أيلول سبتمبر", "تشرين_الأول أكتوبر", "تشرين_الثاني نوفمبر",
    "كانون_الأول ديسمبر",
)  # fmt: skip

_VOWELS_AND_TATWEEL = re.compile("[\u0640\u064b-\u0652\u0670]")
_ALEFS = dict.fromkeys(map(ord, "أإآٱ"), "\u0627")


def _comparable(word: str) -> str:
    bare = _VOWELS_AND_TATWEEL.sub("", unicodedata.normalize("NFC", word.casefold()))
    return bare.translate(_ALEFS)


def _numbered(months: tuple[str, ...]) -> dict[str, int]:
    return {
        _comparable(name.replace("_", " ")): number
        for number, names in enumerate(months, start=1)
        for name in names.split()
    }


_IN_ENGLISH = _numbered(_ENGLISH)
_IN_OTHERS = {"de": _numbered(_GERMAN), "ar": _numbered(_ARABIC)}


def month_number(word: str, language: str) -> int | None:
    """1 to 12 for a month's name or its usual short form; None where it is no month's name."""
    name = _comparable(word)
    return _IN_ENGLISH.get(name) or _IN_OTHERS.get(language.partition("_")[0], {}).get(name)
