"""Items that need one another: no order exists in which they could be worked out."""

from __future__ import annotations

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from crfapp.study.faults import PackCode, Path
from crfapp.study.language import Ref, RefKind, needs
from crfapp.study.study import row_group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.study.lint.expressions import Readable
    from crfapp.study.lint.report import Report
    from crfapp.study.names import StandsIn
    from crfapp.study.study import Study

Key = tuple[str, str]
_ENOUGH = 50


def check_circles(report: Report, readable: Readable) -> None:
    """Report each circle of ``is`` and ``when`` once, at the first of its items in the pack."""
    places: dict[Key, Path] = {}
    edges: dict[Key, set[Key]] = defaultdict(set)
    texts: dict[Key, str] = defaultdict(str)
    for written, tree in readable:
        if written.item and written.key in ("is", "when"):
            key = (written.stands_in.form, written.item)
            places.setdefault(key, written.path)
            texts[key] += f" {written.text}"
            for need in needs(tree):
                edges[key].update(
                    _read(report.study, need, written.stands_in) if isinstance(need, Ref) else ()
                )
    order = {key: number for number, key in enumerate(places)}
    for found in _circles(edges):
        circle = _from_first(found, order)
        way = " -> ".join(_name(key, circle) for key in [*circle, circle[0]])
        text = f"Each needs the next: {way}."
        report.error(
            PackCode.CIRCLE, min(places[key] for key in circle), text, " ".join(texts[k] for k in circle)
        )


def _read(study: Study, ref: Ref, here: StandsIn) -> Iterator[Key]:
    """The item that a reference reads at the same moment; a named visit cannot close a circle."""
    if ref.kind is not RefKind.ITEM or ref.visit:
        return
    form = ref.form or here.form
    if ref.row and ref.source is not None and not ref.form:
        own = here.form in study.forms and row_group(study.forms[here.form], ref.source.name)
        if ref.source.visit:
            return
        form = here.form if own else ref.source.name
    yield form, ref.item


def _circles(edges: dict[Key, set[Key]]) -> Iterator[list[Key]]:
    """One circle after the other, each broken once it was told."""
    for _ in range(_ENOUGH):
        try:
            TopologicalSorter({key: sorted(edges[key]) for key in sorted(edges)}).prepare()
        except CycleError as error:
            way: list[Key] = list(reversed(error.args[1]))
            edges[way[0]].discard(way[1])
            yield way[:-1]
        else:
            return


def _from_first(circle: list[Key], order: dict[Key, int]) -> list[Key]:
    start = min(range(len(circle)), key=lambda place: order[circle[place]])
    return circle[start:] + circle[:start]


def _name(key: Key, circle: list[Key]) -> str:
    return key[1] if len({form for form, _ in circle}) == 1 else f"{key[0]}.{key[1]}"
