"""The data key, wrapped under something that a person knows or holds."""

from __future__ import annotations

import base64
import os
import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from argon2.low_level import Type, hash_secret_raw

from crfapp.base.canonical import canonical
from crfapp.store.envelope import KEY_BYTES, derived_key, seal, unseal
from crfapp.store.own_key import OwnKey

SALT_BYTES = 16
_MOST_MEMORY_KIB = 256 * 1024
_MOST_WORK = 64 * 65_536
"""Passes times memory. A file says what a guess costs, and may come from elsewhere: beyond these it would
take the whole machine, or minutes. Nine times the cost of today."""
_MOST_LANES = 64
SHEET, SHARES = "recovery", "shares"
"""The kinds of paper whose secret wraps the data key."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a password costs with Argon2id: passes, memory in KiB, lanes (RFC 9106).

    Seven passes over 64 MiB take 0.3 s on two cores of a server processor (REQ-210 asks for 0.3 to 1.5);
    three, the low-memory profile, took 0.17.
    """

    passes: int = 7
    memory_kib: int = 65_536
    lanes: int = 4

    def __post_init__(self) -> None:
        sound = (
            self.passes >= 1
            and 1 <= self.lanes <= _MOST_LANES
            and 8 * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB
            and self.work <= _MOST_WORK
        )
        if not sound:
            raise ValueError("not a sound cost")

    @property
    def work(self) -> int:
        """Memory filled by one guess, in KiB: what an attacker pays for."""
        return self.passes * self.memory_kib


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """What a right password gives; ``own`` is missing where somebody else chose the password."""

    data_key: bytes
    own: OwnKey | None


@dataclass(frozen=True, slots=True)
class PasswordWrapping:
    """The data key under one person's password; ``cost`` is the one it was made with.

    A password that the person chose also opens their signing key: ``public`` is its public half (hex),
    ``signing`` the other one, sealed under a key of its own purpose. Whoever knows the data key can make a
    wrapping for anybody, but none that opens another person's signing key. ``at`` is when the password was
    set (UTC), by the clock of the machine where that was; empty in entries of earlier versions.
    """

    login: str
    cost: Cost
    salt: bytes
    sealed: bytes
    public: str = ""
    signing: bytes = b""
    at: str = ""

    @classmethod
    def make(
        cls, site: str, login: str, password: str, opened: Unwrapped, *, cost: Cost, at: str = ""
    ) -> PasswordWrapping:
        """Wrap the data key, and the person's own key where there is one, for a person of a site."""
        salt = os.urandom(SALT_BYTES)
        key = stretched(password, salt, cost)
        sealed = seal(key, _purpose("password", site, login), opened.data_key)
        if opened.own is None:
            return cls(login, cost, salt, sealed, at=at)
        public = opened.own.public
        purpose = _purpose(f"signing {public}", site, login)
        signing = seal(derived_key(key, salt, purpose), purpose, opened.own.seed)
        return cls(login, cost, salt, sealed, public, signing, at)

    @classmethod
    def decoy(cls, login: str, cost: Cost) -> PasswordWrapping:
        """Nobody's wrapping: opening it takes the time of a real one and never succeeds (REQ-217)."""
        sealed = seal(os.urandom(KEY_BYTES), b"decoy", bytes(KEY_BYTES))
        return cls(login, cost, os.urandom(SALT_BYTES), sealed)

    def unwrap(self, site: str, password: str) -> Unwrapped | None:
        """Give the data key and the person's own key; None with a wrong password."""
        key = stretched(password, self.salt, self.cost)
        data_key = unseal(key, _purpose("password", site, self.login), self.sealed)
        if data_key is None:
            return None
        return Unwrapped(data_key, self._own(site, key))

    def own_key(self, site: str, password: str) -> OwnKey | None:
        """Give the person's own key alone; None with a wrong password, or where there is none."""
        return self._own(site, stretched(password, self.salt, self.cost))

    def without_data_key(self) -> PasswordWrapping:
        """The same for where the data key is not to go: the person's own key still opens."""
        return replace(self, sealed=b"")

    def _own(self, site: str, key: bytes) -> OwnKey | None:
        if not self.signing:
            return None
        purpose = _purpose(f"signing {self.public}", site, self.login)
        seed = unseal(derived_key(key, self.salt, purpose), purpose, self.signing)
        own = OwnKey(seed) if seed is not None else None
        return own if own is not None and own.public == self.public else None

    def as_json(self) -> Json:
        """The entry in the vault's file."""
        kdf = {"name": "argon2id", "t": self.cost.passes, "m": self.cost.memory_kib, "p": self.cost.lanes}
        entry = {
            "who": self.login,
            "kdf": {**kdf, "salt": _text(self.salt)},
            "sealed": _text(self.sealed),
        }
        signing = {"public": self.public, "sealed": _text(self.signing)}
        entry |= {"signing": signing} if self.signing else {}
        return {**entry, "at": self.at} if self.at else entry

    @classmethod
    def from_json(cls, entry: Json) -> PasswordWrapping:
        """Read an entry of the vault's file; KeyError, TypeError or ValueError where it is not one."""
        kdf = entry["kdf"]
        if kdf["name"] != "argon2id":
            raise ValueError("unknown key derivation")
        cost = Cost(int(kdf["t"]), int(kdf["m"]), int(kdf["p"]))
        signing = entry.get("signing") or {"public": "", "sealed": ""}
        return cls(
            str(entry["who"]),
            cost,
            _bytes(kdf["salt"]),
            _bytes(entry["sealed"]),
            str(signing["public"]),
            _bytes(signing["sealed"]),
            str(entry.get("at", "")),
        )


