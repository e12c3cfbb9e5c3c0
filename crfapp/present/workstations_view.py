"""What the section about workstations shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crfapp.present.acts import ActState

if TYPE_CHECKING:
    from crfapp.present.acts import Act


@dataclass(frozen=True, slots=True)
class NodeLine:
    """A chain that is heard here. ``package`` is the last one that came from it."""

    node: str
    label: str
    sort: str
    code: str
    since: str
    package: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class NodeCard:
    """The card of one of them: facts with their names, and what can be done."""

    node: str
    title: str
    facts: tuple[tuple[str, str], ...]
    acts: tuple[Act, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class WorkstationsView:
    """The list, the card of one, and an invitation that is being made.

    ``inviting``: the act or its end belongs to an invitation, not to the card. ``copies``: there is somebody
    whose own copy can be made.
    """

    lines: tuple[NodeLine, ...] = ()
    chosen: NodeCard | None = None
    state: ActState = field(default_factory=ActState)
    inviting: bool = False
    copies: bool = False
