"""What can be started on every page, and the keys that hold everywhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crfapp.present.address import Address
from crfapp.present.palette import Action, Hit
from crfapp.present.texts import LANGUAGES
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.shell.person_menu import THEME_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.present.texts import Texts
    from crfapp.ui.preferences import Preferences
    from crfapp.ui.shell.frame import Frame

NUMBERED = 9
"""So many pages of the rail have a digit of their own; there is no key ten."""

_THEME_ICONS = {"light": "sun", "dark": "moon", "contrast": "eye"}


def frame_actions(frame: Frame, say: Texts) -> list[Action]:
    """Lock, leave, keys, languages and appearances other than the present ones."""
    now = frame.preferences

    def wish(wanted: Preferences) -> Callable[[], None]:
        return lambda: frame.preferences_wanted.emit(wanted)

    def leave() -> None:
        frame.window().close()

    actions = [
        Action("lock", say("Lock"), frame.lock_wanted.emit, keys="Ctrl+L", icon="lock"),
        Action("switch", say("Change user"), frame.switch_wanted.emit, keys="Ctrl+Shift+L", icon="switch"),
        Action("password", say("Change my password"), frame.password_wanted.emit, icon="lock"),
        Action("help", say("Help"), frame.show_help, keys="F1", icon="help"),
        Action("about", say("About crfapp"), frame.help.show_about, icon="info"),
        Action("keys", say("Keys of this page"), frame.show_keys, keys="?", icon="help"),
        Action("log-out", say("Log out"), frame.log_out_wanted.emit, icon="close"),
        Action("quit", say("Quit"), leave, keys="Ctrl+Q", icon="close"),
    ]
    actions += [
        Action(f"language-{code}", name, wish(replace(now, language=code)), say("Language"), icon="language")
        for code, name in LANGUAGES.items()
        if code != now.language
    ]
    actions += [
        Action(
            f"theme-{theme}",
            say(words),
            wish(replace(now, theme=theme)),
            say("Appearance"),
            icon=_THEME_ICONS[theme],
        )
        for theme, words in THEME_WORDS.items()
        if theme != now.theme
    ]
    return actions


def fixed_hits(frame: Frame, say: Texts) -> list[Hit]:
    """What the palette offers beside the places of the study: pages, and what can be started here."""
    order = [entry.page for entry in frame.rail.entries]
    pages = [
        Hit(
            page.title(),
            "",
            Address(page.key),
            icon=page.icon,
            keys=f"Ctrl+{place}" if place <= NUMBERED else "",
        )
        for place, page in enumerate(order, start=1)
    ]
    actions = [action for page in frame.pages for action in page.actions()]
    return pages + [
        Hit(action.title, action.detail, None, action, icon=action.icon, keys=action.keys)
        for action in (*actions, *frame_actions(frame, say))
    ]


def everywhere_keys(say: Texts, pages: int) -> tuple[KeyLine, ...]:
    """The keys of the frame; ``pages`` is how many stand on the rail."""
    rail = f"Ctrl+1 … Ctrl+{min(pages, NUMBERED)}" if pages > 1 else "Ctrl+1"
    return (
        KeyLine("Ctrl+K", say("go to a subject, visit, form, question or action")),
        KeyLine("Ctrl+L", say("lock the window")),
        KeyLine("Ctrl+Shift+L", say("let a colleague in; your place is kept")),
        KeyLine(rail, say("open a page of the rail")),
        KeyLine("F1", say("help for the page; in a question, for the question")),
        KeyLine("?", say("show these keys")),
        KeyLine("F8", say("go to the clocks of those who are being watched")),
        KeyLine("Ctrl+Q", say("save what stands in the field, and quit")),
    )
