"""What an expression reads: the only source of dependency edges between items."""

from __future__ import annotations

from crfapp.study.language.references import NOW, TODAY, Ref, Source
from crfapp.study.language.tree import Aggregate, Call, Node, Reference, walk

Need = Ref | Source
"""An item, parameter or attribute; rows; or the clock (:data:`TODAY`, :data:`NOW`)."""

_CLOCK = {"today": TODAY, "now": NOW}


def needs(tree: Node) -> frozenset[Need]:
    """Everything the expression may read, with what stands inside aggregates.

    A reference to an aggregate's row (``r.AESER``) names its source; the source itself is a need
    too, for rows that come and go.
    """
    found: set[Need] = set()
    for node in walk(tree):
        match node:
            case Reference(ref):
                found.add(ref)
            case Aggregate(source=source):
                found.add(source)
            case Call(function) if function in _CLOCK:
                found.add(_CLOCK[function])
            case _:
                pass
    return frozenset(found)
