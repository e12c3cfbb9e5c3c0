"""Logging in and unlocking: what the page shows, and one attempt after another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from crfapp.base.problems import AppProblem, Code
from crfapp.present.problem_texts import problem_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.present.entrance import Door
    from crfapp.present.lane import Lane, Steps
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace

Place = Literal["login", "password", ""]
Leaving = Literal["logout", "lock", "idle", "switch", "limit"]
"""How somebody leaves: ``switch`` for a colleague who takes over, ``limit`` after the longest session."""

CLOSED: dict[Leaving, str] = {
    "logout": "logout",
    "lock": "lock",
    "idle": "idle",
    "switch": "lock",
    "limit": "limit",
}
"""What the records say of it."""


@dataclass(frozen=True, slots=True)
class LoginView:
    """What the page shows. ``place``: the field that ``problem`` stands at; empty where it stands below all.

    ``attempts`` grows with each refusal: the password that was typed then is to be cleared.
    """

    label: str
    login: str = ""
    left: Leaving = "logout"
    locked: bool = False
    busy: bool = False
    problem: str = ""
    place: Place = ""
    attempts: int = 0


class Login:
    """The presenter of the login and lock pages. ``left``: who was here last, and how they went.

    ``due`` counts the clocks that are due, whoever they are for.
    The password is handed on and not kept: ``entered`` is given it for the one step that may need it.
    """

    def __init__(
        self,
        door: Door,
        lane: Lane,
        say: Texts,
        *,
        entered: Callable[[Workplace, str], None],
        login: str = "",
        left: tuple[str, Leaving] = ("", "logout"),
    ) -> None:
        self._door, self._lane, self._say = door, lane, say
        self._entered = entered
        self.due: Callable[[], int] = lambda: 0
        last, how = left
        self._locked_by = last if how in ("lock", "idle") else ""
        awaited = last if how in ("lock", "idle", "limit") else ""
        self._show: Callable[[LoginView], None] = lambda _: None
        self.view = LoginView(door.label, login or awaited, how if last else "logout", bool(self._locked_by))

    def watch(self, show: Callable[[LoginView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def speak(self, say: Texts) -> None:
        """Change the language; a sentence in the old one is taken away."""
        self._say = say
        self._become(problem="")

    def tell(self, problem: AppProblem) -> None:
        """Show a problem that came from elsewhere, such as the end of the last session."""
        self._become(problem=" ".join(problem_text(problem, self._say)), place="")

    def try_in(self, login: str, password: str) -> None:
        """One attempt; ``entered`` is told where it succeeds."""
        login = login.strip()
        if self.view.busy:
            return
        if not login:
            self._become(problem=self._say("Type your user name."), place="login")
            return
        if not password:
            self._become(login=login, problem=self._say("Type your password."), place="password")
            return
        self._become(login=login, busy=True, problem="", place="")
        language, unlock = self._say.language, login == self._locked_by

        def open_door(_: Steps) -> Workplace:
            return self._door.log_in(login, password, language=language, unlock=unlock)

        self._lane.start(open_door, done=lambda at: self._in(at, password), failed=self._refused)

    def _in(self, workplace: Workplace, password: str) -> None:
        self._become(busy=False, problem="")
        self._entered(workplace, password)

    def _refused(self, problem: AppProblem) -> None:
        place: Place = "password" if problem.code in (Code.WRONG_LOGIN, Code.LOCKED_OUT) else ""
        sentence = " ".join(problem_text(problem, self._say))
        self._become(busy=False, problem=sentence, place=place, attempts=self.view.attempts + 1)

    def _become(self, **changed: object) -> None:
        self.view = replace(self.view, **changed)  # type: ignore[arg-type]  # the fields of the view
        self._show(self.view)
