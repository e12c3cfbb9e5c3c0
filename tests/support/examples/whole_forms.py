"""Examples of the commands about whole forms: moved to the subject they belong to, transcribed from paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.events import FormMoveAsked
from crfapp.work.moving import AgreeMove, AskMove, DeclineMove, MoveForm
from crfapp.work.roles import Actor, Role
from crfapp.work.transcribing import NoteTranscription

if TYPE_CHECKING:
    from crfapp.ledger.keys import VisitKey
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward

DIMA = Actor("dima", "Dima Saleh", Role.DATA_MANAGER, "CRO")


def entered_for_the_wrong_subject(ward: Ward) -> VisitKey:
    """The visit of a second subject at which the first one's demographics were taken."""
    ward.enter(ward.dm, SEX="F", CB="no", AGE="29", W="61.5", H="164")
    return ward.start(ward.enrol(), "V_SCR", "2025-01-05")


def _ask(ward: Ward) -> AskMove:
    to = entered_for_the_wrong_subject(ward)
    return AskMove(key=ward.dm, to=to, reason="the file of the patient before was open")


def asked(ward: Ward) -> str:
    """A request that waits: its id."""
    (event,) = ward.send(_ask(ward)).events
    assert isinstance(event, FormMoveAsked)
    return event.move


def agreed(ward: Ward) -> str:
    """A request that was agreed to: its id."""
    move = asked(ward)
    ward.bus.send(AgreeMove(move=move), DIMA)
    return move


def _decline(ward: Ward) -> Command:
    return DeclineMove(move=asked(ward), reason="it is the right patient")


WITHDRAWN = ["value-recorded"] * 6
RECORDED = ["value-recorded"] * 6
WHOLE_FORMS: dict[type[Command], Example] = {
    AskMove: (_ask, Role.NURSE, ["form-move-asked"]),
    AgreeMove: (lambda ward: AgreeMove(move=asked(ward)), Role.DATA_MANAGER, ["form-move-agreed"]),
    DeclineMove: (_decline, Role.DATA_MANAGER, ["form-move-declined"]),
    MoveForm: (
        lambda ward: MoveForm(move=agreed(ward)),
        Role.NURSE,
        [*WITHDRAWN, "form-moved", "form-started", *RECORDED, "form-taken-over"],
    ),
    NoteTranscription: (
        lambda ward: NoteTranscription(
            key=ward.dm, observer="Rania Haddad", observed="2025-01-05T08:30", reason="no electricity"
        ),
        Role.NURSE,
        ["form-started", "form-transcribed"],
    ),
}
