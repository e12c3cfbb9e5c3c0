"""A person's own signing key: Ed25519, made on the workstation, opened by that person's password alone."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class OwnKey:
    """Both halves of a key; ``seed`` is the secret one (32 bytes)."""

    seed: bytes

    @classmethod
    def make(cls) -> OwnKey:
        """Draw a new one."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def public(self) -> str:
        """The half that everybody may know, in hex."""
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> str:
        """The signature of a message, in hex."""
        return self._key.sign(message).hex()

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)
