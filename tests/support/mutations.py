"""Files as decay, haste and malice make them out of good ones: seeded, so that each can be made again."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LARGEST = 3_000_000
"""No file grows beyond this; what larger ones do is asked for one by one."""
NUMBERS = [
    *(b"0", b"-1", b"1", b"255", b"65536", b"2147483648", b"4294967295", b"-9223372036854775809"),
    *(b"1e999", b"-1e999", b"NaN", b"Infinity", b"1e-400", b"0.1", b"00", b"9" * 400, b"9" * 5_000),
]
SIGNS = [
    *(
        b"",
        b"\0",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        "\u202e".encode(),
        b"\r",
        b"\t",
        b"\\",
        b"\\u0000",
    ),
    *(b"\\ud800", b'"', b"'", b"[", b"]", b"{", b"}", b":", b",", b"null", b"true", b"[]", b"{}", b'""'),
]
YAML = [
    *(b"&a ", b"*a", b"<<: *a\n", b"!!python/object/apply:os.system [id]", b"!!binary AA==", b"!!set {}"),
    *(b"--- \n", b"...\n", b"? ", b"|\n", b">-\n", b"%TAG ! x\n", b"&a [*a]", b"!!int x", b"!!timestamp x"),
    *(b"? [a]\n: b\n", b"? {a: b}\n: c\n", b"'", b'"', b"\t", b"- " * 60, b"[" * 3_000, b"{a: " * 500),
]
DEPTHS = (30, 900, 1_100, 20_000, 200_000)
_NUMBER = re.compile(rb"-?\d+")
_WORD = re.compile(rb"[A-Za-z_][A-Za-z0-9_.-]*")
Chance = random.Random


@dataclass(frozen=True, slots=True)
class Seed:
    """A good file: what it is called, and its bytes."""

    name: str
    data: bytes


def mutated(seeds: Sequence[Seed], number: int, series: int, words: Sequence[bytes] = ()) -> Seed:
    """The ``number``-th bad file of a series: always the same bytes for the same numbers.

    ``words`` are what a format reads besides: markers of its own.
    """
    chance = Chance((series << 40) + number)
    seed = chance.choice(seeds)
    data, others = seed.data, [other.data for other in seeds if other.name == seed.name]
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5, 9))):
        data = chance.choice(WAYS)(data, chance, others)[:LARGEST]
        if words and chance.random() < 0.3:
            data = _put(data, chance, chance.choice(words))[:LARGEST]
    return Seed(seed.name, data)


def _flip(data: bytes, chance: Chance, _others: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8)) if data else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _set(data: bytes, chance: Chance, _others: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 4)) if data else 0):
        changed[chance.randrange(len(changed))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, 0x22, 0x5B))
    return bytes(changed)


def _cut(data: bytes, chance: Chance, _others: Sequence[bytes]) -> bytes:
    start, end = _part(data, chance)
    return chance.choice((data[:start], data[start:], data[:start] + data[end:]))


def _double(data: bytes, chance: Chance, _others: Sequence[bytes]) -> bytes:
    start, end = _part(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _splice(data: bytes, chance: Chance, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others)
    start, end = _part(other, chance)
    place = chance.randrange(len(data) + 1)
    return data[:place] + other[start:end] + data[place + chance.choice((0, end - start)) :]


def _swap(data: bytes, chance: Chance, _others: Sequence[bytes]) -> bytes:
    """Two words of the file change places."""
    found = list(_WORD.finditer(data, 0, 200_000))
    if len(found) < 2:
        return data
    one, two = sorted(chance.sample(found, 2), key=lambda word: word.start())
    between = data[one.end() : two.start()]
    return data[: one.start()] + two[0] + between + one[0] + data[two.end() :]


def _number(data: bytes, chance: Chance, _others: Sequence[bytes]) -> bytes:
    """One number of the file is another one."""
    found = list(_NUMBER.finditer(data, 0, 200_000))
    if not found:
        return data
    one = chance.choice(found)
    return data[: one.start()] + chance.choice(NUMBERS) + data[one.end() :]


def _sign(data: bytes, chance: Chance, _others: Sequence[bytes]) -> bytes:
    return _put(data, chance, chance.choice(SIGNS))


def _deep(data: bytes, chance: Chance, _others: Sequence[bytes]) -> bytes:
    """A value that is nested as no file of ours is."""
    depth = chance.choice(DEPTHS)
    opens, closes = chance.choice(((b"[", b"]"), (b'{"a":', b"}"), (b"(", b")"), (b"-", b"")))
    return _put(data, chance, opens * depth + closes * chance.choice((0, depth)))


def _shape(data: bytes, chance: Chance, _others: Sequence[bytes]) -> bytes:
    """JSON in which one value is of another kind, missing, or there twice."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        return _sign(data, chance, ())
    holders = list(_holders(whole))
    if not holders:
        return json.dumps(chance.choice(_STRANGE)).encode()
    holder, key = chance.choice(holders)
    if chance.random() < 0.2:
        del holder[key]
    else:
        holder[key] = chance.choice(_STRANGE)
    return json.dumps(whole).encode("utf-8", "surrogatepass")


_STRANGE: list[Any] = [
    *(
        None,
        True,
        0,
        -1,
        1.5,
        1e308,
        2**63,
        10**400,
        "",
        "x",
        "0",
        "-1",
        "\0",
        "\ud800",
        "../x",
        "x" * 70_000,
    ),
    *([], {}, [[]], [None], {"": None}, {"x": {}}, [1, 2, 3], float("inf"), float("nan")),
]


def _holders(value: Any) -> Any:
    inside: Any = ()
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    for key, inner in inside:
        yield value, key
        yield from _holders(inner)


def _yaml(data: bytes, chance: Chance, _others: Sequence[bytes]) -> bytes:
    return _put(data, chance, chance.choice(YAML))


def _put(data: bytes, chance: Chance, what: bytes) -> bytes:
    """Somewhere: in a word's place, between two, or over as many bytes."""
    found = list(_WORD.finditer(data, 0, 200_000))
    if found and chance.random() < 0.5:
        one = chance.choice(found)
        return data[: one.start()] + what + data[one.end() :]
    place = chance.randrange(len(data) + 1)
    return data[:place] + what + data[place + chance.choice((0, len(what))) :]


def _part(data: bytes, chance: Chance) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 4, 16, 200, 4_000)))


WAYS: tuple[Callable[[bytes, Chance, Sequence[bytes]], bytes], ...] = (
    *(_flip, _set, _cut, _double, _splice, _swap, _number, _sign, _deep, _shape, _yaml),
)
