"""Photographs on the disk: encrypted, named by content; any that is not what was taken in is named."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from crfapp.base.problems import Code, EnvironmentProblem, IntegrityProblem
from crfapp.pictures.drawn import Scene, draw
from crfapp.store import photographs as module
from crfapp.store.durable_files import write_durably
from crfapp.store.photographs import SHOWN, PhotographStore
from crfapp.store.site_folder import SiteCard, SiteFolder

if TYPE_CHECKING:
    from pathlib import Path

KEY = os.urandom(32)
ONE = draw(Scene(width=320, height=240, per_mm=2.5))
TWO = draw(Scene(width=320, height=240, per_mm=2.5, grain=2))


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    return SiteFolder.create(tmp_path / "clinic", SiteCard("5d4e1e81", "tiny", "JO01"))


@pytest.fixture
def store(folder: SiteFolder) -> PhotographStore:
    return PhotographStore(folder, KEY)


def plain_files(folder: Path, *plains: bytes) -> list[Path]:
    """Files in which any 32 bytes of a photograph can be read."""
    pieces = [plain[at : at + 32] for plain in plains for at in (0, len(plain) // 2, len(plain) - 32)]
    found = [file for file in folder.rglob("*") if file.is_file()]
    return [file for file in found if any(piece in file.read_bytes() for piece in pieces)]


def test_what_was_taken_in_comes_out_bit_for_bit(store: PhotographStore, folder: SiteFolder) -> None:
    digest = store.keep(ONE)
    assert digest == hashlib.sha256(ONE).hexdigest()
    assert store.read(digest) == ONE
    assert PhotographStore(folder, KEY).has(digest)
    assert not store.has(hashlib.sha256(TWO).hexdigest())
    assert store.keep(ONE) == digest
    assert store.names() == (digest,)


@pytest.mark.req("REQ-213")
def test_no_plain_byte_is_ever_on_the_disk(
    store: PhotographStore, folder: SiteFolder, tmp_path: Path
) -> None:
    digest = store.keep(ONE)
    small = store.small(digest, 64)
    copy = store.for_others(digest, ((0, 0, 40, 40),))
    store.keep_copy(hashlib.sha256(TWO).hexdigest(), copy)
    store.back_up_to(folder.path / "backups" / "photos")
    assert plain_files(tmp_path, ONE, small, copy) == []
    files = [file for file in folder.path.rglob("*") if file.is_file() and file.name != "site.json"]
    assert len(files) == 6
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_store_that_wrote_plain_files_would_be_found(
    store: PhotographStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sabotaged twin: encryption is left out, and the same look finds the file."""
    monkeypatch.setattr(module, "seal", lambda _key, _purpose, plain: plain)
    store._write(hashlib.sha256(ONE).hexdigest(), "", ONE)
    assert len(plain_files(tmp_path, ONE)) == 1


@pytest.mark.req("REQ-414")
@pytest.mark.parametrize("at", [0, 4, 5, 20, -1])
def test_a_changed_byte_is_found(store: PhotographStore, folder: SiteFolder, at: int) -> None:
    digest = store.keep(ONE)
    file = folder.photos / digest
    sealed = bytearray(file.read_bytes())
    sealed[at] ^= 1
    file.write_bytes(sealed)
    with pytest.raises(IntegrityProblem) as changed:
        store.read(digest)
    assert (changed.value.code, changed.value.facts) == (Code.PHOTO_CHANGED, {"photograph": digest[:16]})
    assert store.verify([digest]).changed == (digest,)


def test_two_photographs_exchanged_are_found(store: PhotographStore, folder: SiteFolder) -> None:
    one, two = store.keep(ONE), store.keep(TWO)
    first, second = (folder.photos / one).read_bytes(), (folder.photos / two).read_bytes()
    (folder.photos / one).write_bytes(second)
    (folder.photos / two).write_bytes(first)
    for digest in (one, two):
        with pytest.raises(IntegrityProblem):
            store.read(digest)
    assert store.verify([]).changed == tuple(sorted((one, two)))


