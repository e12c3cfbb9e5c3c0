"""The study pack as data: visits, forms, sections, items, checks, code lists (DESIGN section 4).

Texts here are in the pack's own language; other languages stand in ``Pack.translations`` by OID.
Expressions are kept as text; :mod:`crfapp.study.study` parses and checks them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from crfapp.study.checks import Check
from crfapp.study.definition import OID, Definition, Expression
from crfapp.study.signing import SignaturePlan
from crfapp.study.targets import (
    Checklist,
    Contact,
    Dosing,
    EventLog,
    Notice,
    Observation,
    PhotoProtocol,
    Targets,
)
from crfapp.study.types import Kind, parse_type


class Rule(Definition):
    """What must or should hold of an item's answer; ``say`` is shown where it does not."""

    that: Expression
    say: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: Any) -> Any:
        return {"that": data} if isinstance(data, str) else data


Bound = Annotated[str | None, BeforeValidator(lambda end: None if end is None else str(end))]
"""One end of a range: a number, or an expression (``P.AGE_MAX``); None leaves it open."""


class Range(Definition):
    """Both ends belong to it. Outside ``hard`` a form cannot be completed; outside ``soft`` it asks."""

    hard: tuple[Bound, Bound] | None = None
    soft: tuple[Bound, Bound] | None = None


class Conversion(Definition):
    """Another accepted unit: value in the item's unit = typed * ``factor`` + ``offset``."""

    factor: Decimal
    offset: Decimal = Decimal(0)


Recorded = Literal["esource", "transcribed"]
"""Where an answer is written down first: here, or in a source that it is taken over from (REQ-410)."""


class Item(Definition):
    """One question, or one calculated value where ``is`` is given.

    ``own_date``: its date need not be the visit's; ``future``: it may lie ahead (expiry, appointment);
    ``before_consent``: standard of care, may have been done before the consent (STUDIES 1.9).
    ``recorded``: where the first record is; where nothing is said the form says it. ``second``: another
    person types it again, or compares it with its source (REQ-414).
    """

    item: OID
    ask: str
    type: str
    codes: OID | None = None
    unit: str | None = None
    units: dict[str, Conversion] = {}
    is_: Expression | None = Field(default=None, alias="is")
    when: Expression | None = None
    required: bool | Expression = False
    range: Range | None = None
    allows: tuple[str, ...] = ()
    expects: tuple[str, ...] = ()
    must: tuple[Rule, ...] = ()
    should: tuple[Rule, ...] = ()
    missing: tuple[str, ...] | None = None
    sdv: Literal["critical", "sampled", "none"] = "none"
    recorded: Recorded | None = None
    second: Literal["retype", "confirm"] | None = None
    site_only: bool = False
    own_date: bool = False
    future: bool = False
    before_consent: bool = False
    previous: Literal["show"] | None = None
    by: tuple[str, ...] = ()
    help: str | None = None
    source: str | None = None

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    @model_validator(mode="before")
    @classmethod
    def _one_or_many(cls, data: Any) -> Any:
        if isinstance(data, dict):
            data = dict(data)
            for key in ("must", "should"):
                if key in data and not isinstance(data[key], list | tuple):
                    data[key] = [data[key]]
        return data

    @model_validator(mode="after")
    def _fits(self) -> Item:
        kind = parse_type(self.type).kind
        if kind in (Kind.CHOICE, Kind.CHOICES) and self.codes is None:
            raise ValueError(f"type {kind.value} needs 'codes'")
        if self.codes is not None and kind not in (Kind.CHOICE, Kind.CHOICES, Kind.YESNO):
            raise ValueError(f"'codes' does not go with type {self.type}")
        if self.unit is not None and kind not in (Kind.INTEGER, Kind.DECIMAL, Kind.TEXT):
            raise ValueError(f"'unit' does not go with type {self.type}")
        if self.second is not None and (self.is_ is not None or kind is Kind.NOTE):
            raise ValueError("'second' goes with what a person answers")
        return self


