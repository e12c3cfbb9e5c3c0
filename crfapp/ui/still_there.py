"""Answers that come later, to widgets that may be gone by then."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec

from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

P = ParamSpec("P")


def while_there(owner: QObject, tell: Callable[P, object]) -> Callable[P, None]:
    """The same call, which does nothing once ``owner`` is gone."""

    def told(*what: P.args, **more: P.kwargs) -> None:
        if isValid(owner):
            tell(*what, **more)

    return told
