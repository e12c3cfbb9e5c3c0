"""The certificate sheet: of what something is a copy, made when, by whom and with what (REQ-803).

The same facts twice: for programs as JSON, and as a page of text for whoever keeps the paper.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from crfapp.base.canonical import canonical
from crfapp.base.marking import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crfapp.ledger.events import End
    from crfapp.work.sentences import Say


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is certified.

    ``scope`` says what is in it, ``made_at`` is local time with its offset, ``maker`` a name with its role,
    ``counts`` are rows by table, ``state`` the hash of the shared state, ``ends`` where every chain ended.
    """

    scope: str
    study: str
    site: str
    made_at: str
    maker: str
    workstation: str
    software: str
    pack: str
    counts: Mapping[str, int]
    state: str
    ends: Sequence[End]
    withheld: int = 0

    def json(self) -> bytes:
        """For programs."""
        told = asdict(self) | {"counts": dict(self.counts), "ends": [list(end) for end in self.ends]}
        return canonical(told) + b"\n"

    def text(self, say: Say) -> bytes:
        """For people, in the language of ``say``."""
        return ("\n".join(self._lines(say)) + "\n").encode()

    def _lines(self, say: Say) -> Iterator[str]:
        yield say(TITLE)
        yield ""
        for label, value in (
            (N_("Scope"), self.scope),
            (N_("Study"), self.study),
            (N_("Site"), self.site),
            (N_("Made at"), self.made_at),
            (N_("Made by"), self.maker),
            (N_("Workstation"), self.workstation),
            (N_("Program"), self.software),
            (N_("Study version (SHA-256)"), self.pack),
            (N_("Hash of the state"), self.state or "-"),
            (N_("Texts that stayed at the site"), str(self.withheld)),
        ):
            yield f"{say(label)}: {value}"
        yield ""
        yield say(N_("Rows by table"))
        yield from (f"  {name}: {count}" for name, count in self.counts.items())
        yield ""
        yield say(N_("Where every chain ended"))
        yield from (f"  {end.node} {end.seq} {end.hash}" for end in self.ends)


TITLE = N_("Certificate of a copy")
