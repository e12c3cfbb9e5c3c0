"""Examples of the commands about versions of the study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.work.amendment import ActivateVersion, InstallVersion, NoteReconsent
from crfapp.work.roles import Role
from tests.support.amended import Amended, newer
from tests.support.clinic import ADMIN

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward

_CONTENT = "2" * 64


def _install(_ward: Ward) -> Command:
    return InstallVersion(study="ward", pack_version="2", content=_CONTENT)


def _activate(ward: Ward) -> Command:
    ward.bus.send(_install(ward), ADMIN)
    return ActivateVersion(
        content=_CONTENT, approval="EC 25/017", approved_on="2025-01-02", approved_by="Dr Lina Odeh"
    )


def _reconsent(ward: Ward) -> Command:
    Amended(ward).put_in_force(newer(ward.desk.study, "2"), consent=True)
    return NoteReconsent(subject=ward.subject, date="2025-01-05")


AMENDING: dict[type[Command], Example] = {
    InstallVersion: (_install, Role.ADMINISTRATOR, ["study-version-installed"]),
    ActivateVersion: (_activate, Role.ADMINISTRATOR, ["study-version-activated"]),
    NoteReconsent: (_reconsent, Role.NURSE, ["subject-reconsented"]),
}
