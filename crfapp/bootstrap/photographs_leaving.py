"""The photographs of one package: which go to whom, as originals or as copies, and under which names."""

from __future__ import annotations

import hashlib
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from crfapp.base.canonical import canonical
from crfapp.base.problems import IntegrityProblem, RefusedError
from crfapp.bootstrap.photographs_sent import PhotographsSent, Sent
from crfapp.exchange.package.ports import Photograph
from crfapp.exchange.photograph_list import photographs_of
from crfapp.exchange.photograph_sheets import Left

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.photograph_list import Listed
    from crfapp.exchange.profiles import Profile
    from crfapp.exchange.site_data import SiteData
    from crfapp.work.packages import Peer

_AS_IT_IS = "original"


class Leaving(NamedTuple):
    """What goes in (``packed``), what is noted of it (``sent``), and what stands in the list (``left``)."""

    packed: Sequence[Photograph]
    sent: Mapping[str, Sent]
    left: Mapping[str, Left]


NONE = Leaving((), {}, {})


def leaving(opened: OpenSite, data: SiteData, who: Peer, profile: Profile, *, full: bool) -> Leaving:
    """Everything that this peer may have and has not, or all of it for a whole package.

    Workstations of the site get the originals. Everybody else gets copies, of those that stand at their
    place and in which nobody can be recognised. A photograph that cannot be read here, because it is damaged
    or never came, keeps no package back: it stands in the list without a file, and goes once it is here.
    """
    if not profile.photographs:
        return NONE
    originals = not profile.outside
    data.originals = originals
    there = PhotographsSent(opened, who.id).there(who)
    packed: list[Photograph] = []
    sent: dict[str, Sent] = {}
    left: dict[str, Left] = {}
    for one in photographs_of(data):
        name = one.row.photograph
        before = there.get(name)
        if before is not None and originals:
            before = Sent(_AS_IT_IS, name, one.row.size)
        wanted = before is None or before.masked != _masked(one, originals=originals) or full
        made = _made(opened, one, originals=originals) if wanted and (originals or not one.state) else None
        if made is not None:
            sent[name] = made
            content = partial(_content, opened, one, originals=originals)
            packed.append(Photograph(one.file(original=originals), made.sha256, made.size, content))
        now = made or before
        if now is not None:
            left[name] = Left(now.sha256, now.size, made is not None)
    return Leaving(packed, sent, left)


def _masked(one: Listed, *, originals: bool) -> str:
    """What tells two copies of a photograph apart."""
    if originals:
        return _AS_IT_IS
    return hashlib.sha256(canonical([list(box) for box in one.boxes])).hexdigest()[:16]


def _made(opened: OpenSite, one: Listed, *, originals: bool) -> Sent | None:
    """Read it, or make its copy; None where that is not possible here."""
    try:
        content = _content(opened, one, originals=originals).read()
    except (IntegrityProblem, RefusedError):
        return None
    digest = hashlib.sha256(content).hexdigest()
    return Sent(_masked(one, originals=originals), digest, len(content))


def _content(opened: OpenSite, one: Listed, *, originals: bool) -> BinaryIO:
    kept, name = opened.photographs, one.row.photograph
    return BytesIO(kept.read(name) if originals else kept.for_others(name, one.boxes))
