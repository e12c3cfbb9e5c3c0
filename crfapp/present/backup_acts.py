"""What the section about backups asks before it does something, and how it says what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.present.acts import Act, AskedField
from crfapp.present.texts import N_
from crfapp.work.backups import LIMITS, SHARES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crfapp.base.problems import AppProblem
    from crfapp.ledger.state import BackupRulesRow
    from crfapp.present.texts import Texts

RULE_WORDS = {
    "here_days": N_("Days until an old backup here is said"),
    "second_days": N_("Days until an old backup at the second place is said"),
    "drill_days": N_("Days from one try of a restore to the next"),
}
PLACES: Mapping[Code, str] = {
    Code.WRONG_LOGIN: "password",
    Code.LOCKED_OUT: "password",
    Code.WRONG_RECOVERY: "paper",
    Code.SHARE_MISTYPED: "paper",
    Code.SHARES_TOO_FEW: "paper",
    Code.SHARES_MIXED: "paper",
    Code.SHARES_NUMBERS: "made",
    Code.REASON_NEEDED: "reason",
}
"""At which question a refusal stands, where the form has it."""
TYPED_BACK: Mapping[str, str] = {"sheet": "typed", "shares": "share1"}
"""Where new paper is typed back, and so what is wrong with it stands."""


@dataclass(frozen=True, slots=True)
class DrillFound:
    """What trying a restore found: ``lost`` of the ``lacking`` newer events stand nowhere else."""

    events: int
    lacking: int
    lost: int
    photographs: int
    seconds: int
    problem: AppProblem | None


def drill_act(say: Texts, choices: tuple[tuple[str, str], ...]) -> Act:
    """Which copy is tried, and what opens it."""
    note = say(
        "The backup is opened beside the records, in a private folder that is gone afterwards: every chain is"
        " walked, every table folded again, every photograph opened. Use the paper from the safe now and"
        " then: only a sheet that was tried is one."
    )
    fields = (
        AskedField("copy", say("Which backup?"), "choice", "1", choices=choices),
        AskedField("password", say("Your password"), "secret"),
        AskedField(
            "paper",
            say("Or: recovery sheet, or shares one after the other"),
            "code",
            remark=say("Leave the password empty then."),
        ),
    )
    return Act("drill", say("Try a restore"), say("Try it"), fields, note)


def rules_act(say: Texts, row: BackupRulesRow) -> Act:
    """After how many days something is said."""
    fields = [
        AskedField(
            name,
            say(words),
            "code",
            str(getattr(row, name)),
            say("{low} to {high}", low=LIMITS[name][0], high=LIMITS[name][1]),
        )
        for name, words in RULE_WORDS.items()
    ]
    fields.append(AskedField("reason", say("Why?")))
    return Act("rules", say("Rules for backups"), say("Put in force"), tuple(fields))


def sheet_act(say: Texts) -> Act:
    """The new recovery sheet is typed back."""
    typed = AskedField("typed", say("The four lines, one after the other"), "code")
    note = say("Type them from the paper. Only then does the earlier sheet end.")
    return Act("sheet", say("Does the new sheet open the records?"), say("Test it"), (typed,), note)


def numbers_act(say: Texts) -> Act:
    """How many shares there are to be."""
    limits = say("{low} to {high}", low=SHARES[0], high=SHARES[-1])
    fields = (
        AskedField("needed", say("Shares that are needed together"), "code", "2", limits),
        AskedField("made", say("Shares that there are"), "code", "3", limits),
    )
    note = say(
        "For the site's safe, the investigator and the sponsor, for example. Fewer than are needed open"
        " nothing and tell nothing. A new set ends the earlier one; the recovery sheet stays."
    )
    return Act("numbers", say("Split the key into shares"), say("Show the shares"), fields, note)


def shares_act(say: Texts, needed: int) -> Act:
    """As many shares as are needed are typed back."""
    fields = tuple(
        AskedField(f"share{n}", say("One of the shares ({number})", number=n), "code")
        for n in range(1, needed + 1)
    )
    note = say(
        "Write each share on a sheet of its own, then type as many as are needed from there: which of them"
        " does not matter, and four letters of a word are enough."
    )
    return Act("shares", say("Do the shares open the records?"), say("Test them"), fields, note)


def drill_words(found: DrillFound, say: Texts) -> str:
    """How a drill that went well ended."""
    told = [
        say.many(
            "The backup can be restored: {count} event, every chain sound.",
            "The backup can be restored: {count} events, every chain sound.",
            found.events,
        ),
        say.many("It took {count} second.", "It took {count} seconds.", found.seconds),
    ]
    if found.photographs:
        told.append(say.many("{count} photograph opened.", "{count} photographs opened.", found.photographs))
    if found.lacking:
        told.append(
            say.many("{count} event is newer than it.", "{count} events are newer than it.", found.lacking)
        )
    if found.lost:
        told.append(
            say.many(
                "{count} of them stands nowhere else yet.",
                "{count} of them stand nowhere else yet.",
                found.lost,
            )
        )
    return " ".join(told)


def number(text: str, name: str, limits: tuple[int, int]) -> int:
    """A whole number that was typed; OFF_SCALE with the rule's ``name`` for anything else."""
    typed = text.strip()
    low, high = limits
    if not typed.isdecimal() or not low <= int(typed) <= high:
        raise RefusedError(Code.OFF_SCALE, low=low, high=high, rule=name)
    return int(typed)
