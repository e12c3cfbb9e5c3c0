"""Copies against loss, drills, restores and paper that opens them, for the command line."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from crfapp.cli.backup_parts import CopiesReport, DrillTold, RestoreTold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.cli.backup_parts import CopyWish
    from crfapp.cli.parts import Credentials
    from crfapp.store.copy_place import KeyInHand
    from crfapp.store.wrapping import Cost


class Keeping:
    """Implements :class:`crfapp.cli.backup_parts.Keeping`; what it needs is loaded when it is asked."""

    def __init__(self, cost: Cost | None = None) -> None:
        self._cost = cost

    def copies(
        self, site: Path, who: Credentials, *, second: Path | None, end: bool, now: bool
    ) -> CopiesReport:
        """Keep copies."""
        from crfapp.bootstrap.backups import choose_second_place, keep_copies
        from crfapp.bootstrap.copies import newest_copy
        from crfapp.store.second_place import is_same_disk, second_place
        from crfapp.work.backups import ages

        with closing(self._opened(site, who)) as opened:
            actor = opened.actor(who.login)
            if second is not None or end:
                choose_second_place(opened, actor, None if end else second)
            kept = keep_copies(opened, actor, now=now or second is not None)
            newest = newest_copy(opened.store.backups)
            old = ages(opened.desk.tables, opened.desk.node, opened.clock.now(), newest)
            place = second_place(opened.store) if old.second_given else None
            same = place is not None and is_same_disk(opened.store, place)
            problem = kept.problem.code.value if kept.problem else ""
            where = str(place) if place is not None else ""
            return CopiesReport(kept.here, kept.second, where, old.here, old.second, same, problem)

    def drill(self, site: Path, who: Credentials, wish: CopyWish) -> DrillTold:
        """Try out a restore."""
        from crfapp.bootstrap.drilling import drill, usual_place

        with closing(self._opened(site, who)) as opened:
            folder = wish.folder or usual_place(opened)
            found = drill(opened, opened.actor(who.login), folder, _key(who, wish), wish.copy)
        problem = found.problem.code.value if found.problem else ""
        chains = tuple((one.chain, one.has, one.now, one.elsewhere) for one in found.newer)
        counts = (found.events, found.lacking, found.lost, chains, found.photographs, found.seconds)
        return DrillTold(found.file, found.how, not problem, problem, *counts)

    def restore(self, target: Path, who: Credentials, wish: CopyWish, reason: str) -> RestoreTold:
        """Restore a site."""
        from crfapp.base.problems import Code, RefusedError
        from crfapp.bootstrap.ground import SystemClock
        from crfapp.bootstrap.restoring import restore

        if wish.folder is None:
            raise RefusedError(Code.NO_COPY_THERE)
        key = _key(who, wish)
        done = restore(wish.folder, target, key, SystemClock(), reason=reason, name=wish.copy)
        counts = (done.events, done.node, done.photographs, done.missing, done.lost)
        return RestoreTold(done.file, done.how, *counts)

    def photographs(self, site: Path, who: Credentials, folder: Path) -> tuple[int, tuple[str, ...]]:
        """Bring photographs back."""
        from crfapp.bootstrap.restoring import bring_back_photographs

        with closing(self._opened(site, who)) as opened:
            back, kept = bring_back_photographs(opened, folder)
        return back, (*kept.changed, *kept.lost)

    def sheet(self, site: Path, who: Credentials, show: Callable[[str, Sequence[str]], str]) -> None:
        """Make a new recovery sheet."""
        from crfapp.bootstrap.key_papers import KeyPapers

        with closing(self._opened(site, who)) as opened:
            papers = KeyPapers(opened, opened.actor(who.login))
            sheet = papers.new_sheet()
            papers.sheet_typed(show(sheet.label, sheet.lines))

    def shares(
        self,
        site: Path,
        who: Credentials,
        numbers: tuple[int, int],
        show: Callable[[str, Sequence[str]], str],
    ) -> None:
        """Make shares of the key."""
        from crfapp.bootstrap.key_papers import KeyPapers

        with closing(self._opened(site, who)) as opened:
            papers = KeyPapers(opened, opened.actor(who.login))
            papers.shares_typed(show(*papers.new_shares(*numbers)))

    def _opened(self, site: Path, who: Credentials) -> OpenSite:
        from crfapp.bootstrap.letting_in import opened_for

        return opened_for(site, who, self._cost)


def _key(who: Credentials, wish: CopyWish) -> KeyInHand:
    from crfapp.store.copy_place import KeyInHand

    return KeyInHand(who.login, "" if wish.paper else who.password, wish.paper)
