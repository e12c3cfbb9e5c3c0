"""The Tracer page: an area item of one lesion at one visit, drawn on a photograph of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from crfapp.base.problems import AppProblem, Code
from crfapp.ledger.keys import ItemKey
from crfapp.present.problem_texts import problem_text
from crfapp.present.tracer_hold import DrawingInHand
from crfapp.present.tracer_outlines import TracerOutlines
from crfapp.present.tracer_standing import ghost_over, measuring_at, standing_of
from crfapp.present.tracer_view import Figures, TracerView
from crfapp.work.outlines import DrawOutline, SettleOutline

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.present.address import Address
    from crfapp.present.ghost import Lines
    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.tracer_drafts import Draft
    from crfapp.present.workplace import Workplace

T = TypeVar("T")
PLACE = "tracer"
_SAID = ("aside", "reason", "problem", "done")
"""What the view says of the drawing, not of the item."""


class TracerPage(DrawingInHand):
    """Shows how an area item stands, measures the drawing, and has it recorded."""

    def __init__(self, at: Workplace, room: PhotoRoom) -> None:
        super().__init__()
        self._at, self._room = at, room
        self._anew = False
        self._not_blind: set[ItemKey] = set()
        self._show: Callable[[TracerView], None] = lambda _view: None

    def watch(self, show: Callable[[TracerView], None]) -> None:
        """Be told how things stand, now and after every change."""
        self._show = show
        show(self.view)

    # ---- what is traced

    def open(self, at: Address) -> None:
        """Turn to an area item; a drawing of it that was not saved is taken up again."""
        if at.subject and at.row and at.item:
            self._keep()
            self.place, self._anew = _place_of(at), False
            self._begin()

    def refresh(self) -> None:
        """Something was recorded: look again, and leave the drawing alone."""
        if self.place is not None:
            self._look(self.view.photograph)

    def choose(self, photograph: str) -> None:
        """Draw on another photograph of this lesion at this visit; what is drawn on this one is kept."""
        there = {one.photograph for one in self.view.photographs}
        if self.place is not None and photograph != self.view.photograph and photograph in there:
            self._keep()
            draft = self._drafts.of(self.place, photograph)
            self._load(draft or self._blank(photograph))
            self._tell(photograph=photograph, problem="", aside=draft is not None)

    def draw_anew(self) -> None:
        """Give the value by an outline of one's own in place of the other person's, with a reason."""
        if self.place is not None:
            self._anew = True
            self._not_blind.add(self.place)
            self._look(self.view.photograph)

    def fetch(self, decode: Callable[[bytes], T], done: Callable[[T], None]) -> None:
        """Have the photograph read and decoded beside the window; what came too late is thrown away."""
        wanted = self.view.photograph

        def arrived(picture: T) -> None:
            if wanted == self.view.photograph:
                done(picture)

        self._room.whole(wanted, decode, done=arrived, failed=lambda why: self._tell(problem=why))

    # ---- while it is drawn

    def figures(self) -> Figures:
        """What the drawing measures, and what is to be done next."""
        return (
            Figures()
            if self.place is None
            else measuring_at(self._at, self.place).of(self.tracing.now, self.length)
        )

    def ghost(self) -> Lines:
        """The earlier outline in pixels of this photograph; none while the calibration is missing."""
        if self.place is None or not self.view.ghost:
            return ()
        return ghost_over(self._at, self.place, self.tracing.now, self.length)

    # ---- what becomes of it

    def save(self, reason: str = "") -> bool:
        """Record the outline; False where it was refused, and the view says why or asks for a reason."""
        place, figures, photograph = self.place, self.figures(), self.view.photograph
        if place is None or not figures.ready:
            self._tell(problem=figures.problem or figures.hint)
            return False
        is_second = self.view.mode == "second"
        command = DrawOutline(
            key=place.of,
            row=place.row,
            item=place.item,
            photograph=photograph,
            drawn=measuring_at(self._at, place).text(self.tracing.now, self.length),
            purpose="second" if is_second else "value",
            blind=is_second and place not in self._not_blind,
            reason=reason,
        )
        if not self._send(command):
            return False
        self._drafts.forget(place, photograph)
        self._saved, self._anew = self.tracing.now, False
        say = self._at.texts
        said = say("Saved.") if is_second else say("Saved: {area}.", area=figures.area)
        self._look(
            photograph,
            done=said,
            reason="",
            problem="",
            aside=False,
        )
        if self.view.mode == "watch":  # it stands among those that are compared
            self._load(self._blank(photograph))
        return True

    def settle(self, outline: str, reason: str) -> bool:
        """Say which of two outlines counts, and why."""
        command = TracerOutlines(self._at, self.place).settling(outline, reason)
        if command is None or not self._send(command):
            return False
        self._look(self.view.photograph, done=self._at.texts("Decided."), reason="", problem="")
        return True

    def discard(self) -> None:
        """Throw the drawing away."""
        if self.place is not None:
            self._drafts.forget(self.place, self.view.photograph)
            self._load(self._blank(self.view.photograph))
            self._tell(aside=False, problem="", reason="")

    def give_draft(self, at: Address, draft: Draft) -> None:
        """Take a drawing up again, as it was left."""
        self._drafts.keep(_place_of(at), draft)
        self.place = None  # what is open now is not kept in its place
        self.open(at)

    # ---- inside

    def _begin(self) -> None:
        if self.place is None:
            return
        draft = self._drafts.of(self.place)
        self._look(draft.photograph if draft else "", problem="", reason="", done="", aside=draft is not None)
        own = TracerOutlines(self._at, self.place).own_draft()
        if draft is None and own is not None:
            self._load(own)
            self._saved = self.tracing.now
            self._tell(photograph=own.photograph)
        else:
            self._load(draft or self._blank(self.view.photograph))

    def _look(self, photograph: str, **changes: Any) -> None:
        """Say how the item stands; what was said of the drawing itself stays, but for ``changes``."""
        if self.place is not None:
            said: dict[str, Any] = {name: getattr(self.view, name) for name in _SAID}
            now = standing_of(self._at, self.place, photograph, anew=self._anew)
            self._remember_blind(self.place, is_blind=now.mode == "second")
            self.view = replace(now, **{**said, **changes})
            self._show(self.view)

    def _remember_blind(self, place: ItemKey, *, is_blind: bool) -> None:
        """Other pages show no outline of an area either while it is traced blind."""
        if is_blind:
            self._room.blind.add(place)
        else:
            self._room.blind.discard(place)

    def _send(self, command: DrawOutline | SettleOutline) -> bool:
        try:
            self._at.send(command)
        except AppProblem as problem:
            what, todo = problem_text(problem, self._at.texts)
            wants = problem.code in (Code.REASON_NEEDED, Code.REASON_TOO_SHORT)
            self._tell(**{"reason" if wants else "problem": f"{what} {todo}"})
            return False
        return True

    def _tell(self, **changes: Any) -> None:
        self.view = replace(self.view, **changes)
        self._show(self.view)


def _place_of(at: Address) -> ItemKey:
    return ItemKey(at.subject, at.visit, at.visit_n, at.form, at.form_n, at.row, at.item)
