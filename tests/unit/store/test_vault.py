"""Who gets the data key, and that nobody else does."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crfapp.base.canonical import canonical, sha256
from crfapp.base.problems import AppProblem, Code, EnvironmentProblem, IntegrityProblem, RefusedError
from crfapp.store.recovery import new_secret
from crfapp.store.vault import COPY, FILE, Vault
from crfapp.store.wrapping import Cost, PasswordWrapping, Unwrapped

ROOT = Path(__file__).parents[3]
CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
DEARER = Cost(passes=2, memory_kib=16, lanes=1)
PASSWORD = "seven quiet lanterns"
SITE = "site-jo01"


@pytest.fixture
def opened(tmp_path: Path) -> tuple[Vault, bytes]:
    vault, data_key = Vault.create(tmp_path, SITE, CHEAP)
    vault.add("rana", PASSWORD, data_key)
    return vault, data_key


def refusal(act: Any, *given: Any) -> Code:
    with pytest.raises(AppProblem) as refused:
        act(*given)
    return refused.value.code


def rewrite(file: Path, change: Any) -> None:
    """Change the file as somebody would who knows how its digest is made."""
    content = json.loads(file.read_bytes())
    del content["digest"]
    change(content)
    file.write_text(json.dumps({**content, "digest": sha256(canonical(content))}))


def test_the_right_password_gives_the_data_key_after_a_restart(
    opened: tuple[Vault, bytes], tmp_path: Path
) -> None:
    vault, data_key = opened
    assert len(data_key) == 32
    assert vault.open("rana", PASSWORD) == data_key
    assert Vault.load(tmp_path, CHEAP).open("rana", PASSWORD) == data_key
    assert Vault.load(tmp_path, CHEAP).site == SITE


def test_every_site_has_its_own_key(tmp_path: Path) -> None:
    keys = set()
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        keys.add(Vault.create(tmp_path / name, name, CHEAP)[1])
    assert len(keys) == 3


@pytest.mark.req("REQ-904")
def test_neither_the_key_nor_a_password_stands_in_the_file(
    opened: tuple[Vault, bytes], tmp_path: Path
) -> None:
    _, data_key = opened
    written = (tmp_path / FILE).read_bytes()
    for secret in (PASSWORD.encode(), data_key, data_key.hex().encode(), base64.b64encode(data_key)):
        assert secret not in written
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.req("REQ-217")
def test_a_wrong_password_and_an_unknown_login_are_refused_alike(opened: tuple[Vault, bytes]) -> None:
    vault, _ = opened
    refused = []
    for login, password in [
        ("rana", "seven quiet lantern"),
        ("nobody", PASSWORD),
        ("", ""),
        ("Rana", PASSWORD),
    ]:
        with pytest.raises(RefusedError) as wrong:
            vault.open(login, password)
        refused.append((wrong.value.code, wrong.value.facts, str(wrong.value)))
    assert len({str(entry) for entry in refused}) == 1
    assert refused[0][0] is Code.WRONG_LOGIN


@pytest.mark.req("REQ-217")
def test_an_unknown_login_costs_as_much_as_a_wrong_password(tmp_path: Path) -> None:
    """Processor time, medians of five taken in turn: load on the machine then falls on both."""
    cost = Cost(passes=2, memory_kib=8_192, lanes=1)
    vault, data_key = Vault.create(tmp_path, SITE, cost)
    vault.add("rana", PASSWORD, data_key)
    spent: dict[str, list[float]] = {"rana": [], "nobody": []}
    for _ in range(5):
        for login, times in spent.items():
            begin = time.process_time()
            assert refusal(vault.open, login, "wrong") is Code.WRONG_LOGIN
            times.append(time.process_time() - begin)
    known, unknown = (sorted(times)[2] for times in spent.values())
    assert 0.5 < unknown / known < 2


@pytest.mark.req("REQ-210")
def test_real_passwords_are_stretched_by_argon2id_over_64_mib(tmp_path: Path) -> None:
    vault, data_key = Vault.create(tmp_path, SITE)
    vault.add("rana", PASSWORD, data_key)
    kdf = json.loads((tmp_path / FILE).read_bytes())["wrappings"][0]["kdf"]
    assert {**kdf, "salt": ""} == {"name": "argon2id", "t": 7, "m": 65_536, "p": 4, "salt": ""}
    assert len(base64.b64decode(kdf["salt"])) == 16


@pytest.mark.req("REQ-210")
def test_a_login_at_an_old_cost_is_wrapped_anew_and_never_cheaper(
    opened: tuple[Vault, bytes], tmp_path: Path
) -> None:
    _, data_key = opened
    assert Vault.load(tmp_path, DEARER).open("rana", PASSWORD) == data_key
    raised = (tmp_path / FILE).read_bytes()
    assert json.loads(raised)["wrappings"][0]["kdf"]["m"] == 16
    for cost in (CHEAP, DEARER):
        assert Vault.load(tmp_path, cost).open("rana", PASSWORD) == data_key
        assert (tmp_path / FILE).read_bytes() == raised


@pytest.mark.req("REQ-209")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(password=st.text(min_size=1, max_size=200))
def test_any_characters_count_in_full_however_the_keyboard_composes_them(password: str) -> None:
    wrapping = PasswordWrapping.make(SITE, "rana", password, Unwrapped(bytes(32), None), cost=CHEAP)
    assert wrapping.unwrap(SITE, unicodedata.normalize("NFD", password)) == Unwrapped(bytes(32), None)
    assert wrapping.unwrap(SITE, unicodedata.normalize("NFC", password)) == Unwrapped(bytes(32), None)
    assert wrapping.unwrap(SITE, password + "x") is None
    assert wrapping.unwrap(SITE, password[:-1]) is None


def test_a_changed_password_needs_the_current_one_and_ends_it(
    opened: tuple[Vault, bytes], tmp_path: Path
) -> None:
    vault, data_key = opened
    assert refusal(vault.change_password, "rana", "wrong", "eight quiet lanterns") is Code.WRONG_LOGIN
    vault.change_password("rana", PASSWORD, "eight quiet lanterns")
    for again in (vault, Vault.load(tmp_path, CHEAP)):
        assert again.open("rana", "eight quiet lanterns") == data_key
        assert refusal(again.open, "rana", PASSWORD) is Code.WRONG_LOGIN


def test_people_come_and_go_but_the_last_one_stays(opened: tuple[Vault, bytes], tmp_path: Path) -> None:
    vault, data_key = opened
    vault.add("omar", "nine quiet lanterns", data_key)
    assert refusal(vault.add, "omar", "another password", data_key) is Code.LOGIN_TAKEN
    assert vault.logins == ("omar", "rana")
    vault.remove("rana")
    assert refusal(Vault.load(tmp_path, CHEAP).open, "rana", PASSWORD) is Code.WRONG_LOGIN
    assert refusal(vault.remove, "omar") is Code.NOT_ALLOWED
    assert vault.open("omar", "nine quiet lanterns") == data_key


def test_who_was_taken_away_is_gone_from_the_second_copy_too(
    opened: tuple[Vault, bytes], tmp_path: Path
) -> None:
    vault, data_key = opened
    vault.add("omar", "nine quiet lanterns", data_key)
    vault.remove("rana")
    shutil.copy(tmp_path / COPY, tmp_path / FILE)
    assert refusal(Vault.load(tmp_path, CHEAP).open, "rana", PASSWORD) is Code.WRONG_LOGIN


@pytest.mark.req("REQ-904")
def test_the_recovery_sheet_opens_what_a_forgotten_password_closed(
    opened: tuple[Vault, bytes], tmp_path: Path
) -> None:
    vault, data_key = opened
    secret, other = new_secret(), new_secret()
    assert refusal(vault.open_with_recovery, secret) is Code.WRONG_RECOVERY
    vault.set_recovery(secret, data_key)
    again = Vault.load(tmp_path, CHEAP)
    assert again.has_recovery
    assert refusal(again.open_with_recovery, other) is Code.WRONG_RECOVERY
    recovered = again.open_with_recovery(secret)
    assert recovered == data_key
    again.reset_password("rana", "ten quiet lanterns", recovered)
    assert again.open("rana", "ten quiet lanterns") == data_key
    again.set_recovery(other, data_key)
    assert refusal(again.open_with_recovery, secret) is Code.WRONG_RECOVERY


def test_every_changed_bit_of_a_wrapping_is_refused() -> None:
    wrapping = PasswordWrapping.make(SITE, "rana", PASSWORD, Unwrapped(bytes(range(32)), None), cost=CHEAP)
    for at in range(len(wrapping.sealed)):
        forged = bytearray(wrapping.sealed)
        forged[at] ^= 1 << at % 8
        changed = PasswordWrapping("rana", CHEAP, wrapping.salt, bytes(forged))
        assert changed.unwrap(SITE, PASSWORD) is None
    for length in range(len(wrapping.sealed)):
        cut = PasswordWrapping("rana", CHEAP, wrapping.salt, wrapping.sealed[:length])
        assert cut.unwrap(SITE, PASSWORD) is None
    assert wrapping.unwrap(SITE, PASSWORD) == Unwrapped(bytes(range(32)), None)


def test_a_wrapping_moved_to_another_person_or_site_does_not_open(
    opened: tuple[Vault, bytes], tmp_path: Path
) -> None:
    def steal(content: dict[str, Any]) -> None:
        content["wrappings"][0]["who"] = "thief"

    rewrite(tmp_path / FILE, steal)
    assert refusal(Vault.load(tmp_path, CHEAP).open, "thief", PASSWORD) is Code.WRONG_LOGIN
    opened[0].add("omar", "nine quiet lanterns", opened[1])

    rewrite(tmp_path / FILE, lambda content: content.update(site="site-jo02"))
    assert refusal(Vault.load(tmp_path, CHEAP).open, "rana", PASSWORD) is Code.WRONG_LOGIN


def test_a_decayed_file_is_reported_as_such_and_kept(opened: tuple[Vault, bytes], tmp_path: Path) -> None:
    """Every 7th byte of it, one bit each: damage is not taken for a wrong password."""
    good = (tmp_path / FILE).read_bytes()
    for at in range(0, len(good), 7):
        decayed = bytearray(good)
        decayed[at] ^= 1 << at % 7
        (tmp_path / FILE).write_bytes(decayed)
        with pytest.raises(IntegrityProblem) as noticed:
            Vault.load(tmp_path, CHEAP)
        assert noticed.value.code is Code.VAULT_DAMAGED
        assert noticed.value.facts == {"file": FILE, "copy": "good"}
        assert (tmp_path / FILE).read_bytes() == decayed
    assert (tmp_path / COPY).read_bytes() == good
    assert opened[0].logins == ("rana",)


def test_a_missing_file_is_never_made_again(opened: tuple[Vault, bytes], tmp_path: Path) -> None:
    (tmp_path / FILE).unlink()
    assert refusal(Vault.load, tmp_path, CHEAP) is Code.VAULT_DAMAGED
    assert refusal(Vault.create, tmp_path, SITE, CHEAP) is Code.SITE_EXISTS
    shutil.copy(tmp_path / COPY, tmp_path / FILE)
    assert Vault.load(tmp_path, CHEAP).open("rana", PASSWORD) == opened[1]


def test_a_lost_second_copy_is_made_again(opened: tuple[Vault, bytes], tmp_path: Path) -> None:
    (tmp_path / COPY).write_bytes(b"old")
    Vault.load(tmp_path, CHEAP)
    assert (tmp_path / COPY).read_bytes() == (tmp_path / FILE).read_bytes()
    assert opened[0].logins == ("rana",)


@pytest.mark.parametrize("kdf", [{"m": 2**31}, {"t": 10**6}, {"p": 0}, {"m": 1}, {"name": "none"}])
def test_a_hostile_cost_is_refused_before_it_is_paid(
    opened: tuple[Vault, bytes], tmp_path: Path, kdf: dict[str, Any]
) -> None:
    rewrite(tmp_path / FILE, lambda content: content["wrappings"][0]["kdf"].update(kdf))
    assert refusal(Vault.load, tmp_path, CHEAP) is Code.VAULT_DAMAGED
    assert opened[0].logins == ("rana",)


def test_a_newer_vault_is_refused(opened: tuple[Vault, bytes], tmp_path: Path) -> None:
    rewrite(tmp_path / FILE, lambda content: content.update(format=4))
    with pytest.raises(EnvironmentProblem, match="E-106"):
        Vault.load(tmp_path, CHEAP)
    assert opened[0].logins == ("rana",)


def test_a_failing_disk_leaves_the_former_vault(opened: tuple[Vault, bytes], tmp_path: Path) -> None:
    vault, data_key = opened
    (tmp_path / (FILE + ".new")).mkdir()  # nothing can be written under this name
    with pytest.raises(EnvironmentProblem) as failed:
        vault.add("omar", "nine quiet lanterns", data_key)
    assert failed.value.code is Code.DISK_FAILS
    assert vault.logins == Vault.load(tmp_path, CHEAP).logins == ("rana",)


def test_the_login_window_loads_no_database_library_and_no_drawing_one() -> None:
    """The vault alone stands between start and login; importing SQLAlchemy takes 165 ms."""
    asked = (
        "import sys, crfapp.store.vault, crfapp.store.recovery, crfapp.store.site_folder;"
        "print([name for name in ('sqlalchemy', 'sqlcipher3', 'segno', 'pydantic') if name in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert answer.stdout.strip() == "[]"


def test_a_vault_of_the_first_format_is_read_and_becomes_one_of_today_with_the_next_change(
    opened: tuple[Vault, bytes], tmp_path: Path
) -> None:
    vault, data_key = opened

    def back(content: dict[str, Any]) -> None:
        content.update(format=1)
        del content["former"]

    rewrite(tmp_path / FILE, back)
    old = Vault.load(tmp_path, CHEAP)
    assert (old.open("rana", PASSWORD), old.public_key("rana"), old.former) == (data_key, "", frozenset())
    old.change_password("rana", PASSWORD, "nine quiet lanterns")
    assert json.loads((tmp_path / FILE).read_bytes())["format"] == 2
    assert Vault.load(tmp_path, CHEAP).public_key("rana")
    assert vault.site == old.site


@pytest.mark.req("REQ-201")
def test_a_login_taken_away_for_ever_is_never_given_again(
    opened: tuple[Vault, bytes], tmp_path: Path
) -> None:
    vault, data_key = opened
    vault.add("omar", "nine quiet lanterns", data_key)
    vault.remove("omar", for_ever=True)
    assert refusal(Vault.load(tmp_path, CHEAP).add, "omar", "another password", data_key) is Code.LOGIN_TAKEN


@pytest.mark.req("REQ-210", "REQ-310")
def test_a_wrapping_that_is_made_dearer_keeps_the_person_s_own_key(tmp_path: Path) -> None:
    vault, data_key = Vault.create(tmp_path, SITE, CHEAP)
    vault.add("rana", PASSWORD, data_key, own=True)
    own = vault.unwrap("rana", PASSWORD).own
    assert own is not None
    dearer = Vault.load(tmp_path, DEARER)
    assert dearer.unwrap("rana", PASSWORD).own == own
    assert Vault.load(tmp_path, CHEAP).unwrap("rana", PASSWORD).own == own
    entry = next(iter(json.loads((tmp_path / FILE).read_bytes())["wrappings"]))
    assert entry["kdf"]["m"] == DEARER.memory_kib
    assert own.seed.hex() not in (tmp_path / FILE).read_text()
