"""Checks of a pack: rules over answers, what they draft, and the situations in which they are tried."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from crfapp.study.definition import OID, Definition, Expression


class Situation(Definition):
    """Answers in which a check is tried, and rows by the source that names them (``AE``, ``ECEV@ALL``).

    Short form: a mapping whose ``rows`` are rows and whose other keys are answers.
    """

    answers: dict[str, str] = {}
    rows: dict[str, tuple[dict[str, str], ...]] = {}

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: Any) -> Any:
        if not isinstance(data, dict) or "answers" in data:
            return data
        answers = {name: text for name, text in data.items() if name != "rows"}
        return {"answers": answers, "rows": data.get("rows") or {}}


class Boundary(Definition):
    """The last situation in which a check passes, and the first in which it fires."""

    fires: tuple[Situation, ...] = ()
    passes: tuple[Situation, ...] = ()


class Vectors(Definition):
    """Situations in which a check fires, in which it does not, and those at its limit (REQ-405)."""

    fires: tuple[Situation, ...] = ()
    passes: tuple[Situation, ...] = ()
    boundary: Boundary = Boundary()


class Draft(Definition):
    """A row that a check proposes for a log, such as a protocol deviation: an expression for each item.

    A person takes it over or says why not; nothing is recorded by itself. Items that only somebody else
    may answer are left open when it is taken over.
    """

    form: OID
    set: dict[OID, Expression]


class Check(Definition):
    """A rule over answers. ``level``: H stops completion, Q asks, W warns once, T becomes a task.

    Of a task: ``task`` is its kind (the check's id where none is given), ``due`` the day or moment by
    which it is owed, ``draft`` a row that is proposed.
    """

    check: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,8}-[A-Z0-9]{1,8}$")]
    level: Literal["H", "Q", "W", "T"]
    fires: Expression
    say: str
    on: OID | None = None
    at: tuple[OID, ...] = ()
    task: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]{1,31}$")] | None = None
    due: Expression | None = None
    draft: Draft | None = None
    vectors: Vectors | None = None

    @model_validator(mode="after")
    def _fits(self) -> Check:
        if self.level != "T" and (self.task or self.due or self.draft):
            raise ValueError("'task', 'due' and 'draft' go with level T only")
        return self
