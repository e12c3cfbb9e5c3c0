"""One byte string for one meaning: the canonical JSON that hashes are taken over.

Keys sorted, no white space, UTF-8, no floats (a float has no single decimal text), no NaN.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

Json = Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: object) -> bytes:
    """Canonical bytes of JSON data; TypeError for a float or anything that JSON has not."""
    _refuse_floats(value)
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


def _refuse_floats(value: object) -> None:
    match value:
        case float():
            raise TypeError("a float has no canonical text; use an integer or a string")
        case dict():
            for key, inner in value.items():
                if not isinstance(key, str):
                    raise TypeError("keys must be strings")
                _refuse_floats(inner)
        case list() | tuple():
            for inner in value:
                _refuse_floats(inner)
        case _:
            pass


def sha256(data: bytes) -> str:
    """SHA-256 as lower-case hex."""
    return hashlib.sha256(data).hexdigest()
