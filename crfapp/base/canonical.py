"""One byte string for one meaning: the canonical JSON that hashes are taken over.

Keys sorted, no white space, UTF-8, no floats (a float has no single decimal text), no NaN.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

Json = Any

_TEXT = frozenset({str})
_PLAIN = frozenset({str, int, bool, type(None)})
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: object) -> bytes:
    """Canonical bytes of JSON data; TypeError for a float or anything that JSON has not."""
    _refuse_floats(value)
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("a float has no canonical text; use an integer or a string")
    inside: Collection[object] = ()
    if isinstance(value, dict):
        if not _TEXT.issuperset(map(type, value)) and not all(isinstance(key, str) for key in value):
            raise TypeError("keys must be strings")
        inside = value.values()
    elif isinstance(value, list | tuple):
        inside = value
    for inner in inside:
        if type(inner) not in _PLAIN:  # every save asks this of each
            _refuse_floats(inner)


def sha256(data: bytes) -> str:
    """SHA-256 as lower-case hex."""
    return hashlib.sha256(data).hexdigest()
