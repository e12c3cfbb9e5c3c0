"""What the window shows where there is no site yet: founding one, joining one, restoring one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from crfapp.present.joining_in import JoiningIn
from crfapp.present.restoring_in import RestoringIn
from crfapp.ui.first_run.assistant import Assistant, first_run_of
from crfapp.ui.first_run.joining import JoinPage
from crfapp.ui.first_run.restoring import RestorePage

if TYPE_CHECKING:
    from crfapp.present.entrance import Door
    from crfapp.present.first_run import FirstRun
    from crfapp.present.lane import Lane
    from crfapp.present.texts import Texts
    from crfapp.ui.entrance.face import Face
    from crfapp.ui.preferences import Preferences
    from crfapp.ui.shell.parts import WindowParts

MakeFace = Callable[["Texts", "Preferences"], "Face"]


class Speaker(Protocol):
    """A presenter in front of the records, in the language of the window."""

    def speak(self, say: Texts, /) -> None:
        """Change the language."""


class Beginning:
    """``show`` brings a page to the front; ``begun`` is told the door and who goes to it first."""

    def __init__(
        self,
        parts: WindowParts,
        lane: Lane,
        show: Callable[[Speaker, MakeFace], None],
        begun: Callable[[Door | None, str], None],
    ) -> None:
        self._parts, self._lane, self._show, self._begun = parts, lane, show, begun

    def found(self, say: Texts) -> None:
        """The assistant that founds a site."""
        run = first_run_of(self._parts, self._lane, say)
        self._show(run, lambda say, wanted: self._assistant(run, say, wanted))

    def join(self, say: Texts) -> None:
        """Beginning a workstation from an invitation."""
        if self._parts.joiner is not None:
            run = JoiningIn(self._parts.joiner, self._lane, say)
            self._show(run, lambda say, wanted: self._page(run, say, wanted))

    def restore(self, say: Texts) -> None:
        """Putting a site to work again out of a copy."""
        if self._parts.restorer is not None:
            run = RestoringIn(self._parts.restorer, self._lane, say)
            self._show(run, lambda say, wanted: self._restoring(run, say, wanted))

    def _assistant(self, run: FirstRun, say: Texts, wanted: Preferences) -> Assistant:
        page = Assistant(run, self._parts.clock, say, wanted, joins=self._parts.joiner is not None)
        page.founded.connect(lambda: self._begun(run.door, run.view.values.get("login", "")))
        page.join_wanted.connect(lambda: self.join(say))
        page.restore_wanted.connect(lambda: self.restore(say))
        return page

    def _restoring(self, run: RestoringIn, say: Texts, wanted: Preferences) -> RestorePage:
        page = RestorePage(run, say, wanted)
        page.ready.connect(lambda: self._begun(run.door, run.view.values.get("login", "")))
        page.given_up.connect(lambda: self.found(say))
        return page

    def _page(self, run: JoiningIn, say: Texts, wanted: Preferences) -> JoinPage:
        page = JoinPage(run, say, wanted)
        page.ready.connect(lambda: self._begun(run.door, run.view.values.get("login", "")))
        page.given_up.connect(lambda: self.found(say))
        return page
