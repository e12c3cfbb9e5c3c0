"""What a pack says of lesions and wounds, their photographs and measured areas, doses, observation and
safety.

These parts bind what the program knows how to do (draw a body map, trace an area, run an observation
clock, count down to a report) to the items in which a study records it. A study without a part has no
such page. Items stand as ``ITEM`` where the form is named beside them, else as ``FORM.ITEM``.
"""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from crfapp.study.definition import OID, Definition, Expression

TargetState = Literal["present", "healed", "reopened", "merged", "split", "unknown"]
"""What has become of a lesion or wound at a visit."""

REGIONS: dict[str, tuple[str, ...]] = {
    "body": (
        *("scalp", "face", "neck", "chest", "back", "abdomen", "genital", "buttock", "axilla", "upper-arm"),
        *("elbow", "forearm", "hand", "finger", "thigh", "knee", "lower-leg", "ankle", "foot"),
    ),
    "legs": (
        *("shin", "calf", "medial-leg", "lateral-leg", "medial-malleolus", "lateral-malleolus"),
        *("gaiter", "foot"),
    ),
}
"""The regions that are drawn on each figure of the body map."""


class Measure(Definition):
    """The form with one row for each target in which its area is measured.

    ``states`` gives each code of ``status`` its meaning. ``method`` is the item that says how it was
    measured, ``traced`` its code for an outline on a photograph and ``ruler`` that for a ruler.
    ``outline`` holds the area of an outline, ``length`` and ``width`` the diameters, ``area`` the area
    used, ``change`` the percent of the baseline. ``apart`` is an expression: by how many percent two
    tracers may differ before somebody decides. ``into`` names the row of the registry that one merged into,
    as it is seen at the visit.
    """

    form: OID
    status: OID
    states: dict[str, TargetState]
    into: OID | None = None
    method: OID
    traced: str
    ruler: str
    outline: OID
    length: OID
    width: OID
    area: OID
    change: OID
    apart: Expression


class Score(Definition):
    """A judgement beside the measurement: an item of ``form``, perhaps with the class worked out from it."""

    form: OID
    item: OID
    of_class: OID | None = None


class Targets(Definition):
    """The registry of what is treated and followed: lesions, wounds.

    ``site``, ``side``, ``landmark`` and ``map`` are items of ``form`` that say where it is; ``regions``
    gives the codes of ``site`` their regions on the body map. ``treated`` and ``control`` are conditions
    over a row. ``parent`` and ``merged`` name the row that it came from, and that it became part of.
    ``title`` is what one of them is called ("Lesion").
    """

    form: OID
    title: str
    site: OID
    side: OID
    landmark: OID
    map: OID | None = None
    figure: Literal["body", "legs"] = "body"
    regions: dict[str, tuple[str, ...]] = {}
    treated: Expression
    control: Expression | None = None
    parent: OID | None = None
    merged: OID | None = None
    measure: Measure
    scores: tuple[Score, ...] = ()


class PhotoProtocol(Definition):
    """Which photographs a visit needs, and what makes one fit to be judged.

    ``form`` has a log of rows, one photograph each: ``target`` and ``view`` say of what, ``image`` is the
    photograph, ``taken`` when, ``scale`` whether a ruler is in it, ``private`` that nobody can be
    recognised. ``done`` says whether any were taken. ``views`` are the codes that every target of ``of``
    (a condition over a row of the registry) needs at each visit that has the form. ``pixels``, ``sharp``,
    ``dark`` and ``bright`` are expressions: fewest pixels, lowest sharpness, and the shares (in percent)
    of black and of white pixels above which a photograph is called under- or overexposed.
    """

    form: OID
    done: OID
    target: OID
    view: OID
    views: tuple[str, ...]
    of: Expression
    image: OID
    taken: OID
    device: OID | None = None
    scale: OID
    private: OID
    quality: OID | None = None
    pixels: Expression
    sharp: Expression
    dark: Expression
    bright: Expression


class Amount(Definition):
    """How much was given to one target: an item of its row, with the item of what was planned."""

    given: OID
    planned: OID | None = None


class Dosing(Definition):
    """The form in which a dose is recorded.

    ``given`` says whether, ``start`` and ``end`` when. ``lot``, ``container``, ``expiry`` and ``thawed``
    name the product; they stand in ``form`` or, as ``FORM.ITEM``, where the product was received.
    ``today`` says for each target (``rows`` is its section) whether it was treated; ``amounts`` how much.
    ``total`` is the amount of the whole dose. ``fresh`` is an expression: hours for which a thawed
    product may be used. ``number`` counts doses.
    """

    form: OID
    given: OID
    number: OID | None = None
    start: OID
    end: OID
    lot: str
    container: str
    expiry: str | None = None
    thawed: OID | None = None
    fresh: Expression | None = None
    rows: OID | None = None
    today: OID | None = None
    amounts: tuple[Amount, ...] = ()
    total: OID | None = None
    check: OID | None = None
    """The form that is filled before a dose is given."""


class Observation(Definition):
    """The form that is filled while a subject is watched after a dose.

    ``after`` is the item of the dose from which minutes count. ``rows`` is the section with one row for each
    time point, ``points`` the minute of each row, ``measured`` when it was. ``minutes`` is an expression: for
    how long somebody is watched; ``ended`` the item that says when it was over, ``early`` why it was shorter.
    ``tolerance``: from so many minutes before its time to so many after it a point may be measured,
    ``last_tolerance`` the same for the last point.
    """

    form: OID
    after: str
    started: OID
    rows: OID
    points: dict[str, int]
    measured: OID
    ended: OID
    early: OID | None = None
    minutes: Expression
    tolerance: tuple[int, int] = (-5, 5)
    last_tolerance: tuple[int, int] = (0, 15)
    done: OID | None = None
    """Whether anybody was watched at all."""


class EventLog(Definition):
    """The log of adverse events, as far as the program writes into it and reads it."""

    form: OID
    term: OID
    category: OID | None = None
    local: str | None = None
    target: OID | None = None
    start: OID
    start_time: OID | None = None
    ongoing: OID
    end: OID
    grade: OID
    serious: OID
    causality: OID
    outcome: OID
    recurs: OID | None = None
    recurs_of: OID | None = None


class Checklist(Definition):
    """A form with one row for each target in which signs are asked for one by one (solicited events).

    ``signs`` are its scores, each with the term under which it stands in the log of events; a score above
    0 (or ``Y``) means that the sign is there. ``done`` says whether the checklist was gone through at
    all.
    """

    form: OID
    done: OID
    when: OID | None = None
    before: tuple[str, ...] = ()
    signs: dict[OID, str]


class Notice(Definition):
    """What the sponsor is told of at once: a serious event, a pregnancy, a death.

    It is owed as soon as ``owed`` holds in a row of the log ``arises`` (or in ``form`` itself where that
    is not given), within ``hours`` of ``aware``; before that is known, or where a form does not ask for it,
    of the instant at which it was recorded. ``sent`` and ``how`` are the items of ``form`` in which the
    report is noted; ``about`` the item that names the row of the log; ``forms`` what is printed with it.
    """

    notice: OID
    title: str
    form: OID
    arises: OID | None = None
    owed: Expression | None = None
    about: OID | None = None
    aware: OID | None = None
    sent: OID | None = None
    how: OID | None = None
    hours: int = Field(default=24, ge=1, le=240)
    follow_up_days: int | None = None
    forms: tuple[OID, ...] = ()

    model_config = ConfigDict(frozen=True, extra="forbid")


class Contact(Definition):
    """Where the sponsor's safety desk is reached; filled in by the sponsor, empty in a template."""

    name: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
