"""Read a study pack from its folder: every fault at once, each with file and line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crfapp.study.definition import OID
from crfapp.study.faults import PackCode, PackFault, Untranslated, in_order
from crfapp.study.lint import check_study
from crfapp.study.model import CodeList, Form, Pack, StudyHead, Translation
from crfapp.study.pack.files import read_files
from crfapp.study.pack.shape import RawPack, shape
from crfapp.study.pack.yaml_text import Document, read_yaml
from crfapp.study.places import nowhere

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Mapping

    from crfapp.study.faults import Path, Where

__all__ = ["Loaded", "PackFault", "load_pack"]


MOST_VALUES_IN_ALL = 300_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder gave: the pack where it has no error, and all faults by file and line.

    ``checks_tried`` and ``situations_tried`` say how many checks could be tried, in how many situations;
    ``untranslated`` holds by language every text without a translation; ``where`` gives file and line of a
    path inside the pack.
    """

    pack: Pack | None
    faults: tuple[PackFault, ...]
    checks_tried: int = 0
    situations_tried: int = 0
    untranslated: Mapping[str, tuple[Untranslated, ...]] = field(default_factory=dict)
    where: Where = nowhere

    @property
    def errors(self) -> tuple[PackFault, ...]:
        """The faults that keep the pack from being used."""
        return tuple(fault for fault in self.faults if fault.severity == "error")


def load_pack(folder: pathlib.Path) -> Loaded:
    """Read, shape and check a pack; nothing is raised for what a pack's author can put right."""
    files = read_files(folder)
    raw = RawPack(faults=list(files.faults))
    values = 0
    for name, text in files.texts.items():
        document = read_yaml(name, text)
        values += len(document.lines)
        if values > MOST_VALUES_IN_ALL:
            document.data = None
            document.fault(0, PackCode.TOO_MANY, f"The pack holds more than {MOST_VALUES_IN_ALL} values.")
        _take_up(raw, document)
        if values > MOST_VALUES_IN_ALL:
            break
    pack, report, order = _shaped(raw), None, dict[str, int]()
    if pack is not None:
        order = {form.form: place for place, form in enumerate(pack.forms)}
        report = check_study(pack, raw.lines.where, raw.ignores)
        raw.faults += report.faults
        pack = pack.model_copy(update={"forms": tuple(sorted(pack.forms, key=lambda form: form.form))})
    faults = in_order(raw.faults)
    usable = None if any(fault.severity == "error" for fault in faults) else pack
    if report is None:
        return Loaded(usable, faults)
    return Loaded(
        usable,
        faults,
        report.checks_tried,
        report.situations_tried,
        untranslated=report.untranslated,
        where=_sorted_places(raw, [order[name] for name in sorted(order)]),
    )


def _sorted_places(raw: RawPack, order: list[int]) -> Where:
    """Where something stands whose form is named by its place among the sorted ones."""

    def where(path: Path) -> tuple[str, int]:
        if path[:1] == ("forms",) and isinstance(path[1], int):
            path = ("forms", order[path[1]], *path[2:])
        return raw.lines.where(path)

    return where


def _take_up(raw: RawPack, document: Document) -> None:
    folder, _, name = document.file.rpartition("/")
    stem = name.removesuffix(".yaml")
    raw.faults += document.faults
    if document.data is None:
        raw.broken.add(stem.upper())
        raw.names_lost = True
    prefix: tuple[str | int, ...]
    if folder == "forms":
        if document.data is None:
            return
        prefix = ("forms", len(raw.data["forms"]))
        raw.data["forms"].append(document.data)
    elif folder == "i18n":
        prefix = ("translations", stem)
        raw.data["translations"][stem] = document.data or {}
    else:
        prefix = ("head",) if stem == "study" else ("codelists",)
        raw.data[str(prefix[0])] = document.data
    raw.lines.add(prefix, document.file, document.lines)
    raw.spoiled.update(prefix + path for path in document.spoiled)


def _shaped(raw: RawPack) -> Pack | None:
    head: Any = shape(raw, ("head",), StudyHead) if raw.data.get("head") else None
    codelists: Any = shape(raw, ("codelists",), dict[OID, CodeList]) if raw.data.get("codelists") else None
    forms = [shape(raw, ("forms", index), Form) for index in range(len(raw.data["forms"]))]
    languages = {name: shape(raw, ("translations", name), Translation) for name in raw.data["translations"]}
    if head is None or codelists is None or None in forms or None in languages.values():
        return None
    return Pack(head=head, codelists=codelists, forms=tuple(forms), translations=languages)
