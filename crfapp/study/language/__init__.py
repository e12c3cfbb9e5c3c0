"""The expression language of study packs: typed, side-effect free, with Python's look.

``parse`` a text, ``check`` its tree against the study's names, ask ``needs`` what it reads, and
``compile_expression`` it into a function of a scope. docs/expressions.md is its manual.
"""

from crfapp.study.language.checking import check, type_of
from crfapp.study.language.explaining import Told, because, filled
from crfapp.study.language.faults import Fault, FaultKind, Span
from crfapp.study.language.kinds import Names, Type, TypeInfo, Unknown, builtin_type, type_of_item
from crfapp.study.language.meaning import Answer, Bind, Row, Scope, compile_expression
from crfapp.study.language.needs import Need, needs
from crfapp.study.language.parser import parse
from crfapp.study.language.references import (
    ATTRIBUTES,
    BASELINE,
    EVERY,
    NOW,
    PREVIOUS,
    SITE_WIDE,
    TODAY,
    Ref,
    RefKind,
    Source,
)
from crfapp.study.language.rendering import render
from crfapp.study.language.tree import Node, walk

__all__ = [
    "ATTRIBUTES",
    "BASELINE",
    "EVERY",
    "NOW",
    "PREVIOUS",
    "SITE_WIDE",
    "TODAY",
    "Answer",
    "Bind",
    "Fault",
    "FaultKind",
    "Names",
    "Need",
    "Node",
    "Ref",
    "RefKind",
    "Row",
    "Scope",
    "Source",
    "Span",
    "Told",
    "Type",
    "TypeInfo",
    "Unknown",
    "because",
    "builtin_type",
    "check",
    "compile_expression",
    "filled",
    "needs",
    "parse",
    "render",
    "type_of",
    "type_of_item",
    "walk",
]
