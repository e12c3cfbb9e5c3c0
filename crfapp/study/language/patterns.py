r"""Text patterns for ``matches``: the familiar regular expressions, without their dangers.

A pattern runs as a set of states, so its time grows with text times pattern and never explodes; the
price is that there are no back references and no look-around. It must fit the whole text. Known:
letters, ``.``, ``[a-z]``, ``[^...]``, ``\d \w \s`` and their opposites, ``( )``, ``|``, ``* + ?``,
``{2}``, ``{2,}``, ``{2,5}``; ``^`` in front and ``$`` at the end are allowed and change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

LONGEST_TEXT = 200
"""Most characters of a text that are compared; a longer text never fits."""
MOST_STATES = 1000
DEEPEST = 20

Fits = Callable[[str], bool]


class PatternError(ValueError):
    """The pattern cannot be read; the message is a sentence for the study author."""


_CLASSES: dict[str, Fits] = {
    "d": lambda c: "0" <= c <= "9",
    "D": lambda c: not "0" <= c <= "9",
    "w": lambda c: c.isalnum() or c == "_",
    "W": lambda c: not (c.isalnum() or c == "_"),
    "s": str.isspace,
    "S": lambda c: not c.isspace(),
}
_COUNTED = re.compile(r"\{([0-9]{1,3})(,([0-9]{0,3}))?\}")

# A piece is a function that adds its states to the machine; running it twice adds it twice.
_Piece = Callable[["_Machine"], None]


class _Machine:
    """States in a row: each fits one character and goes on, or only points at other states."""

    def __init__(self) -> None:
        self.fits: list[Fits | None] = []
        self.goes: list[list[int]] = []

    def add(self, fits: Fits | None = None) -> int:
        """A new state; refused when the pattern grows too large."""
        if len(self.fits) >= MOST_STATES:
            raise PatternError("The pattern is too large.")
        self.fits.append(fits)
        self.goes.append([len(self.fits)])
        return len(self.fits) - 1

    @property
    def end(self) -> int:
        """The number the next state will have."""
        return len(self.fits)

    def reachable(self, state: int) -> frozenset[int]:
        """The states that wait for a character (or the end) from here on."""
        found: set[int] = set()
        open_states, seen = [state], {state}
        while open_states:
            here = open_states.pop()
            if here == self.end or self.fits[here] is not None:
                found.add(here)
                continue
            fresh = [n for n in self.goes[here] if n not in seen]
            seen.update(fresh)
            open_states.extend(fresh)
        return frozenset(found)


def _one(fits: Fits) -> _Piece:
    def build(machine: _Machine) -> None:
        machine.add(fits)

    return build


def _row(pieces: list[_Piece]) -> _Piece:
    def build(machine: _Machine) -> None:
        for piece in pieces:
            piece(machine)

    return build


def _either(branches: list[_Piece]) -> _Piece:
    def build(machine: _Machine) -> None:
        fork = machine.add()
        machine.goes[fork] = []
        leaving = []
        for branch in branches:
            machine.goes[fork].append(machine.end)
            branch(machine)
            leaving.append(machine.add())
        for state in leaving:
            machine.goes[state] = [machine.end]

    return build


def _repeated(piece: _Piece, least: int, most: int | None) -> _Piece:
    def build(machine: _Machine) -> None:
        for _ in range(least):
            piece(machine)
        if most is None:
            fork = machine.add()
            piece(machine)
            machine.goes[machine.add()] = [fork]
            machine.goes[fork] = [fork + 1, machine.end]
            return
        forks = []
        for _ in range(most - least):
            forks.append(machine.add())
            piece(machine)
        for fork in forks:
            machine.goes[fork] = [fork + 1, machine.end]

    return build


class _Reader:
    """Reads a pattern's text into pieces."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._depth = 0

    def whole(self) -> _Piece:
        """The whole pattern."""
        piece = self._branches()
        if self._ahead:
            raise PatternError("The pattern has a ) too many.")
        return piece

    @property
    def _ahead(self) -> str:
        return self._text[self._place : self._place + 1]

    def _take(self) -> str:
        character = self._ahead
        self._place += 1
        if not character:
            raise PatternError("The pattern ends too early.")
        return character

    def _accept(self, word: str) -> bool:
        found = self._text.startswith(word, self._place)
        self._place += len(word) if found else 0
        return found

    def _branches(self) -> _Piece:
        branches = [self._branch()]
        while self._accept("|"):
            branches.append(self._branch())
        return branches[0] if len(branches) == 1 else _either(branches)

    def _branch(self) -> _Piece:
        pieces: list[_Piece] = []
        while self._ahead and self._ahead not in "|)":
            if self._anchor():
                continue
            pieces.append(self._repetition(self._atom()))
        return _row(pieces)

    def _anchor(self) -> bool:
        first = self._ahead == "^" and self._place == 0
        last = self._ahead == "$" and self._place == len(self._text) - 1
        self._place += first or last
        return first or last

    def _repetition(self, piece: _Piece) -> _Piece:
        sign = self._ahead
        if sign and sign in "*+?":
            self._take()
            least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        elif sign == "{":
            least, most = self._counts()
        else:
            return piece
        if self._ahead and self._ahead in "*+?{":
            raise PatternError("One repetition sign directly after another is not allowed.")
        return _repeated(piece, least, most)

    def _counts(self) -> tuple[int, int | None]:
        counted = _COUNTED.match(self._text, self._place)
        if counted is None:
            raise PatternError(r"After { a count must follow, as in {2} or {2,5}; write \{ for the bracket.")
        self._place = counted.end()
        least = int(counted[1])
        most = least if counted[2] is None else (int(counted[3]) if counted[3] else None)
        if most is not None and most < least:
            raise PatternError("A count's upper end is below its lower end.")
        return least, most

    def _atom(self) -> _Piece:
        character = self._take()
        if character == "(":
            return self._group()
        if character == "[":
            return _one(self._set())
        if character == "\\":
            return _one(self._escaped())
        if character == ".":
            return _one(lambda c: c != "\n")
        if character in "*+?{^$":
            raise PatternError(f"{character} cannot stand here; write \\{character} for the sign itself.")
        return _one(character.__eq__)

    def _group(self) -> _Piece:
        self._depth += 1
        if self._depth > DEEPEST:
            raise PatternError("The pattern has too many brackets inside one another.")
        if not self._accept("?:") and self._ahead == "?":
            raise PatternError("(?...) is not known here; plain ( ) groups.")
        piece = self._branches()
        if not self._accept(")"):
            raise PatternError("The pattern has a ( that is never closed.")
        self._depth -= 1
        return piece

    def _escaped(self) -> Fits:
        character = self._take()
        if character in _CLASSES:
            return _CLASSES[character]
        if character.isalnum():
            raise PatternError(f"\\{character} is not known here.")
        return character.__eq__

    def _set(self) -> Fits:
        opposite = self._accept("^")
        members: list[Fits] = [self._member()]
        while not self._accept("]"):
            members.append(self._member())
        return lambda c: any(fits(c) for fits in members) is not opposite

    def _member(self) -> Fits:
        first = self._take()
        if first == "\\":
            if self._ahead and self._ahead in _CLASSES:
                return self._escaped()
            first = self._literal_in_set()
        if self._ahead != "-" or self._text[self._place + 1 : self._place + 2] in ("]", ""):
            return first.__eq__
        self._take()
        last = self._take()
        last = self._literal_in_set() if last == "\\" else last
        if last < first:
            raise PatternError(f"The range {first}-{last} runs backwards.")
        return lambda c: first <= c <= last

    def _literal_in_set(self) -> str:
        character = self._take()
        if character.isalnum():
            raise PatternError(f"\\{character} is not known here.")
        return character


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> Fits:
    """Whether a text fits ``pattern`` from end to end; PatternError where the pattern cannot be read."""
    machine = _Machine()
    _Reader(pattern).whole()(machine)
    ways = [machine.reachable(state) for state in range(machine.end + 1)]

    def fits(text: str) -> bool:
        if len(text) > LONGEST_TEXT:
            return False
        here = ways[0]
        for character in text:
            waiting = [(state, machine.fits[state]) for state in here if state != machine.end]
            here = frozenset().union(*(ways[state + 1] for state, fit in waiting if fit and fit(character)))
        return machine.end in here

    return fits
