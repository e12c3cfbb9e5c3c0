"""A journey as it is written: YAML with the line of every step; an unknown key is an error."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from crfapp.base.problems import Code, RefusedError
from crfapp.work.roles import Role

DEEPEST = 24
"""Levels of nesting; a journey needs six."""
HEAD = frozenset({"journey", "pack", "site", "people", "steps"})
COMMON = frozenset({"at", "as", "expect", "name"})
STEPS: dict[str, frozenset[str]] = {
    "enrol": frozenset(),
    "visit": frozenset({"date", "n"}),
    "form": frozenset({"row", "set", "reason", "n", "section", "answers"}),
    "complete": frozenset({"n"}),
    "confirm": frozenset(),
    "miss": frozenset({"reason", "n", "text"}),
    "void": frozenset(),
    "merge": frozenset(),
    "book": frozenset({"date", "n"}),
    "take": frozenset(),
    "sign": frozenset({"n"}),
    "freeze": frozenset({"n", "reason"}),
    "lock": frozenset({"n", "reason"}),
    "unlock": frozenset({"n", "reason"}),
    "decline": frozenset({"n", "reason"}),
    "query": frozenset({"n"}),
    "answer": frozenset(),
    "close": frozenset(),
    "reopen": frozenset(),
    "verify": frozenset({"n"}),
    "turn": frozenset(),
    "move": frozenset(),
    "agree-move": frozenset({"n"}),
    "decline-move": frozenset(),
    "move-now": frozenset({"n"}),
    "paper": frozenset(),
    "report": frozenset(),
    "tell": frozenset(),
    "sign-of": frozenset({"n"}),
    "trace": frozenset({"n"}),
    "mask": frozenset(),
    "photograph-rows": frozenset({"n"}),
}
_SCOPES = frozenset({"form", "visit", "casebook"})
INSIDE: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "enrol": (frozenset(), frozenset()),
    "confirm": (frozenset({"form", "check"}), frozenset({"row", "reason"})),
    "void": (frozenset({"form", "row"}), frozenset({"section", "reason"})),
    "merge": (frozenset({"visit", "into"}), frozenset({"reason"})),
    "take": (frozenset({"form", "check"}), frozenset({"row"})),
    "sign": (frozenset(), _SCOPES | {"meaning"}),
    "freeze": (frozenset(), _SCOPES | {"site"}),
    "lock": (frozenset(), _SCOPES | {"site"}),
    "unlock": (frozenset(), _SCOPES | {"site"}),
    "decline": (frozenset(), _SCOPES | {"site"}),
    "query": (frozenset({"text"}), frozenset({"form", "row", "item", "visit"})),
    "answer": (frozenset({"query", "text"}), frozenset()),
    "close": (frozenset({"query"}), frozenset({"text"})),
    "reopen": (frozenset({"query", "text"}), frozenset()),
    "verify": (frozenset({"form", "items"}), frozenset({"row"})),
    "turn": (frozenset({"subject", "visit"}), frozenset({"form", "n"})),
    "move": (frozenset({"form", "to"}), frozenset({"visit", "reason"})),
    "decline-move": (frozenset({"form"}), frozenset({"reason"})),
    "trace": (frozenset({"form", "row", "photograph"}), frozenset({"second", "reason"})),
    "mask": (frozenset({"photograph"}), frozenset({"boxes", "reason"})),
    "paper": (frozenset({"form", "observer", "observed"}), frozenset({"reason"})),
    "report": (frozenset({"notice"}), frozenset({"row"})),
    "tell": (frozenset({"notice", "sent", "how", "to"}), frozenset({"row", "aware"})),
    "sign-of": (frozenset({"form", "row", "item", "link"}), frozenset({"event", "grade", "end", "reason"})),
}
"""What the mapping of a step must say, and what it may say besides."""
EXPECTED = frozenset(
    {
        "subject",
        "values",
        "shown",
        "hidden",
        "findings",
        "refused",
        "schedule",
        "queries",
        "rows",
        "forms",
        "obligations",
        "signature",
        "held",
        "verification",
        "notices",
        "signs",
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its line, its verb (empty for an expectation alone) and everything it says."""

    line: int
    verb: str
    says: dict[str, Any]

    @property
    def expect(self) -> dict[str, Any]:
        """What is expected after the step."""
        return dict(self.says.get("expect") or {})


@dataclass(frozen=True, slots=True)
class Journey:
    """A whole journey. ``people``: login -> role."""

    file: str
    name: str
    pack: str
    site: dict[str, str]
    people: dict[str, str]
    steps: tuple[Step, ...] = field(default_factory=tuple)


