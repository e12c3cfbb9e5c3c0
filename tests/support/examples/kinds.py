"""What an example of a command is."""

from __future__ import annotations

from collections.abc import Callable

from crfapp.work.cases import Command
from crfapp.work.roles import Role
from tests.support.ward import Ward

Example = tuple[Callable[[Ward], Command], Role, list[str]]
"""Brings a ward where the command can be sent and gives it; who sends it; kinds of the events it leaves."""
