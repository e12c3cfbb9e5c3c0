"""The Tracer page: an area item of one lesion at one visit, drawn on a photograph of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from crfapp.base.problems import AppProblem, Code
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.planimetry.written import from_text
from crfapp.present.ghost import Lines, laid_over
from crfapp.present.problem_texts import problem_text
from crfapp.present.sketch import Sketch, known_length, sketch_of
from crfapp.present.traced_item import TracedItem
from crfapp.present.tracer_drafts import Draft
from crfapp.present.tracer_figures import Measuring, drawn_text, mm_of, units_of
from crfapp.present.tracer_outlines import TracerOutlines
from crfapp.present.tracer_view import Figures, PhotographChoice, TracerView
from crfapp.present.tracing import Tracing
from crfapp.work.outlines import DrawOutline, SettleOutline
from crfapp.work.reading_items import manner_of
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.present.address import Address
    from crfapp.present.lane import Lane
    from crfapp.present.photo_desk import Pictures
    from crfapp.present.workplace import Workplace

T = TypeVar("T")
PLACE = "tracer"


class TracerPage:
    """Holds the drawing, measures it, and has it recorded.

    ``tracing`` is what the pen draws, ``length`` what was typed as the known length. Drawings that are not
    saved are kept for every item that was open, until they are saved or thrown away.
    """

    def __init__(self, at: Workplace, pictures: Pictures) -> None:
        self._at, self._pictures = at, pictures
        self.tracing = Tracing()
        self.length = ""
        self.place: ItemKey | None = None
        self.view = TracerView()
        self._drafts: dict[ItemKey, Draft] = {}
        self._saved = self.tracing.now
        self._loaded = ""
        self._anew = False
        self._show: Callable[[TracerView], None] = lambda _view: None

    def watch(self, show: Callable[[TracerView], None]) -> None:
        """Be told how things stand, now and after every change."""
        self._show = show
        show(self.view)

    # ---- what is traced

    def open(self, at: Address) -> None:
        """Turn to an area item; a drawing of it that was not saved is taken up again."""
        if not (at.subject and at.row and at.item):
            return
        self._keep()
        key = FormKey(at.subject, at.visit, at.visit_n, at.form, at.form_n)
        self.place, self._anew = ItemKey(*key, at.row, at.item), False
        self._begin()

    def refresh(self) -> None:
        """Something was recorded: look again, and leave the drawing alone."""
        if self.place is not None:
            self._tell(**self._standing(self.view.photograph))

    def choose(self, photograph: str) -> None:
        """Draw on another photograph of this lesion at this visit; the drawing begins anew."""
        if photograph != self.view.photograph and photograph in {
            one.photograph for one in self.view.photographs
        }:
            self._load(Draft(photograph, self.view.card_mm, Sketch()))
            self._tell(photograph=photograph, problem="", aside=False)

    def draw_anew(self) -> None:
        """Give the value by an outline of one's own in place of the other person's, with a reason."""
        self._anew = True
        self._tell(**self._standing(self.view.photograph))

    def fetch(self, decode: Callable[[bytes], T], done: Callable[[T], None], lane: Lane) -> None:
        """Have the photograph read and decoded beside the window; what came too late is thrown away."""
        wanted = self.view.photograph

        def arrived(picture: T) -> None:
            if wanted == self.view.photograph:
                done(picture)

        lane.start(
            lambda _steps: decode(self._pictures.whole(wanted)),
            done=arrived,
            failed=self._refuse,
        )

    # ---- while it is drawn

    def use_corners(self, corners: bool) -> None:
        """Calibrate by a card's corners, with the side of the card that was used last, or by a length."""
        self.tracing.use_corners(corners)
        if not self.length or self.length == self.view.card_mm:
            self.length = self.view.card_mm if corners else ""

    def figures(self) -> Figures:
        """What the drawing measures, and what is to be done next."""
        return self._measuring().of(self.tracing.now, self.length)

    def ghost(self) -> Lines:
        """The earlier outline in pixels of this photograph; none while the calibration is missing."""
        calibration = self._measuring().calibration(self.tracing.now, self.length)
        earlier = TracedItem(self._at, self.place).earlier if self.place is not None else None
        if calibration is None or earlier is None or not self.view.ghost:
            return ()
        return laid_over(from_text(earlier.drawn or ""), calibration)

    @property
    def is_unsaved(self) -> bool:
        """Whether something was drawn that is not recorded."""
        return not self._now().is_empty and self.tracing.now != self._saved

    # ---- what becomes of it

    def save(self, reason: str = "") -> bool:
        """Record the outline; False where it was refused, and the view says why or asks for a reason."""
        place, figures = self.place, self.figures()
        if place is None or not figures.ready:
            self._tell(problem=figures.problem or figures.hint)
            return False
        mm = mm_of(self.length, manner_of(self._at.desk, place.of))
        is_second = self.view.mode == "second"
        command = DrawOutline(
            key=place.of,
            row=place.row,
            item=place.item,
            photograph=self.view.photograph,
            drawn=drawn_text(self.tracing.now, mm or 0.0),
            purpose="second" if is_second else "value",
            blind=is_second,
            reason=reason,
        )
        if not self._send(command):
            return False
        self._drafts.pop(place, None)
        self._saved, self._anew = self.tracing.now, False
        say = self._at.texts
        said = say("Saved: {area}.", area=figures.area) if not is_second else say("Saved.")
        standing = self._standing(self.view.photograph)
        if standing["mode"] == "watch":
            self._load(self._blank(self.view.photograph, ""))
        self._tell(**standing, done=said, reason="", problem="", aside=False)
        return True

    def settle(self, outline: str, reason: str) -> bool:
        """Say which of two outlines counts, and why."""
        place, pair = self.place, self._outlines().pair
        if place is None or pair is None:
            return False
        other = pair.second if outline == pair.first.outline else pair.first
        command = SettleOutline(
            key=place.of,
            row=place.row,
            item=place.item,
            outline=outline,
            beside=other.outline,
            reason=reason,
        )
        if not self._send(command):
            return False
        self._tell(**self._standing(self.view.photograph), done=self._at.texts("Decided."), reason="")
        return True

    def discard(self) -> None:
        """Throw the drawing away."""
        if self.place is not None:
            self._drafts.pop(self.place, None)
            self._load(self._blank(self.view.photograph, self.view.card_mm))
            self._tell(aside=False, problem="", reason="")

    def take_drafts(self) -> dict[ItemKey, Draft]:
        """Everything that is drawn and not saved; it is not here any more."""
        self._keep()
        drafts, self._drafts = self._drafts, {}
        self._load(self._blank(self.view.photograph, self.view.card_mm))
        return drafts

    def give_draft(self, at: Address, draft: Draft) -> None:
        """Take a drawing up again, as it was left."""
        key = FormKey(at.subject, at.visit, at.visit_n, at.form, at.form_n)
        self._drafts[ItemKey(*key, at.row, at.item)] = draft
        self.place = None  # what is open now is not kept in its place
        self.open(at)

    # ---- inside

    def _keep(self) -> None:
        if self.place is not None:
            if self.is_unsaved:
                self._drafts[self.place] = self._now()
            else:
                self._drafts.pop(self.place, None)

    def _begin(self) -> None:
        place = self.place
        if place is None:
            return
        self._tell(problem="", reason="", done="", aside=False)
        standing, draft = self._standing(""), self._drafts.get(place)
        if draft is not None:
            self._load(draft)
        elif standing["mode"] == "again" and (own := self._outlines().own) is not None and own.drawn:
            drawn = from_text(own.drawn)
            self._load(Draft(own.photograph, f"{known_length(drawn.calibration):g}", sketch_of(*drawn)))
            self._saved = self.tracing.now
        else:
            self._load(self._blank(standing["photograph"], standing["card_mm"]))
        standing["photograph"] = self._loaded or standing["photograph"]
        self._tell(**standing, aside=draft is not None)

    def _load(self, draft: Draft) -> None:
        self.tracing.load(draft.sketch)
        self.length, self._loaded = draft.length, draft.photograph
        self._saved = Sketch()

    @staticmethod
    def _blank(photograph: str, card_mm: str) -> Draft:
        """Nothing drawn yet; whoever calibrated by a card will do so again."""
        return Draft(photograph, card_mm, Sketch(corners=bool(card_mm)))

    def _now(self) -> Draft:
        return Draft(self.view.photograph, self.length, self.tracing.now)

    def _standing(self, photograph: str) -> dict[str, Any]:
        """What the page says of the item, as it is recorded now."""
        at, place = self._at, self.place
        if place is None:
            return {}
        item, outlines = TracedItem(at, place), self._outlines()
        choices = item.choices
        mode = outlines.mode(anew=self._anew)
        if mode == "second" and outlines.first is not None:
            choices = {k: v for k, v in choices.items() if k == outlines.first.photograph}
        chosen = photograph if photograph in choices else next(iter(choices), "")
        earlier = None if mode == "second" else item.earlier
        compared = outlines.compared(self._measuring()) if mode != "second" else ()
        return {
            "title": item.title,
            "where": item.where,
            "mode": mode,
            "told": outlines.told(mode),
            "hindrance": self._hindrance(choices),
            "photographs": tuple(PhotographChoice(k, v) for k, v in choices.items()),
            "photograph": chosen,
            "ghost": "" if earlier is None else at.study_texts.visit(earlier.visit),
            "card_mm": item.last_card,
            "outlines": compared,
            "apart": outlines.apart_words() if compared else "",
        }

    def _outlines(self) -> TracerOutlines:
        return TracerOutlines(self._at, self.place)

    def _measuring(self) -> Measuring:
        at = self._at
        key = self.place.of if self.place is not None else FormKey("", "", 1, "", 1)
        return Measuring(units_of(at.study), manner_of(at.desk, key), at.texts)

    def _hindrance(self, choices: dict[str, str]) -> str:
        say = self._at.texts
        if not choices:
            return say("There is no photograph of this lesion at this visit. Take one in first.")
        if not self._at.actor.may(Right.RECORD):
            return say("You can look at it; areas are traced by the people who record answers.")
        return ""

    def _send(self, command: DrawOutline | SettleOutline) -> bool:
        try:
            self._at.send(command)
        except AppProblem as problem:
            self._refuse(problem)
            return False
        return True

    def _refuse(self, problem: AppProblem) -> None:
        what, todo = problem_text(problem, self._at.texts)
        wants = problem.code in (Code.REASON_NEEDED, Code.REASON_TOO_SHORT)
        self._tell(**({"reason": f"{what} {todo}"} if wants else {"problem": f"{what} {todo}"}))

    def _tell(self, **changes: Any) -> None:
        self.view = replace(self.view, **changes)
        self._show(self.view)
