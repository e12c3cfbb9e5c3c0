"""Signing: a form seen, a form, visit or casebook signed (REQ-301 to 311).

Who signs types login and password anew; the password goes to the signer alone and is no part of any event,
log or representation. What was signed is bound by :func:`crfapp.ledger.signing.paper`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Event, FormSeen, Signed
from crfapp.ledger.keys import FormKey, Scope
from crfapp.ledger.signing import Signer, content_hash, paper
from crfapp.ledger.state import PersonRow, SeenRow, SessionRow, SignatureRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.hindrances import Hindrance, begun_forms, in_the_way_of_signing
from crfapp.work.roles import Right, Role
from crfapp.work.sign_off import sign_off_form, written_by_signing
from crfapp.work.sign_plan import plan_of, policy_of, sign_off_of, statement_of, study_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

Of = Literal["form", "visit", "casebook", "monitoring", "delegation"]
UNSEEN = "unseen"
_OF_LEVEL: dict[str, Of] = {"form": "form", "visit": "visit", "casebook": "casebook"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeForm(Command):
    """A signer went through a form to its end; ``content`` is the hash of what was shown."""

    key: FormKey
    content: str


@use_case(SeeForm, needs=Right.SIGN, touches=(Topic.SIGNATURES,))
def see_form(cmd: SeeForm, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it; SIGN_STALE where it is another one by now, nothing where it is known."""
    now = content_hash(desk.tables, desk.study, Scope(*cmd.key))
    if now != cmd.content:
        raise RefusedError(Code.SIGN_STALE, form=cmd.key.form)
    seen = desk.tables.get(SeenRow, *cmd.key, actor.login)
    if seen is None or seen.content != now:
        yield FormSeen(**cmd.key._asdict(), login=actor.login, content=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentialed(Command):
    """Base of what is signed: who types what, in which ``language`` the statement was read.

    ``login`` may be left empty where the site's rules let the later signatures of a session do with the
    password alone.
    """

    login: str = ""
    password: str = field(repr=False)
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign(Credentialed):
    """Sign a form, a visit or a casebook; ``content`` is the hash of what was shown."""

    scope: Scope
    meaning: str
    content: str


@use_case(Sign, needs=Right.SIGN, touches=(Topic.SIGNATURES, Topic.ANSWERS, Topic.FORMS))
def sign(cmd: Sign, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record the signature and what the program writes with it; else everything that stands in the way.

    NOT_IN_PLAN, NOT_ALLOWED for another role, SIGN_NOT_READY before identity, key and statement are on
    record, NOTHING_TO_SIGN, SIGNED_ALREADY, SIGN_STALE, SIGN_HINDERED, SIGN_UNSEEN; SIGN_LOGIN, and what the
    signer says of a wrong password.
    """
    plan = plan_of(study_in(desk, cmd.scope), cmd.scope, cmd.meaning)
    if actor.role.value not in plan.by:
        raise RefusedError(Code.NOT_ALLOWED, role=actor.role.value, needs=", ".join(plan.by))
    refuse_unready_signer(desk, actor)
    if not begun_forms(desk, cmd.scope):
        raise RefusedError(Code.NOTHING_TO_SIGN, level=cmd.scope.level)
    _refuse_signed(desk, cmd, actor)
    if content_hash(desk.tables, desk.study, cmd.scope) != cmd.content:
        raise RefusedError(Code.SIGN_STALE, form=cmd.scope.form)
    _refuse_hindered(desk, cmd.scope, actor)
    statement = statement_of(study_in(desk, cmd.scope), cmd.meaning, cmd.language)
    of = _OF_LEVEL[cmd.scope.level]
    what = What(of, cmd.scope, cmd.meaning, statement, cmd.content)
    yield desk.lay(put_under(desk, cmd, actor, what))
    yield from written_by_signing(desk, cmd.scope, actor.login)


def hindered(desk: Desk, scope: Scope, login: str) -> list[Hindrance]:
    """Everything that keeps somebody from signing now: in the data, and what they have not seen as it is."""
    found = list(in_the_way_of_signing(desk, scope))
    return found + [Hindrance(UNSEEN, key) for key in unseen(desk, scope, login)]


def unseen(desk: Desk, scope: Scope, login: str) -> list[FormKey]:
    """The forms of a scope that somebody has not gone through as they are now."""
    return [key for key in begun_forms(desk, scope) if not is_seen(desk, key, login)]


def is_seen(desk: Desk, key: FormKey, login: str) -> bool:
    """Whether somebody went through a form as it is now."""
    seen = desk.tables.get(SeenRow, *key, login)
    return seen is not None and seen.content == content_hash(desk.tables, desk.study, Scope(*key))


def _refuse_hindered(desk: Desk, scope: Scope, actor: Actor) -> None:
    if scope.level == "casebook" and sign_off_of(desk.study) and sign_off_form(desk, scope) is None:
        raise RefusedError(Code.VISIT_NOT_STARTED)
    found = list(in_the_way_of_signing(desk, scope))
    if found:
        first = found[0]
        facts = {"what": first.what, "form": first.key.form if first.key else first.about}
        raise RefusedError(Code.SIGN_HINDERED, count=len(found), **facts)
    left = unseen(desk, scope, actor.login)
    if left:
        raise RefusedError(Code.SIGN_UNSEEN, count=len(left), form=left[0].form)


def _refuse_signed(desk: Desk, cmd: Sign, actor: Actor) -> None:
    rows = desk.tables.find(SignatureRow, **cmd.scope._asdict(), state="valid")
    if any((row.login, row.meaning) == (actor.login, cmd.meaning) for row in rows):
        raise RefusedError(Code.SIGNED_ALREADY)


def refuse_unready_signer(desk: Desk, actor: Actor) -> None:
    """SIGN_NOT_READY until identity was checked, a key registered and the statement accepted (REQ-202)."""
    person = desk.tables.get(PersonRow, actor.login)
    if person is None:
        if not desk.tables.find(PersonRow, role=Role.ADMINISTRATOR.value):
            return  # a study that is tried, where nobody is on record
        raise RefusedError(Code.SIGN_NOT_READY, lacks="account")
    for lacks in ("identity", "statement", "key"):
        if not getattr(person, lacks):
            raise RefusedError(Code.SIGN_NOT_READY, lacks=lacks)


def asks_login(desk: Desk, login: str) -> bool:
    """Whether the login is to be typed too: always, unless the site's rules spare it within a session."""
    session = desk.tables.get(SessionRow, login)
    series = session is not None and session.open and session.signed
    return bool(policy_of(desk).sign_both) or not series


@dataclass(frozen=True, slots=True)
class What:
    """What a signature is of, and what it says."""

    of: Of
    scope: Scope
    meaning: str
    statement: str
    content: str
    about: str = ""


def put_under(desk: Desk, cmd: Credentialed, actor: Actor, what: What) -> Signed:
    """The signature itself. SIGN_LOGIN where another login was typed; what else is wrong the signer says."""
    if (cmd.login or asks_login(desk, actor.login)) and cmd.login != actor.login:
        raise RefusedError(Code.SIGN_LOGIN)
    event = Signed(
        **what.scope._asdict() | {"subject": what.scope.subject or None},
        signature=desk.new_id(),
        of=what.of,
        about=what.about,
        meaning=what.meaning,
        statement=what.statement,
        language=cmd.language,
        content=what.content,
        signed_at=desk.stamp(),
        after=desk.head,
        public="",
        signed="",
    )
    who = Signer(actor.login, actor.name, actor.role.value)
    message = paper(event, who, site=desk.site.site, pack=desk.pack_hash)
    if desk.signer is None:
        raise RefusedError(Code.SIGN_NOT_READY, lacks="key")
    public, signed = desk.signer.sign(actor.login, cmd.password, message)
    person = desk.tables.get(PersonRow, actor.login)
    if person is not None and person.key != public:
        raise RefusedError(Code.SIGN_NOT_READY, lacks="key")
    return event.model_copy(update={"public": public, "signed": signed})
