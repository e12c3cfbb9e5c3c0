"""What is wrong with a catalogue, and words that reach a window without passing through one."""

from __future__ import annotations

import ast
import re
from string import Formatter
from typing import TYPE_CHECKING

from tests.guards.sources import Source, sources_under

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog, Message

ISOLATES, POP_ISOLATE = "\u2066\u2067\u2068", "\u2069"
_OTHER_DIGITS = re.compile("[\u0660-\u0669\u06f0-\u06f9]")

SHOWING = frozenset(
    {
        *("setText", "setPlaceholderText", "setToolTip", "setStatusTip", "setWhatsThis", "setTitle"),
        *("setWindowTitle", "setAccessibleName", "setAccessibleDescription", "setInformativeText"),
        *("setLabelText", "setPrefix", "setSuffix", "setHeaderLabels", "addAction", "addSection", "addMenu"),
        *("addTab", "setTabText", "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox"),
        *("QAction", "QMenu", "Words", "Button", "Pill", "ElidedLabel", "Banner", "EmptyState", "KeyLine"),
    }
)
"""Calls whose first words (for ``KeyLine`` the second) people see or hear."""

_MARKUP = re.compile(r"<[^>]*>|&\w+;")
_KEYS = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)*(?:Enter|Esc|Down|Up|F\d+|\S)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAMES = frozenset({"crfapp"})


def faults_of(catalogue: Catalog, template: Catalog) -> list[str]:
    """Everything that a person would see in English, twice, or wrong."""
    faults = [
        f"said, but not in the catalogue: {_id(m)}" for m in template if m.id and not _same(m, catalogue)
    ]
    for message in catalogue:
        if message.id:
            faults += [f"{what}: {_id(message)}" for what in _faults_in(message, catalogue, template)]
    return faults


def unspoken_words(sources: list[Source]) -> list[str]:
    """Where a window shows words that no catalogue holds."""
    return [
        f"{source.name}:{node.lineno}: {words!r} does not pass through say()"
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        for words in _words_shown(node)
    ]


def window_sources() -> list[Source]:
    """The floor that has windows."""
    return sources_under("crfapp/ui")


def _id(message: Message) -> str:
    return repr(message.id if isinstance(message.id, str) else message.id[0])


def _same(message: Message, other: Catalog) -> bool:
    found = other.get(message.id)
    return found is not None and found.pluralizable == message.pluralizable


def _faults_in(message: Message, catalogue: Catalog, template: Catalog) -> Iterator[str]:
    if not _same(message, template):
        yield "nobody says this any more"
    if message.fuzzy:
        yield "only a guess (fuzzy)"
    strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    if len(strings) != (catalogue.num_plurals if message.pluralizable else 1) or not all(strings):
        yield "not translated"
        return
    for number, text in enumerate(strings):
        yield from _faults_in_text(text, message, number)


def _faults_in_text(text: str, message: Message, number: int) -> Iterator[str]:
    wanted = _places(message.id if isinstance(message.id, str) else message.id[1])
    found = _places(text)
    # "two days" may be a word of its own; from three on the number has to be seen
    spared = ["count"] if message.pluralizable and number in (0, 1, 2) else []
    if sorted(found) != wanted and sorted([*found, *spared]) != wanted:
        yield f"other places than {wanted}"
    if sum(map(text.count, ISOLATES)) != text.count(POP_ISOLATE):
        yield "an isolate is not closed"
    if _OTHER_DIGITS.search(text):
        yield "digits other than 0 to 9"


def _places(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def _words_shown(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in SHOWING:
        return
    for argument in call.args[1:2] if name == "KeyLine" else call.args[:1]:
        for words in _literals(argument):
            bare = _MARKUP.sub(" ", words).strip()
            if _WORD.search(bare) and not _KEYS.fullmatch(bare) and bare not in _NAMES:
                yield words


def _literals(argument: ast.expr) -> Iterator[str]:
    match argument:
        case ast.Constant(value=str(words)):
            yield words
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from _literals(one)
            yield from _literals(other)
        case ast.BinOp(left=one, right=other):
            yield from _literals(one)
            yield from _literals(other)
        case ast.List(elts=several) | ast.Tuple(elts=several):
            for one in several:
                yield from _literals(one)
        case _:  # worked out elsewhere
            pass
