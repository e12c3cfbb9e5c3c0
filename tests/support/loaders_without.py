"""One guard of each loader, taken away in this process: for the sabotaged twin that has to fail."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import yaml

from crfapp.base import told
from crfapp.bootstrap import accounts_travelling
from crfapp.exchange import cards, office_encryption, state_file
from crfapp.exchange.copy import reading as copy_reading
from crfapp.exchange.package import lines, reading
from crfapp.journeys import told as journeys
from crfapp.ledger.chain import Sealed
from crfapp.pictures import opening
from crfapp.store import invitation
from crfapp.study.language import parser
from crfapp.study.pack import yaml_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType


@dataclass(frozen=True)
class Guard:
    """What is missing then, in words, and how it is taken away; ``bait`` stands in many of the files."""

    words: str
    take_away: Callable[[], None]
    bait: tuple[bytes, ...] = ()


def _set(module: Any, **values: object) -> Callable[[], None]:
    def take_away() -> None:
        for name, value in values.items():
            assert hasattr(module, name), name
            setattr(module, name, value)

    return take_away


def _plain_json(*modules: ModuleType) -> Callable[[], None]:
    """Every reader of small files asks the library instead; ``modules`` also forget that it has an end."""

    def take_away() -> None:
        told._DECODER.decode = json.JSONDecoder().decode  # type: ignore[method-assign]
        for module in (told, *modules):
            module.RecursionError = ZeroDivisionError  # type: ignore[attr-defined]

    return take_away


def _no_refusal(*_: object) -> None:
    """Nothing is looked at."""


def _link_unlooked(line: bytes) -> Sealed:
    return Sealed(**json.loads(line))


_DEEP = (b"[" * 100_000,)
_STUMBLES = "one word for what the libraries stumble over"
_ENDLESS = "the reader of JSON that knows what is none"
_ZIPS = SimpleNamespace(**{**vars(zipfile), "BadZipFile": ZeroDivisionError})
_YAML = SimpleNamespace(**{**vars(yaml), "YAMLError": ZeroDivisionError})
GUARDS = {
    # a whole package has none: of its bytes the OpenPGP library judges, and one word says what it found
    "study pack": Guard(_STUMBLES, _set(yaml_text, yaml=_YAML)),
    "expression": Guard(
        "the limit of levels", _set(parser, DEEPEST=10**9), (b"(" * 9_000, b"1" + b"+1" * 9_000)
    ),
    "journey": Guard("the look before anything is built", _set(journeys, _refuse_endless=_no_refusal), _DEEP),
    "package, unpacked": Guard(_STUMBLES, _set(reading, _UNREADABLE=())),
    "package, its events": Guard("the look at a line", _set(lines, link_of=_link_unlooked)),
    "copy": Guard(_STUMBLES, _set(copy_reading, BadZipFile=ZeroDivisionError)),
    "workbook": Guard(_STUMBLES, _set(office_encryption, _STUMBLES=())),
    "photograph": Guard(_STUMBLES, _set(opening, _BROKEN=())),
    "invitation": Guard(_STUMBLES, _set(invitation, zipfile=_ZIPS)),
    "vault": Guard(_ENDLESS, _plain_json(), _DEEP),
    "accounts of a package": Guard(_ENDLESS, _plain_json(accounts_travelling), _DEEP),
    "cards and certificates": Guard(_ENDLESS, _plain_json(cards), _DEEP),
    "own small files": Guard(_ENDLESS, _plain_json(), _DEEP),
    "state file": Guard(_ENDLESS, _plain_json(state_file), _DEEP),
}
