"""Who can open the data key: a small file with one wrapping a person and one for the recovery sheet.

The data key is random and never written down unwrapped; a new password wraps it anew and leaves the
database as it is. Nothing here deletes or remakes a key: a damaged file is kept and reported.
"""

from __future__ import annotations

import json
import os
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from crfapp.base.canonical import canonical, sha256
from crfapp.base.problems import Code, EnvironmentProblem, IntegrityProblem, RefusedError
from crfapp.base.times import utc_stamp
from crfapp.base.told import told_json
from crfapp.store.durable_files import named_disk_failures, small_file, write_durably
from crfapp.store.envelope import KEY_BYTES
from crfapp.store.own_key import OwnKey
from crfapp.store.wrapping import Cost, PasswordWrapping, RecoveryWrapping, Unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FILE = "vault.json"
COPY = "vault.json.bak"
"""A second copy of the same state, not an older one: what was taken away is gone from both."""

FORMAT = 3
"""2: people's own signing keys, and the logins that were given and are closed. 3: shares of the key.

A vault without shares is written as of format 2: what can be read by an earlier program is.
"""
_BEFORE_SHARES = 2


class Papers(NamedTuple):
    """The wrappings that paper opens."""

    sheet: RecoveryWrapping | None
    shares: RecoveryWrapping | None