class _TextLoader(yaml.CSafeLoader):
    """Scalars stay as written: ``14,0``, ``Y`` and ``2025-01-05`` are texts, as they were typed."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_journey(text: str, file: str) -> Journey:
    """Read a journey; JOURNEY_WRONG with file and line where it is not one."""
    node, data = _read(text, file)
    _refuse_unknown(file, 1, data, HEAD)
    _refuse_head(file, data)
    lines = _step_lines(node)
    steps = tuple(_step(file, line, says) for line, says in zip(lines, data.get("steps") or [], strict=True))
    return Journey(
        file=file,
        name=str(data.get("journey", "")),
        pack=str(data.get("pack", "")),
        site={key: str(value) for key, value in (data.get("site") or {}).items()},
        people={key: str(value) for key, value in (data.get("people") or {}).items()},
        steps=steps,
    )


def read_mapping(text: str, file: str) -> dict[str, Any]:
    """A mapping in which every scalar is a text as it was typed; JOURNEY_WRONG where it is none."""
    return _read(text, file)[1]


def _read(text: str, file: str) -> tuple[yaml.MappingNode, dict[str, Any]]:
    try:
        _refuse_endless(text, file)
        node = yaml.compose(text, Loader=_TextLoader)
        data = yaml.load(text, Loader=_TextLoader)  # noqa: S506 - a SafeLoader that resolves less
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _wrong(file, mark.line + 1 if mark else 0, "it is not YAML") from None
    if not isinstance(data, dict) or not isinstance(node, yaml.MappingNode):
        raise _wrong(file, 1, "a mapping is expected")
    if len(data) < len(node.value):
        raise _wrong(file, 1, "the same key stands there twice")
    return node, data


def _refuse_endless(text: str, file: str) -> None:
    """Before anything is built: values that repeat others or are nested without end would fill the memory."""
    depth, what = 0, ""
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            what = f"nested deeper than {DEEPEST} levels"
        elif isinstance(event, yaml.AliasEvent):
            what = "a value is repeated by '*'"
        elif getattr(event, "tag", None) is not None:
            what = "a tag ('!') says what a value is"
        if what:
            raise _wrong(file, event.start_mark.line + 1 if event.start_mark else 0, what)


def _refuse_head(file: str, data: dict[str, Any]) -> None:
    for key in ("site", "people"):
        if not isinstance(data.get(key) or {}, dict):
            raise _wrong(file, 1, f"{key!r} is a mapping")
    if not isinstance(data.get("steps") or [], list):
        raise _wrong(file, 1, "'steps' is a list")
    for login, role in (data.get("people") or {}).items():
        if role not in set(Role):
            raise _wrong(file, 1, f"{login!r} has no role {role!r}; roles are {', '.join(Role)}")


def _step_lines(node: yaml.MappingNode) -> list[int]:
    for key, value in node.value:
        if key.value == "steps" and isinstance(value, yaml.SequenceNode):
            return [one.start_mark.line + 1 for one in value.value]
    return []


def _step(file: str, line: int, says: Any) -> Step:
    if not isinstance(says, dict):
        raise _wrong(file, line, "a step is a mapping")
    verbs = [key for key in says if key in STEPS]
    if len(verbs) > 1:
        raise _wrong(file, line, f"one step does one thing, not {' and '.join(verbs)}")
    verb = verbs[0] if verbs else ""
    _refuse_unknown(file, line, says, COMMON | {verb} | STEPS.get(verb, frozenset()))
    if verb in INSIDE:
        _look_inside(file, line, verb, says[verb])
    for key in ("set", "expect"):
        if says.get(key) is not None and not isinstance(says[key], dict):
            raise _wrong(file, line, f"{key!r} is a mapping")
    _look_at_expected(file, line, says.get("expect") or {})
    return Step(line, verb, says)


def _look_inside(file: str, line: int, verb: str, said: Any) -> None:
    if not isinstance(said, dict):
        raise _wrong(file, line, f"{verb!r} takes a mapping")
    must, may = INSIDE[verb]
    _refuse_unknown(file, line, said, must | may)
    for key in sorted(must - said.keys()):
        raise _wrong(file, line, f"{verb!r} does not say its {key!r}")


def _look_at_expected(file: str, line: int, expect: dict[str, Any]) -> None:
    _refuse_unknown(file, line, expect, EXPECTED)


def _refuse_unknown(file: str, line: int, said: dict[str, Any], known: frozenset[str]) -> None:
    for key in said:
        if key not in known:
            raise _wrong(file, line, f"unknown key {key!r}; known are {', '.join(sorted(known - {''}))}")


def _wrong(file: str, line: int, what: str) -> RefusedError:
    return RefusedError(Code.JOURNEY_WRONG, file=file, line=line, what=what)
