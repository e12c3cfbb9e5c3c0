"""Look at the seal of a package, or put one behind a message that gpg made. Needs Python alone.

python package_seal.py statement FILE             what has to be signed of a message without a seal
python package_seal.py open FILE STATEMENT SIGNATURE   write both out, for: gpg --verify SIGNATURE STATEMENT
python package_seal.py add FILE SIGNATURE         put the seal behind the message
"""

import hashlib
import struct
import sys
from pathlib import Path

MAGIC = b"crfapp seal 1\n"
HEAD = struct.Struct(">BBI")
TAG, LONG_FORM = 0xC0 | 61, 0xFF
LONGEST = 4096


def statement(message: bytes) -> bytes:
    """The line that is signed: SHA-256 and number of all bytes before the seal."""
    return f"crfapp seal 1 {hashlib.sha256(message).hexdigest()} {len(message)}\n".encode()


def split(whole: bytes) -> tuple[bytes, bytes]:
    """The message, and the signature in its seal."""
    at = whole.rfind(MAGIC, max(0, len(whole) - LONGEST)) - HEAD.size
    if at < 0 or HEAD.unpack(whole[at : at + HEAD.size]) != (TAG, LONG_FORM, len(whole) - at - HEAD.size):
        raise SystemExit("there is no seal at the end of this file")
    return whole[:at], whole[at + HEAD.size + len(MAGIC) :]


def seal(message: bytes, signature: bytes) -> bytes:
    """The message with its seal. The signature is binary, of the statement, by the key that signed inside."""
    body = MAGIC + signature
    return message + HEAD.pack(TAG, LONG_FORM, len(body)) + body


def main(what: str, file: str, *others: str) -> None:
    """Do one of the three."""
    path = Path(file)
    if what == "statement":
        sys.stdout.buffer.write(statement(path.read_bytes()))
    elif what == "open":
        message, signature = split(path.read_bytes())
        Path(others[0]).write_bytes(statement(message))
        Path(others[1]).write_bytes(signature)
    else:
        path.write_bytes(seal(path.read_bytes(), Path(others[0]).read_bytes()))


if __name__ == "__main__":
    main(*sys.argv[1:])
