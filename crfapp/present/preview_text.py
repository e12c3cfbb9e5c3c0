"""The preview of a form as lines of text: for study authors without a display."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.form.graph import Cell
from crfapp.journeys.finding_rows import row_of
from crfapp.journeys.trial import INVESTIGATOR
from crfapp.present.texts import ISOLATES, N_
from crfapp.work.entry import RecordAnswer
from crfapp.work.row_work import AddRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey
    from crfapp.present.form_view import ReasonLine
    from crfapp.present.preview_page import Preview, PreviewForm

_PLACE = re.compile(
    r"(?:(?P<form>[A-Z][A-Z0-9_]*)(?:@(?P<visit>[A-Z][A-Z0-9_]*))?\.)?(?:(?P<row>[^/=]+)/)?(?P<item>[A-Z][A-Z0-9_]*)"
)
_MISSING = "missing:"
_MARKS = {"shown": "+", "hidden": "-", "computed": "=", "finding": "!", "settled": "/", "required": "*"}
PLACE_WANTED = N_("Write it as ITEM=VALUE, ROW/ITEM=VALUE, FORM.ITEM=VALUE or FORM@VISIT.ITEM=VALUE.")


@dataclass(frozen=True, slots=True)
class Wish:
    """An answer to give: to an item of the form that is previewed, or of another one."""

    form: str
    visit: str
    row: str
    item: str
    value: str

    @classmethod
    def read(cls, text: str) -> Wish:
        """``VSPERF=Y``, ``T01/LMLEN=14``, ``DM.SEX=F``, ``LESM@V_SCR.T01/LMLEN=14``; ValueError else."""
        place, equals, value = text.partition("=")
        found = _PLACE.fullmatch(place.strip())
        if not equals or found is None:
            raise ValueError(text)
        form, visit, row, item = (found[name] or "" for name in ("form", "visit", "row", "item"))
        return cls(form, visit, row.strip(), item, value.strip())


class TextPreview:
    """One form at one visit, with answers given one after the other."""

    def __init__(self, preview: Preview, visit: str, form: str) -> None:
        self._preview, self._say = preview, preview.say
        self._book, self._study = preview.casebook, preview.study
        self._visit = visit or next(iter(self._study.visits_of(form)), "")
        self._study.form(form)
        self._key = self._key_of(self._visit, form)

    def give(self, wish: Wish) -> None:
        """Give one answer. UNKNOWN_FORM, UNKNOWN_VISIT, UNKNOWN_ITEM; what the text itself is refused for."""
        form = wish.form or self._key.form
        held = self._study.visits_of(form)
        visit = wish.visit or (self._visit if self._visit in held else next(iter(held), ""))
        key = self._key_of(visit, form)
        page = self._book.form(key)
        self._study.place(form, wish.item)
        cell = Cell(self._row(key, wish), wish.item)
        missing = wish.value.removeprefix(_MISSING) if wish.value.startswith(_MISSING) else None
        typed = wish.value if missing is None else ""
        place = {"key": key, "row": cell.row, "item": cell.item}
        page.tell(RecordAnswer(**place, typed=typed, missing=missing, reason=_TRIED), cell)  # type: ignore[arg-type]

    def lines(self) -> Iterator[str]:
        """The form as it stands, then what each answer led to."""
        for line in (*self._form(), *self._steps()):
            yield line.translate(ISOLATES).rstrip()

    # ---- inside

    def _key_of(self, visit: str, form: str) -> FormKey:
        held = {one.form for one in self._study.visit(visit).forms}
        if form not in held:
            raise RefusedError(Code.UNKNOWN_FORM, form=form, visit=visit)
        return self._book.trial.key(visit, form)

    def _row(self, key: FormKey, wish: Wish) -> str:
        """The key of a row; a log gets one more where it has none that is called so."""
        if not wish.row:
            return ""
        desk, bus = self._book.trial.desk, self._book.trial.bus
        section, row = row_of(desk, key, wish.row, wish.item)
        if row is None:
            bus.send(AddRow(key=key, section=section), INVESTIGATOR)
            row = desk.forms.get(key).rows_in(section)[-1].info.key
        return row

    def _form(self) -> Iterator[str]:
        page, say = self._book.form(self._key), self._say
        head = page.head()
        yield say("{form} · {where}", form=f"{head.title} ({self._key.form})", where=head.where)
        yield say("Preview: nothing is recorded.")
        graph = self._book.trial.desk.forms.get(self._key)
        cells = list(graph.cells())
        width = max((len(self._place(cell)) for cell in cells), default=0)
        for cell in cells:
            yield from self._cell(page, cell, width)

    def _cell(self, page: PreviewForm, cell: Cell, width: int) -> Iterator[str]:
        state, label = page.state(cell), self._book.effects.label(self._key, cell)
        reasons = page.reasons_of(cell)
        mark = "-" if not state.visible else "=" if any(one.kind == "computed" for one in reasons) else "+"
        answer = f": {state.text or state.missing}" if state.text or state.missing else ""
        yield f"{mark} {self._place(cell):<{width}}  {label}{answer}"
        for reason in reasons:
            yield f"  {'':<{width}}  {_told(reason)}"
        for finding in state.findings:
            yield f"! {'':<{width}}  {finding.check} ({finding.level}): {finding.text}"

    def _place(self, cell: Cell) -> str:
        if not cell.row:
            return cell.item
        graph = self._book.trial.desk.forms.get(self._key)
        rows = graph.rows_in(graph.plan.items[cell.item].group)
        label = next((row.info.label for row in rows if row.info.key == cell.row), cell.row)
        return f"{label}/{cell.item}"

    def _steps(self) -> Iterator[str]:
        for step in reversed(self._book.effects.steps):
            yield ""
            nothing = self._say("{act} · nothing followed from it", act=step.title)
            yield step.title if step.effects else nothing
            for effect in step.effects:
                yield f"{_MARKS[effect.kind]} {', '.join(effect.items)}"
                if effect.text:
                    yield f"    {_told(effect)}"


_TRIED = "tried in a preview"


def _told(reason: ReasonLine) -> str:
    return f"{reason.text}  [{reason.expression}]" if reason.expression else reason.text