def test_without_the_name_in_the_seal_an_exchange_of_copies_would_pass(
    store: PhotographStore, folder: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sabotaged twin: with one seal for all, a copy that stands for another one opens."""
    monkeypatch.setattr(PhotographStore, "_sealing", lambda _store, _purpose: (KEY, b"all"))
    names = [store.keep(ONE), store.keep(TWO)]
    for name, data in zip(names, (ONE, TWO), strict=True):
        (folder.photos / name).unlink()
        store.keep_copy(name, data)
    (folder.photos / f"{names[0]}.copy").write_bytes((folder.photos / f"{names[1]}.copy").read_bytes())
    assert store.read(names[0]) == TWO


def test_a_lost_photograph_is_named_and_a_damaged_one_comes_back_when_taken_in_again(
    store: PhotographStore, folder: SiteFolder
) -> None:
    digest = store.keep(ONE)
    (folder.photos / digest).unlink()
    with pytest.raises(IntegrityProblem) as lost:
        store.read(digest)
    assert lost.value.code is Code.PHOTO_LOST
    assert store.verify([digest]) == (0, (), (digest,))
    (folder.photos / digest).write_bytes(b"")
    assert store.verify([digest]).changed == (digest,)
    store.keep(ONE)
    assert store.verify([digest]) == (1, (), ())


def test_another_key_and_another_site_open_nothing(store: PhotographStore, folder: SiteFolder) -> None:
    digest = store.keep(ONE)
    elsewhere = SiteFolder(folder.path, SiteCard("other", "tiny", "JO02"))
    for other in (PhotographStore(folder, os.urandom(32)), PhotographStore(elsewhere, KEY)):
        with pytest.raises(IntegrityProblem):
            other.read(digest)


def test_a_path_is_no_photograph(store: PhotographStore) -> None:
    for name in ("../site.json", "", "A" * 64, "0" * 64 + ".copy"):
        with pytest.raises(IntegrityProblem):
            store.read(name)


def test_a_full_disk_leaves_no_half_and_says_so(
    store: PhotographStore, folder: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("crfapp.store.durable_files.os.fsync", full)
    with pytest.raises(EnvironmentProblem) as said:
        store.keep(ONE)
    assert said.value.code is Code.DISK_FULL
    assert list(folder.photos.iterdir()) == []


def test_small_pictures_are_made_once_and_again_where_they_were_damaged(
    store: PhotographStore, folder: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = store.keep(ONE)
    first = store.small(digest, 64)
    assert Image.open(io.BytesIO(first)).size == (64, 48)
    made: list[int] = []

    def counted(_data: bytes, side: int | None) -> bytes:
        made.append(side or 0)
        return first

    monkeypatch.setattr("crfapp.pictures.showing.upright", counted)
    assert store.small(digest, 64) == first
    assert made == []
    [file] = (folder.path / SHOWN).iterdir()
    write_durably(file, b"CRFE\x01" + os.urandom(100))
    assert store.small(digest, 64) == first
    assert made == [64]


def test_outside_the_site_the_copy_stands_for_the_original(store: PhotographStore) -> None:
    digest = hashlib.sha256(ONE).hexdigest()
    copy = b"what was sent instead"
    assert store.keep_copy(digest, copy) == hashlib.sha256(copy).hexdigest()
    assert store.has(digest)
    assert not store.has_original(digest)
    assert store.read(digest) == copy
    assert store.names() == (digest,)
    store.keep(ONE)
    assert store.read(digest) == ONE


def test_a_backup_takes_each_photograph_once_and_none_that_is_damaged(
    store: PhotographStore, folder: SiteFolder, tmp_path: Path
) -> None:
    backups = tmp_path / "backups"
    one, two = store.keep(ONE), store.keep(TWO)
    (folder.photos / two).write_bytes(b"damaged")
    assert store.back_up_to(backups) == 1
    kept = (backups / one).read_bytes()
    (folder.photos / one).write_bytes(b"damaged later")
    store.keep(TWO)
    assert store.back_up_to(backups) == 1
    assert (backups / one).read_bytes() == kept
    (folder.photos / one).write_bytes(kept)
    assert store.read(one) == ONE
