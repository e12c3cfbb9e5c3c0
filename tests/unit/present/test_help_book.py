"""The help is found, in the reader's language or honestly in English."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from crfapp.bootstrap.ground import translations_folder
from crfapp.present.help_book import ORDER, SAME, HelpBook, mark_of
from crfapp.present.texts import LANGUAGES, Texts
from crfapp.ui.icons import STATUS_TOKENS
from crfapp.ui.shell.rail import BELOW
from crfapp.ui.shell.rail import ORDER as RAIL

ROOT = Path(__file__).parents[3]
HELP = ROOT / "resources" / "help"
LEAST, MOST = 80, 280
_STARRED = re.compile(r"(?<![*])\*([^*\n]+)\*(?![*])")
_KEY = re.compile(r"`((?:Ctrl|Alt|Shift)\+[^`]+|F\d|[A-Z])`")


def book(language: str = "en", folder: Path = HELP) -> HelpBook:
    return HelpBook(folder, Texts(language, translations_folder()))


def spoken() -> set[str]:
    """Every text in the sources of the program."""
    return {
        node.value
        for path in (ROOT / "crfapp").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_page_of_the_window_has_its_help() -> None:
    for key in (*RAIL, *BELOW):
        assert SAME.get(key, key) in ORDER, key
    assert sorted(path.stem for path in HELP.glob("*.md")) == sorted(ORDER)


@pytest.mark.parametrize("key", ORDER)
def test_a_page_is_short_and_says_what_to_do_when(key: str) -> None:
    page = book().page(key)
    assert LEAST <= len(page.plain.split()) <= MOST
    assert key in ("keys", "signs") or "## When" in page.text


def test_buttons_that_the_help_names_are_there() -> None:
    said = spoken()
    named = {(page.key, name) for page in book().pages() for name in _STARRED.findall(page.text)}
    assert sorted((key, name) for key, name in named if name not in said) == []
    assert len(named) > 50


def test_links_and_signs_of_the_help_lead_somewhere() -> None:
    for page in book().pages():
        assert set(re.findall(r"\(help:([^)]*)\)", page.text)) <= set(ORDER), page.key
        assert set(re.findall(r"\(sign:([^)]*)\)", page.text)) <= set(STATUS_TOKENS), page.key


def test_the_page_of_signs_shows_every_sign() -> None:
    assert set(re.findall(r"\(sign:([^)]*)\)", book().page("signs").text)) == set(STATUS_TOKENS)


def test_words_find_pages_those_in_titles_first() -> None:
    assert [page.key for page in book().find("recovery sheet")] == ["first-run", "administration"]
    assert book().find("photographs")[0].key == "photographs"
    assert [page.key for page in book().find("LOUPE")] == ["tracer"]
    assert book().find("zebra crossing") == ()
    assert len(book().find("")) == len(ORDER)


def test_a_page_of_no_window_page_is_that_of_today() -> None:
    assert book().page("nowhere").key == "today"
    assert book().page("masking").key == "photographs"


def test_a_translation_counts_only_for_the_english_that_it_was_made_from(tmp_path: Path) -> None:
    for key in ORDER:
        (tmp_path / f"{key}.md").write_text(f"# {key}\n\nIn English.\n", encoding="utf-8")
    german = tmp_path / "de"
    german.mkdir()
    source = (tmp_path / "today.md").read_text(encoding="utf-8")
    (german / "today.md").write_text(f"{mark_of(source)}# Heute\n\nAuf Deutsch.\n", encoding="utf-8")
    shelf = book("de", tmp_path)
    assert (shelf.page("today").title, shelf.remark(shelf.page("today"))) == ("Heute", "")
    assert shelf.page("audit").language == "en"
    assert shelf.remark(shelf.page("audit")) != ""
    (tmp_path / "today.md").write_text("# Today\n\nSomething new.\n", encoding="utf-8")
    assert shelf.page("today").title == "Today"


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_the_help_is_complete_and_of_today_in_every_language(language: str) -> None:
    shelf = book(language)
    assert [page.key for page in shelf.pages() if page.language != language] == []


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_a_translated_page_keeps_keys_signs_links_and_headings(language: str) -> None:
    for page, source in zip(book(language).pages(), book().pages(), strict=True):
        for what in (r"\(sign:[^)]*\)", r"\(help:[^)]*\)", r"^## "):
            found = sorted(re.findall(what, page.text, re.MULTILINE))
            assert found == sorted(re.findall(what, source.text, re.MULTILINE)), page.key
        assert sorted(_KEY.findall(page.text)) == sorted(_KEY.findall(source.text)), page.key