class Vault:
    """The wrappings of one site's data key. ``cost`` is what new password wrappings are made with.

    A login that was taken away for ever stays in ``former``: it is never given again (REQ-201). Entries that
    made way for another workstation's (:func:`take_entries`) are kept, as a person's key may lie in them.

    Every change is on disk before the method returns; DISK_FULL and DISK_FAILS leave the former state.
    """

    def __init__(self, folder: Path, site: str, cost: Cost) -> None:
        self._folder = folder
        self._site = site
        self._cost = cost
        self._people: dict[str, PasswordWrapping] = {}
        self._recovery: RecoveryWrapping | None = None
        self._shares: RecoveryWrapping | None = None
        self.former: frozenset[str] = frozenset()
        self._aside: tuple[PasswordWrapping, ...] = ()

    @classmethod
    def create(cls, folder: Path, site: str, cost: Cost | None = None) -> tuple[Vault, bytes]:
        """Begin a site's vault and draw its data key (32 bytes); SITE_EXISTS where one is there.

        The file appears with the first wrapping: until then there is nothing that could be lost.
        """
        if (folder / FILE).exists() or (folder / COPY).exists():
            raise EnvironmentProblem(Code.SITE_EXISTS, file=FILE)
        return cls(folder, site, cost or Cost()), os.urandom(KEY_BYTES)

    @classmethod
    def load(cls, folder: Path, cost: Cost | None = None) -> Vault:
        """Read a site's vault.

        VAULT_DAMAGED where the file is missing or not as it was written; its fact ``copy`` says whether
        the second copy beside it is ``good``, ``damaged`` or ``missing``. TOO_NEW for a later format.
        """
        content, written = _read(folder / FILE)
        if content is None:
            raise IntegrityProblem(Code.VAULT_DAMAGED, file=FILE, copy=_state_of(folder / COPY))
        if not _is_copied(folder / COPY, written):
            _second_copy(folder, written)
        return cls._of(folder, content, cost)

    @classmethod
    def _of(cls, folder: Path, content: dict[str, Any], cost: Cost | None) -> Vault:
        vault = cls(folder, content["site"], cost or Cost())
        vault._people = {w.login: w for w in map(PasswordWrapping.from_json, content["wrappings"])}
        if content["recovery"] is not None:
            vault._recovery = RecoveryWrapping.from_json(content["recovery"])
        if content.get("shares") is not None:
            vault._shares = RecoveryWrapping.from_json(content["shares"])
        vault.former = frozenset(map(str, content.get("former", ())))
        vault._aside = tuple(map(PasswordWrapping.from_json, content.get("aside", ())))
        return vault

    @property
    def site(self) -> str:
        """Id of the site whose key this is."""
        return self._site

    @property
    def logins(self) -> tuple[str, ...]:
        """Who can open it with a password."""
        return tuple(sorted(self._people))

    @property
    def has_recovery(self) -> bool:
        """Whether a recovery sheet opens it."""
        return self._recovery is not None

    def open(self, login: str, password: str) -> bytes:
        """Give the data key; WRONG_LOGIN, after the same work, for a wrong password and an unknown login.

        A wrapping made at a lower cost than today's is made anew on the way (REQ-210).
        """
        return self.unwrap(login, password).data_key

    def unwrap(self, login: str, password: str) -> Unwrapped:
        """The same, with the person's own key where they chose their password."""
        wrapping = self._people.get(_composed(login)) or self._decoy(login)
        opened = wrapping.unwrap(self._site, password)
        if opened is None:
            raise RefusedError(Code.WRONG_LOGIN)
        if wrapping.cost.work < self._cost.work:
            with suppress(EnvironmentProblem):  # a full disk must lock nobody out; the next login tries again
                self._wrap(wrapping.login, password, opened, at=wrapping.at)
        return opened

    def weigh(self, login: str, password: str) -> None:
        """Do the work of :meth:`open` and tell nothing: how long a refusal takes says nothing either."""
        (self._people.get(_composed(login)) or self._decoy(login)).unwrap(self._site, password)

    def add(self, login: str, password: str, data_key: bytes, *, own: bool = False) -> None:
        """Let another person in, with a signing key where they chose the password themselves.

        LOGIN_TAKEN where the login is in use, or was.
        """
        if _composed(login) in (*self._people, *self.former):
            raise RefusedError(Code.LOGIN_TAKEN)
        self._wrap(login, password, Unwrapped(data_key, OwnKey.make() if own else None))

    def change_password(self, login: str, current: str, password: str) -> None:
        """Give a person the password they chose, with the signing key that they have or a new one.

        WRONG_LOGIN where the current one is wrong (REQ-209).
        """
        opened = self.unwrap(login, current)
        self._wrap(login, password, Unwrapped(opened.data_key, opened.own or OwnKey.make()))

    def reset_password(self, login: str, password: str, data_key: bytes) -> None:
        """Replace a forgotten password by whoever has the vault open; WRONG_LOGIN for an unknown login.

        The person's signing key is gone with the password that opened it (REQ-211).
        """
        if _composed(login) not in self._people:
            raise RefusedError(Code.WRONG_LOGIN)
        self._wrap(login, password, Unwrapped(data_key, None))

    def public_key(self, login: str) -> str:
        """The public half (hex) of a person's own key; empty where there is none."""
        wrapping = self._people.get(_composed(login))
        return wrapping.public if wrapping is not None else ""

    def remove(self, login: str, *, for_ever: bool = False) -> None:
        """Let a person in no more; ``for_ever``: the login is never given again.

        NOT_ALLOWED for the last one, as nobody could then open the data.
        """
        people = {name: w for name, w in self._people.items() if name != _composed(login)}
        if not people:
            raise RefusedError(Code.NOT_ALLOWED)
        self._save(people, self._recovery, self.former | ({_composed(login)} if for_ever else set()))

    def set_recovery(self, secret: bytes, data_key: bytes) -> None:
        """Make a new recovery sheet's secret the valid one; an older sheet opens nothing from then on."""
        self._save(self._people, RecoveryWrapping.make(self._site, secret, data_key, at=made_now()))

    def open_with_recovery(self, secret: bytes) -> bytes:
        """Give the data key to whoever holds the sheet; WRONG_RECOVERY with another site's or an old one."""
        data_key = self._recovery.unwrap(self._site, secret) if self._recovery else None
        if data_key is None:
            raise RefusedError(Code.WRONG_RECOVERY)
        return data_key

    def _decoy(self, login: str) -> PasswordWrapping:
        """Cost of a real one: after costs were raised, the people's wrappings follow one by one."""
        usual = next(iter(self._people.values()), None)
        return PasswordWrapping.decoy(login, usual.cost if usual else self._cost)

    def _wrap(self, login: str, password: str, opened: Unwrapped, *, at: str | None = None) -> None:
        since = made_now() if at is None else at
        wrapping = PasswordWrapping.make(
            self._site, _composed(login), password, opened, cost=self._cost, at=since
        )
        self._save({**self._people, wrapping.login: wrapping}, self._recovery)

    def _save(
        self,
        people: dict[str, PasswordWrapping],
        recovery: RecoveryWrapping | None,
        former: frozenset[str] | None = None,
    ) -> None:
        former = self.former if former is None else former
        content: dict[str, Any] = {
            "format": FORMAT if self._shares else _BEFORE_SHARES,
            "site": self._site,
            "wrappings": [wrapping.as_json() for wrapping in people.values()],
            "recovery": recovery.as_json() if recovery else None,
            "former": sorted(former),
            **({"shares": self._shares.as_json()} if self._shares else {}),
            **({"aside": [wrapping.as_json() for wrapping in self._aside]} if self._aside else {}),
        }
        written = json.dumps({**content, "digest": _digest(content)}, indent=1).encode()
        write_durably(self._folder / FILE, written)
        self._people, self._recovery, self.former = people, recovery, former
        _second_copy(self._folder, written)


def look_at(folder: Path) -> Vault:
    """Read a vault where nothing may be written, such as beside a copy; the second copy serves as well.

    VAULT_DAMAGED where neither can be read.
    """
    content = _read(folder / FILE)[0] or _read(folder / COPY)[0]
    if content is None:
        raise IntegrityProblem(Code.VAULT_DAMAGED, file=FILE, copy=_state_of(folder / COPY))
    return Vault._of(folder, content, None)


