"""How a signature shows wherever a person reads: name, role, local time with its zone, meaning (REQ-301)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.ledger.keys import FormKey, Scope
from crfapp.ledger.state import SignatureRow
from crfapp.present.texts import N_, isolated
from crfapp.present.words import ROLES
from crfapp.present.zones import zone_label
from crfapp.work.own_signatures import DELEGATION, MONITORING
from crfapp.work.sign_off import sign_off_form
from crfapp.work.sign_plan import plans_for, sign_off_of
from crfapp.work.signature_words import because_words, local_time

if TYPE_CHECKING:
    from datetime import date

    from crfapp.present.workplace import Workplace
    from crfapp.study.texts import StudyTexts
    from crfapp.work.desk import Desk
    from crfapp.work.sentences import Say

SIGNED, BROKEN = "signed", "outdated"
"""The drawings of a signature in force, and of one that was outdated."""
_OWN = {MONITORING: N_("Record of a monitoring visit"), DELEGATION: N_("Delegation of duties")}


@dataclass(frozen=True, slots=True)
class Manifestation:
    """A signature in words: ``sentence`` is the whole of it, ``day`` its day, ``because`` why it is outdated.

    ``icon`` and ``tone`` are those of its state.
    """

    name: str
    role: str
    when: str
    meaning: str
    statement: str
    outdated: bool
    because: str
    day: date
    sentence: str

    @property
    def icon(self) -> str:
        """Pen, or broken pen."""
        return BROKEN if self.outdated else SIGNED

    @property
    def tone(self) -> str:
        """What the colour says."""
        return "warn" if self.outdated else "ok"


def manifestation(row: SignatureRow, study_texts: StudyTexts, say: Say) -> Manifestation:
    """A signature as it is shown; ``say`` tells the words of screen, paper or workbook."""
    role = say(ROLES.get(row.role, row.role))
    meaning = say(_OWN[row.meaning]) if row.meaning in _OWN else study_texts.meaning(row.meaning)
    local = local_time(row)
    when = say(
        "{day} {time} ({zone})",
        day=isolated(f"{local:%Y-%m-%d}"),
        time=isolated(f"{local:%H:%M:%S}"),
        zone=isolated(zone_label(row.zone, local)),
    )
    outdated = row.state != "valid"
    because = because_words(row, say)
    sentence = say(
        "{meaning}: signed by {name}, {role}, {when}",
        meaning=meaning,
        name=isolated(row.name),
        role=role,
        when=when,
    )
    if outdated:
        sentence = say("{signature}. Outdated since: {because}.", signature=sentence, because=because)
    return Manifestation(
        row.name, role, when, meaning, row.statement, outdated, because, local.date(), sentence
    )


def signature_at(desk: Desk, key: FormKey) -> SignatureRow | None:
    """The signature a form shows: its own; on the sign-off form the casebook's, or the visit's."""
    own = sign_off_of(desk.study)
    scopes = [Scope(*key)] if plans_for(desk.versions.at(key), Scope(*key)) else []
    if own is not None and key.form == own.form:
        wanted = (Scope(key.subject), Scope(*key.at))
        scopes = [scope for scope in wanted if sign_off_form(desk, scope) == key]
    rows = (row for scope in scopes for row in desk.tables.find(SignatureRow, **scope._asdict()))
    return max(rows, key=lambda row: (row.at, row.seq), default=None)


def shown_at(at: Workplace, key: FormKey) -> Manifestation | None:
    """What a form shows of its signature, in the person's language; None where there is none."""
    row = signature_at(at.desk, key)
    return manifestation(row, at.study_texts, at.texts) if row is not None else None
