"""Making a centre: a home like a site's, a key of its own, and the mark that says what it is."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from crfapp.base.passwords import password_problem
from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.bootstrap.founding import found_site, refuse_occupied, study_of
from crfapp.bootstrap.node_keys import node_key
from crfapp.bootstrap.sites import OpenSite
from crfapp.store.centre import CentreMark, expect_database, mark_centre
from crfapp.store.recovery import new_secret, sheet_text
from crfapp.store.site_folder import SiteFolder
from crfapp.store.vault import Vault
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.bootstrap.centre.home import Centre
    from crfapp.present.entrance import NewSite
    from crfapp.store.wrapping import Cost
    from crfapp.work.ports import Clock

CODE = "CENTRE"
"""What the home is called among sites; a centre enrols nobody."""


def found_centre(new: NewSite, clock: Clock, *, cost: Cost | None = None, database: str = "") -> str:
    """Make the home of a centre with its first administrator; the text of its recovery sheet, to be printed.

    ``database`` as in :class:`crfapp.store.centre.CentreMark`, tried once: what
    :func:`crfapp.store.centre.expect_database` raises. SITE_EXISTS, FOLDER_REFUSED; PACK_NOT_FOUND,
    PACK_WRONG; PASSWORD_TOO_SHORT and the like. Nothing is left of one that could not be made whole.
    """
    if database:
        expect_database(database)
    weak = password_problem(new.password, forbidden=(new.login, new.person, new.code, new.name))
    if weak is not None:
        raise RefusedError(weak)
    study = study_of(new.pack)
    refuse_occupied(new.folder)  # what is removed below is nobody else's
    secret = new_secret()
    try:
        found_site(new, study, secret, clock, cost=cost)
        data_key = Vault.load(new.folder, cost).open_with_recovery(secret)
        opened = OpenSite.open(SiteFolder.open(new.folder), data_key, clock)
        try:
            node_key(opened.store, new.name)
            mark_centre(new.folder, CentreMark(opened.desk.site.site, new.name, database))
        finally:
            opened.close()
    except BaseException:
        shutil.rmtree(new.folder, ignore_errors=True)
        raise
    return sheet_text(secret)


def keep_on_server(centre: Centre, database: str) -> None:
    """Keep the parts of a centre in a PostgreSQL database from now on; it has none yet.

    NOT_ALLOWED; SITE_EXISTS where something has come of a site already, which nobody moves; and what
    :func:`crfapp.store.centre.expect_database` raises.
    """
    if not centre.actor.may(Right.ADMINISTER):
        role = centre.actor.role.value
        raise RefusedError(Code.NOT_ALLOWED, role=role, needs=Right.ADMINISTER.value)
    for site in centre.sites():
        if centre.parts.has(site.site):
            raise EnvironmentProblem(Code.SITE_EXISTS, site=site.code)
    expect_database(database)
    mark_centre(centre.home.store.folder.path, replace(centre.mark, database=database))
