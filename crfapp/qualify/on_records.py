"""Checks of the records themselves: reasons, trail, chain, rights, passwords, encryption, signatures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from crfapp.base.canonical import canonical
from crfapp.base.marking import N_
from crfapp.base.problems import Code, IntegrityProblem
from crfapp.bootstrap.playing import ADMINISTRATOR, known_password
from crfapp.bootstrap.signatures import KEYS, write_signatures
from crfapp.ledger.chain import first_break
from crfapp.ledger.events import ValueRecorded
from crfapp.ledger.keys import FormKey, ItemKey, Scope
from crfapp.ledger.signing import content_hash
from crfapp.ledger.state import ItemRow, SignatureRow
from crfapp.qualify.checks import Check, Tried, refused
from crfapp.qualify.scratch import PULSE, Scratch, answer, enrol
from crfapp.store.engine import PLAIN_HEADER, open_engine, reading
from crfapp.store.event_log import EventLog
from crfapp.store.known_database import pages_damaged
from crfapp.store.verify import verify
from crfapp.work.entry import RecordAnswer
from crfapp.work.people import AddPerson
from crfapp.work.queries import RaiseQuery
from crfapp.work.roles import Role
from crfapp.work.signing import SeeForm, Sign
from crfapp.work.subjects import EnrolSubject

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.ledger.chain import Sealed
    from crfapp.work.cases import Command

_CANARY = "zq-canary-of-qualification-7431"
_TRIES = 5
_MAY = {
    "nurse": {"enrol", "answer"},
    "doctor": {"enrol", "answer"},
    "monitor": {"query"},
    ADMINISTRATOR: {"person"},
}


def _reasons(folder: Path) -> Tried:
    with Scratch.found(folder).open() as opened:
        key = enrol(opened)
        answer(opened, key, "72")
        without = refused(lambda: answer(opened, key, "74"))
        between = _value(opened, key)
        answer(opened, key, "74", reason="counted again")
        told = [
            (record.event.value, record.event.reason, record.envelope.login, record.envelope.role)
            for record in opened.events.records(item=PULSE)
            if isinstance(record.event, ValueRecorded)
        ]
        trail = ", ".join(str(one[0]) for one in told)
        seen = f"{without}, {between} stays; then {_value(opened, key)}; trail {trail}"
    return Tried("R-202, 72 stays; then 74; trail 72, 74", seen, {"trail": told})


def _value(opened: OpenSite, key: FormKey) -> str | None:
    row = opened.desk.tables.get(ItemRow, *ItemKey(*key, "", PULSE))
    return row.value if row else None


def _chain(folder: Path) -> Tried:
    """Every event of the trail with one sign changed, left out, or exchanged with the next."""
    scratch = Scratch.found(folder)
    with scratch.open() as opened, reading(opened.store.engine) as db:
        links = list(EventLog().chain(db, opened.store.workstation.node, after=0))
    changed = sum(_is_found([*links[:n], _changed(links[n]), *links[n + 1 :]]) for n in range(len(links)))
    left_out = sum(_is_found([*links[:n], *links[n + 1 :]]) for n in range(len(links) - 1))
    swapped = sum(
        _is_found([*links[:n], links[n + 1], links[n], *links[n + 2 :]]) for n in range(len(links) - 1)
    )
    count = len(links)
    expected = (
        f"{count} of {count} changed, {count - 1} left out, {count - 1} exchanged; none in the sound one"
    )
    sound = "none in the sound one" if first_break(links) is None else "one in the sound one"
    seen = f"{changed} of {count} changed, {left_out} left out, {swapped} exchanged; {sound}"
    return Tried(expected, seen, {"links": [link.hash for link in links]})


def _is_found(links: list[Sealed]) -> bool:
    return first_break(links) is not None


def _changed(link: Sealed) -> Sealed:
    body = bytearray(link.body)
    body[len(body) // 2] ^= 1
    return link._replace(body=bytes(body))


def _file(folder: Path) -> Tried:
    """The database with one byte changed on each of its pages, one after the other."""
    scratch = Scratch.found(folder)
    file = folder / "ledger.db"
    whole = file.read_bytes()
    pages = range(0, len(whole), 4096)
    found = 0
    for page in pages:
        changed = bytearray(whole)
        changed[page + 2048] ^= 1
        file.write_bytes(changed)
        found += refused(lambda: _walked(scratch)) != "done"
    file.write_bytes(whole)
    seen = f"{found} of {len(pages)} pages; whole again: {refused(lambda: _walked(scratch))}"
    return Tried(f"{len(pages)} of {len(pages)} pages; whole again: done", seen, {"pages": len(pages)})


def _walked(scratch: Scratch) -> None:
    """DATABASE_DAMAGED and the like where a page or a link is not as it was written."""
    engine = open_engine(scratch.folder / "ledger.db", scratch.key)
    try:
        if pages_damaged(engine):
            raise IntegrityProblem(Code.DATABASE_DAMAGED, file="ledger.db")
        with reading(engine) as db:
            verify(db).refuse_breaks()
    finally:
        engine.dispose()


def _rights(folder: Path) -> Tried:
    """Four roles, four kinds of acts: each is done or refused as the page of permissions says."""
    with Scratch.found(folder).open() as opened:
        key = enrol(opened)
        done: dict[str, dict[str, str]] = {}
        answer(opened, key, "72")
        for login in _MAY:
            acts: dict[str, Command] = {
                "enrol": EnrolSubject(),
                "answer": RecordAnswer(key=key, item=PULSE, typed=str(80 + len(done)), reason="tried"),
                "query": RaiseQuery(scope=Scope(*key), item=PULSE, text="Is this so?"),
                "person": AddPerson(login=f"{login}2", name="N", role=Role.NURSE, organisation="O"),
            }
            actor = opened.actor(login)
            done[login] = {
                name: refused(lambda command=command, actor=actor: opened.bus.send(command, actor))  # type: ignore[misc]
                for name, command in acts.items()
            }
    expected = sorted((login, name) for login, names in _MAY.items() for name in names)
    seen = sorted(
        (login, name) for login, codes in done.items() for name, how in codes.items() if how == "done"
    )
    codes = {how for codes in done.values() for how in codes.values()} - {"done"}
    told = ", ".join(f"{login} may {name}" for login, name in seen)
    wanted = ", ".join(f"{login} may {name}" for login, name in expected)
    return Tried(f"{wanted}; else {Code.NOT_ALLOWED}", f"{told}; else {', '.join(sorted(codes))}", done)


def _passwords(folder: Path) -> Tried:
    scratch = Scratch.found(folder)
    with scratch.open() as opened:
        gate = opened.gate
        wrong = [refused(lambda: gate.open("nurse", "a guess that is wrong")) for _ in range(_TRIES)]
        nobody = refused(lambda: gate.open("nobody", "a guess that is wrong"))
    with scratch.open() as opened:
        right = refused(lambda: opened.gate.open("nurse", known_password("nurse")))
    seen = f"{wrong[0]}, unknown {nobody}; after {_TRIES} and a restart {right}"
    expected = f"R-301, unknown R-301; after {_TRIES} and a restart R-305"
    return Tried(expected, seen, {"wrong": wrong, "nobody": nobody, "right": right})


def _encrypted(folder: Path) -> Tried:
    with Scratch.found(folder).open() as opened:
        key = enrol(opened)
        answer(opened, key, _CANARY, item="REMARK")
        files = [path for path in folder.rglob("*") if path.is_file()]
        plain = [path.name for path in files if path.read_bytes().startswith(PLAIN_HEADER)]
        told = [path.name for path in files if _CANARY.encode() in path.read_bytes()]
    seen = f"{len(plain)} plain databases, {len(told)} files with the words that were typed"
    expected = "0 plain databases, 0 files with the words that were typed"
    return Tried(expected, seen, {"files": sorted(path.name for path in files), "plain": plain, "told": told})


def _signature(folder: Path) -> Tried:
    with Scratch.found(folder).open() as opened:
        key = enrol(opened)
        events = FormKey(key.subject, "V_LOG", 1, "AE", 1)
        answer(opened, events, "N", item="AEYN")
        nurse = refused(lambda: _sign(opened, events, "nurse"))
        _sign(opened, events, "doctor")
        out = folder.with_name("signatures")
        write_signatures(opened, opened.actor("doctor"), out)
        holds, altered = _verified(out)
        answer(opened, events, "Y", item="AEYN", reason="she told of one")
        [row] = opened.desk.tables.find(SignatureRow)
    expected = "nurse R-201; holds True, altered False; after a change outdated"
    seen = f"nurse {nurse}; holds {holds}, altered {altered}; after a change {row.state}"
    return Tried(expected, seen, {"nurse": nurse, "state": row.state})


def _sign(opened: OpenSite, key: FormKey, login: str) -> None:
    scope, actor = Scope(*key), opened.actor(login)
    content = content_hash(opened.desk.tables, opened.desk.study, scope)
    opened.bus.send(SeeForm(key=key, content=content), actor)
    password = known_password(login)
    opened.bus.send(
        Sign(scope=scope, meaning="SAFETY", content=content, login=login, password=password), actor
    )


def _verified(folder: Path) -> tuple[bool, bool]:
    """Whether a signature that was taken out holds, and whether it still does for another meaning."""
    [file] = folder.glob("signature-*.json")
    said = json.loads(file.read_bytes())
    known = json.loads((folder / KEYS).read_bytes())["doctor"]
    altered = {**said["paper"], "meaning": "EFFICACY"}
    return tuple(_holds(paper, said, known) for paper in (said["paper"], altered))  # type: ignore[return-value]


def _holds(paper: object, said: dict[str, str], known: list[str]) -> bool:
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(said["public"]))
    try:
        key.verify(bytes.fromhex(said["signed"]), canonical(paper))
    except InvalidSignature:
        return False
    return said["public"] in known


ON_RECORDS = (
    Check(
        "reasons",
        "REQ-104",
        N_("A saved value changes with a reason alone, and stays in the trail"),
        _reasons,
    ),
    Check("chain", "REQ-107", N_("A changed, missing or moved event is found"), _chain),
    Check("file", "REQ-107", N_("A changed byte on any page of the database is found"), _file),
    Check("rights", "REQ-216", N_("Each role may do what it may, and nothing else"), _rights),
    Check("passwords", "REQ-207", N_("Wrong passwords are counted, over a restart"), _passwords),
    Check("encrypted", "REQ-930", N_("What is typed stands in no file as it was typed"), _encrypted),
    Check("signature", "REQ-302", N_("A signature holds, and only for what was signed"), _signature),
)
