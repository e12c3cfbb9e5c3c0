"""People's own keys for tests: real Ed25519 behind the port, with the passwords they were made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from crfapp.base.problems import Code, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable


def password_of(login: str) -> str:
    """The password of a person in a test."""
    return f"{login} walks to the clinic"


class KnownSigner:
    """Implements :class:`crfapp.work.ports.Signer`; counts wrong passwords."""

    def __init__(self, logins: Iterable[str]) -> None:
        self._keys = {
            login: Ed25519PrivateKey.from_private_bytes(login.encode().ljust(32)) for login in logins
        }
        self.wrong: list[str] = []

    def public(self, login: str) -> str:
        """The public half, as it is registered."""
        return self._keys[login].public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def sign(self, login: str, password: str, message: bytes) -> tuple[str, str]:
        """Public key and signature in hex; WRONG_LOGIN for another password."""
        if login not in self._keys or password != password_of(login):
            self.wrong.append(login)
            raise RefusedError(Code.WRONG_LOGIN)
        return self.public(login), self._keys[login].sign(message).hex()
