"""One site's data on one workstation: where each thing lies, and that only one program has it open."""

from __future__ import annotations

import json
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.base.told import told_json
from crfapp.store.durable_files import (
    PRIVATE_FOLDER,
    named_disk_failures,
    small_file,
    sync_folder,
    write_durably,
)
from crfapp.store.file_lock import file_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.ledger.events import Sort

CARD = "site.json"
MARK = "centre.json"
"""What says that a folder is the home of a centre; see :mod:`crfapp.store.centre`."""
FORMAT = 1
_PROBE = ".probe"


@dataclass(frozen=True, slots=True)
class SiteCard:
    """What may be read of a site without a password: nothing personal. Shown by the login window.

    ``joined`` is the name under which this folder was invited, empty where the site was founded in it;
    ``sort`` says where its chain is written.
    """

    site: str
    study: str
    code: str
    joined: str = ""
    sort: Sort = "site"

    @property
    def notes(self) -> str:
        """Under what the machine keeps its notes: two workstations of a site may be tried on one machine."""
        return f"{self.site} {self.joined}".rstrip()


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """A site's folder: ``site.json``, ``vault.json``, ``ledger.db``, ``photos/`` and the lock."""

    path: Path
    card: SiteCard

    @classmethod
    def create(cls, path: Path, card: SiteCard) -> SiteFolder:
        """Make the folder, private to its owner (0700).

        SITE_EXISTS where a site is there already; FOLDER_REFUSED where the folder holds other things or
        cannot be made or written. Its fact ``why`` is ``not empty`` or ``not writable``.
        """
        if (path / CARD).exists():
            raise EnvironmentProblem(Code.SITE_EXISTS, folder=path.name)
        try:
            path.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
            occupied = any(path.iterdir())
        except OSError:
            raise _not_writable(path) from None
        if occupied:
            raise EnvironmentProblem(Code.FOLDER_REFUSED, folder=path.name, why="not empty")
        site = cls(path, card)
        site._make_private()
        with named_disk_failures(path):
            site.photos.mkdir(mode=PRIVATE_FOLDER)
            sync_folder(path.parent)
        write_durably(path / CARD, json.dumps({"format": FORMAT, **asdict(card)}, indent=1).encode())
        return site

    @classmethod
    def open(cls, path: Path) -> SiteFolder:
        """Find a site: NOT_A_SITE where there is none, TOO_NEW for a later program's, FOLDER_REFUSED."""
        try:
            content = told_json(small_file(path / CARD))
            if int(content["format"]) > FORMAT:
                raise EnvironmentProblem(Code.TOO_NEW, have=int(content["format"]), newest=FORMAT)
            card = _card(content)
        except (OSError, ValueError, KeyError, TypeError):
            raise EnvironmentProblem(Code.NOT_A_SITE, folder=path.name) from None
        site = cls(path, card)
        site = cls(path, read_card(path))
        site._make_private()
        return site

    @property
    def ledger(self) -> Path:
        """The encrypted database."""
        return self.path / "ledger.db"

    @property
    def photos(self) -> Path:
        """Where encrypted photographs lie, named by the hash of their content."""
        return self.path / "photos"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the folder for this process; SITE_OPEN where another one has it.

        The operating system holds the lock, so that a killed process leaves none behind; the file that
        stays means nothing.
        """
        with ExitStack() as held:
            try:
                held.enter_context(file_lock(self.path / "lock"))
            except EnvironmentProblem as problem:
                if problem.code is not Code.BUSY:
                    raise
                raise EnvironmentProblem(Code.SITE_OPEN, folder=self.path.name) from None
            yield

    def _make_private(self) -> None:
        """Shut others out, and see with a real file whether the folder can be written."""
        probe = self.path / _PROBE
        try:
            self.path.chmod(PRIVATE_FOLDER)
            probe.write_bytes(b"")
        except OSError:
            raise _not_writable(self.path) from None
        finally:
            with suppress(OSError):
                probe.unlink(missing_ok=True)


def read_card(path: Path) -> SiteCard:
    """The card in a folder, which is not touched: NOT_A_SITE where there is none, TOO_NEW."""
    try:
        content = json.loads((path / CARD).read_bytes())
        if int(content["format"]) > FORMAT:
            raise EnvironmentProblem(Code.TOO_NEW, have=int(content["format"]), newest=FORMAT)
        return _card(content)
    except (OSError, ValueError, KeyError, TypeError):
        raise EnvironmentProblem(Code.NOT_A_SITE, folder=path.name) from None


def _card(content: dict[str, Any]) -> SiteCard:
    site, study, code = (str(content[name]) for name in ("site", "study", "code"))
    sorts: dict[str, Sort] = {"site": "site", "monitor": "monitor", "centre": "centre"}
    return SiteCard(site, study, code, str(content.get("joined", "")), sorts[content.get("sort", "site")])


def _not_writable(path: Path) -> EnvironmentProblem:
    return EnvironmentProblem(Code.FOLDER_REFUSED, folder=path.name, why="not writable")
