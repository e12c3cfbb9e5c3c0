"""What all definitions of a pack have in common: frozen, no unknown keys, names and expressions as text."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

OID = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,31}$")]
Expression = Annotated[str, Field(min_length=1, max_length=2000)]


class Definition(BaseModel):
    """Base of all definitions: immutable, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
