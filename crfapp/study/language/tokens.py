"""An expression's text cut into tokens, and the cursor the parser reads them with."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from crfapp.study.language.faults import FaultKind, RefusedText, Span, refuse

LONGEST = 2000
"""Most characters of one expression."""


class TokenKind(Enum):
    """What a token is."""

    NUMBER = auto()
    TEXT = auto()
    NAME = auto()
    SIGN = auto()
    END = auto()


class Token(NamedTuple):
    """A piece of the text: what it is, how it is spelled, and where it stands."""

    kind: TokenKind
    spelling: str
    at: Span


KEYWORDS = frozenset({"or", "and", "not", "in", "if", "else", "for", "true", "false", "missing", "pi"})

_PIECE = re.compile(
    r"(?P<SPACE>\s+)"
    r"|(?P<NUMBER>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?)"
    r"|(?P<NAME>[A-Za-z_][A-Za-z0-9_]*)"
    r"""|(?P<TEXT>"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*')"""
    r"|(?P<SIGN><=|>=|==|!=|//|\*\*|[-+*/%<>()\[\],.@])"
)

_INSTEAD = {
    "=": "==", "≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "÷": "/", "−": "-", "–": "-",
    "&": "and", "|": "or", "!": "not", "∧": "and", "∨": "or", "“": '"', "”": '"', "„": '"', "π": "pi",
}  # fmt: skip


def tokenize(text: str) -> list[Token]:
    """All tokens and a closing END; raises :class:`RefusedText` at the first thing that is none."""
    if len(text) > LONGEST:
        sentence = f"The expression has {len(text)} characters; {LONGEST} are allowed."
        raise refuse(FaultKind.TOO_LONG, Span(LONGEST, len(text)), sentence, "Split it into computed items.")
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        piece = _PIECE.match(text, position)
        if piece is None:
            raise _unreadable(text, position)
        if piece.lastgroup != "SPACE":
            kind = TokenKind[piece.lastgroup or ""]
            tokens.append(Token(kind, piece.group(), Span(position, piece.end())))
        position = piece.end()
    tokens.append(Token(TokenKind.END, "", Span(len(text), len(text))))
    return tokens


def _unreadable(text: str, position: int) -> RefusedText:
    character = text[position]
    if character in "\"'":
        at, sentence = Span(position, len(text)), "This text has no closing quote."
        return refuse(FaultKind.OPEN_TEXT, at, sentence, f"Close it with {character}.")
    instead = _INSTEAD.get(character)
    advice = f"Write {instead} instead." if instead else "Remove it, or put it into quotes."
    at = Span(position, position + 1)
    return refuse(FaultKind.BAD_CHARACTER, at, f"{character!r} has no meaning here.", advice)


class Cursor:
    """Where the parser stands among the tokens."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._next = 0

    @property
    def ahead(self) -> Token:
        """The token to be read next."""
        return self._tokens[self._next]

    @property
    def calls(self) -> bool:
        """Whether the next token is a name with an opening bracket behind it."""
        behind = self._tokens[min(self._next + 1, len(self._tokens) - 1)]
        return self.ahead.kind is TokenKind.NAME and behind.spelling == "(" and behind.kind is TokenKind.SIGN

    @property
    def behind(self) -> Token:
        """The token that was read last."""
        return self._tokens[max(self._next - 1, 0)]

    def take(self) -> Token:
        """Read one token."""
        token = self.ahead
        if token.kind is not TokenKind.END:
            self._next += 1
        return token

    def sees(self, *spellings: str) -> bool:
        """Whether the next token is one of these signs or keywords."""
        return self.ahead.kind in (TokenKind.SIGN, TokenKind.NAME) and self.ahead.spelling in spellings

    def accept(self, spelling: str) -> bool:
        """Read the next token if it is this sign or keyword."""
        found = self.sees(spelling)
        if found:
            self.take()
        return found

    def expect(self, spelling: str, purpose: str) -> Token:
        """Read this sign or keyword; refused where something else stands."""
        if not self.sees(spelling):
            raise self.unexpected(f"Write {spelling} here{purpose}.")
        return self.take()

    def unexpected(self, advice: str) -> RefusedText:
        """The refusal of the next token."""
        token = self.ahead
        if token.kind is TokenKind.END:
            return refuse(FaultKind.UNEXPECTED, token.at, "The expression ends too early.", advice)
        return refuse(FaultKind.UNEXPECTED, token.at, f"{token.spelling!r} cannot stand here.", advice)

    @property
    def place(self) -> int:
        """Where the cursor stands, for :meth:`jump`."""
        return self._next

    def jump(self, place: int) -> None:
        """Go on reading elsewhere."""
        self._next = place

    def find_for(self) -> int | None:
        """The place of the ``for`` that belongs to the bracket just opened, if it has one."""
        depth = 0
        for place in range(self._next, len(self._tokens) - 1):
            kind, spelling, _ = self._tokens[place]
            if kind is TokenKind.SIGN:
                depth += (spelling in "([") - (spelling in ")]")
            if depth < 0:
                return None
            if depth == 0 and kind is TokenKind.NAME and spelling == "for":
                return place
        return None
