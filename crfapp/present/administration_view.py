"""What the Administration page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class AdministrationView:
    """The form for somebody new, and the copies.

    ``problems`` are sentences by field of the form; the one under ``""`` stands below all. ``waiting``
    is the login that has an account and gets its password now; empty while the form is for somebody new.
    """

    copy: str
    copy_tone: str
    adding: bool = False
    waiting: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)
    done: str = ""
    copying: bool = False
    copy_problem: str = ""