class RowLabel(Definition):
    """How rows of a log are named for people: ``T01`` ..., by the answer of another item or plainly.

    The number is given once, when ``by`` is answered first (or at once without ``by``), and never again.
    ``parent`` names the row that another row came from: what is answered to ``by`` then has no prefix, and
    the row is called after that one with a letter (``W1a``), once ``parent`` is answered.
    """

    item: OID
    by: OID | None = None
    prefixes: dict[str, str] = {}
    prefix: str = ""
    digits: int = 2
    parent: OID | None = None


class Rows(Definition):
    """How a section repeats: free rows of a ``log``, ``fixed`` rows, or one row ``each`` of another form."""

    log: bool = False
    fixed: dict[str, str] = {}
    each: OID | None = None
    where: Expression | None = None
    label: RowLabel | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Rows:
        if sum((self.log, bool(self.fixed), self.each is not None)) != 1:
            raise ValueError("rows take exactly one of 'log', 'fixed' and 'each'")
        return self


class Section(Definition):
    """A titled group of items. ``continues`` names the repeating section whose rows it goes on with."""

    section: OID
    title: str
    rows: Rows | None = None
    continues: OID | None = None
    layout: Literal["list", "table"] = "list"
    items: tuple[Item, ...]


class Form(Definition):
    """One form. ``site_only`` forms never leave the site. ``recorded``: see :class:`Item`."""

    form: OID
    title: str
    who: tuple[str, ...] = ()
    repeats: bool = False
    site_only: bool = False
    recorded: Recorded = "transcribed"
    source: str | None = None
    sections: tuple[Section, ...]
    checks: tuple[Check, ...] = ()


class Anchor(Definition):
    """What a planned day counts from: another visit's date, or a moment recorded at a visit."""

    visit: OID
    form: OID | None = None
    item: OID | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: Any) -> Any:
        return {"visit": data} if isinstance(data, str) else data


class VisitForm(Definition):
    """A form at a visit, perhaps only under a condition."""

    form: OID
    when: Expression | None = None
    optional: bool = False

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: Any) -> Any:
        return {"form": data} if isinstance(data, str) else data


class Visit(Definition):
    """One visit of the schedule. Days count from the anchor; ``hours`` replaces them for calls.

    ``times``: so often a repeating visit is planned, every ``day`` days from its anchor.
    """

    visit: OID
    title: str
    kind: Literal["scheduled", "conditional", "repeating", "log"]
    anchor: Anchor | None = None
    day: int | None = None
    hours: int | None = None
    window: tuple[int, int] | None = None
    gap: int | None = None
    times: Annotated[int, Field(ge=1)] | None = None
    modes: tuple[str, ...] = ()
    baseline: bool = False
    forms: tuple[VisitForm, ...]


class Parameter(Definition):
    """A figure of the protocol. ``template`` marks what no source fixes: confirm against the protocol."""

    value: str
    type: Literal["number", "text"] = "number"
    unit: str | None = None
    title: str
    template: bool = True
    source: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_text(cls, data: Any) -> Any:
        if isinstance(data, dict) and type(data.get("value")) is int:
            return {**data, "value": str(data["value"])}
        return data


class CodeEntry(Definition):
    """One code with its decode in the pack's language; ``cdisc`` where CDISC CT has the same value."""

    code: Annotated[str, Field(min_length=1, max_length=64)]
    text: str
    cdisc: bool = False


class CodeList(Definition):
    """The answers a coded item can have, in order."""

    title: str
    codes: tuple[CodeEntry, ...]


class Subjects(Definition):
    """How subjects are numbered: ``{site}`` and ``{number}`` in the pattern, and how many are planned."""

    pattern: str = "{site}-{number:03d}"
    planned: int | None = None


