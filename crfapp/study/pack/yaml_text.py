"""YAML as a pack may use it: mappings, lists and texts, nothing that computes, refers or surprises.

Every plain scalar stays the text that stands there (``NO``, ``on``, ``0.10``, ``2025-01-05``), except
``true``, ``false`` and nothing (empty, ``null``, ``~``); the model decides what becomes a number. Read
event by event, so that a hostile file is refused before it grows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from crfapp.study.faults import TODO, PackCode, PackFault, Path

DEEPEST = 24
"""Levels of nesting that a pack can need, with room to spare."""
MOST_VALUES = 50_000
"""Values in one file; a form of a thousand items has about ten thousand."""

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_LEADING_TAB = re.compile(r"[ ]*\t")


@dataclass
class Document:
    """One file as plain data, with the line of every path and the faults found on the way.

    ``spoiled`` are paths whose value could not be taken, so that nothing more is said about them.
    """

    file: str
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    spoiled: set[Path] = field(default_factory=set)
    faults: list[PackFault] = field(default_factory=list)

    def fault(self, line: int, code: PackCode, text: str) -> None:
        """Note one more fault of this file."""
        self.faults.append(PackFault(self.file, line, code, "", text, TODO[code]))


def read_yaml(file: str, text: str) -> Document:
    """Plain data of one YAML text; ``data`` is None where it is not a single mapping."""
    document = Document(file)
    if _tabs(document, text):
        return document
    try:
        builder = _Builder(document)
        for event in yaml.parse(text.replace("\t", " "), Loader=yaml.CSafeLoader):
            builder.take(event)
    except _EnoughError:
        document.data = None
    except yaml.YAMLError as error:
        document.data = None
        line, words = _words(error, text)
        document.fault(line, PackCode.NOT_YAML, f"This is not YAML: {words}.")
    if document.data is not None and not isinstance(document.data, dict):
        document.data = None
    if document.data is None and not document.faults:
        document.fault(1, PackCode.NOT_A_MAPPING, "The file holds no keys with values.")
    return document


def _tabs(document: Document, text: str) -> bool:
    """Report lines with tabs; true where one stands in the indentation and nothing more can be read."""
    leading = False
    for number, line in enumerate(text.splitlines(), 1) if "\t" in text else ():
        if "\t" in line:
            document.fault(number, PackCode.TAB, "The line holds a tab character.")
            leading = leading or _LEADING_TAB.match(line) is not None
    return leading


def _words(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        problem = getattr(error, "problem", None) or getattr(error, "context", None) or "it cannot be read"
        return mark.line + 1, str(problem)
    position = getattr(error, "position", None)
    line = 1 if position is None else text.count("\n", 0, position) + 1
    return line, "it holds a control character"


class _EnoughError(Exception):
    """The rest of the file is not worth reading."""


@dataclass
class _Level:
    """An open mapping or list, and the key that waits for its value."""

    path: Path
    holder: dict[str, Any] | list[Any]
    key: str | None = None
    waiting: bool = False
    first_lines: dict[str, int] = field(default_factory=dict)


class _Builder:
    """Builds plain data from parser events."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._levels: list[_Level] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """One event further; _EnoughError where reading on makes no sense."""
        match event:
            case yaml.DocumentStartEvent():
                self._start_document(event)
            case yaml.AliasEvent():
                self._refuse_alias(event)
            case yaml.ScalarEvent():
                self._refuse_extras(event)
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._refuse_extras(event)
                self._open(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._levels.pop()
            case _:
                pass

    def _start_document(self, event: yaml.Event) -> None:
        self._documents += 1
        if self._documents > 1:
            self._document.fault(_line(event), PackCode.NOT_A_MAPPING, "A second document begins here.")
            raise _EnoughError

    def _refuse_alias(self, event: yaml.AliasEvent) -> None:
        merged = bool(self._levels) and self._levels[-1].waiting and self._levels[-1].key == "<<"
        if not merged:
            text = f"'*{event.anchor}' repeats a value from elsewhere."
            self._document.fault(_line(event), PackCode.ANCHOR, text)
        if self._levels and self._wants_key():
            raise _EnoughError
        self._document.spoiled.add(self._put(None, event))

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            text = f"'&{event.anchor}' marks a value to be repeated."
            self._document.fault(_line(event), PackCode.ANCHOR, text)
        if event.tag is not None:
            self._document.fault(_line(event), PackCode.TAG, f"The tag '{event.tag}' is not allowed.")

    def _wants_key(self) -> bool:
        level = self._levels[-1]
        return isinstance(level.holder, dict) and not level.waiting

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if self._levels and self._wants_key():
            self._key(event)
        else:
            plain = not event.style
            self._put(_WORDS.get(event.value, event.value) if plain else event.value, event)

    def _key(self, event: yaml.ScalarEvent) -> None:
        level, key = self._levels[-1], event.value
        if key == "<<" and not event.style:
            self._document.fault(_line(event), PackCode.ANCHOR, "'<<' merges a value from elsewhere.")
        level.waiting, level.key = True, key
        if key in level.first_lines:
            text = f"The key '{key}' stands here a second time; first in line {level.first_lines[key]}."
            self._document.fault(_line(event), PackCode.DUPLICATE_KEY, text)
        else:
            level.first_lines[key] = _line(event)

    def _open(self, event: yaml.Event) -> None:
        if len(self._levels) >= DEEPEST:
            text = f"Nested more than {DEEPEST} levels deep."
            self._document.fault(_line(event), PackCode.TOO_DEEP, text)
            raise _EnoughError
        if self._levels and self._wants_key():
            self._document.fault(_line(event), PackCode.NOT_YAML, "A key must be plain text.")
            raise _EnoughError
        holder: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._levels.append(_Level(self._put(holder, event), holder))

    def _put(self, value: Any, event: yaml.Event) -> Path:
        """Set a value where it belongs and return its path; a merged or second value is left out."""
        if len(self._document.lines) > MOST_VALUES:
            text = f"The file holds more than {MOST_VALUES} values."
            self._document.fault(_line(event), PackCode.TOO_MANY, text)
            raise _EnoughError
        if not self._levels:
            self._document.data = value
            self._document.lines[()] = _line(event)
            return ()
        level = self._levels[-1]
        if isinstance(level.holder, list):
            path: Path = (*level.path, len(level.holder))
            level.holder.append(value)
            self._document.lines[path] = _line(event)
            return path
        key = level.key or ""
        path, level.waiting = (*level.path, key), False
        if key == "<<" or key in level.holder:
            return (*level.path, f"{key} (again)")
        level.holder[key] = value
        self._document.lines[path] = level.first_lines[key]
        return path


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1
