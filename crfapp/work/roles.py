"""Who may do what: rights stand on commands, roles hold rights. Nothing else decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """What a command needs its actor to hold."""

    ENTER = "get in and out"
    FOUND = "found a site"
    ADMINISTER = "administer the site"
    ENROL = "enrol subjects"
    SCHEDULE = "conduct visits"
    RECORD = "record answers"
    EXPORT = "export workbooks"
    SEND = "make and send packages"
    RECEIVE = "take in packages"
    ANSWER = "answer queries"
    ASK = "raise and close queries"
    VERIFY = "verify against the source"
    FREEZE = "freeze"
    LOCK = "lock"
    SIGN = "sign for the data"
    AGREE = "agree that a form is moved"
    OVERSEE = "delegate duties and agree to what others ask"
    REVIEW = "look through the audit trail"
    VOUCH = "check who somebody is"
    RECOVER = "be let in by the recovery sheet"
    RATE = "judge photographs without knowing whose"


class Role(StrEnum):
    """The roles of DESIGN section 1."""

    NURSE = "nurse"
    INVESTIGATOR = "investigator"
    MONITOR = "monitor"
    DATA_MANAGER = "data-manager"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    RATER = "rater"


_CONDUCT = frozenset(
    {
        Right.ENTER,
        Right.ENROL,
        Right.SCHEDULE,
        Right.RECORD,
        Right.EXPORT,
        Right.SEND,
        Right.RECEIVE,
        Right.ANSWER,
        Right.REVIEW,
        Right.VOUCH,
    }
)
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.NURSE: _CONDUCT,
    Role.MONITOR: frozenset(
        {
            Right.ENTER,
            Right.ASK,
            Right.VERIFY,
            Right.FREEZE,
            Right.SEND,
            Right.RECEIVE,
            Right.REVIEW,
            Right.VOUCH,
        }
    ),
    Role.INVESTIGATOR: _CONDUCT | {Right.SIGN, Right.OVERSEE, Right.AGREE, Right.RATE},
    Role.DATA_MANAGER: frozenset(
        {
            Right.ENTER,
            Right.EXPORT,
            Right.SEND,
            Right.RECEIVE,
            Right.ASK,
            Right.FREEZE,
            Right.LOCK,
            Right.AGREE,
            Right.REVIEW,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Right.ENTER,
            Right.FOUND,
            Right.ADMINISTER,
            Right.SEND,
            Right.RECEIVE,
            Right.VOUCH,
            Right.RECOVER,
        }
    ),
    Role.AUDITOR: frozenset({Right.ENTER, Right.REVIEW}),
    Role.RATER: frozenset({Right.ENTER, Right.RATE}),
}
"""No role of the sponsor's side writes an answer, and whoever administers has no part in the conduct.

A rater sees photographs without their subjects, and nothing else.
"""

DUTIES = (
    Right.ENROL,
    Right.SCHEDULE,
    Right.RECORD,
    Right.ANSWER,
    Right.EXPORT,
    Right.SEND,
    Right.SIGN,
)
"""What an investigator can delegate; a duty has the name of its right (``ENROL``) in the delegation log."""

_SIDES = (
    frozenset({Role.NURSE, Role.INVESTIGATOR}),
    frozenset({Role.MONITOR, Role.DATA_MANAGER}),
    frozenset({Role.AUDITOR}),
    frozenset({Role.ADMINISTRATOR}),
    frozenset({Role.RATER}),
)
"""Conduct at the site, the sponsor, who looks in, who looks after the program, who judges blind."""
"""Conduct at the site, the sponsor, who looks in from outside, who keeps the program, who judges blind."""


def go_together(one: Role, other: Role) -> bool:
    """Whether one person may hold both roles: only roles of the same side (REQ-215, 508)."""
    return any({one, other} <= side for side in _SIDES)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person on whose behalf a command is sent, as the events will name them."""

    login: str
    name: str
    role: Role
    organisation: str

    def may(self, right: Right) -> bool:
        """Whether the role holds a right."""
        return right in RIGHTS[self.role]

    @property
    def is_kept_blind(self) -> bool:
        """Whether the role judges photographs and is shown nothing else of the study."""
        return RIGHTS[self.role] <= {Right.ENTER, Right.RATE}
