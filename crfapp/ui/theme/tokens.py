"""The colours, sizes and fonts of the window; nothing else names one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Literal

ThemeName = Literal["light", "dark", "contrast"]
Tone = Literal["text", "muted", "primary", "ok", "warn", "error", "query", "on_primary", "rail_text"]
Surface = Literal["surface", "ground", "primary_soft", "ok_soft", "warn_soft", "error_soft", "query_soft"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of tokens. Colours are ``#RRGGBB``; sizes are logical pixels at 100 %.

    A colour with a ``_soft`` twin may stand as text on the twin; ``on_primary`` stands on ``primary``
    and ``on_error`` on ``error``. Every such pair has a contrast of at least 4.5 to 1. ``ink`` and its kind
    lie on photographs, in every set alike: bright lines within a dark edge (``ink_edge``), so that one of
    the two stands out from any skin.
    """

    name: ThemeName
    ground: str
    surface: str
    line: str
    edge: str
    text: str
    muted: str
    primary: str
    primary_soft: str
    on_primary: str
    focus: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    error: str
    error_soft: str
    on_error: str
    query: str
    query_soft: str
    rail: str
    rail_active: str
    rail_badge: str
    rail_text: str
    rail_strong: str
    ink: str = "#19E0FF"
    ink_edge: str = "#06171F"
    ink_scale: str = "#FF86DA"
    ink_ghost: str = "#FFE14D"
    ink_other: str = "#FF9A3D"
    families: tuple[str, ...] = ("IBM Plex Sans Arabic", "DejaVu Sans")
    base: int = 13
    small: int = 12
    tiny: int = 11
    section: int = 15
    title: int = 19
    hair: int = 4
    gap: int = 8
    room: int = 12
    pad: int = 16
    wide: int = 24
    control: int = 30
    row: int = 44
    radius: int = 5
    card_radius: int = 8
    icon: int = 16
    number_width: int = 64
    label_width: int = 224
    scale: float = 1.0

    def scaled(self, scale: float) -> Tokens:
        """The same tokens with every size multiplied; 1.0 to 2.0."""
        grown = {
            f.name: round(getattr(self, f.name) * scale / self.scale)
            for f in fields(self)
            if isinstance(getattr(self, f.name), int)
        }
        return replace(self, scale=scale, **grown)

    def colour(self, token: str) -> str:
        """The colour of a token by its name; AttributeError where there is none."""
        value: str = getattr(self, token)
        return value


LIGHT = Tokens(
    name="light",
    ground="#F4F6F8",
    surface="#FFFFFF",
    line="#DDE2E8",
    edge="#C3CBD4",
    text="#1B2430",
    muted="#5A6675",
    primary="#0B6E8F",
    primary_soft="#E2F0F5",
    on_primary="#FFFFFF",
    focus="#1F8FB3",
    ok="#2B7A4B",
    ok_soft="#E9F5EE",
    warn="#8A5200",
    warn_soft="#FFF3DC",
    error="#B3261E",
    error_soft="#FCEBE9",
    on_error="#FFFFFF",
    query="#6B3FA0",
    query_soft="#F1EAF9",
    rail="#12303C",
    rail_active="#304A55",
    rail_badge="#38515B",
    rail_text="#CFE0E7",
    rail_strong="#FFFFFF",
)

DARK = Tokens(
    name="dark",
    ground="#12161B",
    surface="#1B2128",
    line="#323C47",
    edge="#45515E",
    text="#E8EDF2",
    muted="#9DAAB8",
    primary="#56B8D6",
    primary_soft="#173540",
    on_primary="#0B1B22",
    focus="#56B8D6",
    ok="#6CC490",
    ok_soft="#17322A",
    warn="#E8B45A",
    warn_soft="#352A14",
    error="#F08A80",
    error_soft="#3A1F1E",
    on_error="#2A0F0D",
    query="#B99AE8",
    query_soft="#2A2140",
    rail="#0D2029",
    rail_active="#2C3C44",
    rail_badge="#33434B",
    rail_text="#CFE0E7",
    rail_strong="#FFFFFF",
)

CONTRAST = Tokens(
    name="contrast",
    ground="#000000",
    surface="#000000",
    line="#B8C4CE",
    edge="#FFFFFF",
    text="#FFFFFF",
    muted="#DDE6EE",
    primary="#5FDBFF",
    primary_soft="#003344",
    on_primary="#000000",
    focus="#FFD60A",
    ok="#7CFFB0",
    ok_soft="#00301A",
    warn="#FFD166",
    warn_soft="#332400",
    error="#FFA8A0",
    error_soft="#400A05",
    on_error="#000000",
    query="#DCC2FF",
    query_soft="#2A0F4D",
    rail="#000000",
    rail_active="#003344",
    rail_badge="#003344",
    rail_text="#FFFFFF",
    rail_strong="#FFFFFF",
)

THEMES: dict[ThemeName, Tokens] = {t.name: t for t in (LIGHT, DARK, CONTRAST)}

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    ("text", "ground"),
    ("text", "surface"),
    ("text", "primary_soft"),
    ("text", "warn_soft"),
    ("text", "error_soft"),
    ("text", "ok_soft"),
    ("text", "query_soft"),
    ("muted", "ground"),
    ("muted", "surface"),
    ("muted", "primary_soft"),
    ("muted", "warn_soft"),
    ("muted", "error_soft"),
    ("primary", "surface"),
    ("primary", "ground"),
    ("primary", "primary_soft"),
    ("on_primary", "primary"),
    ("ok", "surface"),
    ("ok", "ground"),
    ("ok", "ok_soft"),
    ("warn", "surface"),
    ("warn", "ground"),
    ("warn", "warn_soft"),
    ("error", "surface"),
    ("error", "ground"),
    ("error", "error_soft"),
    ("on_error", "error"),
    ("query", "surface"),
    ("query", "ground"),
    ("query", "query_soft"),
    ("rail_text", "rail"),
    ("rail_strong", "rail_active"),
    ("rail_text", "rail_active"),
    ("rail_text", "rail_badge"),
)
"""Which colours stand as text on which: the contrast test measures exactly these."""
