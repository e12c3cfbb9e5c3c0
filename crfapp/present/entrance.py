"""Getting in: what the login, lock and first-run pages need from whoever keeps the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.present.workplace import Workplace


class Door(Protocol):
    """The locked door of one site. Nothing of the study can be read in front of it."""

    @property
    def label(self) -> str:
        """What may be shown before anybody is in: study name and site code."""

    def log_in(self, login: str, password: str, *, language: str, unlock: bool = False) -> Workplace:
        """Open the store for a person; ``arrival`` of what it gives says what they meet.

        WRONG_LOGIN for an unknown name and a wrong password alike, and every one counts; LOCKED_OUT after
        too many, also with the right password; ACCOUNT_ENDED; KEY_DIFFERS where a password was set by
        something other than the program.
        """

    def set_own_password(self, current: str, password: str) -> None:
        """Give whoever is in the password they chose, with a signing key that it opens; slow on purpose.

        WRONG_LOGIN, LOCKED_OUT for the current one; PASSWORD_TOO_SHORT and the like for the new one.
        ``steps_of`` says what is left to do then.
        """

    def keep(self, typed: str) -> None:
        """Keep, for whoever is in, what they typed and did not finish; an empty text keeps nothing.

        DISK_FULL and DISK_FAILS leave what was kept before.
        """

    def kept(self) -> str:
        """What whoever is in had typed and not finished when they left last; empty where there is nothing."""

    def leave(self, how: str) -> None:
        """Record the end of the session (logout, lock, idle or quit), close the store, forget its key."""


@runtime_checkable
class DoorOfParts(Door, Protocol):
    """The door of a centre, behind which the records of each of its sites lie apart."""

    def part(self, site: str) -> Workplace:
        """Open what is here of a site for whoever is in; empty: the centre's own records, open already.

        SITE_UNKNOWN; NOTHING_OF_SITE where nothing came yet; SITE_OPEN where another program has it.
        """

    def close_but(self, workplace: Workplace) -> None:
        """Close every part but the one that this person works on."""


@dataclass(frozen=True, slots=True)
class PackOffer:
    """A study that can be installed here."""

    folder: Path
    study: str
    version: str
    title: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewSite:
    """What the first-run assistant gathers.

    ``accepted``: the administrator has accepted statement and training already; else the first login asks.
    """

    folder: Path
    pack: Path
    code: str
    name: str
    zone: str
    login: str
    person: str
    password: str
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The recovery sheet: lines of signs to be typed back, and the same as a QR picture (SVG)."""

    label: str
    lines: tuple[str, ...]
    qr_svg: str


class Founder(Protocol):
    """Makes a site on this workstation, step by step; nothing remains of one that was not finished."""

    def packs(self) -> Sequence[PackOffer]:
        """Studies that can be installed."""

    def password_problem(self, new: NewSite) -> str:
        """The code of what is wrong with the administrator's password, or empty."""

    def prepare(self, new: NewSite) -> Sheet:
        """Make the keys and the recovery sheet, in memory."""

    def finish(self, typed: str) -> Door:
        """Found the site, once the sheet typed back opens it; WRONG_RECOVERY where it does not."""


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation begins: a site's workstation, or with ``copy_of`` the own copy of that login."""

    label: str
    copy_of: str = ""


class Joiner(Protocol):
    """Begins a workstation from an invitation; the folder appears whole, or not at all."""

    def open(self, file: Path, code: str) -> Invited:
        """Open an invitation; slow on purpose. INVITATION_WRONG, INVITATION_CODE, TOO_NEW."""

    def join(self, login: str, password: str, new: str) -> Door:
        """Begin it for somebody who has a password at the site; ``new`` is that of an own copy.

        WRONG_LOGIN, INVITATION_USED, SITE_EXISTS, DISK_FULL, and what is wrong with a new password.
        """


@dataclass(frozen=True, slots=True)
class Offered:
    """What lies in a folder: study and site, and its newest copies as (file, ISO day or empty)."""

    label: str
    copies: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """A site that works again: its door, its events, and how much is known to be ``missing``."""

    door: Door
    events: int
    missing: int
    photographs_lost: int


class Restorer(Protocol):
    """Puts a site to work again out of a copy; the folder appears whole, or not at all."""

    def look(self, folder: Path) -> Offered:
        """Look into a folder with copies; NO_COPY_THERE."""

    def restore(self, name: str, key: tuple[str, str, str], reason: str) -> Restored:
        """Restore the copy of a name; ``key`` is login, password, paper: one of the latter two is empty.

        WRONG_LOGIN, WRONG_RECOVERY, SHARE_MISTYPED and the like, NOT_ALLOWED, SITE_EXISTS, DISK_FULL.
        """