class VisitItems(Definition):
    """The items in which a visit's own facts stand, as FORM.ITEM, and the codes of its status.

    ``partly``, ``merged`` and ``cancelled`` are further codes of the status; ``into`` names the visit a
    merged one is held together with.
    """

    date: str
    status: str
    done: str
    missed: str
    reason: str
    partly: str | None = None
    merged: str | None = None
    cancelled: str | None = None
    into: str | None = None


class End(Definition):
    """What ends a subject's visits: those planned after ``date`` (FORM.ITEM) are cancelled.

    ``keeps``: a condition over VISIT under which a visit stays, such as a safety contact.
    """

    date: str
    keeps: Expression | None = None


class Generic(Definition):
    """What the checks that hold in every form of every study need to know of this one (STUDIES 1.9).

    ``consent``, ``end``, ``death`` and ``withdrawn`` (the main consent) are expressions of a date;
    ``data_use`` says by a code whether data from before the withdrawal may be used. ``after_end`` and
    ``after_death`` name the forms that go on. ``names`` are the items in which names of people stand, as
    FORM.ITEM.
    ``workdays``: how many working days after a visit its forms are complete.
    """

    consent: Expression | None = None
    end: Expression | None = None
    death: Expression | None = None
    withdrawn: Expression | None = None
    data_use: Expression | None = None
    after_end: tuple[OID, ...] = ()
    after_death: tuple[OID, ...] = ()
    names: tuple[str, ...] = ()
    workdays: int = 5


class Sample(Definition):
    """Whose sampled items are compared: the ``first`` subjects of a site, and every ``then``-th after them.

    Subjects count by the number in their subject number, so that everybody finds the same ones.
    """

    first: Annotated[int, Field(ge=0)] = 0
    then: Annotated[int, Field(ge=1)] | None = None


class Verification(Definition):
    """What is compared with the source of visits from a day on: all critical items, and of sampled ones some.

    ``from_`` is an ISO day, ``sampled`` all, none, or a sample of the subjects.
    """

    from_: Annotated[str, Field(alias="from")]
    critical: Literal["all"] = "all"
    sampled: Sample | Literal["all", "none"] = "none"

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Translation(Definition):
    """The pack's texts in one more language, by OID."""

    study: dict[str, str] = {}
    visits: dict[str, str] = {}
    forms: dict[str, str] = {}
    sections: dict[str, str] = {}
    items: dict[str, str] = {}
    helps: dict[str, str] = {}
    rows: dict[str, dict[str, str]] = {}
    codes: dict[str, dict[str, str]] = {}
    checks: dict[str, str] = {}
    parameters: dict[str, str] = {}
    meanings: dict[str, str] = {}
    statements: dict[str, str] = {}


class StudyHead(Definition):
    """``study.yaml``: identity, languages, numbering, parameters, schedule, and what :mod:`targets` binds."""

    study: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
    version: str
    title: str
    short: str
    registration: str | None = None
    sponsor: str | None = None
    language: str = "en"
    languages: tuple[str, ...] = ("en",)
    subjects: Subjects = Subjects()
    anchor: OID
    visit_items: VisitItems
    missing: OID
    reasons: OID
    ends: tuple[End, ...] = ()
    generic: Generic | None = None
    verification: tuple[Verification, ...] = ()
    parameters: dict[OID, Parameter] = {}
    visits: tuple[Visit, ...]
    signing: tuple[SignaturePlan, ...] = ()
    targets: Targets | None = None
    photographs: PhotoProtocol | None = None
    dosing: tuple[Dosing, ...] = ()
    observation: tuple[Observation, ...] = ()
    checklist: Checklist | None = None
    events: EventLog | None = None
    notices: tuple[Notice, ...] = ()
    safety_desk: Contact = Contact()
    checks: tuple[Check, ...] = ()


class Pack(Definition):
    """A whole study pack, as one frozen value. Its canonical JSON is what is hashed and kept."""

    head: StudyHead
    codelists: dict[OID, CodeList]
    forms: tuple[Form, ...]
    translations: dict[str, Translation] = {}
