"""The recovery secret as a person can print, keep in a safe and type again.

Four lines of four groups of four characters. A line carries 65 bits in 13 characters and a check in 3,
so that a slip of the pen is found in the line where it is. Crockford's alphabet has no I, L, O or U.
"""

from __future__ import annotations

import io
import os
import unicodedata

from crfapp.base.problems import Code, RefusedError

SECRET_BYTES = 32
LINES = 4
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_READ_AS = str.maketrans("OIL", "011")
_DATA, _CHECK, _GROUP = 13, 3, 4
_LINE = _DATA + _CHECK
_SEPARATORS = " \t\r\n-–.·:"  # an editor makes en dashes of hyphens
_PAD_BITS = LINES * _DATA * 5 - SECRET_BYTES * 8
_PRIME = 32_749
"""The largest prime below 32^3. One wrong character, or two neighbours exchanged, always changes the rest."""


def new_secret() -> bytes:
    """Draw a secret for a new sheet: 256 random bits."""
    return os.urandom(SECRET_BYTES)


def one_time_secret() -> str:
    """Draw what opens an account once after a lost password: 80 random bits, easy to read out."""
    number = int.from_bytes(os.urandom(10))
    text = _base32(number, 16).lower()
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def read_code(text: str) -> str:
    """What :func:`one_time_secret` gave, from what was typed: as tolerant as :func:`read_sheet`."""
    plain = _characters(text).translate(_READ_AS).lower()
    return "-".join(plain[at : at + _GROUP] for at in range(0, len(plain), _GROUP))


def sheet_text(secret: bytes) -> str:
    """Say the secret as four lines of four groups of four characters."""
    number = int.from_bytes(secret) << _PAD_BITS
    lines = []
    for line in range(LINES):
        data = number >> (LINES - 1 - line) * _DATA * 5 & (1 << _DATA * 5) - 1
        text = _base32(data, _DATA) + _base32(_check(line, data), _CHECK)
        lines.append(" ".join(text[at : at + _GROUP] for at in range(0, _LINE, _GROUP)))
    return "\n".join(lines)


def read_sheet(text: str) -> bytes:
    """Give the secret from what was typed or scanned.

    Tolerates lower case, O for 0, I or L for 1, any spacing and hyphens, other scripts' digits.
    WRONG_RECOVERY with the fact ``line`` (1 to 4) where the slip is; 0 where the length is wrong.
    """
    values = [_VALUES.get(character, -1) for character in _characters(text)]
    if len(values) != LINES * _LINE:
        raise RefusedError(Code.WRONG_RECOVERY, line=_line_of_wrong_length(text))
    number = 0
    for line in range(LINES):
        part = values[line * _LINE : (line + 1) * _LINE]
        data, check = _number(part[:_DATA]), _number(part[_DATA:])
        if -1 in part or check != _check(line, data):
            raise RefusedError(Code.WRONG_RECOVERY, line=line + 1)
        number = number << _DATA * 5 | data
    if number & (1 << _PAD_BITS) - 1:
        raise RefusedError(Code.WRONG_RECOVERY, line=LINES)
    return (number >> _PAD_BITS).to_bytes(SECRET_BYTES)


def qr_svg(secret: bytes, site_label: str) -> str:
    """Draw the same text as a QR code (SVG), titled with the site, for a scanner that types what it reads."""
    import segno  # only the page that prints the sheet needs it

    code = segno.make(sheet_text(secret).replace("\n", " "), error="m", micro=False)
    drawing = io.BytesIO()
    code.save(drawing, kind="svg", title=site_label, border=4, xmldecl=False, nl=False)
    return drawing.getvalue().decode("utf-8")


def _check(line: int, data: int) -> int:
    """The line's place counts too, so that two lines exchanged are found."""
    return (((line + 1) << _DATA * 5) + data) % _PRIME


def _base32(number: int, width: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(width)))


def _number(values: list[int]) -> int:
    number = 0
    for value in values:
        number = number << 5 | max(value, 0)
    return number


def _characters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).upper()
    kept = (character for character in plain if character not in _SEPARATORS)
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in kept)


def _line_of_wrong_length(text: str) -> int:
    lines = [line for line in text.splitlines() if _characters(line)]
    if len(lines) != LINES:
        return 0
    return next((at + 1 for at, line in enumerate(lines) if len(_characters(line)) != _LINE), 0)
