"""The same answers in any order: what people tell, and all that a study makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from crfapp.base.problems import AppProblem
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import FindingRow, FormRow, FormRowRow, ItemRow
from crfapp.work.entry import RecordAnswer
from crfapp.work.row_work import AddRow
from tests.properties.packs import packs
from tests.properties.work import MadeUpClinic, fitting_for, is_asked, places_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crfapp.study.study import Study


class Told(NamedTuple):
    """An answer. ``number`` chooses the row."""

    visit: str
    form: str
    item: str
    number: int
    typed: str
    missing: str | None


@st.composite
def answers(draw: Any, study: Study) -> list[Told]:
    """A first answer to every form, and many others; at most one for each question."""
    places = [place for place in places_of(study) if is_asked(study, *place)]
    first = [Told(at, form, item, 0, "1", None) for at, form, item in places if item == f"{form}0"]
    found = {told[:4]: told for told in first}
    for place in draw(st.lists(st.sampled_from(places), min_size=15, max_size=40)):
        grouped = study.place(*place[1:]).group
        number = draw(st.integers(0, 1)) if grouped else 0
        missing = "ND" if draw(st.integers(0, 6)) == 0 else None
        typed = draw(st.sampled_from(fitting_for(study, *place[1:])))
        told = Told(place[0], place[1], place[2], number, "" if missing else typed, missing)
        found.setdefault(told[:4], told)
    return list(found.values())


class Casebook(MadeUpClinic):
    """A subject's casebook into which answers are entered, as long as one more can be."""

    def __init__(self, study: Study) -> None:
        super().__init__(study)
        for _ in (0, 1):
            self.send(AddRow(key=self.log(), section="LOG"))

    def enter_all(self, told: Iterable[Told]) -> list[Told]:
        """Enter what can be entered, again and again while that opens further questions; what is left."""
        waiting = list(told)
        while True:
            left = [one for one in waiting if not self._entered(one)]
            if len(left) == len(waiting):
                return left
            waiting = left

    def in_force(self, told: Iterable[Told]) -> list[Told]:
        """The answers that stand in the end, hidden ones left out."""
        return [one for one in told if self._stands(one)]

    def says(self) -> dict[object, object]:
        """Everything that is recorded and not hidden, every state of a cell, and what is open to be asked."""
        said: dict[object, object] = {}
        for begun in self.ledger.tables.find(FormRow):
            graph = self.desk.forms.get(begun.key)
            said |= {(begun.key, cell): graph.state(cell) for cell in graph.cells()}
            for cell in graph.cells():
                stored = self.ledger.tables.get(ItemRow, *ItemKey(*begun.key, *cell))
                if stored is not None and stored.hidden != 1 and (stored.value or stored.missing):
                    said["recorded", begun.key, cell] = (stored.value, stored.missing)
        for found in self.ledger.tables.find(FindingRow, state="open"):
            said["found", found.key, found.check] = found.level
        return said

    def _entered(self, told: Told) -> bool:
        command = RecordAnswer(
            key=self._key(told),
            row=self._row(told),
            item=told.item,
            typed=told.typed,
            missing=told.missing,
        )
        try:
            self.send(command)
        except AppProblem:
            return False
        return True

    def _stands(self, told: Told) -> bool:
        stored = self.ledger.tables.get(ItemRow, *ItemKey(*self._key(told), self._row(told), told.item))
        return stored is not None and stored.hidden != 1

    def _row(self, told: Told) -> str:
        """The row that is meant, whether it counts where it is asked for or not."""
        group = self.desk.study.place(told.form, told.item).group
        logged = [row.row for row in self.ledger.tables.find(FormRowRow)]
        return {"": "", "FIX": f"R{told.number + 1}"}.get(group, logged[told.number])

    def _key(self, told: Told) -> FormKey:
        return FormKey(self.subject, told.visit, 1, told.form, 1)


class Entered(NamedTuple):
    """The same answers at a study in two orders."""

    study: Study
    told: list[Told]
    shuffle: Any

    def says(self, spoil: Callable[[Study, MadeUpClinic], None] | None = None) -> tuple[object, object]:
        """What the two casebooks say, each with the answers that could not be entered again."""
        one, other = Casebook(self.study), Casebook(self.study)
        if spoil is not None:
            spoil(self.study, one)
            spoil(self.study, other)
        one.enter_all(self.told)
        stands = one.in_force(self.told)
        self.shuffle.shuffle(stands)
        return ([], one.says()), (other.enter_all(stands), other.says())


@st.composite
def entries(draw: Any) -> Entered:
    """Answers at any study, and another order."""
    study = draw(packs(ordered=True))
    return Entered(study, draw(answers(study)), draw(st.randoms(use_true_random=False)))
