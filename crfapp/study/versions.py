"""A study that was amended: the version in force, and in it all that earlier versions asked for.

Whoever looks something up by its name finds it, also what was dropped meanwhile; whoever asks what a form or
visit holds asks the version under which it was begun (:mod:`crfapp.ledger.study_versions`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from crfapp.study.model import CodeList, Form, Item, Pack, Section, Translation, Visit
from crfapp.study.study import Study

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Part = TypeVar("Part")


class AmendedStudy(Study):
    """Several versions read as one. ``hash`` and ``content`` are those of the version in force.

    ``versions`` in the order in which they were put in force. Forms, sections, items, codes, visits, checks
    and figures of earlier versions stand where they stood; where two versions name the same, the newest says
    what it is.
    """

    def __init__(self, versions: Sequence[Study]) -> None:
        newest = versions[-1]
        super().__init__(_together([study.pack for study in versions]), newest.content)
        self.versions, self.in_force = tuple(versions), newest


def read_together(versions: Sequence[Study]) -> Study:
    """The versions of a study as one; the only one as it is."""
    return versions[0] if len(versions) == 1 else AmendedStudy(versions)


def _together(packs: Sequence[Pack]) -> Pack:
    whole = packs[0]
    for newer in packs[1:]:
        whole = _over(newer, whole)
    return whole


def _over(newer: Pack, older: Pack) -> Pack:
    """A pack with all that only an older one holds."""
    old, new = older.head, newer.head
    head = new.model_copy(
        update={
            "visits": _merged(new.visits, old.visits, _visit_name),
            "checks": _merged(new.checks, old.checks, lambda check: check.check),
            "parameters": {**old.parameters, **new.parameters},
            "signing": _merged(new.signing, old.signing, lambda plan: plan.meaning),
            "ends": _merged(new.ends, old.ends, lambda end: end.date),
            "languages": _merged(new.languages, old.languages, str),
        }
    )
    lists = {**older.codelists, **newer.codelists}
    return Pack(
        head=head,
        codelists={oid: _list(oid, newer, older) for oid in lists},
        forms=_merged(newer.forms, older.forms, _form_name, _form),
        translations={
            name: _translation(newer.translations.get(name), older.translations.get(name))
            for name in {**older.translations, **newer.translations}
        },
    )


def _list(oid: str, newer: Pack, older: Pack) -> CodeList:
    new, old = newer.codelists.get(oid), older.codelists.get(oid)
    if new is None or old is None:
        return next(one for one in (new, old) if one is not None)
    return new.model_copy(update={"codes": _merged(new.codes, old.codes, lambda entry: entry.code)})


def _form(new: Form, old: Form) -> Form:
    """A form with the questions that it does not ask any more, each in its own section."""
    asked = {item.item for section in new.sections for item in section.items}
    known = {section.section for section in new.sections}

    before = {item.item: item for one in old.sections for item in one.items}

    def section(mine: Section, theirs: Section) -> Section:
        gone = tuple(item for item in theirs.items if item.item not in asked)
        kept = _in_place(mine.items, gone, [item.item for item in theirs.items], lambda item: item.item)
        return mine.model_copy(update={"items": tuple(_item(item, before.get(item.item)) for item in kept)})

    left = []
    for one in old.sections:
        items = tuple(item for item in one.items if item.item not in asked)
        if one.section in known or items:
            left.append(one.model_copy(update={"items": items}) if one.section not in known else one)
    return new.model_copy(
        update={
            "sections": _merged(new.sections, tuple(left), lambda one: one.section, section),
            "checks": _merged(new.checks, old.checks, lambda check: check.check),
            "site_only": new.site_only or old.site_only,
        }
    )


def _item(new: Item, old: Item | None) -> Item:
    """What stayed at the site under one version stays there."""
    return new.model_copy(update={"site_only": True}) if old is not None and old.site_only else new


def _translation(new: Translation | None, old: Translation | None) -> Translation:
    if new is None or old is None:
        return next(one for one in (new, old) if one is not None)
    told: dict[str, Any] = {}
    for field in Translation.model_fields:
        mine, theirs = getattr(new, field), getattr(old, field)
        told[field] = {
            name: {**theirs[name], **mine[name]}
            if name in theirs and name in mine and isinstance(mine[name], dict)
            else mine.get(name, theirs.get(name))
            for name in {**theirs, **mine}
        }
    return Translation(**told)


def _keep(new: Part, _old: Part) -> Part:
    return new


def _merged(
    new: Sequence[Part],
    old: Sequence[Part],
    name: Callable[[Part], str],
    both: Callable[[Part, Part], Part] = _keep,
) -> tuple[Part, ...]:
    """All of the newer, and of the older what the newer has not, at the place where it stood."""
    known = {name(one): one for one in old}
    mine = tuple(both(one, known[name(one)]) if name(one) in known else one for one in new)
    names = {name(one) for one in new}
    gone = [one for one in old if name(one) not in names]
    return _in_place(mine, gone, [name(one) for one in old], name)


def _in_place(
    new: Sequence[Part], gone: Iterable[Part], order: Sequence[str], name: Callable[[Part], str]
) -> tuple[Part, ...]:
    """Put each of what is gone behind what stood before it."""
    found = list(new)
    for one in gone:
        before = order[: order.index(name(one))]
        places = [place for place, other in enumerate(found) if name(other) in before]
        found.insert(places[-1] + 1 if places else 0, one)
    return tuple(found)


def _visit_name(visit: Visit) -> str:
    return visit.visit


def _form_name(form: Form) -> str:
    return form.form
