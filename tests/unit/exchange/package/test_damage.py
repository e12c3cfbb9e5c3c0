"""T-15: whatever is changed in a package on its way is seen before anything is read out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.exchange.openpgp import decrypt, new_key
from crfapp.exchange.package.reading import open_package
from crfapp.exchange.seal import is_sealed
from tests.support.small_packages import Post

if TYPE_CHECKING:
    from pathlib import Path

DAMAGE = frozenset(
    {
        Code.PACKAGE_DAMAGED,
        Code.PACKAGE_UNKNOWN_SIGNER,  # where the seal no longer says whose it is
    }
)


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return Post(tmp_path)


def refused(post: Post, content: bytes) -> Code | None:
    """Why a file of these bytes is refused; None where it is read."""
    file = post.folder / "changed.pgp"
    file.write_bytes(content)
    try:
        with post.opened(file):
            return None
    except RefusedError as problem:
        return problem.code
    finally:
        assert sorted(each.name for each in post.folder.iterdir()) == ["1.pgp", "changed.pgp"]


@pytest.mark.req("REQ-802", "REQ-804")
def test_every_byte_of_a_package_is_held_by_its_seal(post: Post) -> None:
    file, _ = post.write()
    whole = file.read_bytes()
    seal = whole.rindex(b"crfapp seal 1\n")
    keys_and_seal = {*range(220), *range(seal - 50, len(whole))}
    for place in sorted(keys_and_seal | set(range(0, len(whole), 29))):  # what is encrypted is all alike
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        assert refused(post, bytes(changed)) in DAMAGE, f"byte {place} of {len(whole)}"


@pytest.mark.req("REQ-804")
def test_without_the_seal_some_bytes_could_be_changed_unseen(post: Post) -> None:
    """The sabotaged twin: why the signature inside an OpenPGP message alone is not enough."""
    file, _ = post.write()
    whole = file.read_bytes()
    message = whole[: whole.rindex(b"crfapp seal 1\n") - 6]
    heard = {post.sender.certificate.fingerprint: post.sender.certificate.armored}
    unseen = 0
    for place in range(200):  # the packets that carry the session key
        changed = bytearray(message)
        changed[place] ^= 0x01
        post.folder.joinpath("bare.pgp").write_bytes(changed)
        try:
            decrypt(post.folder / "bare.pgp", post.folder / "out", post.centre, heard)
            unseen += 1
        except RefusedError:
            pass
    assert unseen > 0


@pytest.mark.req("REQ-804")
def test_a_package_that_was_cut_or_lengthened_anywhere_is_refused(post: Post) -> None:
    file, _ = post.write()
    whole = file.read_bytes()
    for length in [*range(0, len(whole), 37), len(whole) - 1]:
        assert refused(post, whole[:length]) in DAMAGE, length
    for more in (b"\0", b"more", whole, whole[-300:]):
        assert refused(post, whole + more) in DAMAGE
        assert refused(post, more + whole) in DAMAGE


@pytest.mark.req("REQ-804")
def test_two_packages_spliced_are_neither(post: Post) -> None:
    first = post.write("1.pgp")[0].read_bytes()
    post.chain.answer("121", "SYSBP")
    second = post.write("1.pgp")[0].read_bytes()
    for place in range(1, min(len(first), len(second)), 41):
        for begin, end in ((first, second), (second, first)):
            spliced = begin[:place] + end[place:]
            assert spliced in (first, second) or refused(post, spliced) in DAMAGE, place
    seal = second.rindex(b"crfapp seal 1\n") - 6
    assert refused(post, first[: first.rindex(b"crfapp seal 1\n") - 6] + second[seal:]) in DAMAGE


@pytest.mark.req("REQ-804", "REQ-810")
def test_a_package_for_somebody_else_is_not_for_us_even_if_it_is_sealed_well(post: Post) -> None:
    other = Post(post.folder, sender=post.sender, centre=new_key("somebody else"), chain=post.chain)
    file, _ = other.write()
    assert is_sealed(file)
    assert refused(post, file.read_bytes()) is Code.PACKAGE_NOT_FOR_US


@pytest.mark.req("REQ-804")
def test_whoever_signs_may_not_speak_for_another_chain_that_is_known(post: Post) -> None:
    file, _ = post.write()
    other = new_key("JO01 ward").certificate
    theirs = post.heard._replace(certificate=other.armored, fingerprint=other.fingerprint)
    ours = post.heard._replace(node="ws-ours")  # the certificate that signed is registered for this one
    with (
        pytest.raises(AppProblem) as problem,
        open_package(file, post.centre, (theirs, ours), post.folder),
    ):
        pass
    assert problem.value.code is Code.PACKAGE_WRONG_ROLE


@pytest.mark.req("REQ-804")
def test_a_site_may_not_speak_as_the_centre_nor_a_centre_as_the_site(post: Post) -> None:
    file, _ = post.write()
    centre = post.heard._replace(sort="centre")
    with pytest.raises(AppProblem) as problem, open_package(file, post.centre, (centre,), post.folder):
        pass
    assert problem.value.code is Code.PACKAGE_WRONG_ROLE
