"""The ward with a casebook that is signed at its last visit, and people who may: Dr Haddad and Dr Odeh."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from crfapp.ledger.changes import Put
from crfapp.ledger.keys import FormKey, Scope, VisitKey
from crfapp.ledger.signing import content_hash
from crfapp.ledger.state import ItemRow, LockRow, PersonRow, SignatureRow, VerifiedRow
from crfapp.study.model import Pack
from crfapp.study.study import Study
from crfapp.work.entry import CompleteForm
from crfapp.work.hindrances import begun_forms
from crfapp.work.locking import AgreeUnlock, AskUnlock, Lock
from crfapp.work.obstacles import obstacles
from crfapp.work.own_account import STATEMENT
from crfapp.work.roles import Actor, Role
from crfapp.work.signing import SeeForm, Sign, is_seen
from tests.support.signers import KnownSigner, password_of
from tests.support.ward import Ward, ward_study

if TYPE_CHECKING:
    from crfapp.work.bus import Outcome

SIGN = {
    "form": "SIGN",
    "title": "Sign-off",
    "sections": [
        {
            "section": "ALL",
            "title": "All",
            "items": [
                {"item": "OPENQ", "ask": "Open", "type": "integer", "by": ["program"]},
                {"item": "MISS", "ask": "Missing", "type": "integer", "by": ["program"]},
                {
                    "item": "SIG",
                    "ask": "Signature",
                    "type": "signature",
                    "required": True,
                    "by": ["investigator"],
                },
                {"item": "AT", "ask": "At", "type": "datetime", "by": ["program"]},
            ],
        }
    ],
}
CASEBOOK = {
    "meaning": "CASEBOOK",
    "title": "Casebook approved",
    "say": "I approve the casebook.",
    "casebook": {"form": "SIGN", "signature": "SIG", "at": "AT", "queries": "OPENQ", "incomplete": "MISS"},
}
HADDAD = Actor("haddad", "Dr Omar Haddad", Role.INVESTIGATOR, "Cell Therapy Center")
ODEH = Actor("odeh", "Dr Lina Odeh", Role.INVESTIGATOR, "Cell Therapy Center")
MANAGER = Actor("keller", "Iris Keller", Role.DATA_MANAGER, "Sponsor")
MONITOR = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")


@cache
def signing_study() -> Study:
    """The ward's study; its casebook is signed at the early end, with which these subjects are done."""
    data: dict[str, Any] = ward_study().pack.model_dump(mode="json", by_alias=True)
    data["forms"].append(SIGN)
    data["head"]["signing"].append(CASEBOOK)
    for visit in data["head"]["visits"]:
        if visit["visit"] == "V_A":
            visit["forms"].append({"form": "SIGN"})
        if visit["visit"] == "V_SCR":
            visit["forms"] = [one for one in visit["forms"] if one["form"] in ("SV", "DM")]
    return Study(Pack.model_validate(data))


class SigningWard(Ward):
    """One subject at the ward, seen at screening and at the visit that ends the casebook."""

    study = staticmethod(signing_study)
    last: VisitKey

    def __init__(self) -> None:
        super().__init__()
        self.signer = KnownSigner(("haddad", "odeh", "weber"))
        self.desk.signer = self.signer
        for who in (HADDAD, ODEH, MANAGER, MONITOR):
            self.known(who)

    def known(self, who: Actor, **more: str) -> None:
        """Put somebody on record, fit to sign unless it is said otherwise."""
        key = self.signer.public(who.login) if who.login in ("haddad", "odeh", "weber") else ""
        told = {"statement": STATEMENT, "trained": f"{who.role.value} 0.1", "password": "own"}
        ready = told | {"identity": "admin", "key": key} | more
        row = PersonRow(who.login, who.name, who.role.value, who.organisation, **ready)  # type: ignore[arg-type]
        self.ledger.tables.apply([Put(row)])

    # ---- signing

    def content(self, scope: Scope) -> str:
        """The hash of what stands there now."""
        return content_hash(self.desk.tables, self.desk.study, scope)

    def see(self, scope: Scope, who: Actor = HADDAD) -> None:
        """Go through every form of a scope."""
        for key in begun_forms(self.desk, scope):
            if not is_seen(self.desk, key, who.login):
                self.bus.send(SeeForm(key=key, content=self.content(Scope(*key))), who)

    def sign(self, scope: Scope, meaning: str, who: Actor = HADDAD, **more: Any) -> Outcome:
        """Look at everything and sign."""
        self.see(scope, who)
        told = {"login": who.login, "password": password_of(who.login), "content": self.content(scope)} | more
        return self.bus.send(Sign(scope=scope, meaning=meaning, **told), who)

    def signatures(self, state: str) -> list[SignatureRow]:
        """Signatures in a state."""
        return list(self.ledger.tables.find(SignatureRow, state=state))

    # ---- filling

    def fill(self) -> VisitKey:
        """Everything that screening and the last visit ask for, complete."""
        self.enter(self.dm, SEX="M", W="61.5")
        last = self.last = self.injected()
        self.enter(self.form("DOSE", last), VOL="1")
        for key in (self.sv, self.dm, self.form("SV", last), self.form("DOSE", last), self.form("LM", last)):
            self.complete(key)
        return last

    def complete(self, key: FormKey) -> None:
        """Complete a form."""
        assert next(obstacles(self.desk, key), None) is None, key
        self.send(CompleteForm(key=key))

    def verify(self, key: FormKey, item: str) -> None:
        """The answer was compared with its source, as the table says afterwards."""
        row = self.ledger.tables.get(ItemRow, *key, "", item)
        assert row is not None
        what = (row.value, row.missing, row.node, row.seq)
        by = ("weber", "Greta Weber", "monitor", "2025-01-06T09:00:00.000000Z")
        found = VerifiedRow(*row.key, "done", *what, *by, 180, "", "ws-test", 0)
        self.ledger.tables.apply([Put(found)])

    # ---- locking

    def lock(self, scope: Scope) -> Outcome:
        """Lock it."""
        return self.bus.send(Lock(scope=scope), MANAGER)

    def unlock(self, scope: Scope) -> None:
        """Ask, and agree."""
        self.bus.send(AskUnlock(scope=scope, reason="a value is wrong"), MANAGER)
        self.bus.send(AgreeUnlock(scope=scope), HADDAD)

    def is_locked(self, scope: Scope) -> bool:
        """Whether exactly this is locked."""
        row = self.ledger.tables.get(LockRow, *scope)
        return row is not None and row.state == "locked"
