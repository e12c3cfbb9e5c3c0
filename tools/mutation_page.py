"""The page of ``tools/mutation.py``: what was tried, what was found, what nobody can find."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tools.mutation import Count, Target

HEAD = """\
# How many small faults the tests find

Written by `make mutation`. Each mutant is the program with one small fault inside a function: another
comparison, `or` for `and`, a lost `not`, a number one higher, another text, `None` instead of an answer, a
statement left out. *Killed*: a test fails, or does not come to an end. *Survived*: the tests named below all
pass, or none of them comes there. *Equivalent* ones behave as the program does; nobody can find them, each
stands below with the reason, and the share is counted without them. The goal is {goal} of a hundred.

Where only a *sample* was tried it was drawn with the seed given, the same one each time for the same source.
Not tried: what a module says outside its functions (tables, fields, defaults), and what other tests of the
suite find besides those named.

"""


def page(counted: Sequence[tuple[Target, Count]], known: Mapping[str, str], machine: str, goal: int) -> str:
    """The page in Markdown; ``known`` are the equivalent mutants with their reasons."""
    return "\n".join(
        [HEAD.format(goal=goal) + machine, *_table(counted, known), *_targets(counted, known), ""]
    )


def share(count: Count) -> float:
    """Killed of a hundred that were tried; equivalent ones are not tried."""
    return 100 * count.killed / count.tried if count.tried else 0.0


def _table(counted: Sequence[tuple[Target, Count]], known: Mapping[str, str]) -> Iterator[str]:
    yield "| what | mutants | equivalent | tried | killed | survived | share | seed | day |"
    yield "|---|---|---|---|---|---|---|---|---|"
    tried = killed = mutants = 0
    for target, count in counted:
        tried, killed, mutants = tried + count.tried, killed + count.killed, mutants + count.mutants
        same = len(_of(target, known))
        if not count.tried:
            yield f"| {target.words} (`{target.name}`) | | | not tried yet | | | | | |"
            continue
        how = "all" if count.tried + same >= count.mutants else f"{count.tried:,}, a sample"
        yield (
            f"| {target.words} (`{target.name}`) | {count.mutants:,} | {same} | {how} | {count.killed:,} "
            f"| {count.tried - count.killed:,} | {share(count):.0f} % | {count.seed} | {count.day} |"
        )
    whole = f"{100 * killed / tried:.0f} %" if tried else ""
    numbers = f"{mutants:,} | {len(known)} | {tried:,} | {killed:,} | {tried - killed:,}"
    yield f"| **all** | {numbers} | {whole} | | |"
    yield ""


def _targets(counted: Sequence[tuple[Target, Count]], known: Mapping[str, str]) -> Iterator[str]:
    for target, count in counted:
        yield f"## `{target.name}`: {target.words}\n"
        yield "Modules: " + ", ".join(f"`{name}`" for name in target.modules) + ".  "
        tests = ", ".join(f"`{name}`" for name in target.tests)
        yield f"Tests: {tests} ({count.tests:,} in all, {count.seconds:,.0f} s).\n"
        yield from (f"- survived: `{name}`" for name in count.survived)
        yield from (f"- survived, no test comes there: `{name}`" for name in count.unreached)
        yield from (f"- equivalent: `{name}`: {known[name]}" for name in _of(target, known))
        yield ""


def _of(target: Target, known: Mapping[str, str]) -> list[str]:
    return [name for name in known if name.partition(" ")[0] in target.modules]
