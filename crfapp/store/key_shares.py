"""The recovery secret as shares, any ``needed`` of which open the records while fewer tell nothing (REQ-904).

Words of SLIP-39, the standard for shares on paper (docs/decisions/0028-key-shares.md): each share is 33
English words with a check of their own, and names the set to which it belongs.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import shamir_mnemonic

SHARE_WORDS = 33
"""Words of a share of 256 bits."""
_SHORTEST = 4
"""No two words of the list begin with the same four letters: who copies by hand may write these alone."""
_WORD = re.compile(r"[a-z]+")


def make_shares(secret: bytes, needed: int, made: int) -> tuple[str, ...]:
    """Split a secret of 256 bits: ``made`` shares of which any ``needed`` give it back."""
    import shamir_mnemonic  # only whoever prints or types shares needs it

    [shares] = shamir_mnemonic.generate_mnemonics(
        1, [(needed, made)], secret, iteration_exponent=0, extendable=True
    )
    return tuple(shares)


def looks_like_shares(text: str) -> bool:
    """Whether this was meant as shares and not as the recovery sheet, whose groups have digits in them."""
    words = _words(text)
    return len(words) >= SHARE_WORDS - 1 and all(_WORD.fullmatch(word) for word in words)


def read_shares(text: str) -> bytes:
    """Give the secret from shares as they were typed, one after the other; numbers and lines do not matter.

    SHARE_MISTYPED with the ``number`` of the share where the slip is; SHARES_TOO_FEW with ``have`` and
    ``needed``; SHARES_MIXED where they are of several sets, or one stands there twice.
    """
    import shamir_mnemonic

    shares = [_read(number, words) for number, words in enumerate(_apart(text), start=1)]
    first = shares[0]
    if len({share.index for share in shares}) < len(shares):
        raise RefusedError(Code.SHARES_MIXED)
    if any(share.common_parameters() != first.common_parameters() for share in shares):
        raise RefusedError(Code.SHARES_MIXED)
    if len(shares) < first.member_threshold:
        raise RefusedError(Code.SHARES_TOO_FEW, have=len(shares), needed=first.member_threshold)
    try:
        used = shares[: first.member_threshold]
        return bytes(shamir_mnemonic.combine_mnemonics([share.mnemonic() for share in used]))
    except shamir_mnemonic.MnemonicError:
        raise RefusedError(Code.SHARES_MIXED) from None


def _read(number: int, words: Sequence[str]) -> shamir_mnemonic.Share:
    import shamir_mnemonic

    try:
        return shamir_mnemonic.Share.from_mnemonic(" ".join(_whole(words)))
    except (shamir_mnemonic.MnemonicError, ValueError, LookupError):
        raise RefusedError(Code.SHARE_MISTYPED, number=number) from None


def _apart(text: str) -> list[list[str]]:
    """The shares of a text: 33 words each, or what stands between empty lines where somebody left one out."""
    words = _words(text)
    if words and len(words) % SHARE_WORDS == 0:
        return [words[at : at + SHARE_WORDS] for at in range(0, len(words), SHARE_WORDS)]
    blocks = [_words(block) for block in re.split(r"\n\s*\n", text)]
    return [block for block in blocks if block] or [[]]


def _whole(words: Sequence[str]) -> list[str]:
    """Words of which only the beginning was written, in full; what is no word of the list stays."""
    from shamir_mnemonic.wordlist import WORDLIST

    by_beginning = {word[:_SHORTEST]: word for word in WORDLIST}
    return [by_beginning.get(word, word) if len(word) == _SHORTEST else word for word in words]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [word for word in re.split(r"[^\w]+", plain) if word and not word.isdigit()]
