"""Study amendments v1 to v5 on a site at work: what was recorded stays as it was.

Every kind of amendment is put in force on casebooks in every state (T-60; REQ-701 to 703). Kept are all
events byte by byte, answers, findings, signatures that still verify, verifications, locks, and every form as
it was shown.
"""

from __future__ import annotations

import random
from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from crfapp.form.graph import Cell
from crfapp.ledger.events import Signed
from crfapp.ledger.keys import EventId, FormKey, ItemKey, Scope, VisitKey
from crfapp.ledger.signing import content_hash, paper_of
from crfapp.ledger.state import (
    FindingRow,
    FormRow,
    ItemRow,
    LockRow,
    MadeUnderRow,
    SignatureRow,
    SiteRow,
    SubjectRow,
    VerifiedRow,
    VisitRow,
)
from crfapp.present.form_page import FormPage
from crfapp.present.version_words import not_collected_words
from crfapp.study.diff import KINDS, changes, refusals
from crfapp.work.consequences import settle
from crfapp.work.entry import CompleteForm, ConfirmFinding
from crfapp.work.verification import VerifyItem
from crfapp.work.verification_standing import planned_items
from tests.support.amended import Amended, form_of, item_of, newer, visit_of
from tests.support.fault_figures import Figure, many, note
from tests.support.signing_ward import MONITOR, SigningWard
from tests.support.site_of import workplace

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.study.study import Study

Data = dict[str, Any]
STATES = ("empty", "entered", "signed", "verified", "locked")
TRIES = many(4, 100)


# ---- the site


