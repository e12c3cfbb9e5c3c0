"""Password protection that Excel and LibreOffice open: [MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15, agile encryption.

AES-256 in CBC mode, SHA-512, 100,000 rounds over the password, HMAC over what is encrypted. The keys are
made here, because the library's own encryption draws only 128 bits of its 256-bit key at random; its
writer of the container is used. Reading back is left to the library whole, so that two hands are needed
to make the same mistake. Nothing here touches a disk except :func:`decrypt`, which reads.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import secrets
import struct
from base64 import b64encode
from contextlib import contextmanager
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from crfapp.base.problems import Code, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 255
SPIN_COUNT = 100_000
MOST_SPINS = 1_000_000
"""More rounds than this are refused on reading: a file could ask for minutes. Office writes 100,000; the most
that [MS-OFFCRYPTO] 2.3.4.10 allows is ten million."""

_SEGMENT = 4096
_BLOCK = 16
_KEY = 32
_MOST_INFO = 65_536
_SMALLEST_PACKAGE = 4096
_SCHEMA = "http://schemas.microsoft.com/office/2006"
_VERSION = struct.pack("<HHI", 4, 4, 0x40)

# Block keys of 2.3.4.12 to 2.3.4.14: each purpose derives its own key from the password's hash
_FOR_VERIFIER = bytes.fromhex("fea7d2763b4b9e79")
_FOR_VERIFIER_HASH = bytes.fromhex("d7aa0f6d3061344e")
_FOR_KEY = bytes.fromhex("146e0be7abacd0d6")
_FOR_HMAC_KEY = bytes.fromhex("5fb2ad010cb9e1f6")
_FOR_HMAC_VALUE = bytes.fromhex("a0677f02b22c8433")


_STUMBLES = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    struct.error,
    ExpatError,
    ParseError,
)


def check_password(password: str) -> None:
    """Refuse what Excel would not take or anyone would guess (RefusedError WORKBOOK_PASSWORD)."""
    units = len(password.encode("utf-16-le", "surrogatepass")) // 2
    if len(password) < SHORTEST_PASSWORD or units > LONGEST_PASSWORD or not _is_typable(password):
        raise RefusedError(Code.WORKBOOK_PASSWORD, shortest=SHORTEST_PASSWORD, longest=LONGEST_PASSWORD)


def _is_typable(password: str) -> bool:
    return not any(char < " " or "\ud800" <= char <= "\udfff" for char in password)


def _cbc(key: bytes, iv: bytes, plain: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return encryptor.update(plain) + encryptor.finalize()


def _password_hash(password: str, salt: bytes) -> bytes:
    digest = hashlib.sha512(salt + password.encode("utf-16-le")).digest()
    for number in range(SPIN_COUNT):
        digest = hashlib.sha512(number.to_bytes(4, "little") + digest).digest()
    return digest


def _iv(salt: bytes, block_key: bytes) -> bytes:
    return hashlib.sha512(salt + block_key).digest()[:_BLOCK]


def _encrypted_package(package: bytes, key: bytes, salt: bytes) -> bytes:
    """2.3.4.15: the true size, then segments of 4,096 bytes, each under its own start vector."""
    out = bytearray(struct.pack("<Q", len(package)))
    for number, start in enumerate(range(0, len(package), _SEGMENT)):
        segment = package[start : start + _SEGMENT]
        padded = segment + bytes(-len(segment) % _BLOCK)
        out += _cbc(key, _iv(salt, struct.pack("<I", number)), padded)
    return bytes(out)


def _attributes(salt: bytes) -> str:
    return (
        f'saltSize="{len(salt)}" blockSize="{_BLOCK}" keyBits="{8 * _KEY}" hashSize="64"'
        f' cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
        f' saltValue="{_base64(salt)}"'
    )


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _password_entry(password: str, key: bytes) -> str:
    """2.3.4.13: the package key under the password, with what tells a wrong password at once."""
    salt, verifier = secrets.token_bytes(_BLOCK), secrets.token_bytes(_BLOCK)
    hashed = _password_hash(password, salt)

    def sealed(block_key: bytes, plain: bytes) -> str:
        return _base64(_cbc(hashlib.sha512(hashed + block_key).digest()[:_KEY], salt, plain))

    return (
        f'<p:encryptedKey spinCount="{SPIN_COUNT}" {_attributes(salt)}'
        f' encryptedVerifierHashInput="{sealed(_FOR_VERIFIER, verifier)}"'
        f' encryptedVerifierHashValue="{sealed(_FOR_VERIFIER_HASH, hashlib.sha512(verifier).digest())}"'
        f' encryptedKeyValue="{sealed(_FOR_KEY, key)}"/>'
    )


def _encryption_info(password: str, key: bytes, salt: bytes, encrypted: bytes) -> bytes:
    """2.3.4.10: the description that stands in front, with the HMAC of 2.3.4.14."""
    hmac_key = secrets.token_bytes(64)
    value = hmac.digest(hmac_key, encrypted, "sha512")
    return _VERSION + (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<encryption xmlns="{_SCHEMA}/encryption" xmlns:p="{_SCHEMA}/keyEncryptor/password">'
        f"<keyData {_attributes(salt)}/>"
        f'<dataIntegrity encryptedHmacKey="{_base64(_cbc(key, _iv(salt, _FOR_HMAC_KEY), hmac_key))}"'
        f' encryptedHmacValue="{_base64(_cbc(key, _iv(salt, _FOR_HMAC_VALUE), value))}"/>'
        f'<keyEncryptors><keyEncryptor uri="{_SCHEMA}/keyEncryptor/password">'
        f"{_password_entry(password, key)}</keyEncryptor></keyEncryptors></encryption>"
    ).encode("ascii")


def encrypt(package: bytes, password: str) -> bytes:
    """The protected file for a workbook's bytes; refuses a weak password (WORKBOOK_PASSWORD).

    ValueError for a package below 4,096 bytes: the container's writer misplaces it, and no workbook of
    ours is that small.
    """
    from msoffcrypto.method.container.ecma376_encrypted import ECMA376Encrypted

    check_password(password)
    if len(package) < _SMALLEST_PACKAGE:
        raise ValueError("a package below 4096 bytes cannot be kept in the container")
    key, salt = secrets.token_bytes(_KEY), secrets.token_bytes(_BLOCK)
    encrypted = _encrypted_package(package, key, salt)
    out = io.BytesIO()
    ECMA376Encrypted(encrypted, _encryption_info(password, key, salt, encrypted)).write_to(out)
    return out.getvalue()


def decrypt(path: Path, password: str) -> bytes:
    """The workbook inside a protected file, its integrity checked.

    RefusedError WORKBOOK_KEY for a wrong password, WORKBOOK_DAMAGED for a file that is cut, changed or
    not of this kind. OSError where the file cannot be read.
    """
    return open_protected(path.read_bytes(), password)


def open_protected(protected: bytes, password: str) -> bytes:
    """As :func:`decrypt`, of a file in memory."""
    from msoffcrypto.exceptions import InvalidKeyError
    from msoffcrypto.format.ooxml import OOXMLFile

    if not password or not _is_typable(password):
        raise RefusedError(Code.WORKBOOK_KEY)
    with _damage_named():
        _check_info(protected)
        office = OOXMLFile(io.BytesIO(protected))
    with _damage_named():
        try:
            office.load_key(password=password, verify_password=True)
        except InvalidKeyError:
            raise RefusedError(Code.WORKBOOK_KEY) from None
    with _damage_named():
        package = io.BytesIO()
        office.decrypt(package, verify_integrity=True)
    return package.getvalue()


@contextmanager
def _damage_named() -> Iterator[None]:
    """Whatever the libraries stumble over in a damaged file is one thing to the user: it is damaged.

    They promise no closed set of errors: a cut sector chain ends in struct.error or IndexError, a flipped
    attribute in KeyError or ValueError (which base64, UTF-8 and AES raise, too), broken XML in ExpatError.
    """
    import msoffcrypto.exceptions as library

    declared = (library.FileFormatError, library.ParseError, library.DecryptionError, library.InvalidKeyError)
    try:
        yield
    except (*declared, *_STUMBLES):
        raise RefusedError(Code.WORKBOOK_DAMAGED) from None


def _check_info(protected: bytes) -> None:
    """Read the description by ourselves first: small, free of entities, agile, and no endless rounds."""
    import olefile
    from defusedxml.ElementTree import fromstring

    with olefile.OleFileIO(io.BytesIO(protected)) as container:
        if container.get_size("EncryptionInfo") > _MOST_INFO:
            raise ValueError("the description is too large")
        info = container.openstream("EncryptionInfo").read()
    if not info.startswith(_VERSION[:4]):
        raise ValueError("not agile encryption")
    for entry in fromstring(info[len(_VERSION) :], forbid_dtd=True).iter(
        f"{{{_SCHEMA}/keyEncryptor/password}}encryptedKey"
    ):
        if not 0 <= int(entry.attrib["spinCount"]) <= MOST_SPINS:
            raise ValueError("too many rounds")
