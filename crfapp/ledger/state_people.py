"""The tables of people, their sessions and duties, and the rules of the site."""

from __future__ import annotations

from typing import NamedTuple


class PersonRow(NamedTuple):
    """Somebody with an account.

    ``identity`` is the login of whoever checked it, ``key`` the public half (hex) of the signing key in
    force, ``statement`` the version accepted, ``trained`` the role and version trained for. ``password`` says
    how it was set last, ``reset_by`` who gave the last one that was not the person's own; a reset takes
    identity and key away. ``vouched`` 1: identity was checked once. ``delegated`` 1: the delegation
    log names them.
    """

    login: str
    name: str
    role: str
    organisation: str
    valid_from: str = ""
    valid_to: str = ""
    ended: int = 0
    identity: str = ""
    key: str = ""
    statement: str = ""
    trained: str = ""
    password: str = "first"  # noqa: S105 - how it came about, not what it is
    password_at: str = ""
    reset_by: str = ""
    vouched: int = 0
    delegated: int = 0


class SessionRow(NamedTuple):
    """The last session of a person; ``signed`` where they signed in it, ``hybrid`` when it began."""

    login: str
    how: str
    at: str
    open: int
    signed: int
    hybrid: str = ""


class PolicyRow(NamedTuple):
    """The site's rules in force; its key is always ``site``."""

    site: str
    at: str
    shortest: int = 15
    password_days: int = 0
    attempts: int = 5
    idle_minutes: int = 10
    session_hours: int = 12
    sign_both: int = 1
    sign_days: int = 14
    silent_days: int = 14


class UpkeepRow(NamedTuple):
    """When something was last seen to. ``what``: the ``letter`` to the agency, the review of ``access``.

    ``day`` (ISO) is the day that was told, or the one on which it was done; ``access`` begins with the site.
    """

    what: str
    day: str
    login: str
    at: str


class DutyRow(NamedTuple):
    """Duties delegated to a person; ``duties`` by commas, ``signature`` names the investigator's."""

    delegation: str
    login: str
    duties: str
    start: str
    end: str
    by: str
    at: str
