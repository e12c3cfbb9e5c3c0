"""The app's own texts: find them in the source, and bring the catalogues of every language up to date.

``make messages`` writes ``resources/translations/crfapp.pot`` and updates each ``crfapp.po`` beside it.
Calls are found in the syntax tree, not by Babel's reading of tokens: that one sees inside f-strings on some
versions of Python only, and glues the two texts of ``say("a" if x else "b")`` together. Neither places nor
dates are written, so that a file changes only when a text does.
"""

from __future__ import annotations

import ast
import io
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[1]
DOMAIN = "crfapp"
TRANSLATIONS = ROOT / "resources" / "translations"
PLURALS = {
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
    ),
    "de": "nplurals=2; plural=(n != 1);",
}
"""Language -> how a number finds its form, as CLDR says it."""

KEYWORDS = {"say": 1, "_say": 1, "texts": 1, "_texts": 1, "N_": 1, "many": 2}
"""The last name of what is called -> how many of its first arguments are texts."""

_HEADER = """\
# The words of crfapp's window, paper, workbook and command line.
# Written by `make messages`, apart from the translations.
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""

Message = str | tuple[str, str]


class UnreadableMessage(Exception):
    """A text is put together where it is said, so no translator can ever see it whole."""


def messages_in(source: str, name: str) -> Iterator[Message]:
    """Every text of one module; UnreadableMessage for ``say(f"...")`` and ``say("a" + b)``."""
    for node in ast.walk(ast.parse(source, filename=name)):
        if isinstance(node, ast.Call) and _last_name(node.func) in KEYWORDS:
            wanted = KEYWORDS[_last_name(node.func)]
            texts = [list(_literals(argument, name)) for argument in node.args[:wanted]]
            if wanted == 1:
                yield from (text for found in texts for text in found)
            elif all(texts) and len(texts) == wanted:
                yield texts[0][0], texts[1][0]


def extracted(root: Path = ROOT) -> Catalog:
    """The template: every text of ``crfapp``, not translated."""
    template = Catalog(domain=DOMAIN)
    for path in sorted((root / "crfapp").rglob("*.py")):
        for message in messages_in(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()):
            # a text with a plural is one message also where its singular is said alone
            if isinstance(message, tuple) or message not in template:
                template.add(message)
    return template


def read_catalogue(language: str, folder: Path = TRANSLATIONS) -> Catalog:
    """What is translated so far: nothing for a language that is new."""
    place = place_of(language, folder)
    written = place.read_bytes() if place.exists() else _header(language).encode()
    return read_po(io.BytesIO(written), locale=language, domain=DOMAIN)


def place_of(language: str, folder: Path = TRANSLATIONS) -> Path:
    """Where gettext looks for a language, in the written form."""
    return folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def update(languages: Iterable[str] = tuple(PLURALS), folder: Path = TRANSLATIONS) -> None:
    """Write the template, and each catalogue with what it lacks (empty) and without what nobody says now."""
    template = extracted()
    _write(template, folder / f"{DOMAIN}.pot")
    for language in languages:
        catalogue = read_catalogue(language, folder)
        # a guess would look like a translation
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        _write(catalogue, place_of(language, folder), language)


def _last_name(called: ast.expr) -> str:
    match called:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _literals(argument: ast.expr, name: str) -> Iterator[str]:
    match argument:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from _literals(one, name)
            yield from _literals(other, name)
        case ast.JoinedStr() | ast.BinOp():
            raise UnreadableMessage(f"{name}:{argument.lineno}: give facts by name: say('{{a}} ...', a=a)")
        case _:  # marked with N_ where it is written
            pass


def _header(language: str) -> str:
    own = f'"Language: {language}\\n"\n"Plural-Forms: {PLURALS[language]}\\n"\n' if language else ""
    return _HEADER + own + "\n"


def _write(catalogue: Catalog, place: Path, language: str = "") -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        file.write(_header(language).encode())
        write_po(file, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)


if __name__ == "__main__":
    update()
