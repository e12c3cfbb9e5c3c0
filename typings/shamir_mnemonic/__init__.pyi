from collections.abc import Iterable, Sequence

class MnemonicError(Exception): ...

class Share:
    index: int
    member_threshold: int
    @classmethod
    def from_mnemonic(cls, mnemonic: str) -> Share: ...
    def common_parameters(self) -> tuple[object, ...]: ...
    def mnemonic(self) -> str: ...

def generate_mnemonics(
    group_threshold: int,
    groups: Sequence[tuple[int, int]],
    master_secret: bytes,
    passphrase: bytes = b"",
    extendable: bool = True,
    iteration_exponent: int = 1,
) -> list[list[str]]: ...
def combine_mnemonics(mnemonics: Iterable[str], passphrase: bytes = b"") -> bytes: ...
