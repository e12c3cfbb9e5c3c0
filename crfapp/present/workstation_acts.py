"""What can be done about workstations and copies, with what to know before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.acts import Act, AskedField
from crfapp.present.texts import isolated
from crfapp.present.words import ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.ledger.state import PersonRow
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace


def revoke_act(say: Texts) -> Act:
    """Hearing a workstation no more."""
    note = say(
        "For a workstation that is lost, stolen or given away. What it recorded and sent until now stays;"
        " nothing that it sends from now on is taken in. This cannot be taken back."
    )
    return Act("revoke", say("Revoke"), say("Revoke for good"), (AskedField("reason", say("Why?")),), note)


def invite_act(say: Texts, target: Path) -> Act:
    """Writing an invitation for another workstation of the site."""
    label = AskedField("label", say("What people call it"), remark=say("For example: laptop of the ward."))
    note = say(
        "Writes {file}, which holds all records of the site, encrypted. Take it to the new workstation"
        " and open it there with the code that is shown here next. Everybody logs in there as here.",
        file=isolated(str(target)),
    )
    return Act("invite", say("Invite a second workstation"), say("Make the invitation"), (label,), note)


def copy_act(at: Workplace, target: Path, readers: Sequence[PersonRow]) -> Act:
    """Writing an invitation for the own copy of one of ``readers``."""
    say = at.texts
    choices = tuple(
        (row.login, say.listed((isolated(row.name), say(ROLES.get(row.role, row.role))))) for row in readers
    )
    who = AskedField("login", say("Whose copy"), "choice", choices=choices)
    note = say(
        "Writes {file}, from which they begin a copy of their own: without what stays at the site, and in"
        " which nothing can be changed but queries, verification and visit records.",
        file=isolated(str(target)),
    )
    return Act("copy", say("Make a monitor's copy"), say("Make the invitation"), (who,), note)