def entries_of(vault: Vault) -> tuple[PasswordWrapping, ...]:
    """What another workstation of the site needs to let the same people in: each entry opens by itself."""
    return tuple(vault._people.values())


def take_entries(vault: Vault, told: Iterable[PasswordWrapping], keys: Mapping[str, str]) -> tuple[str, ...]:
    """Take another workstation's entries in; the logins that open differently from now on.

    ``keys``: the public half of everybody's key on record, by login; who is not in it is not taken in. An
    entry with the key on record is right; otherwise the password that was set later is. Of what makes way a
    key that nothing else holds is kept aside: it opens no record. DISK_FULL and DISK_FAILS change nothing.
    """
    people, aside, taken = dict(vault._people), list(vault._aside), []
    for theirs in told:
        mine = people.get(theirs.login)
        if theirs.login not in keys or theirs.login in vault.former or mine == theirs:
            continue
        if mine is not None and not _is_right(theirs, mine, keys[theirs.login]):
            aside.append(theirs)
            continue
        if mine is not None:
            aside.append(mine)
        people[theirs.login] = theirs
        taken.append(theirs.login)
    before, held = vault._aside, {wrapping.public for wrapping in people.values()}
    kept = {one.public: one.without_data_key() for one in aside if one.public not in ("", *held)}
    if taken or tuple(kept.values()) != before:
        vault._aside = tuple(kept.values())
        try:
            vault._save(people, vault._recovery)
        except BaseException:
            vault._aside = before
            raise
    return tuple(taken)


def papers_of(vault: Vault) -> Papers:
    """What paper opens it."""
    return Papers(vault._recovery, vault._shares)


def put_papers(vault: Vault, papers: Papers) -> None:
    """Let this paper open it and no other; DISK_FULL and DISK_FAILS change nothing."""
    before, vault._shares = vault._shares, papers.shares
    try:
        vault._save(vault._people, papers.sheet)
    except BaseException:
        vault._shares = before
        raise


def copy_for(
    folder: Path,
    site: str,
    data_key: bytes,
    entry: PasswordWrapping,
    passwords: tuple[str, str],
    *,
    cost: Cost,
) -> None:
    """Make the vault of a person's own copy: its data key under the password they choose, with their own key.

    ``entry`` is theirs of the site's vault, ``passwords`` the one that opens it and the new one. WRONG_LOGIN
    where the first does not open it; SITE_EXISTS.
    """
    now, new = passwords
    own = entry.own_key(site, now)
    if own is None:
        raise RefusedError(Code.WRONG_LOGIN)
    vault, _unused = Vault.create(folder, site, cost)
    vault._wrap(entry.login, new, Unwrapped(data_key, own))


def made_now() -> str:
    """The order in which secrets were set on several machines, whatever clock a journey has."""
    return utc_stamp(datetime.now(UTC))  # noqa: TID251 - compared with its like


def _is_right(theirs: PasswordWrapping, mine: PasswordWrapping, key: str) -> bool:
    if key and (theirs.public == key) != (mine.public == key):
        return theirs.public == key
    return theirs.at > mine.at


def _second_copy(folder: Path, written: bytes) -> None:
    """Keep the same state twice; where that fails the change stands all the same, and load tries again."""
    with suppress(EnvironmentProblem):
        write_durably(folder / COPY, written)


def _read(path: Path) -> tuple[dict[str, Any] | None, bytes]:
    """The file's content and its bytes; no content where it is missing or not whole."""
    with named_disk_failures(path):
        written = small_file(path) if path.is_file() else b""
    try:
        content: dict[str, Any] = told_json(written)
        if int(content["format"]) > FORMAT:
            raise EnvironmentProblem(Code.TOO_NEW, file=path.name, have=int(content["format"]), newest=FORMAT)
        digest = content.pop("digest")
        names = (content["site"], *content.get("former", ()))
        if not all(isinstance(name, str) for name in names):
            raise TypeError("not what a vault says")
        for entry in (*content["wrappings"], *content.get("aside", ())):
            PasswordWrapping.from_json(entry)
        for paper in (content["recovery"], content.get("shares")):
            if paper is not None:
                RecoveryWrapping.from_json(paper)
        whole = digest == _digest(content)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, written
    return (content if whole else None), written


def _digest(content: dict[str, Any]) -> str:
    """Tells a decayed disk from a wrong password; against forgery stands the cipher of each wrapping."""
    return sha256(canonical(content))


def _is_copied(path: Path, written: bytes) -> bool:
    """Whether the second copy is good and the same; one that cannot be read is made again."""
    try:
        return _state_of(path) == "good" and small_file(path) == written
    except OSError:
        return False


def _state_of(copy: Path) -> str:
    with suppress(EnvironmentProblem):
        if _read(copy)[0] is not None:
            return "good"
    return "damaged" if copy.exists() else "missing"


def _composed(login: str) -> str:
    return unicodedata.normalize("NFC", login)
