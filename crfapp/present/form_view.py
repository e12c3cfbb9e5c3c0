"""What a form page shows, as plain values. The view draws them and decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.form.graph import Cell
    from crfapp.present.acts_view import AnswerLine
    from crfapp.present.query_view import AskView
    from crfapp.study.types import ItemType


@dataclass(frozen=True, slots=True)
class FieldView:
    """One question as it stands on the page; the same for all rows of a repeating section.

    ``choices`` are (code, words). ``missing`` are the missing codes it allows, with their words.
    ``on_map``: it can be answered on the body map.
    """

    item: str
    label: str
    type: ItemType
    unit: str
    choices: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]
    computed: bool
    critical: bool
    site_only: bool
    on_map: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a repeating section; ``title`` is what people call it (``T01``, ``15 min``, ``2``)."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """One card of the page. ``group`` is empty for sections that stand once.

    ``layout``: list (one question under another) or table (rows down, questions across). A repeating
    section carries the questions of the sections that continue it, with their titles in ``parts``.
    ``grows``: whether this person can add rows here.
    """

    section: str
    title: str
    group: str
    layout: str
    rows: tuple[RowView, ...]
    fields: tuple[FieldView, ...]
    parts: tuple[tuple[str, int], ...] = ()
    grows: bool = False


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding below its question. ``level`` H, Q, W or T; ``state`` open or confirmed.

    ``draft``: the form in which a task drafts a row, by its title. ``may_answer``: this person conducts the
    study; everybody else reads the sentence.
    """

    check: str
    level: str
    text: str
    state: str
    reason: str = ""
    draft: str = ""
    may_answer: bool = True


@dataclass(frozen=True, slots=True)
class SignView:
    """What a sign of a checklist asks about the log of events. ``acts`` are (key, words) that answer it."""

    text: str
    acts: tuple[tuple[str, str], ...]
    grade: str = "info"


@dataclass(frozen=True, slots=True)
class FieldState:
    """The changing part of a question. ``text`` is the text to show; ``missing`` the words of its code.

    ``to_confirm``: skip logic brought the answer back. ``locked``: why it cannot be edited, or empty.
    ``verification``: done, changed, queried or planned, for whoever compares with the source.
    ``previous``: how a measure came about, and the answer of the last visit with its day, beside the field.
    ``asked``: that a query of a person about it is open, or answered, in words. ``sign``: what it asks as
    a sign.
    """

    visible: bool
    required: bool
    text: str = ""
    code: str = ""
    missing: str = ""
    findings: tuple[FindingView, ...] = ()
    to_confirm: bool = False
    locked: str = ""
    previous: str = ""
    verification: str = ""
    asked: str = ""
    sign: SignView | None = None


@dataclass(frozen=True, slots=True)
class OfferView:
    """One thing that may have been meant; choosing it types ``text``. ``label`` says what it means."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an answer was not recorded: the sentence below the field, and what may have been meant.

    ``wants_reason``: a saved value would change; ask why and try again with a reason.
    """

    code: str
    text: str
    offers: tuple[OfferView, ...] = ()
    wants_reason: bool = False


@dataclass(frozen=True, slots=True)
class Patch:
    """What a page has to redraw after something was done. ``saved`` is when it was durable, or empty.

    ``rows_changed``: sections have other rows than before; ask for the structure again.
    """

    cells: frozenset[Cell] = frozenset()
    saved: str = ""
    refusal: Refusal | None = None
    rows_changed: bool = False
    status_changed: bool = False


def joined_patch(patches: Sequence[Patch]) -> Patch:
    """What several acts led to, as one; the first refusal is the refusal of all."""
    saved = [patch.saved for patch in patches if patch.saved]
    return Patch(
        cells=frozenset().union(*(patch.cells for patch in patches)),
        saved=saved[-1] if saved else "",
        refusal=next((patch.refusal for patch in patches if patch.refusal is not None), None),
        rows_changed=any(patch.rows_changed for patch in patches),
        status_changed=any(patch.status_changed for patch in patches),
    )


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way of completing a form, with where to go to mend it."""

    cell: Cell
    text: str


@dataclass(frozen=True, slots=True)
class HoldAct:
    """Something that may be done about freezing and locking; ``asks``: the question for a reason."""

    key: str
    words: str
    asks: str = ""


@dataclass(frozen=True, slots=True)
class FormHead:
    """The top of a form page. ``status``: expected, open, complete; ``where`` names subject, visit, day.

    ``may_ask``: the person raises queries. ``asked``: that something in it is asked about, in words.
    ``signature`` is its signature in short, ``signed`` in full, ``signature_icon`` and ``signature_tone`` how
    that stands. ``held``: frozen or locked, ``holding`` the sentence, ``acts`` what may be done about it.
    ``version``: of the study, where it is not the one in force; ``later``: what only later versions ask.
    """

    title: str
    where: str
    status: str
    status_text: str
    site_only: bool
    can_edit: bool
    may_ask: bool = False
    asked: str = ""
    signature: str = ""
    signed: str = ""
    signature_icon: str = ""
    signature_tone: str = "ok"
    held: str = ""
    holding: str = ""
    acts: tuple[HoldAct, ...] = ()
    version: str = ""
    later: str = ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event at an item, in plain words: what, who, when, why.

    ``kind``: value, finding, query, verification, changed (since), signature, lock or redaction. ``moment``
    names the event, as addresses do, so that the form can be shown as it was then.
    """

    what: str
    who: str
    when: str
    why: str = ""
    kind: str = "value"
    moment: str = ""


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """Why something is so, with the expression of the pack that says it.

    ``kind``: shown, hidden, required, computed, finding or settled. ``items`` are the questions it is
    about, where that is not the question in focus.
    """

    kind: str
    text: str
    expression: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepLine:
    """One act of a preview and what followed from it."""

    title: str
    effects: tuple[ReasonLine, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """Everything about the focused question. ``verified``: what its history says about the source.

    ``reasons``: why it is shown. In a preview also why it is required, how it is calculated and why a check
    spoke; and then ``steps``, the latest first, and the questions that are ``hidden`` now. ``asking``: what
    people ask about it. ``answers``: those between which somebody has to decide, and may if ``may_decide``.
    ``traced``: how the area that is asked for can be traced on a photograph, in words.
    """

    title: str
    facts: str
    help: str
    history: tuple[HistoryLine, ...] = ()
    earlier: tuple[tuple[str, str], ...] = ()
    findings: tuple[FindingView, ...] = field(default=())
    reasons: tuple[ReasonLine, ...] = ()
    verified: tuple[HistoryLine, ...] = ()
    steps: tuple[StepLine, ...] = ()
    hidden: tuple[ReasonLine, ...] = ()
    asking: AskView | None = None
    answers: tuple[AnswerLine, ...] = ()
    may_decide: bool = False
    traced: str = ""
