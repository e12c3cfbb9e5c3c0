"""``crfapp study preview``: walk through the forms of a pack, in a window or as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.packs import PackFolder, load, say_faults
from crfapp.cli.saying import NOT_WELL, problems_said

if TYPE_CHECKING:
    from crfapp.cli.parts import Parts
    from crfapp.present.preview_page import Preview
    from crfapp.present.preview_text import Wish
    from crfapp.present.texts import Texts

Language = Annotated[str, typer.Option("--language", help="Language of forms and reasons.")]
Visit = Annotated[str, typer.Option("--visit", help="Visit (OID); else the first that holds the form.")]
Form = Annotated[str, typer.Option("--form", help="Form (OID).")]
Answers = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        help="Answer, given in this order: ITEM=VALUE, ROW/ITEM=VALUE, FORM.ITEM=VALUE, "
        "FORM@VISIT.ITEM=VALUE; missing:CODE for a missing answer. Prints text.",
    ),
]
AsText = Annotated[bool, typer.Option("--text", help="Print text, also where there is a display.")]


def add_preview_command(study: typer.Typer, parts: Parts) -> None:
    """Add ``study preview``."""

    @study.command()
    def preview(
        path: PackFolder,
        language: Language = "",
        visit: Visit = "",
        *,
        form: Form = "",
        answers: Answers = None,
        as_text: AsText = False,
    ) -> None:
        """Try the forms of a pack without a site. Nothing is recorded."""
        from crfapp.study.study import Study

        wishes = [_read(text, parts.texts) for text in answers or ()]
        loaded = load(path, parts)
        if loaded.pack is None or loaded.errors:
            say_faults(loaded, parts)
            raise typer.Exit(NOT_WELL)
        _refuse_unknown(language, loaded.pack.head.languages, parts.texts)
        with problems_said(parts.texts):
            made = parts.preview(Study(loaded.pack), language)
            if as_text or wishes or not parts.has_display():
                _print(made, visit, form, wishes)
            else:
                from crfapp.present.address import Address

                raise typer.Exit(parts.open_preview(made, Address("preview", visit=visit, form=form)))


def _refuse_unknown(language: str, known: tuple[str, ...], say: Texts) -> None:
    """Neither the pack nor the program speaks it."""
    from crfapp.present.texts import LANGUAGES

    if language and language not in {*known, *LANGUAGES}:
        words = say("The pack speaks {languages}.", languages=", ".join(known))
        raise typer.BadParameter(words, param_hint="--language")


def _read(text: str, say: Texts) -> Wish:
    from crfapp.present.preview_text import PLACE_WANTED, Wish

    try:
        return Wish.read(text)
    except ValueError:
        raise typer.BadParameter(f"{text}: {say(PLACE_WANTED)}", param_hint="--set") from None


def _print(made: Preview, visit: str, form: str, wishes: list[Wish]) -> None:
    """The form as text; without a form, what there is to choose from."""
    from crfapp.present.preview_text import TextPreview

    if not form:
        raise typer.BadParameter(
            made.say("Name a form: {forms}", forms=", ".join(made.study.forms)), param_hint="--form"
        )
    shown = TextPreview(made, visit, form)
    for wish in wishes:
        shown.give(wish)
    for line in shown.lines():
        typer.echo(line)
