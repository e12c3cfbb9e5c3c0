"""Each person's own signing key: what it signs verifies with it alone, and nobody else brings it to sign."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from crfapp.base.canonical import canonical, sha256
from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.keeping import SiteKeys
from crfapp.ledger.events import KeyRegistered
from crfapp.ledger.state import PersonRow
from crfapp.store.attempts import LIMIT
from crfapp.store.own_key import OwnKey
from crfapp.store.vault import COPY, FILE, Vault
from crfapp.store.wrapping import PasswordWrapping, Unwrapped
from crfapp.work.accounts import CheckIdentity, ResetPassword
from crfapp.work.notices import Notice, NoticeKind, notices_for
from crfapp.work.own_account import RegisterKey, Step
from tests.support.quick_site import OWN, QUICK, QuickSite, password_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crfapp.present.workplace import Workplace

PAPER = b"one form as it was seen"
KNOWN = "what the administrator knows"


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRFAPP_STATE", str(tmp_path / "state"))


@pytest.fixture
def site(tmp_path: Path) -> QuickSite:
    site = QuickSite(tmp_path / "site")
    site.settle("haddad", "odeh")
    return site


def code_of(act: Any, *given: Any, **named: Any) -> Code | None:
    try:
        act(*given, **named)
    except AppProblem as problem:
        return problem.code
    return None


def row_of(at: Workplace, login: str) -> PersonRow:
    row = at.tables.get(PersonRow, login)
    assert row is not None
    return row


def sign(at: Workplace, login: str, password: str) -> tuple[str, str]:
    assert at.desk.signer is not None
    return at.desk.signer.sign(login, password, PAPER)


def holds(public: str, signature: str, message: bytes = PAPER) -> bool:
    """What anybody can check, with the registered key and nothing of ours."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message)
    except InvalidSignature:
        return False
    return True


@pytest.mark.req("REQ-310")
def test_a_signature_verifies_with_the_registered_key_of_its_signer_and_no_other(site: QuickSite) -> None:
    with site.as_person("odeh") as odeh:
        public, signature = sign(odeh, "odeh", password_of("odeh"))
        assert public == row_of(odeh, "odeh").key
        assert holds(public, signature)
        assert not holds(public, signature, PAPER + b".")
        assert not holds(row_of(odeh, "haddad").key, signature)
        assert public not in (row_of(odeh, "haddad").key, "")


@pytest.mark.req("REQ-303", "REQ-207")
def test_wrong_passwords_when_signing_count_like_those_at_the_door(site: QuickSite) -> None:
    with site.as_person("odeh") as odeh:
        for _ in range(LIMIT):
            assert code_of(sign, odeh, "odeh", "a wrong one") is Code.WRONG_LOGIN
        assert code_of(sign, odeh, "odeh", password_of("odeh")) is Code.LOCKED_OUT
        assert code_of(sign, odeh, "haddad", password_of("haddad")) is None
    assert code_of(site.door.log_in, "odeh", password_of("odeh"), language="en") is Code.LOCKED_OUT


@pytest.mark.req("REQ-209", "REQ-310")
def test_a_changed_password_opens_the_same_key_and_the_old_one_opens_nothing(site: QuickSite) -> None:
    with site.as_person("odeh") as odeh:
        before = row_of(odeh, "odeh").key
        site.door.set_own_password(password_of("odeh"), OWN)
        assert code_of(sign, odeh, "odeh", password_of("odeh")) is Code.WRONG_LOGIN
        assert sign(odeh, "odeh", OWN)[0] == before
    with site.as_person("odeh", OWN) as odeh:
        assert [type(record.event) for record in odeh.events.records(kinds={"key-registered"})] == [
            KeyRegistered
        ] * 2


