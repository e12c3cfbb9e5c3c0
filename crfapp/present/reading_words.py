"""What an expression read, in words: ``“Sex” = Female``, ``“Weight” has no answer``."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from crfapp.form.reading import Field, Manner
from crfapp.form.values import shown, text_of
from crfapp.present.texts import LEFT_TO_RIGHT_ISOLATE, N_, POP_ISOLATE, isolated
from crfapp.present.words import STANDING, TIMING, UNIT_SIGNS
from crfapp.study.language import BASELINE, EVERY, PREVIOUS, SITE_WIDE, RefKind, render
from crfapp.study.language.tree import Aggregate, Call, Reference
from crfapp.study.types import ItemType, Kind
from crfapp.work.reading_items import row_labels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crfapp.ledger.keys import FormKey
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace
    from crfapp.study.language import Answer, Node, Ref, Source, Told

_VISIT = {
    "DATE": N_("date of the visit"),
    "OFFSET": N_("days since the first day"),
    "DAY": N_("study day"),
    "WINDOW": N_("window of the visit"),
    "OID": N_("visit"),
    "N": N_("number of the visit"),
    "PLANNED": N_("planned day"),
    "STATUS": N_("state of the visit"),
}
_THINGS = {
    (RefKind.SITE, "CODE"): N_("code of the site"),
    (RefKind.SITE, "ZONE"): N_("time zone of the site"),
    (RefKind.SITE, "WEEKEND"): N_("weekend of the site"),
    (RefKind.SITE, "CLOSED"): N_("days without patients"),
    (RefKind.SUBJECT, "ID"): N_("subject number"),
    (RefKind.ROW, "KEY"): N_("row"),
    (RefKind.ROW, "NUMBER"): N_("number of the row"),
}
_AT = {
    PREVIOUS: N_("the visit before"),
    BASELINE: N_("baseline"),
    EVERY: N_("all visits"),
    SITE_WIDE: N_("all subjects"),
}
_COUNTED = {
    "any": N_("a row of {rows} that fits"),
    "all": N_("every row of {rows} fits"),
    "count": N_("rows of {rows} that count"),
}
_ASKED = (RefKind.ITEM, RefKind.ABOVE)
_YES_NO = {True: N_("yes"), False: N_("no")}
_COMMA_LANGUAGES = ("de",)


class ReadingWords:
    """Words for what the rules of one form read, in the reader's language."""

    def __init__(self, at: Workplace, key: FormKey, say: Texts) -> None:
        self._at, self._key, self._say = at, key, say
        self._texts = at.study.texts(say.language)

    def sentence(self, told: Told) -> str:
        """One thing that was read, and what it said."""
        name, value = isolated(self._name(told.node)), isolated(self._value(told.node, told.value))
        asked = isinstance(told.node, Reference) and told.node.ref.kind in _ASKED
        if told.value is None:
            return (
                self._say("“{question}” has no answer", question=name)
                if asked
                else self._say("{thing} is not known", thing=name)
            )
        if asked:
            return self._say("“{question}” = {answer}", question=name, answer=value)
        return f"{name} = {value}"

    # ---- names

    def _name(self, node: Node) -> str:
        match node:
            case Reference(ref):
                return self._ref(ref)
            case Aggregate():
                return self._aggregate(node)
            case Call(function):
                return self._say(N_("today") if function == "today" else N_("now"))
            case _:
                return render(node)

    def _ref(self, ref: Ref) -> str:
        say = self._say
        match ref.kind:
            case RefKind.PARAMETER:
                return self._texts.parameter(ref.item)
            case RefKind.VISIT:
                return self._placed(say(_VISIT[ref.item]), "", ref.visit)
            case RefKind.SITE | RefKind.SUBJECT | RefKind.ROW:
                return say(_THINGS[ref.kind, ref.item])
            case RefKind.ABOVE:
                return say("{question} in the row above", question=self._texts.item(self._key.form, ref.item))
            case _:
                form = ref.form or self._key.form
                return self._placed(self._texts.item(form, ref.item), ref.form, ref.visit)

    def _placed(self, question: str, form: str, visit: str) -> str:
        """A question with the form and visit it stands at, where that is another one."""
        where = [self._texts.form(form)] if form and form != self._key.form else []
        if visit:
            where.append(self._say(_AT[visit]) if visit in _AT else self._texts.visit(visit))
        return f"{question} ({', '.join(where)})" if where else question

    def _aggregate(self, node: Aggregate) -> str:
        rows = self._rows(node.source)
        if node.function in _COUNTED:
            return self._say(_COUNTED[node.function], rows=isolated(rows))
        item = _item_of(node)
        if item is None:
            return f"{LEFT_TO_RIGHT_ISOLATE}{render(node)}{POP_ISOLATE}"
        return f"{self._texts.item(self._form_of(node.source), item)} ({rows})"

    def _rows(self, source: Source) -> str:
        """What the rows are called: a section of the same form, or another form."""
        if source.name in self._at.study.forms:
            return self._placed(self._texts.form(source.name), "", source.visit)
        return self._texts.section(self._key.form, source.name)

    def _form_of(self, source: Source) -> str:
        return source.name if source.name in self._at.study.forms else self._key.form

    # ---- values

    def _value(self, node: Node, value: Answer) -> str:
        if isinstance(value, bool):
            return self._say(_YES_NO[value])
        if value is None:
            return ""
        match node:
            case Reference(ref) if ref.kind in _ASKED:
                return self._answer(ref.form or self._key.form, ref.item, value)
            case Reference(ref):
                return self._fact(ref, value)
            case Aggregate() if node.function not in _COUNTED and (item := _item_of(node)) is not None:
                return self._answer(self._form_of(node.source), item, value)
            case _:
                return self._plain(value)

    def _answer(self, form: str, item: str, value: Answer) -> str:
        """An answer as the person would read it in its field, with its unit."""
        asked = self._at.study.items(form).get(item)
        if asked is None or value is None or isinstance(value, bool):
            return self._plain(value)
        kind, unit = self._at.study.field(form, item), asked.item.unit or ""
        try:
            canonical = text_of(value, kind)
        except (ValueError, TypeError):  # a sum has other decimals than what was summed
            return self._plain(value)
        text = shown(canonical, self._field(form, item, kind), self._manner())
        return " ".join(filter(None, (text, UNIT_SIGNS.get(unit, unit))))

    def _field(self, form: str, item: str, kind: ItemType) -> Field:
        study, codelist = self._at.study, self._at.study.place(form, item).item.codes or ""
        labels = {code: self._texts.code(codelist, code) for code in study.codes(codelist)}
        if kind.kind is Kind.YESNO and not labels:
            labels = {"Y": self._say("Yes"), "N": self._say("No")}
        if kind.kind is Kind.ROWREF:
            labels = row_labels(self._at.desk, self._key, kind.rows_of or "")
        return Field(type=kind, codes=tuple(labels), labels=labels, rows=tuple(labels))

    def _manner(self) -> Manner:
        sign = "," if self._say.language in _COMMA_LANGUAGES else "."
        return Manner(decimal_sign=sign, zone=self._at.desk.zone, language=self._say.language)

    def _fact(self, ref: Ref, value: Answer) -> str:
        match ref.kind, ref.item:
            case RefKind.VISIT, "OID":
                return self._texts.visit(str(value))
            case RefKind.VISIT, "WINDOW":
                return self._say(TIMING[str(value)])
            case RefKind.VISIT, "STATUS" if str(value).lower() in STANDING:
                return self._say(STANDING[str(value).lower()])
            case RefKind.ROW, "KEY":
                return self._row(str(value))
            case RefKind.PARAMETER, _:
                known = self._at.study.head.parameters[ref.item]
                return " ".join(filter(None, (known.value, UNIT_SIGNS.get(known.unit or "", known.unit))))
            case _:
                return self._plain(value)

    def _row(self, key: str) -> str:
        graph = self._at.desk.forms.get(self._key)
        labels: Mapping[str, str] = {
            row.info.key: row.info.label for group in graph.plan.groups for row in graph.rows_in(group)
        }
        return labels.get(key) or key

    def _plain(self, value: Answer) -> str:
        match value:
            case tuple():
                return ", ".join(value)
            case Decimal():
                return f"{value:f}"
            case date():
                return self._say.date(value)
            case _:
                return str(value)


def _item_of(node: Aggregate) -> str | None:
    """The item whose values an aggregate gathers, where it is one item."""
    element = node.element
    named = isinstance(element, Reference) and element.ref.kind is RefKind.ITEM
    return element.ref.item if named and isinstance(element, Reference) else None
