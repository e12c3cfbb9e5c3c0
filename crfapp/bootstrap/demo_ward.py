"""A second workstation for a demo site: what somebody who tries the program out would carry on a stick.

Both exchange over a folder beside them from the beginning; nothing of it holds real data.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from crfapp.bootstrap.ground import SystemClock
from crfapp.bootstrap.joining import Newcomer, invite, join
from crfapp.bootstrap.playing import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, known_password
from crfapp.bootstrap.sites import OpenSite
from crfapp.store.gate import Gate
from crfapp.store.invitation import SUFFIX, open_invitation
from crfapp.store.site_folder import SiteFolder

if TYPE_CHECKING:
    from pathlib import Path

LABEL = "Ward"
NURSE = "rania"


def add_ward(site: Path, out: Path) -> Path:
    """Invite a workstation of a demo site and join it in ``out``; its folder. SITE_EXISTS where it is there.

    ``out`` also gets the folder over which both exchange.
    """
    out.mkdir(parents=True, exist_ok=True)
    shared, ward, clock = out / "shared", out / "ward", SystemClock()
    shared.mkdir(exist_ok=True)
    folder = SiteFolder.open(site)
    gate = Gate(folder, clock)
    data_key = gate.open(ADMINISTRATOR, ADMINISTRATOR_PASSWORD).data_key
    with closing(OpenSite.open(folder, data_key, clock, gate)) as opened:
        file = out / f"ward{SUFFIX}"
        made = invite(opened, opened.actor(ADMINISTRATOR), file, LABEL, route=str(shared.resolve()))
    join(open_invitation(made.file, made.code), ward, Newcomer(NURSE, known_password(NURSE)), clock)
    made.file.unlink()
    return ward