@pytest.mark.req("REQ-211", "REQ-310")
def test_after_a_reset_nobody_signs_for_a_person_until_a_second_one_has_vouched(site: QuickSite) -> None:
    with site.as_person("odeh") as odeh:
        old, signature = sign(odeh, "odeh", password_of("odeh"))
    with site.as_person("admin") as admin:
        admin.send(ResetPassword(login="odeh", reason="forgot it over the holidays"))
        assert site.door.site is not None
        secret = SiteKeys(site.door.site, QUICK).reset("odeh")
        assert code_of(sign, admin, "odeh", secret) is Code.WRONG_LOGIN
        assert code_of(admin.send, CheckIdentity(login="odeh", how="passport")) is Code.SOMEBODY_ELSE

    with site.as_person("odeh", secret) as odeh:  # whoever it is that holds the secret
        assert odeh.arrival.steps == (Step.PASSWORD,)
        assert odeh.arrival.reset_by == "Site administrator"
        assert code_of(odeh.send, CheckIdentity(login="haddad", how="passport")) is Code.OWN_PASSWORD_NEEDED
        site.door.set_own_password(secret, OWN)
        public = Vault.load(site.folder).public_key("odeh")
        assert code_of(odeh.send, RegisterKey(public=public)) is Code.SOMEBODY_ELSE
        assert code_of(sign, odeh, "odeh", OWN) is Code.WRONG_LOGIN
    assert code_of(site.door.log_in, "odeh", secret, language="en") is Code.WRONG_LOGIN  # once, and no more

    with site.as_person("haddad") as haddad:
        told = Notice(NoticeKind.PASSWORD_RESET, "odeh", "Dr Lina Odeh", "Site administrator", "2025-01-05")
        assert told in notices_for(haddad.desk, haddad.actor)
        haddad.send(CheckIdentity(login="odeh", how="passport, in person"))
        assert told not in notices_for(haddad.desk, haddad.actor)
    with site.as_person("odeh", OWN) as odeh:
        new, again = sign(odeh, "odeh", OWN)
        assert (new != old, holds(new, again)) == (True, True)
        keys = [
            event.public
            for record in odeh.events.records(kinds={"key-registered"})
            if isinstance(event := record.event, KeyRegistered) and event.login == "odeh"
        ]
        assert keys == [old, new]
    assert holds(old, signature)


# ---- with all files and the data key at hand


def rewrite(site: QuickSite, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the vault's file as somebody would who knows how its digest is made."""
    content = json.loads((site.folder / FILE).read_bytes())
    del content["digest"]
    change(content)
    written = json.dumps({**content, "digest": sha256(canonical(content))})
    for name in (FILE, COPY):
        (site.folder / name).write_text(written)


def entry_of(content: dict[str, Any], login: str) -> dict[str, Any]:
    return next(entry for entry in content["wrappings"] if entry["who"] == login)


def forged(site: QuickSite, own: OwnKey | None) -> dict[str, Any]:
    vault = Vault.load(site.folder, QUICK)
    unwrapped = Unwrapped(site.key, own)
    return PasswordWrapping.make(vault.site, "odeh", KNOWN, unwrapped, cost=QUICK).as_json()


def _other_password(site: QuickSite) -> None:
    rewrite(site, lambda content: entry_of(content, "odeh").update(forged(site, None), signing=None))


def _other_key(site: QuickSite) -> None:
    rewrite(site, lambda content: entry_of(content, "odeh").update(forged(site, OwnKey.make())))


def _key_grafted(site: QuickSite) -> None:
    """A wrapping whose password is known, with the sealed key of the right person."""
    real = entry_of(json.loads((site.folder / FILE).read_bytes()), "odeh")["signing"]
    rewrite(site, lambda content: entry_of(content, "odeh").update(forged(site, None), signing=real))


def _another_s_entry(site: QuickSite) -> None:
    def move(content: dict[str, Any]) -> None:
        entry_of(content, "odeh").update(entry_of(content, "admin"), who="odeh")

    rewrite(site, move)


FORGERIES = (_other_password, _other_key, _key_grafted, _another_s_entry)


@pytest.mark.req("REQ-211", "REQ-310")
@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
def test_with_the_data_key_and_every_file_nobody_comes_in_or_signs_as_somebody_else(
    site: QuickSite, forge: Callable[[QuickSite], None]
) -> None:
    forge(site)
    for password in (KNOWN, password_of("admin")):
        with site.as_person("haddad") as haddad:
            assert code_of(sign, haddad, "odeh", password) is Code.WRONG_LOGIN
        refused = code_of(site.door.log_in, "odeh", password, language="en")
        assert refused in (Code.KEY_DIFFERS, Code.WRONG_LOGIN)
        assert site.door.site is None


def test_a_forged_wrapping_is_told_apart_from_a_wrong_password_and_kept_in_the_ledger(
    site: QuickSite,
) -> None:
    _other_password(site)
    assert code_of(site.door.log_in, "odeh", KNOWN, language="en") is Code.KEY_DIFFERS
    with site.as_person("haddad") as haddad:
        refused = [record.event for record in haddad.events.records(kinds={"session-refused"})]
        assert [getattr(event, "tried", "") for event in refused] == ["odeh"]


def test_a_forged_wrapping_would_open_if_the_key_were_not_compared(
    site: QuickSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin without the safeguard."""
    monkeypatch.setattr("crfapp.bootstrap.arriving.refuse_forged", lambda *_: None)
    _other_password(site)
    with site.as_person("odeh", KNOWN) as odeh:
        assert odeh.actor.login == "odeh"
        assert code_of(sign, odeh, "odeh", KNOWN) is Code.WRONG_LOGIN  # and even so nobody signs
