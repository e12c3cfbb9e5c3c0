"""The real window with a nurse who does what she is told, line by line, and says what she sees.

    python -m tests.faults.window_program SITE [LANGUAGE [THEME]]

``type ITEM TEXT`` writes a text into a vital sign and presses Enter; ``enter`` presses Enter once more;
``picture FILE`` keeps what the window shows; ``patience N`` lets it wait so many milliseconds for a lock, on
its next connection; ``quit`` closes it. After each of them a line of JSON tells what stands in that field,
the sentences below it, the bands above the pages, the words of the status bar, and how long the window did
not answer.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crfapp.bootstrap.ground import SystemClock
from crfapp.bootstrap.window import window_parts
from crfapp.present.texts import ISOLATES
from crfapp.store import standing
from crfapp.ui.fields import FieldEditor
from crfapp.ui.preferences import Preferences
from crfapp.ui.running import application, show_window
from crfapp.ui.shell.unforeseen import say_unforeseen
from crfapp.ui.widgets import InlineMessage
from tests.faults.typing_program import FIRST, Nurse, warm_up
from tests.support.real_site import NURSE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crfapp.ui.theme.tokens import ThemeName

RETURN = Qt.Key.Key_Return


class ToldNurse(Nurse):
    """Sits at the window and does as she is told."""

    item = FIRST

    def editors(self) -> list[FieldEditor]:
        return [one for one in self.frame.findChildren(FieldEditor, self.item) if one.isVisible()]

    @property
    def editor(self) -> FieldEditor:
        return self.editors()[0]

    def write(self, item: str, text: str) -> float:
        """Into a question, with Enter; how long the window was busy with that."""
        self.item = item
        self.frame.go(replace(self.start, item=item))
        self.until(lambda: bool(self.editors()))
        self.editor.focus_first()
        field = cast("QWidget", self.app.focusWidget())
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(field, text)
        return self.enter()

    def enter(self) -> float:
        began = time.monotonic()
        self.press(RETURN)
        return time.monotonic() - began

    def sees(self, seconds: float) -> dict[str, object]:
        self.app.processEvents()
        said = [m.text.text() for m in self.frame.findChildren(InlineMessage) if m.isVisible()]
        return {
            "field": self.editor.raw(),
            "shown": self.editor.shown,
            "said": [words.translate(ISOLATES) for words in said],
            "bands": [banner.toolTip() for banner in self.frame.notices.banners.values()],
            "band_words": [b.accessibleName() for b in self.frame.notices.banners.values()],
            "saved": self.frame.status.saved.text().translate(ISOLATES),
            "seconds": seconds,
        }


def main(folder: Path, language: str, theme: str) -> None:
    warm_up()
    app = application()
    wished = Preferences(language=language, theme=cast("ThemeName", theme))
    window = show_window(window_parts(folder, SystemClock()), wished)
    say_unforeseen(window)
    nurse = ToldNurse(app, window)
    nurse.log_in(NURSE)
    nurse.begin(lambda: None)
    tell(nurse.sees(0.0))
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        seconds = 0.0
        match word:
            case "type":
                seconds = nurse.write(*rest.split(" ", 1))
            case "enter":
                seconds = nurse.enter()
            case "patience":
                standing.PATIENCE_MILLISECONDS = int(rest)
            case "picture":
                window.grab().save(rest)
            case "quit":
                window.close()
                break
            case _:
                raise ValueError(f"nobody told the nurse what {word} means")
                raise SystemExit(f"what is {word}?")
        tell(nurse.sees(seconds))
    tell({"closed": True})


def tell(seen: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(seen) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(sys.argv[2:] + ["en", "light"][len(sys.argv) - 2 :]))
