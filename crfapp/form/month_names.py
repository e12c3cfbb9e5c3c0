"""Month names as people type them: English for everybody, and those of the person's language.

Arabic has two sets in use at our sites: the Levantine (كانون الثاني) and the Egyptian (يناير); hamza,
vowel signs and tatweel make no difference. The months of the Hijri calendar are read in every language.
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

_HIJRI = (
    "muharram محرم المحرم", "safar صفر", "rabi_al_awwal rabi_i rabi_1 ربيع_الأول ربيع_أول",
    "rabi_al_thani rabi_ii rabi_2 ربيع_الآخر ربيع_الثاني ربيع_ثاني",
    "jumada_al_ula jumada_i jumada_1 dschumada_i جمادى_الأولى جمادى_الأول",
    "jumada_al_akhirah jumada_ii jumada_2 dschumada_ii جمادى_الآخرة جمادى_الثانية جمادى_الثاني",
    "rajab radschab رجب", "shaban schaban شعبان", "ramadan رمضان", "shawwal schawwal شوال",
    "dhu_al_qadah dhul_qadah dhu_l_qada ذو_القعدة ذي_القعدة",
    "dhu_al_hijjah dhul_hijjah dhu_l_hiddscha ذو_الحجة ذي_الحجة",
)  # fmt: skip

_VOWELS_AND_TATWEEL = re.compile("[\u0640\u064b-\u0652\u0670]")
_APOSTROPHES = re.compile("['`\u2018\u2019\u02bf\u02be]")
_ALEFS = dict.fromkeys(map(ord, "أإآٱ"), "\u0627")


def _comparable(word: str) -> str:
    bare = _VOWELS_AND_TATWEEL.sub("", unicodedata.normalize("NFC", word.casefold()))
    return _APOSTROPHES.sub("", bare).translate(_ALEFS)


def _numbered(months: tuple[str, ...]) -> dict[str, int]:
    return {
        _comparable(name.replace("_", " ")): number
        for number, names in enumerate(months, start=1)
        for name in names.split()
    }


_IN_ENGLISH = _numbered(_ENGLISH)
_IN_HIJRI = _numbered(_HIJRI)
_IN_OTHERS = {"de": _numbered(_GERMAN), "ar": _numbered(_ARABIC)}


def month_number(word: str, language: str) -> int | None:
    """1 to 12 for a month's name or its usual short form; None where it is no month's name."""
    name = _comparable(word)
    return _IN_ENGLISH.get(name) or _IN_OTHERS.get(language.partition("_")[0], {}).get(name)


def hijri_month_number(word: str) -> int | None:
    """1 to 12 for a month of the Hijri calendar, in Arabic or in the usual Latin spellings."""
    return _IN_HIJRI.get(_comparable(word))
