"""What a centre hands out of its sites, and the cards by which it and its sites come to know each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.exchange.centre_views import Handed, HandingWish
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import N_, isolated
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crfapp.exchange.centre_views import HandedOut
    from crfapp.present.centre_desk import CentreDesk
    from crfapp.present.lane import Lane, Steps, Stop
    from crfapp.present.workplace import Workplace

FORMS = (
    (Handed.WORKBOOK.value, N_("Workbooks")),
    (Handed.CSV.value, N_("CSV")),
    (Handed.ODM.value, N_("CDISC ODM")),
    (Handed.STATE.value, N_("State, for the site to compare")),
)
ALL = "all"


@dataclass(frozen=True, slots=True)
class HandOutView:
    """What can be handed out. ``written`` are (site, file, SHA-256) of the last time."""

    may_export: bool
    sites: tuple[tuple[str, str], ...] = ()
    running: str = ""
    problem: str = ""
    written: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CardsView:
    """The centre's own code, and a site's card: ``read`` names the site, ``code`` is what is compared."""

    may_add: bool
    own_code: str = ""
    read: str = ""
    code: str = ""
    done: str = ""
    problem: str = ""


class CentreHandOut:
    """The presenter of handing out: a file or folder for each site, read back and compared."""

    def __init__(self, workplace: Workplace, lane: Lane, desk: CentreDesk) -> None:
        self._at, self._lane, self._desk = workplace, lane, desk
        self._show: Callable[[HandOutView], None] = lambda _: None
        self._stop: Stop | None = None
        self.view = HandOutView(workplace.actor.may(Right.EXPORT))

    def watch(self, show: Callable[[HandOutView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def refresh(self) -> None:
        """Look which sites there are."""
        every = (ALL, self._at.texts("All sites"))
        self._become(sites=(every, *((one.site, one.code) for one in self._desk.sites())))

    def hand_out(self, wanted: str, form: str, folder: Path, password: str, again: str) -> None:
        """Write the data of one site or of all into a new folder; nothing is overwritten."""
        if self.view.running or not self.view.may_export:
            return
        say, desk = self._at.texts, self._desk
        if form == Handed.WORKBOOK and password != again:
            self._become(problem=say("The two passwords differ."))
            return
        sites = [one for one in desk.sites() if wanted in (ALL, one.site)]
        wish = HandingWish(folder, Handed(form), say.language, password)

        def work(steps: Steps) -> Sequence[HandedOut]:
            return desk.hand_out(sites, wish, steps)

        self._become(running=say("writing the data and reading it back"), problem="", written=())
        self._stop = self._lane.start(work, done=self._done, failed=self._failed, title=say("Handing out"))

    def cancel(self) -> None:
        """Stop before the next site."""
        if self._stop is not None:
            self._stop()

    def _done(self, found: Sequence[HandedOut]) -> None:
        written = tuple((isolated(one.site), isolated(str(one.path)), one.sha256) for one in found)
        nothing = "" if written else self._at.texts("Nothing came of these sites yet.")
        self._become(running="", written=written, problem=nothing)

    def _failed(self, problem: AppProblem) -> None:
        self._become(running="", problem=" ".join(filter(None, problem_text(problem, self._at.texts))))

    def _become(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]  # fields of many kinds
        self._show(self.view)


class CentreCards:
    """The presenter of cards. ``added`` is called after a site was added."""

    def __init__(self, workplace: Workplace, desk: CentreDesk, added: Callable[[], None]) -> None:
        self._at, self._desk, self._added = workplace, desk, added
        self._show: Callable[[CardsView], None] = lambda _: None
        self._file: Path | None = None
        self.view = CardsView(workplace.actor.may(Right.ADMINISTER))

    def watch(self, show: Callable[[CardsView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def refresh(self) -> None:
        """Look for the centre's own code."""
        self._become(own_code=self._desk.own_code())

    def give(self, target: Path) -> None:
        """Write the centre's card for its sites."""
        self._try(lambda: self._desk.give_card(target))
        if not self.view.problem:
            self._become(done=self._at.texts("Saved: {file}", file=isolated(target.name)))

    def read(self, file: Path) -> None:
        """Read a site's card; nothing is taken from it before its code was compared."""
        self._file = None
        self._become(read="", code="")

        def read() -> None:
            card = self._desk.read_card(file)
            self._file = file
            self._become(read=f"{isolated(card.code)} {card.name}", code=card.compared)

        self._try(read)

    def add(self, heard: str) -> None:
        """Take in packages of this site from now on; ``heard`` is the code that the site read out."""

        def add() -> None:
            if self._file is None:
                return
            if _plain(heard) != _plain(self.view.code):
                raise RefusedError(Code.CARD_DIFFERS, site=self.view.read)
            site = self._desk.add(self._file)
            self._file = None
            said = self._at.texts(
                "Packages of site {site} are taken in from now on.", site=isolated(site.code)
            )
            self._become(read="", code="", done=said)
            self._added()

        self._try(add)

    def _try(self, act: Callable[[], None]) -> None:
        self._become(done="", problem="")
        try:
            act()
        except AppProblem as problem:
            self._become(problem=" ".join(filter(None, problem_text(problem, self._at.texts))))

    def _become(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]  # fields of many kinds
        self._show(self.view)


def _plain(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())
