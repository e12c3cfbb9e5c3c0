"""What became of files that came, and why the site did not lock, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.problem_texts import code_text
from crfapp.present.texts import N_

if TYPE_CHECKING:
    from crfapp.exchange.taken_in import TakenIn
    from crfapp.present.texts import Texts

LOCK_REFUSALS = {
    "unsent changes": N_("Something was changed at the site that the centre did not know when it asked."),
    "locked already": N_("It was locked already."),
    "not there": N_("There is no such form or subject at the site."),
    "empty": N_("A required question has no answer."),
    "picture": N_("A photograph that a visit needs is missing."),
    "hard": N_("A check that must be put right is open."),
    "query": N_("A query is not closed."),
    "incomplete": N_("A form is not complete."),
    "visit": N_("A visit has not taken place."),
    "signature": N_("A signature is missing or out of date."),
    "verification": N_("Something has not been compared with its source."),
    "unlocking": N_("Somebody asks to unlock a part of it."),
    "unlocked": N_("A casebook is not locked."),
    "contradiction": N_("Two workstations gave different answers, and nobody has decided between them."),
}
"""By the code of a :class:`crfapp.ledger.events.LockRefused`."""


def lock_refusal(code: str, say: Texts) -> str:
    """Why the site did not lock."""
    return say(LOCK_REFUSALS.get(code, N_("Something stands in the way at the site.")))


def taken_lines(taken: TakenIn, say: Texts) -> list[str]:
    """What became of a file: the sentence, then what else is to be known, one line each."""
    if taken.code is not None:
        return [f"{taken.code.value} {' '.join(filter(None, code_text(taken.code, taken.facts, say)))}"]
    if taken.outcome == "known":
        said = say("Everything in package {number} of {sender} was here already.", **_whose(taken))
    else:
        said = say.many(
            "Package {number} of {sender}: {count} new event.",
            "Package {number} of {sender}: {count} new events.",
            taken.events,
            **_whose(taken),
        )
    return [said, *_notes(taken, say)]


def _notes(taken: TakenIn, say: Texts) -> list[str]:
    never = N_("Package {number} of {sender} never came; nothing is missing.")
    notes = [say(never, number=number, sender=taken.sender) for number in taken.missing]
    if taken.late:
        notes.append(say("It came after a later one. That changes nothing."))
    if not taken.follows:
        notes.append(say("It names another package before it than the one that came. Ask its sender why."))
    if taken.ahead:
        lost = N_("Its maker knows event {seq} of this workstation, which is not here. Call the data team.")
        notes.append(say(lost, seq=taken.ahead))
    if taken.locked:
        notes.append(say.many("{count} lock done.", "{count} locks done.", taken.locked))
    if taken.declined:
        notes.append(say.many("{count} lock refused.", "{count} locks refused.", taken.declined))
    return notes


def _whose(taken: TakenIn) -> dict[str, object]:
    return {"number": taken.number, "sender": taken.sender}