class Filled(SigningWard):
    """One subject for each state; ``keys`` are their forms of demography."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = {state: FormKey(self._subject(state), "V_SCR", 1, "DM", 1) for state in STATES[1:]}
        self.keys["empty"] = FormKey(self.enrol(), "V_SCR", 1, "DM", 1)

    def _subject(self, state: str) -> str:
        subject = self.enrol()
        at = self.start(subject, "V_SCR", "2025-01-05")
        key = FormKey(*at, "DM", 1)
        self.enter(key, SEX="F", CB="none", AGE="70", W="61.5", H="170", LEN="12.0")
        if state != "entered":
            for row in self.ledger.tables.find(FindingRow, **key._asdict(), state="open"):
                self.confirm(row)
            for name in ("SV", "DM"):
                self.send(CompleteForm(key=key._replace(form=name)))
            self.sign(Scope(*key), "REVIEWED")
        if state in ("verified", "locked"):
            self.compare(key)
        if state == "locked":
            self.lock(Scope(*key))
        return subject

    def compare(self, key: FormKey) -> None:
        """The monitor compares the weight with its source."""
        row = self.ledger.tables.get(ItemRow, *key, "", "W")
        assert row is not None
        self.bus.send(VerifyItem(key=key, row="", item="W", head=EventId(row.node, row.seq)), MONITOR)

    def confirm(self, row: FindingRow) -> None:
        """The nurse says that an answer is right although a check asks."""
        key = row.key.of
        reason = "read again from the source"
        self.send(ConfirmFinding(key=key, row=row.row, item=row.item, check=row.check, reason=reason))


@cache
def _made() -> Filled:
    return Filled()


def filled() -> tuple[Filled, Amended]:
    """A copy of the site, to be amended."""
    ward = deepcopy(_made())
    amended = Amended(ward)
    amended.reopen()
    return ward, amended


# ---- the amendments, a table of kinds


def _add(pack: Data) -> None:
    form_of(pack, "DM")["sections"][0]["items"].append(
        {"item": "SMOKE", "ask": "Smoker", "type": "yesno", "required": True, "sdv": "critical"}
    )


def _drop(pack: Data) -> None:
    items = form_of(pack, "DM")["sections"][0]["items"]
    items[:] = [item for item in items if item["item"] not in ("LEN", "FIT")]


def _set(form: str, item: str, **told: Any) -> Callable[[Data], None]:
    def change(pack: Data) -> None:
        item_of(pack, form, item).update(told)

    return change


def _codes(change: Callable[[list[Data]], object]) -> Callable[[Data], object]:
    return lambda pack: change(pack["codelists"]["SEX"]["codes"])


def _unneeded(pack: Data) -> None:
    """The form leaves the study, with the rules of others that read it."""
    pack["forms"] = [form for form in pack["forms"] if form["form"] != "DM"]
    for visit in pack["head"]["visits"]:
        visit["forms"] = [held for held in visit["forms"] if held["form"] != "DM"]
    form_of(pack, "DOSE")["checks"] = []
    pack["head"]["signing"][0]["forms"] = ["AE"]


def _form_added(pack: Data) -> None:
    new = {"item": "HXYN", "ask": "Anything before", "type": "yesno"}
    section = {"section": "ALL", "title": "All", "items": [new]}
    pack["forms"].append({"form": "HX", "title": "History", "sections": [section]})
    visit_of(pack, "V_SCR")["forms"].append({"form": "HX"})


def _checks(*checks: Data) -> Callable[[Data], None]:
    return lambda pack: form_of(pack, "DM").update(checks=list(checks))


def _visits(change: Callable[[list[Data]], object]) -> Callable[[Data], object]:
    return lambda pack: change(pack["head"]["visits"])


HEAVY = {"check": "DM-09", "level": "Q", "on": "W", "fires": "W > 20", "say": "{W} kg."}
EXTRA = {"visit": "V_X", "title": "Extra", "kind": "scheduled", "day": 3, "forms": [{"form": "SV"}]}
AMENDMENTS: dict[str, tuple[str, Callable[[Data], object]]] = {
    "a question more": ("item-added", _add),
    "a question less": ("item-removed", _drop),
    "other words": ("item-renamed", _set("DM", "W", ask="Body weight")),
    "a code more": ("codes-added", _codes(lambda codes: codes.append({"code": "X", "text": "Not said"}))),
    "a code less": ("codes-removed", _codes(lambda codes: codes.pop(0))),
    "a code in other words": ("codes-relabelled", _codes(lambda codes: codes[0].update(text="Woman"))),
    "another range": ("range", _set("DM", "AGE", range={"hard": ["0", "60"], "soft": ["P.AGE_MIN", "50"]})),
    "another unit": ("unit", _set("DM", "W", unit="lb", units={"kg": {"factor": "2.2046226"}})),
    "now required": ("required", _set("DM", "FIT", required=True)),
    "another condition": ("condition", _set("DM", "CB", when='SEX == "M"')),
    "another calculation": ("calculation", _set("DM", "BMI", **{"is": "W + H"})),
    "another window": ("window", lambda pack: visit_of(pack, "V_SCR").update(day=-3, window=[-1, 1])),
    "a visit more": ("visit-added", _visits(lambda visits: visits.insert(2, EXTRA))),
    "a visit less": ("visit-dropped", _visits(lambda visits: visits.pop(0))),
    "a form at a visit": (
        "visit-forms",
        lambda pack: visit_of(pack, "V_SCR")["forms"].append({"form": "UNS"}),
    ),
    "a form more": ("form-added", _form_added),
    "a form less": ("form-removed", _unneeded),
    "a check more": ("check-added", lambda pack: form_of(pack, "DM")["checks"].append(HEAVY)),
    "another check": (
        "check-changed",
        lambda pack: form_of(pack, "DM")["checks"][0].update(fires="W > 20", level="H"),
    ),
    "a check less": ("check-removed", _checks()),
    "a figure": ("figure", lambda pack: pack["head"]["parameters"]["AGE_MIN"].update(value="75")),
    "what is signed": ("signing", lambda pack: pack["head"]["signing"].pop(0)),
    "what is compared": ("source-plan", _set("DM", "W", sdv="none")),
    "whose is compared": (
        "verification",
        lambda pack: pack["head"].update(verification=[{"from": "2024-01-01", "sampled": "none"}]),
    ),
}


# ---- what must stay


class Seen(NamedTuple):
    """All that an amendment must leave as it is, of the forms of one site."""

    tables: dict[str, list[Any]]
    shown: dict[FormKey, Any]
    planned: list[Any]
    contents: list[str]


def seen(ward: Filled) -> Seen:
    """The records of every state and every begun form as it is shown."""
    tables = ward.ledger.tables
    kept: tuple[Any, ...] = (FormRow, VisitRow, ItemRow, FindingRow, SignatureRow, VerifiedRow, LockRow)
    rows: dict[str, list[Any]] = {table.__name__: list(tables.find(table)) for table in kept}
    at = workplace(ward)
    shown = {row.key: _shown(FormPage(at, row.key), ward, row.key) for row in tables.find(FormRow)}
    subjects = sorted({key.subject for key in ward.keys.values()})
    plans = [
        one
        for row in tables.find(SubjectRow)
        if row.subject in subjects
        for one in planned_items(ward.desk, row)
    ]
    signed = tables.find(SignatureRow, state="valid")
    return Seen(rows, shown, plans, [content_hash(tables, ward.desk.study, row.scope) for row in signed])


def _shown(page: FormPage, ward: Filled, key: FormKey) -> Any:
    """Sections, questions, choices and answers of a form, and what keeps it from being complete."""
    graph = ward.desk.forms.get(key)
    states = {cell: page.state(cell) for cell in graph.cells()}
    head = replace(page.head(), version="", later="")
    return head, page.sections(), states, [str(one) for one in graph.findings()], list(graph.unanswered())


def broken(ward: Filled, before: Seen, links: list[Any]) -> list[str]:
    """What is not as it was: names of tables, forms, signatures."""
    found = [] if ward.ledger.links[: len(links)] == links else ["events"]
    try:
        after = seen(ward)
    except Exception as wrong:  # noqa: BLE001 - whatever it is, the form cannot be shown any more
        return [*found, repr(wrong)]
    found += [name for name in before.tables if before.tables[name] != after.tables[name]]
    found += [
        f"{key.form} of {key.subject}" for key in before.shown if before.shown[key] != after.shown.get(key)
    ]
    found += ["what is compared"] if before.planned != after.planned else []
    found += ["what is signed"] if before.contents != after.contents else []
    found += _following(ward)
    return found + ["a signature" for good in _signatures(ward) if not good]


def _following(ward: Filled) -> list[str]:
    """What would be recorded in begun forms by whoever looks at them next: nothing."""
    tables = ward.ledger.tables
    with ward.desk.reading(tables):
        rows = tables.find(FormRow)
        events = [
            e for row in rows for e in settle(ward.desk, row.key, list(ward.desk.forms.get(row.key).cells()))
        ]
    ward.desk.forget_forms()
    return [event.kind for event in events]


def _signatures(ward: Filled) -> list[bool]:
    [site] = ward.ledger.tables.find(SiteRow)
    good = []
    for record in ward.records():
        if isinstance(record.event, Signed):
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(record.event.public))
            key.verify(bytes.fromhex(record.event.signed), paper_of(record, site.site))
            good.append(True)
    return good


# ---- the tests


@pytest.mark.req("REQ-702")
@pytest.mark.req("REQ-703")
@pytest.mark.parametrize("name", AMENDMENTS)
def test_an_amendment_leaves_what_was_begun_as_it_was(name: str) -> None:
    kind, change = AMENDMENTS[name]
    ward, amended = filled()
    new = newer(ward.desk.study, "2", change)
    assert kind in {one.kind for one in changes(ward.desk.study, new)}
    assert not refusals(new, ward.desk.study.versions)
    before, links = seen(ward), list(ward.ledger.links)
    amended.put_in_force(new)
    assert not broken(ward, before, links)
    about = [record.event.kind for record in ward.records()[len(links) :] if record.event.subject]
    assert not about


@pytest.mark.req("REQ-703")
def test_every_kind_of_amendment_is_tried() -> None:
    tried = {kind for kind, _ in AMENDMENTS.values()}
    assert tried == set(KINDS) - {"other"}


@pytest.mark.req("REQ-702")
def test_five_versions_in_a_row_in_any_order_and_the_twin_that_forgets_versions() -> None:
    bad, twin_bad, tried = [], 0, 0
    for chance in range(TRIES):
        ward, amended = filled()
        before, links = seen(ward), list(ward.ledger.links)
        picked = random.Random(chance).sample(sorted(AMENDMENTS), 8)  # noqa: S311 - the same each time
        for version, pair in enumerate((picked[n : n + 2] for n in (0, 2, 4, 6)), 2):
            tried += 1
            amended.put_in_force(_next(ward.desk.study, str(version), pair))
            bad += broken(ward, before, links)
        assert ward.desk.study.head.version == "5"
        ward.ledger.tables.forget(MadeUnderRow)  # the twin: forms are shown by whatever is in force
        amended.reopen()
        twin_bad += bool(broken(ward, before, links))
    assert not bad
    assert twin_bad == TRIES
    note(
        Figure(
            "T-60",
            "amendments v1 to v5 on casebooks entered, signed, verified and locked",
            tried=tried + len(AMENDMENTS),
            bad=len(bad),
            twin="the note under which version a form was begun",
            twin_tried=TRIES,
            twin_bad=twin_bad,
            more=f"{len(AMENDMENTS)} amendments, each on casebooks in {len(STATES)} states",
        )
    )


def _next(study: Study, version: str, names: list[str]) -> Study:
    """The next version, with the changes that still make sense in it."""

    def change(pack: Data) -> None:
        for name in names:
            whole = deepcopy(pack)
            try:
                AMENDMENTS[name][1](pack)
                newer(study, version, lambda data: data.update(deepcopy(pack)))
            except (StopIteration, LookupError, ValueError):
                pack.clear()
                pack.update(whole)

    return newer(study, version, change)


@pytest.mark.req("REQ-702")
def test_a_question_that_came_later_is_not_collected_where_it_was_not_asked_and_asked_where_nothing_is() -> (
    None
):
    ward, amended = filled()
    amended.put_in_force(newer(ward.desk.study, "2", _add))
    at = workplace(ward)
    for state in STATES[1:]:
        key = ward.keys[state]
        assert "SMOKE" not in ward.desk.forms.get(key).plan.items
        assert "Smoker" in not_collected_words(at, key)
        assert not [cell for cell in ward.desk.forms.get(key).unanswered() if cell.item == "SMOKE"]
    empty = ward.keys["empty"]
    ward.start(empty.subject, "V_SCR", "2025-01-05")
    assert Cell("", "SMOKE") in list(ward.desk.forms.get(empty).unanswered())
    assert not_collected_words(at, empty) == ""
    ward.enter(empty, SMOKE="Y")
    row = ward.ledger.tables.get(MadeUnderRow, *empty)
    assert row is not None
    assert row.pack == ward.desk.study.in_force.hash


@pytest.mark.req("REQ-702")
def test_a_question_that_was_dropped_keeps_its_answer_and_is_not_asked_again() -> None:
    ward, amended = filled()
    amended.put_in_force(newer(ward.desk.study, "2", _drop))
    entered, empty = ward.keys["entered"], ward.keys["empty"]
    assert ward.value(entered, "LEN") == "12.0"
    assert "LEN" in ward.desk.forms.get(entered).plan.items
    ward.start(empty.subject, "V_SCR", "2025-01-05")
    assert "LEN" not in ward.desk.forms.get(empty).plan.items
    assert "LEN" in ward.desk.study.items("DM")


@pytest.mark.req("REQ-701")
def test_an_installed_version_asks_nothing_until_it_is_put_in_force() -> None:
    ward, amended = filled()
    before, links = seen(ward), list(ward.ledger.links)
    amended.install(newer(ward.desk.study, "2", _add))
    amended.reopen()
    empty = ward.keys["empty"]
    assert not broken(ward, before, links)
    ward.start(empty.subject, "V_SCR", "2025-01-05")
    assert "SMOKE" not in ward.desk.forms.get(empty).plan.items
    assert ward.desk.study.head.version == "1"


@pytest.mark.req("REQ-701")
def test_visits_of_a_subject_who_has_not_consented_again_stay_on_the_version_before() -> None:
    ward, amended = filled()
    new = newer(ward.desk.study, "2", _add)
    amended.put_in_force(new, consent=True)
    empty, entered = ward.keys["empty"], ward.keys["entered"]
    assert "SMOKE" not in ward.desk.versions.at(empty).items("DM")
    newcomer = FormKey(ward.enrol(), "V_SCR", 1, "DM", 1)
    assert "SMOKE" in ward.desk.versions.at(newcomer).items("DM")
    amended.reconsent(empty.subject)
    amended.reconsent(entered.subject)
    assert "SMOKE" in ward.desk.versions.at(empty).items("DM")
    assert "SMOKE" not in ward.desk.versions.at(entered).items("DM")


@pytest.mark.req("REQ-702")
def test_every_event_names_the_version_that_it_was_made_under() -> None:
    ward, amended = filled()
    first = ward.desk.study.hash
    new = newer(ward.desk.study, "2", _add)
    amended.put_in_force(new)
    entered, empty = ward.keys["entered"], ward.keys["empty"]
    ward.enter(entered, reason="misread on the scale", W="62")
    assert ward.records()[-1].envelope.pack == first
    ward.start(empty.subject, "V_SCR", "2025-01-05")
    ward.enter(empty, SEX="M")
    assert ward.records()[-1].envelope.pack == new.hash


@pytest.mark.req("REQ-703")
def test_a_dropped_visit_stays_where_it_began_and_is_not_due_elsewhere() -> None:
    ward, amended = filled()
    amended.put_in_force(newer(ward.desk.study, "2", AMENDMENTS["a visit less"][1]))
    entered, empty = ward.keys["entered"], ward.keys["empty"]
    assert "V_SCR" in {slot.visit for slot in ward.desk.slots(entered.subject)}
    assert "V_SCR" not in {slot.visit for slot in ward.desk.slots(empty.subject)}
    assert VisitKey(*entered.at) in {row.key for row in ward.ledger.tables.find(VisitRow)}


@pytest.mark.req("REQ-703")
def test_a_weight_in_another_unit_is_read_in_the_unit_that_is_asked_now() -> None:
    ward, amended = filled()
    amended.put_in_force(newer(ward.desk.study, "2", AMENDMENTS["another unit"][1]))
    entered = ward.keys["entered"]
    at = ward.start(entered.subject, "V_A", "2025-01-12")
    dose = FormKey(*at, "DOSE", 1)
    ward.enter(dose, VOL="12")
    heavy = [row for row in ward.ledger.tables.find(FindingRow, **dose._asdict()) if row.check == "DS-01"]
    assert not heavy, "12 mL is not more than a tenth of 135.6 lb"
    assert ward.value(entered, "W") == "61.5"
    assert ward.desk.stored(ItemKey(*entered, "", "W")) is not None


REUSED: dict[str, tuple[str, Callable[[Data], object]]] = {
    "another type": ("PACK-093", _set("DM", "AGE", type="text(20)", unit=None, range=None)),
    "another dimension": ("PACK-093", _set("DM", "H", unit="kg")),
    "words of another code": (
        "PACK-094",
        _codes(lambda codes: [codes[0].update(text="M"), codes[1].update(text="F")]),
    ),
    "another anchor": ("PACK-092", lambda pack: pack["head"].update(anchor="V_B")),
}


@pytest.mark.req("REQ-703")
@pytest.mark.parametrize("name", REUSED)
def test_a_name_with_another_meaning_is_refused(name: str) -> None:
    study = _made().study()
    code, change = REUSED[name]
    found = refusals(newer(study, "2", change), [study])
    assert code in {one.code for one in found}


@pytest.mark.req("REQ-703")
def test_a_dropped_name_does_not_come_back_with_another_meaning_and_versions_only_grow() -> None:
    study = _made().study()
    second = newer(study, "2", _drop)
    again = {"item": "LEN", "ask": "Length", "type": "yesno"}
    third = newer(second, "3", lambda pack: form_of(pack, "DM")["sections"][0]["items"].append(again))
    assert not refusals(third, [second])
    assert [one.code for one in refusals(third, [study, second])] == ["PACK-093"]
    assert next(one.code for one in refusals(newer(study, "1"), [study, second])) == "PACK-091"
