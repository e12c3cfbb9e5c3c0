"""Whoever reads the window in Arabic or German reads all of it so, and every text in its right words."""

from __future__ import annotations

import ast
import io
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from crfapp.present.texts import LANGUAGES, Texts
from tests.guards.catalogues import faults_of, unspoken_words, window_sources
from tests.guards.sources import Source
from tests.support.catalogues import compiled_catalogues
from tools.messages import PLURALS, TRANSLATIONS, UnreadableMessage, extracted, messages_in, read_catalogue

if TYPE_CHECKING:
    from pathlib import Path

_ARABIC = f'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"Plural-Forms: {PLURALS["ar"]}\\n"\n\n'


@pytest.fixture(scope="module")
def template() -> Catalog:
    return extracted()


def ids(catalogue: Catalog) -> set[str]:
    return {str(message.id) for message in catalogue if message.id}


def catalogue(*entries: str) -> Catalog:
    return read_po(io.BytesIO((_ARABIC + "\n\n".join(entries)).encode()), locale="ar")


def asked(*messages: str | tuple[str, str]) -> Catalog:
    template = Catalog()
    for message in messages:
        template.add(message)
    return template


@pytest.mark.parametrize("language", sorted(PLURALS))
def test_every_text_is_translated_and_nothing_else_is(language: str, template: Catalog) -> None:
    faults = faults_of(read_catalogue(language), template)
    assert not faults, "run `make messages` and translate:\n" + "\n".join(faults)


def test_the_template_for_a_new_language_is_of_today(template: Catalog) -> None:
    with (TRANSLATIONS / "crfapp.pot").open("rb") as file:
        assert ids(read_po(file)) == ids(template), "run `make messages`"


def test_every_language_of_the_window_has_a_catalogue() -> None:
    assert set(PLURALS) == set(LANGUAGES) - {"en"}


def test_the_compiled_catalogues_speak(tmp_path: Path) -> None:
    folder = compiled_catalogues(tmp_path)
    said = {language: Texts(language, folder)("Subjects") for language in LANGUAGES}
    assert said == {"en": "Subjects", "de": "Patienten", "ar": "المشاركون"}


def test_words_reach_a_window_only_through_say() -> None:
    assert not unspoken_words(window_sources())


# ---------------------------------------------------------------- the guard notices


def test_a_text_without_translation_is_noticed() -> None:
    assert faults_of(catalogue(), asked("Save")) == ["said, but not in the catalogue: 'Save'"]
    empty = catalogue('msgid "Save"\nmsgstr ""')
    assert faults_of(empty, asked("Save")) == ["not translated: 'Save'"]


def test_a_guess_is_noticed() -> None:
    guessed = catalogue('#, fuzzy\nmsgid "Save"\nmsgstr "حفظ"')
    assert faults_of(guessed, asked("Save")) == ["only a guess (fuzzy): 'Save'"]


def test_a_text_that_nobody_says_is_noticed() -> None:
    assert faults_of(catalogue('msgid "Fax"\nmsgstr "فاكس"'), asked()) == ["nobody says this any more: 'Fax'"]


@pytest.mark.parametrize("translated", ["حُفظ", "حُفظ {times}", "حُفظ {time} {time}"])
def test_a_lost_renamed_or_doubled_place_is_noticed(translated: str) -> None:
    found = catalogue(f'msgid "Saved {{time}}"\nmsgstr "{translated}"')
    assert faults_of(found, asked("Saved {time}")) == ["other places than ['time']: 'Saved {time}'"]


def test_an_arabic_plural_needs_its_six_forms_and_its_number() -> None:
    days = ("{count} day", "{count} days")
    head = 'msgid "{count} day"\nmsgid_plural "{count} days"\n'
    forms = ["لا أيام", "يوم واحد", "يومان", "{count} أيام", "{count} يومًا", "{count} يوم"]
    written = "\n".join(f'msgstr[{number}] "{form}"' for number, form in enumerate(forms))
    assert not faults_of(catalogue(head + written), asked(days))
    gap = written.replace("{count} يومًا", "")
    assert faults_of(catalogue(head + gap), asked(days)) == ["not translated: '{count} day'"]
    numberless = written.replace("{count} أيام", "أيام")
    assert faults_of(catalogue(head + numberless), asked(days)) == [
        "other places than ['count']: '{count} day'"
    ]


def test_an_open_isolate_and_arabic_digits_are_noticed() -> None:
    found = catalogue('msgid "Type it as 14:05."\nmsgstr "\u206614:05 ١"')
    assert faults_of(found, asked("Type it as 14:05.")) == [
        "an isolate is not closed: 'Type it as 14:05.'",
        "digits other than 0 to 9: 'Type it as 14:05.'",
    ]


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ('say("a")', ["a"]),
        ('self._say("a", time=1)', ["a"]),
        ('at.texts("a")', ["a"]),
        ('self._at.texts("a")', ["a"]),
        ('N_("a")', ["a"]),
        ('say.many("one", "several", 2)', [("one", "several")]),
        ('self._at.texts.many("one", "several", 2)', [("one", "several")]),
        ('say("a" if new else "b")', ["a", "b"]),
        ("f\"<b>{escape(say('a'))}</b>\"", ["a"]),
        ('say("a" "b")', ["ab"]),
        ("say(words)", []),
        ('hush("a")', []),
    ],
)
def test_every_way_of_saying_is_found(call: str, found: list[str | tuple[str, str]]) -> None:
    assert list(messages_in(call, "page.py")) == found


@pytest.mark.parametrize("call", ['say(f"Saved {time}")', 'say("Saved " + time)'])
def test_a_text_put_together_where_it_is_said_is_refused(call: str) -> None:
    with pytest.raises(UnreadableMessage):
        list(messages_in(call, "page.py"))


@pytest.mark.parametrize(
    "shown",
    [
        'label.setText("Save now")',
        'Button("Save", parent=self)',
        'line.setPlaceholderText(f"<b>Find {name}</b>")',
        'label.setText("Late" if late else say("Due"))',
        'menu.addAction("Log out")',
        'KeyLine("F3", "history")',
        'table.setHeaderLabels(["Visit", say("Form")])',
    ],
)
def test_words_beside_the_catalogue_are_noticed(shown: str) -> None:
    assert len(unspoken_words([Source("page.py", shown, ast.parse(shown))])) == 1


@pytest.mark.parametrize(
    "shown",
    [
        'label.setText(say("Save now"))',
        'self.lock.setToolTip("Ctrl+L")',
        'self.setWindowTitle("crfapp")',
        'label.setText(f"<b>{day}</b>&nbsp;{count}/{total}")',
        'KeyLine("Ctrl+K", say("history"))',
        'label.setText("")',
    ],
)
def test_signs_keys_and_the_name_of_the_program_are_no_words(shown: str) -> None:
    assert not unspoken_words([Source("page.py", shown, ast.parse(shown))])


@pytest.mark.parametrize("language", sorted(PLURALS))
def test_every_catalogue_compiles_without_a_complaint(language: str) -> None:
    """``% of`` in a text is taken for a place to fill in, and then nothing is compiled at set-up."""
    complaints = [
        (message.id, list(map(str, errors))) for message, errors in read_catalogue(language).check()
    ]
    assert complaints == []
