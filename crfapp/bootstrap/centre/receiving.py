"""What comes to a centre: found out whose it is, and taken into the part of its site."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.bootstrap.outbox import bring
from crfapp.bootstrap.package_files import inbox_of, is_for
from crfapp.bootstrap.taking_in import Aside, each_of, joined, package_at
from crfapp.ledger.speaking import centre_node
from crfapp.ledger.state import NodeRow, RouteRow
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.bootstrap.centre.home import Centre
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.centre_views import CentreSite
    from crfapp.exchange.taken_in import TakenIn


class Receiving:
    """Taking in at a centre that is open for somebody."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre

    def take_in(self, file: Path) -> TakenIn:
        """Take in one file. What is wrong with it is told, and it lies in the home's quarantine then.

        NOT_ALLOWED; problems of this machine, after which the file lies where it lay.
        """
        if not self._centre.actor.may(Right.RECEIVE):
            raise RefusedError(
                Code.NOT_ALLOWED, role=self._centre.actor.role.value, needs=Right.RECEIVE.value
            )
        aside = Aside(self._centre.home, self._centre.actor, file)
        return aside.unless_refused(lambda: self._taken(file, aside))

    def look(self) -> list[TakenIn]:
        """Fetch what is new on the routes that are set for workstations of sites, and take it in.

        What is taken in stands in the records then, and its file goes; what one route refuses or does not
        give holds up no other: the first of such problems is raised when all were looked at.
        """
        self.fetch()
        return each_of(inbox_of(self._centre.home), self._brought)

    def fetch(self) -> list[Path]:
        """Fetch what is new on the routes; what lies in the inbox then and waits to be taken in.

        What one route refuses holds up no other; the first such problem is raised where nothing waits.
        """
        failed = self._fetch()
        inbox = inbox_of(self._centre.home)
        files = sorted(path for path in inbox.iterdir() if path.is_file() and path.suffix != ".json")
        if failed and not files:
            raise failed[0]
        return files

    def _fetch(self) -> list[AppProblem]:
        """Bring what is new on every route into the inbox; what each of them refused."""
        failed: list[AppProblem] = []
        ours = {centre_node(self._centre.mark.centre, site.site) for site in self._centre.sites()}
        for row in self._centre.home.desk.tables.find(RouteRow):
            try:
                if row.url:
                    bring(self._centre.home, self._centre.actor, row.peer, lambda name: is_for(name, ours))
            except AppProblem as problem:
                failed.append(problem)
        return failed

    def _brought(self, file: Path) -> TakenIn:
        taken = self.take_in(file)
        if taken.outcome != "refused":
            file.unlink()
        return taken

    def _taken(self, file: Path, aside: Aside) -> TakenIn:
        heard = list(self._centre.home.desk.tables.find(NodeRow, sort="site"))
        try:
            return self._opened(file, heard, aside)
        except RefusedError as problem:
            if problem.code is not Code.PACKAGE_UNKNOWN_SIGNER:
                raise
        # a second workstation is known only in its site's part
        return self._opened(file, [*heard, *self._heard_in_parts()], aside)

    def _opened(self, file: Path, heard: list[NodeRow], aside: Aside) -> TakenIn:
        with package_at(self._centre.home, file, heard) as package:
            aside.opened(package)
            told = package.manifest
            known = next((one for one in self._centre.sites() if one.site == told.site), None)
            if known is None:
                raise RefusedError(Code.SITE_UNKNOWN, site=told.site, node=told.node)
            with self._centre.store_of(known.site) as store:
                part = self._centre.at_work(store, package)
                try:
                    return joined(part, self._centre.actor, package, self._heard(known, part))
                except RefusedError as problem:
                    return aside.refused(problem, part)  # its site is told of it with the next reply

    def _heard(self, site: CentreSite, part: OpenSite) -> list[NodeRow]:
        """The workstations from the site's cards, and those that the site itself registered since.

        A workstation that either of them revoked is revoked.
        """
        here = {row.node: row for row in part.desk.tables.find(NodeRow, sort="site")}
        for node in site.nodes:
            row = self._centre.home.desk.tables.get(NodeRow, node)
            if row is not None:
                told = here.get(node, row)
                here[node] = row._replace(revoked=row.revoked or told.revoked)
        return list(here.values())

    def _heard_in_parts(self) -> Iterator[NodeRow]:
        for site in self._centre.sites():
            if self._centre.parts.has(site.site):
                with suppress(AppProblem), self._centre.part(site.site) as part:
                    yield from self._heard(site, part)
