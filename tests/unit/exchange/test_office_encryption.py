"""Only the password opens the workbook, and a changed byte is never read as data."""

from __future__ import annotations

import io
import secrets
from typing import TYPE_CHECKING

import msoffcrypto
import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.exchange import office_encryption
from crfapp.exchange.office_encryption import decrypt, encrypt, open_protected
from tests.support.sheets_of import sheet_of, written_package

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "one shared secret"
PACKAGE = written_package(sheet_of("DM", [[f"JO01-{n:03d}", n] for n in range(400)]))[1]
PROTECTED = encrypt(PACKAGE, PASSWORD)


def code_of(protected: bytes, password: str = PASSWORD) -> Code | None:
    """How opening ends: None if it gives exactly what was protected; anything else fails."""
    try:
        opened = open_protected(protected, password)
    except RefusedError as problem:
        return problem.code
    assert opened == PACKAGE, "opened, and silently different"
    return None


def key_of(protected: bytes) -> bytes:
    office = msoffcrypto.OfficeFile(io.BytesIO(protected))
    office.load_key(password=PASSWORD)
    return bytes(vars(office)["secret_key"])


def with_info(old: bytes, new: bytes) -> bytes:
    """The protected file with its description changed; old and new are of one length."""
    assert len(old) == len(new)
    assert PROTECTED.count(old) == 1
    return PROTECTED.replace(old, new)


@pytest.mark.req("REQ-930")
def test_nothing_of_the_workbook_can_be_seen_without_the_password() -> None:
    assert b"JO01" not in PROTECTED
    assert b"xl/worksheets" not in PROTECTED
    assert PROTECTED.startswith(b"\xd0\xcf\x11\xe0")


@pytest.mark.parametrize(
    "password",
    [
        "12345678",
        "x" * 255,
        "pässwörd mit Leerzeichen",
        "كلمة السر السرية",
        "🔑🗝️ keys 🔑🗝️",
        "می‌خواهم راز",
        " edges! ",
    ],
)
def test_any_typable_password_opens_what_it_closed(tmp_path: Path, password: str) -> None:
    path = tmp_path / "data.xlsx"
    path.write_bytes(encrypt(PACKAGE, password))

    assert decrypt(path, password) == PACKAGE


@pytest.mark.parametrize(
    "password", ["", "1234567", "x" * 256, "🔑" * 128, "tab\there!", "line\nbreak", "half \ud83d pair"]
)
def test_a_password_too_short_too_long_or_not_typable_is_refused(password: str) -> None:
    with pytest.raises(RefusedError) as caught:
        encrypt(PACKAGE, password)
    assert caught.value.code is Code.WORKBOOK_PASSWORD
    assert password not in caught.value.facts.values()


@pytest.mark.parametrize("password", ["One shared secret", "one shared secret ", "one shared secre", ""])
def test_a_wrong_password_is_told_from_damage(password: str) -> None:
    assert code_of(PROTECTED, password) is Code.WORKBOOK_KEY


def test_the_package_key_is_random_over_all_its_256_bits() -> None:
    keys = [key_of(encrypt(PACKAGE, PASSWORD)) for _ in range(3)]

    assert all(len(key) == 32 and len(set(key[16:])) > 8 for key in keys)
    assert len({key[16:] for key in keys}) == 3


def test_the_library_alone_would_draw_half_a_key() -> None:
    """Why the keys are made here; when this fails, the library has been mended."""
    out = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(PACKAGE)).encrypt(PASSWORD, out)

    assert key_of(out.getvalue())[16:] == b"\x36" * 16


def test_two_exports_share_nothing() -> None:
    first, second = encrypt(PACKAGE, PASSWORD), encrypt(PACKAGE, PASSWORD)
    blocks = {first[n : n + 16] for n in range(8192, len(first) - 4096, 16)} - {bytes(16), b"\xff" * 16}

    assert not blocks & {second[n : n + 16] for n in range(8192, len(second) - 4096, 16)}


@pytest.mark.parametrize("size", [4_096, 4_097, 8_191, 8_192, 65_537, 7_200_000])
def test_packages_of_any_size_come_back(size: int) -> None:
    package = b"PK\x03\x04" + secrets.token_bytes(size - 26) + b"PK\x05\x06" + bytes(18)
    package = package[:size] if len(package) > size else package

    assert open_protected(encrypt(package, PASSWORD), PASSWORD) == package


def test_a_package_too_small_for_the_container_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="4096"):
        encrypt(b"x" * 4_095, PASSWORD)


def test_the_smallest_workbook_is_large_enough() -> None:
    package = written_package(sheet_of("S", [], columns=1))[1]
    assert open_protected(encrypt(package, PASSWORD), PASSWORD) == package


@pytest.mark.req("REQ-802")
def test_a_flipped_bit_anywhere_is_refused_or_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_encryption, "SPIN_COUNT", 1_000)  # the rounds only cost time here
    protected = encrypt(PACKAGE, PASSWORD)
    places = [*range(0, 512, 4), *range(512, len(protected), len(protected) // 400)]
    ends = []
    for place in places:
        forged = bytearray(protected)
        forged[place] ^= 1 << place % 7
        ends.append(code_of(bytes(forged)))

    assert set(ends) <= {None, Code.WORKBOOK_DAMAGED, Code.WORKBOOK_KEY}
    assert ends.count(Code.WORKBOOK_DAMAGED) > 200


def test_twin_without_the_integrity_check_lets_a_flip_through() -> None:
    place = len(PROTECTED) - 3_000
    forged = bytearray(PROTECTED)
    forged[place] ^= 1
    assert code_of(bytes(forged)) is Code.WORKBOOK_DAMAGED

    office = msoffcrypto.OfficeFile(io.BytesIO(bytes(forged)))
    office.load_key(password=PASSWORD, verify_password=True)
    out = io.BytesIO()
    office.decrypt(out, verify_integrity=False)
    assert out.getvalue() != PACKAGE


@pytest.mark.parametrize("cut", [0, 1, 511, 512, 1_000, 5_000, len(PROTECTED) - 2_000])
def test_a_cut_file_is_damaged(cut: int) -> None:
    assert code_of(PROTECTED[:cut]) is Code.WORKBOOK_DAMAGED


def test_a_workbook_without_protection_is_not_taken_for_one_with() -> None:
    assert code_of(PACKAGE) is Code.WORKBOOK_DAMAGED


def test_a_file_that_asks_for_endless_rounds_is_refused_before_the_first() -> None:
    forged = with_info(b'spinCount="100000" saltSize="16"', b'spinCount="10000001" saltSize=""')
    assert code_of(forged) is Code.WORKBOOK_DAMAGED


def test_the_limit_of_rounds_is_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_encryption, "MOST_SPINS", 99_999)
    assert code_of(PROTECTED) is Code.WORKBOOK_DAMAGED


def test_entities_in_the_description_are_refused() -> None:
    declaration = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    forged = with_info(declaration, b"<!DOCTYPE x [<!ENTITY y 'bomb'>]>".ljust(len(declaration)))
    assert code_of(forged) is Code.WORKBOOK_DAMAGED
