"""Words for rights, duties, and what an account lacks; several pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.texts import N_
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.present.texts import Texts

RIGHT_WORDS: dict[Right, str] = {
    Right.ENTER: N_("log in"),
    Right.FOUND: N_("found the site"),
    Right.ADMINISTER: N_("administer"),
    Right.ENROL: N_("enrol subjects"),
    Right.SCHEDULE: N_("conduct visits"),
    Right.RECORD: N_("record answers"),
    Right.EXPORT: N_("export workbooks"),
    Right.SEND: N_("make and send packages"),
    Right.RECEIVE: N_("take in packages"),
    Right.ANSWER: N_("answer queries"),
    Right.ASK: N_("raise queries"),
    Right.VERIFY: N_("verify against the source"),
    Right.FREEZE: N_("freeze forms"),
    Right.LOCK: N_("lock forms"),
    Right.SIGN: N_("sign"),
    Right.OVERSEE: N_("delegate duties"),
    Right.REVIEW: N_("read the audit trail"),
    Right.AGREE: N_("agree that a form is moved"),
    Right.VOUCH: N_("check identities"),
    Right.RECOVER: N_("use the recovery sheet"),
    Right.RATE: N_("judge photographs blind"),
}
_SILENT = frozenset({Right.ENTER, Right.FOUND, Right.RECOVER})
"""Rights that say nothing about the work of a person."""


def rights_words(rights: Iterable[Right], say: Texts) -> str:
    """What somebody may do, in the order of the list of rights; a dash for nothing but logging in."""
    held = set(rights) - _SILENT
    return say.listed(say(words) for right, words in RIGHT_WORDS.items() if right in held) or "–"


def duties_words(names: Iterable[str], say: Texts) -> str:
    """Duties of the delegation log, which go by the names of their rights."""
    return rights_words((Right[name] for name in names if name), say)
