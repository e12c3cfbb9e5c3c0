"""Making a centre: a home like a site's, a key of its own, and the mark that says what it is."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from crfapp.base.passwords import password_problem
from crfapp.base.problems import RefusedError
from crfapp.bootstrap.founding import found_site, refuse_occupied, study_of
from crfapp.bootstrap.joining import node_key
from crfapp.bootstrap.sites import OpenSite
from crfapp.store.centre import CentreMark, mark_centre, refuse_address
from crfapp.store.recovery import new_secret, sheet_text
from crfapp.store.site_folder import SiteFolder
from crfapp.store.vault import Vault

if TYPE_CHECKING:
    from crfapp.present.entrance import NewSite
    from crfapp.store.wrapping import Cost
    from crfapp.work.ports import Clock

CODE = "CENTRE"
"""What the home is called among sites; a centre enrols nobody."""


def found_centre(new: NewSite, clock: Clock, *, cost: Cost | None = None, database: str = "") -> str:
    """Make the home of a centre with its first administrator; the text of its recovery sheet, to be printed.

    ``database`` as in :class:`crfapp.store.centre.CentreMark`. DATABASE_ADDRESS; SITE_EXISTS, FOLDER_REFUSED;
    PACK_NOT_FOUND, PACK_WRONG; PASSWORD_TOO_SHORT and the like. Nothing is left of one that could not be made
    whole.
    """
    if database:
        refuse_address(database)
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
