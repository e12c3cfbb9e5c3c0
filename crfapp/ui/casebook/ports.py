"""What the casebook page asks of its presenters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.form.graph import Cell
    from crfapp.ledger.keys import FormKey, Scope
    from crfapp.present.acts_view import FormNote, SecondLine
    from crfapp.present.body_view import MapView, Spot, Weighed
    from crfapp.present.casebook_view import VisitEntry
    from crfapp.present.form_view import FieldState, FormHead, Inspection, Obstacle, Patch, SectionView
    from crfapp.ui.casebook.photographs import Photographs
    from crfapp.ui.casebook.target_guard import Guard
    from crfapp.ui.fields import Present


class OpenActs(Protocol):
    """What is said of a form as a whole, and can be done about it (``present.form_acts.FormActs``)."""

    def notes(self) -> tuple[FormNote, ...]:
        """What was said of it."""

    def offers(self) -> tuple[tuple[str, str], ...]:
        """What can be begun: keys with words."""

    def places(self) -> tuple[tuple[str, str], ...]:
        """Where it can be moved: codes with words."""

    def says(self, place: str) -> str:
        """What will happen then."""

    def present(self) -> Present:
        """What N, T and V write."""

    def ask_move(self, place: str, why: str) -> Patch:
        """Ask for it to be moved."""

    def decide(self, act: str, why: str = "") -> Patch:
        """Agree, decline or carry out what waits."""

    def to_check(self) -> tuple[SecondLine, ...]:
        """The answers that this person can check as the second one."""

    def check(self, place: str, told: str) -> Patch:
        """What the source says of one of them."""

    def question(self, act: str) -> tuple[str, str]:
        """What is asked before an act, and what tells it; empty where nothing is."""

    def note_paper(self, observer: str, observed: str, why: str) -> Patch:
        """It was filled on paper first."""


class OpenMap(Protocol):
    """The body map of a form (``present.body_map.BodyMap``)."""

    def view(self, row: str) -> MapView:
        """The map while a row is filled in."""

    def weigh(self, cell: Cell, spot: Spot) -> Weighed:
        """What a spot answers."""


class Signs(Protocol):
    """Saying of which event a sign is (``present.form_signs.FormSigns``)."""

    def answer(self, cell: Cell, act: str, why: str = "") -> Patch:
        """One of the acts that the sign offered."""


class Answering(Protocol):
    """What is done about single questions and rows."""

    def leave(self, cell: Cell, typed: str, reason: str = "") -> Patch:
        """Record what was typed."""

    def mark_missing(self, cell: Cell, code: str, why: str = "", reason: str = "") -> Patch:
        """Record why there is no answer."""

    def confirm(self, cell: Cell, check: str, why: str) -> Patch:
        """The answer is right although a check fired."""

    def take_draft(self, cell: Cell, check: str) -> Patch:
        """Take over the row that a task drafts."""

    def add_row(self, section: str) -> Patch:
        """One more row."""

    def void_row(self, section: str, row: str, reason: str) -> Patch:
        """A row does not count."""


class OpenForm(Answering, Protocol):
    """One open form (``present.form_page.FormPage``)."""

    @property
    def acts(self) -> OpenActs:
        """What is said of it as a whole."""

    @property
    def map(self) -> OpenMap | None:
        """Its body map, where it registers lesions."""

    @property
    def guard(self) -> Guard | None:
        """The lesions beside it, where a dose is given or decided upon."""

    @property
    def signs(self) -> Signs | None:
        """What its signs ask, where it can be a checklist."""

    @property
    def photographs(self) -> Photographs | None:
        """Its photographs; None where they are not taken here, as in a preview."""

    def head(self) -> FormHead:
        """Title, place and status."""

    def sections(self) -> tuple[SectionView, ...]:
        """The cards with their rows and questions."""

    def state(self, cell: Cell) -> FieldState:
        """Where one question stands."""

    def complete(self) -> tuple[Patch, tuple[Obstacle, ...]]:
        """Complete the form, or say what stands in the way."""

    def reopen(self, reason: str) -> Patch:
        """Take a complete form up again."""

    def hold(self, act: str, reason: str = "") -> Patch:
        """Freeze, lock or open again."""

    def inspect(self, cell: Cell) -> Inspection:
        """Everything about one question."""

    def reasons(self) -> tuple[str, ...]:
        """Reasons for a change, to pick from."""

    def present(self) -> Present:
        """What N, T and V write."""


class QueryActs(Protocol):
    """What can be done about queries (``present.asking.Asking``); each gives back why it was refused."""

    @property
    def may_ask(self) -> bool:
        """Whether this person raises queries."""

    def ask(self, scope: Scope, cell: Cell | None, text: str) -> str:
        """Raise one."""

    def answer(self, key: str, text: str) -> str:
        """Answer one."""

    def close(self, key: str, text: str) -> str:
        """Close one."""

    def reopen(self, key: str, text: str) -> str:
        """Ask again."""


class OpenCasebook(Protocol):
    """One subject's casebook (``present.casebook_page.CasebookPage``)."""

    @property
    def acts(self) -> QueryActs:
        """Asking and answering."""

    def inspect_scope(self, scope: Scope) -> Inspection:
        """What is asked about a form, a visit or the casebook as a whole."""

    def open(self, subject: str) -> None:
        """Turn to a subject."""

    def title(self) -> tuple[str, str]:
        """The subject's number, and who it is in short."""

    def visits(self) -> Sequence[VisitEntry]:
        """The schedule; running logs last."""

    def form(self, key: FormKey) -> OpenForm:
        """One form."""

    def start_visit(self, visit: str, n: int, date_text: str) -> Patch:
        """The subject is seen on this day."""

    def book_visit(self, visit: str, n: int, date_text: str) -> Patch:
        """An appointment was made for this day."""

    def miss_visit(self, visit: str, n: int, why: str, text: str = "") -> Patch:
        """The visit did not take place."""

    def merge_visit(self, visit: str, n: int, into: str, why: str) -> Patch:
        """The visit is held together with a later one."""

    def missed_reasons(self) -> tuple[tuple[str, str], ...]:
        """Why a visit can have been missed: codes with words."""

    def next_form(self, key: FormKey, step: int = 1) -> FormKey | None:
        """The form before or after this one."""
