"""A copy opens with its code alone, and whatever was done to it is found (REQ-502, REQ-804)."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.exchange.copy.container import PIECE, Sealing, Secret, check, new_head, opened, read_head

if TYPE_CHECKING:
    from pathlib import Path

CODE = "7K3M-Q0R1-9ZXW"
SECRET = Secret(CODE, "code", "ab12cd34")


def sealed(path: Path, plain: bytes, secret: Secret = SECRET) -> str:
    with path.open("wb") as file:
        writing = Sealing(file, secret, new_head("st", "JO01", "2025-01-01T10:00:00+03:00", secret))
        for at in range(0, len(plain), 70_001):
            writing.write(plain[at : at + 70_001])
        return writing.close()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 17])
def test_what_was_put_in_comes_out_wherever_pieces_end(tmp_path: Path, size: int) -> None:
    plain = bytes(range(256)) * (size // 256 + 1)
    digest = sealed(tmp_path / "c", plain[:size])
    assert check(tmp_path / "c", CODE) == digest
    with opened(tmp_path / "c", "7k3m q0r1 9zxw") as read:
        assert read.read() == plain[:size]
        read.seek(max(0, size - 5))
        assert read.read() == plain[max(0, size - 5) : size]


def test_a_zip_in_it_is_read_without_anything_plain_on_the_disk(tmp_path: Path) -> None:
    with (tmp_path / "c").open("wb") as file:
        writing = Sealing(file, SECRET, new_head("st", "JO01", "2025", SECRET))
        with zipfile.ZipFile(writing, "w", zipfile.ZIP_DEFLATED) as packed:  # type: ignore[call-overload]
            packed.writestr("a.txt", "Canary-4711 " * 200_000)
            packed.writestr("b.txt", b"x" * 3_000_000, zipfile.ZIP_STORED)
        writing.close()
    assert b"Canary-4711" not in (tmp_path / "c").read_bytes()
    with opened(tmp_path / "c", CODE) as plain, zipfile.ZipFile(plain) as packed:
        assert packed.testzip() is None
        assert packed.read("a.txt").startswith(b"Canary-4711")
    assert [file.name for file in tmp_path.iterdir()] == ["c"]


@pytest.mark.req("REQ-804")
def test_every_kind_of_change_is_found(tmp_path: Path) -> None:
    plain = bytes(2 * PIECE + 5_000)
    path = tmp_path / "c"
    sealed(path, plain)
    whole = path.read_bytes()
    begin = len(whole) - (2 * PIECE + 5_000 + 3 * 16)
    first, second, last = (
        whole[begin : begin + PIECE + 16], whole[begin + PIECE + 16 : begin + 2 * PIECE + 32],
        whole[begin + 2 * PIECE + 32 :],
    )  # fmt: skip
    changed = [
        whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), len(whole) // 40)
    ]
    cut = [whole[:at] for at in (0, 5, begin, begin + 7, begin + PIECE + 16, len(whole) - 1)]
    spliced = [whole[:begin] + second + first + last, whole[:begin] + first + last, whole + b"\0"]
    spliced += [whole[:begin] + first + second + second + last]
    for damaged in (*changed, *cut, *spliced):
        path.write_bytes(damaged)
        with pytest.raises(AppProblem) as refused:
            check(path, CODE)
        assert refused.value.code in (Code.COPY_DAMAGED, Code.COPY_SECRET_WRONG, Code.TOO_NEW)


def test_another_code_is_wrong_and_a_password_is_taken_in_any_normal_form(tmp_path: Path) -> None:
    sealed(tmp_path / "c", b"x")
    with pytest.raises(AppProblem) as refused:
        check(tmp_path / "c", CODE[:-1] + "A")
    assert refused.value.code is Code.COPY_SECRET_WRONG
    sealed(tmp_path / "p", b"x", Secret("Käse und Brot", "password"))
    check(tmp_path / "p", "Ka\u0308se und Brot")
    head = read_head(tmp_path / "p")
    assert (head.site, head.opens_with) == ("JO01", "password")


def test_whatever_is_no_copy_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c"
    heads = (
        b"",
        b"PK\x03\x04",
        b"crfapp-copy 1\n",
        b"crfapp-copy 1\n[]\n",
        b"crfapp-copy 1\n" + b"{" * 20_000,
    )
    for wrong in (*heads, b'crfapp-copy 1\n{"salt":"zz"}\n', b"\xff" * 50):
        path.write_bytes(wrong)
        with pytest.raises(AppProblem) as refused:
            check(path, CODE)
        assert refused.value.code is Code.COPY_DAMAGED
    path.write_bytes(b"crfapp-copy 2\n{}\n")
    with pytest.raises(AppProblem) as refused:
        read_head(path)
    assert refused.value.code is Code.TOO_NEW
