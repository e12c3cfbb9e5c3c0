"""The one envelope for secrets in this store: nobody opens it without the key, or for another purpose."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"CRFE"
FORMAT = 1
KEY_BYTES = 32
_NONCE_BYTES = 12
_HEADER = MAGIC + bytes([FORMAT])


def seal(key: bytes, purpose: bytes, plain: bytes) -> bytes:
    """Encrypt with AES-256-GCM for one purpose; header and purpose are authenticated with the content."""
    nonce = os.urandom(_NONCE_BYTES)
    return _HEADER + nonce + AESGCM(key).encrypt(nonce, plain, _HEADER + purpose)


def unseal(key: bytes, purpose: bytes, sealed: bytes) -> bytes | None:
    """Give the content; None where key, purpose or any byte is not the one it was sealed with."""
    header, rest = sealed[: len(_HEADER)], sealed[len(_HEADER) :]
    if header != _HEADER or len(rest) < _NONCE_BYTES:
        return None
    try:
        return AESGCM(key).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], _HEADER + purpose)
    except InvalidTag:
        return None


def derived_key(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """A key for one purpose out of a secret that is random already (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=purpose).derive(secret)
