"""Examples of the commands about packages and the site's own copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.events import End, Stretch
from crfapp.work.packages import NoteCopy, NotePackage, NoteRefused, NoteSent, ReviewCopy
from crfapp.work.roles import Role
from tests.support.clinic import RANIA
from tests.support.examples.recipients import OURS, agreed

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.clinic import Clinic
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward

STATE = "5" * 64
COPY_FILE, COPY_SHA = "tiny_JO01_copy.crfcopy", "c" * 64


def end_of(clinic: Clinic) -> End:
    """How far the one chain of a clinic has come."""
    [end] = clinic.ledger.ends()
    return end


def copied(clinic: Clinic) -> NoteCopy:
    """The site's own copy, as it stands."""
    return NoteCopy(file=COPY_FILE, sha256=COPY_SHA, state=STATE, ends=(end_of(clinic),))


def to_send_to(clinic: Clinic) -> str:
    """A recipient in force, at a site that has its own copy of what it is going to send."""
    peer = agreed(clinic)
    clinic.bus.send(copied(clinic), RANIA)
    return peer


def packed(clinic: Clinic, peer: str, number: int = 1, previous: str = "") -> NotePackage:
    """A package of the whole chain to somebody."""
    end = end_of(clinic)
    return NotePackage(
        package=f"{number:016x}",
        peer=peer,
        fingerprint=OURS,
        number=number,
        previous=previous,
        file=f"tiny_JO01_{number:05d}.pgp",
        sha256=f"{number:064x}",
        full=True,
        stretches=(Stretch(end.node, 1, end.seq, end.hash),),
        state=STATE,
    )


def _sent(ward: Ward) -> Command:
    note = packed(ward, to_send_to(ward))
    ward.bus.send(note, RANIA)
    return NoteSent(package=note.package, route="by hand")


def _reviewed(ward: Ward) -> Command:
    ward.bus.send(copied(ward), RANIA)
    return ReviewCopy(sha256=COPY_SHA)


PACKAGES: dict[type[Command], Example] = {
    NotePackage: (lambda ward: packed(ward, to_send_to(ward)), Role.NURSE, ["package-made"]),
    NoteSent: (_sent, Role.NURSE, ["package-sent"]),
    NoteRefused: (
        lambda _w: NoteRefused(file="reply.pgp", sha256="d" * 64, code="R-606"),
        Role.NURSE,
        ["package-refused"],
    ),
    NoteCopy: (copied, Role.NURSE, ["copy-made"]),
    ReviewCopy: (_reviewed, Role.INVESTIGATOR, ["copy-reviewed"]),
}