@dataclass(frozen=True, slots=True)
class RecoveryWrapping:
    """The data key under a secret on paper: the recovery sheet's, or the one that was split into shares.

    ``at`` is when it was made (UTC), by the clock of the machine where that was; empty in earlier vaults.
    """

    salt: bytes
    sealed: bytes
    at: str = ""

    @classmethod
    def make(
        cls, site: str, secret: bytes, data_key: bytes, *, by: str = SHEET, at: str = ""
    ) -> RecoveryWrapping:
        """Wrap the data key for whoever holds the sheet, or (``by``) enough shares."""
        salt, purpose = os.urandom(SALT_BYTES), _purpose(by, site, "")
        return cls(salt, seal(derived_key(secret, salt, purpose), purpose, data_key), at)

    def unwrap(self, site: str, secret: bytes, *, by: str = SHEET) -> bytes | None:
        """Give the data key; None with another secret, or one of another kind of paper."""
        purpose = _purpose(by, site, "")
        return unseal(derived_key(secret, self.salt, purpose), purpose, self.sealed)

    def as_json(self) -> Json:
        """The entry in the vault's file."""
        entry = {"kdf": {"name": "hkdf-sha256", "salt": _text(self.salt)}, "sealed": _text(self.sealed)}
        return {**entry, "at": self.at} if self.at else entry

    @classmethod
    def from_json(cls, entry: Json) -> RecoveryWrapping:
        """Read the entry; KeyError, TypeError or ValueError where it is not one."""
        if entry["kdf"]["name"] != "hkdf-sha256":
            raise ValueError("unknown key derivation")
        return cls(_bytes(entry["kdf"]["salt"]), _bytes(entry["sealed"]), str(entry.get("at", "")))


def _purpose(what: str, site: str, login: str) -> bytes:
    """What a wrapping is bound to: moved to another person, site or use, it does not open."""
    return canonical(["crfapp vault", 1, what, site, login])


def stretched(password: str, salt: bytes, cost: Cost) -> bytes:
    """A key out of what a person types, at a cost; NFC first: keyboards compose differently (REQ-209)."""
    composed = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return hash_secret_raw(
        composed, salt, cost.passes, cost.memory_kib, cost.lanes, hash_len=KEY_BYTES, type=Type.ID
    )


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
