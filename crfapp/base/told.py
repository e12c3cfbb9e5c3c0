"""JSON out of a file that anybody may have written: whatever is none is one kind of error."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn


def told_json(text: bytes | str) -> Any:
    """What a JSON text tells; ValueError for every text that is none.

    None are also those that ``json`` reads or stumbles over: values nested without end, ``NaN`` and
    ``Infinity``, and numbers that no machine holds (``1e999``). A mark of the byte order is passed over.
    """
    try:
        plain = text if isinstance(text, str) else text.decode("utf-8", "surrogatepass")
        return _DECODER.decode(plain.removeprefix("\ufeff"))
    except RecursionError:
        raise ValueError("nested too deep") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _no_number(text)
    return number


_DECODER = json.JSONDecoder(parse_float=_number, parse_constant=_no_number)
