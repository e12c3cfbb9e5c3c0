"""The words for how a site of a centre stands, and for what changed there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crfapp.form.choices_typed import SEPARATOR
from crfapp.present.address import Address
from crfapp.present.centre_view import ChangeLine, LockLine, PackageLine, SiteLine
from crfapp.present.package_words import moment_words
from crfapp.present.palette import CASEBOOK
from crfapp.present.taken_words import lock_refusal
from crfapp.present.texts import N_, isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.exchange.centre_views import Standing
    from crfapp.exchange.delta import Answer, Changed
    from crfapp.ledger.state import LockAskedRow, ReceiptRow
    from crfapp.present.centre_desk import Details
    from crfapp.present.centre_view import DeltaView
    from crfapp.present.workplace import Workplace

_HOUR = 60
_MOST = 200
"""So many changed answers are listed."""
_LOCK_STATES = {
    "asked": (N_("asked"), "primary"),
    "done": (N_("locked"), "ok"),
    "refused": (N_("refused"), "error"),
}


def isolated_moment(at: Workplace, stamp: str) -> str:
    """A moment that keeps its direction beside words of another one; empty where there is none."""
    return isolated(moment_words(at, stamp)) if stamp else ""


@dataclass(frozen=True, slots=True)
class SiteWords:
    """How one site stands, in the words of whoever looks."""

    at: Workplace
    one: Standing

    def line(self) -> SiteLine:
        """The site in the list."""
        one, say, number = self.one, self.at.texts, self.at.texts.number
        state, tone = self.state()
        missing = say("{count} never came", count=len(one.missing)) if one.missing else ""
        aside = say("{count} set aside", count=one.refused) if one.refused else ""
        return SiteLine(
            site=one.site.site,
            name=(isolated(one.site.code), one.site.name),
            last=(isolated_moment(self.at, one.last) or say("nothing yet"), self.age()),
            packages=(number(one.packages), say.listed(filter(None, (missing, aside)))),
            forms=(
                say("{complete} of {forms}", complete=one.complete, forms=one.forms),
                say("{signed} signed, {locked} locked", signed=one.signed, locked=one.locked),
            ),
            queries=(number(one.open_queries), say("{count} answered", count=one.answered_queries)),
            locks=(number(one.locks_asked), self._answered_locks()),
            state=state,
            tone=tone,
        )

    def age(self) -> str:
        """How long ago the last package came."""
        say, days = self.at.texts, self.one.quiet
        if not days:
            return say("today") if self.one.last else ""
        return say.many("{count} day ago", "{count} days ago", days)

    def state(self) -> tuple[str, str]:
        """What is to be done first: words and tone."""
        one, say = self.one, self.at.texts
        many = say.many("{count} contradiction", "{count} contradictions", one.conflicts)
        found = (
            (bool(one.wrong), say("not sound"), "error"),
            (one.overdue, say("call the site"), "error"),
            (one.conflicts > 0, many, "warn"),
            (one.locks_refused > 0, say("lock refused"), "warn"),
            (bool(one.revoked), say("workstation revoked"), "warn"),
            (not one.last, say("waiting"), ""),
            (one.walked, say("sound"), "ok"),
        )
        return next(((words, tone) for holds, words, tone in found if holds), (say("in order"), "ok"))

    def alarms(self) -> tuple[str, ...]:
        """What needs a call, in sentences."""
        one, say, found = self.one, self.at.texts, []
        if one.wrong:
            found.append(say("The records here are not sound: {what}", what=isolated(one.wrong)))
        if one.overdue:
            found.append(say("Nothing came for {days} days. Call the site.", days=one.quiet))
        if one.revoked:
            names = isolated(say.listed(one.revoked))
            found.append(say("Revoked by the site or here: {names}.", names=names))
        if one.missing:
            numbers = isolated(say.listed(str(number) for _, number in one.missing))
            found.append(say("Never came: {numbers}. Nothing that was in them is missing.", numbers=numbers))
        return tuple(found)

    def facts(self) -> tuple[tuple[str, str], ...]:
        """All of it, each with its name."""
        one, say, number = self.one, self.at.texts, self.at.texts.number
        came = say.listed(filter(None, (isolated_moment(self.at, one.last), self.age())))
        chains = say("{events} events in {chains} chains", events=number(one.events), chains=one.chains)
        checked = say("checked: sound") if one.walked and not one.wrong else say("not checked today")
        locks = say("{asked} asked, {done} done, {refused} refused", **self._locks())
        return (
            (say("Last package"), came or say("nothing yet")),
            (say("Packages"), say("{count} taken in, {aside} set aside", **self._packages())),
            (say("Records"), say.listed((chains, checked))),
            (say("Subjects"), number(one.subjects)),
            (say("Forms"), self._forms()),
            (say("Queries"), say("{open} open, {answered} answered", **self._queries())),
            (say("Wishes to lock"), locks),
            (say("Contradicting answers"), number(one.conflicts)),
            (say("From capture to here"), self._pace()),
            (say("Not confirmed by the site"), self._unheard()),
        )

    def _forms(self) -> str:
        one, say = self.one, self.at.texts
        told = {"complete": one.complete, "signed": one.signed, "locked": one.locked}
        return say(
            "{forms} begun, {complete} complete, {signed} signed, {locked} locked", forms=one.forms, **told
        )

    def _queries(self) -> dict[str, int]:
        return {"open": self.one.open_queries, "answered": self.one.answered_queries}

    def _locks(self) -> dict[str, int]:
        return {"asked": self.one.locks_asked, "done": self.one.locks_done, "refused": self.one.locks_refused}

    def _packages(self) -> dict[str, int]:
        return {"count": self.one.packages, "aside": self.one.refused}

    def _answered_locks(self) -> str:
        if not (self.one.locks_done or self.one.locks_refused):
            return ""
        return self.at.texts("{done} done, {refused} refused", **self._locks())

    def _pace(self) -> str:
        pace, say = self.one.pace, self.at.texts
        if pace is None:
            return say("nothing yet")
        took = {"middle": f"{pace.middle / _HOUR:.1f}", "longest": f"{pace.longest / _HOUR:.1f}"}
        return say("{middle} h (median), {longest} h at most", **took)

    def _unheard(self) -> str:
        count = self.one.written - self.one.ours
        if count <= 0:
            return self.at.texts("everything is confirmed")
        return self.at.texts.many("{count} event of the centre", "{count} events of the centre", count)


@dataclass(frozen=True, slots=True)
class DetailWords:
    """One site from near, in the words of whoever looks."""

    at: Workplace
    found: Details

    def package(self, row: ReceiptRow) -> PackageLine:
        """A package that was taken in."""
        return PackageLine(
            number=isolated(str(row.number)),
            sender=self._label(row.sender),
            made=isolated_moment(self.at, row.made),
            came=isolated_moment(self.at, row.at),
            events=self.at.texts.number(row.events),
        )

    def choice(self, row: ReceiptRow) -> tuple[str, str]:
        """A package to choose: its id, and words."""
        say, day = self.at.texts, isolated_moment(self.at, row.at)
        return row.package, say("package {number}, {day}", number=isolated(str(row.number)), day=day)

    def lock(self, row: LockAskedRow) -> LockLine:
        """A wish to lock."""
        say = self.at.texts
        words, tone = _LOCK_STATES.get(row.state, (row.state, ""))
        who = say("{who}, {when}", who=isolated(row.name), when=isolated_moment(self.at, row.at))
        why = lock_refusal(row.code, say) if row.code else ""
        return LockLine(self._scope(row), who, say(words), tone, why)

    def change(self, number: str, one: Changed) -> ChangeLine:
        """An answer that is new or another one."""
        say, texts, key = self.at.texts, self.found.study.texts(self.at.texts.language), one.key
        visit = texts.visit(key.visit) + (f" {key.visit_n}" if key.visit_n > 1 else "")
        marks = [say("after verification")] * one.verified + [say("after signature")] * one.signed
        return ChangeLine(
            subject=isolated(number),
            place=say.listed((visit, texts.form(key.form))),
            question=self._question(one),
            before=self._answer(one, one.before) if one.what == "changed" else say("new"),
            after=self._answer(one, one.after),
            by=say("{who}, {when}", who=isolated(one.name), when=isolated_moment(self.at, one.at)),
            marks=say.listed(marks),
            address=Address(CASEBOOK, *key),
        )

    def delta(
        self, view: DeltaView, span: tuple[str, str], found: Sequence[tuple[str, Changed]]
    ) -> DeltaView:
        """What changed between two packages (``span``, by their ids), counted and listed."""
        say = self.at.texts
        counted = [say.many("{count} answer", "{count} answers", len(found))]
        verified, signed = sum(one.verified for _, one in found), sum(one.signed for _, one in found)
        if verified or signed:
            told = {"verified": verified, "signed": signed}
            counted.append(say("{verified} after verification, {signed} after signature", **told))
        return replace(
            view,
            first=span[0],
            second=span[1],
            lines=tuple(self.change(*one) for one in found[:_MOST]),
            counted=say.listed(counted),
            more=say("and {count} more", count=len(found) - _MOST) if len(found) > _MOST else "",
        )

    def _question(self, one: Changed) -> str:
        texts = self.found.study.texts(self.at.texts.language)
        return texts.item(one.key.form, one.key.item)

    def _answer(self, one: Changed, answer: Answer) -> str:
        """A code by its words in the study version in force; what that does not know, as it was recorded."""
        study, value = self.found.study, answer.value
        place = study.items(one.key.form).get(one.key.item)
        codes = place.item.codes if place is not None else None
        if value and codes is not None and set(value.split(SEPARATOR)) <= set(study.codes(codes)):
            texts = study.texts(self.at.texts.language)
            return self.at.texts.listed(texts.code(codes, code) for code in value.split(SEPARATOR))
        return isolated(answer.value or answer.missing or "–")

    def _scope(self, row: LockAskedRow) -> str:
        say, texts = self.at.texts, self.found.study.texts(self.at.texts.language)
        if not row.subject:
            return say("the whole site")
        parts = [isolated(self.found.numbers.get(row.subject, row.subject))]
        if row.visit:
            parts.append(texts.visit(row.visit))
        if row.form:
            parts.append(texts.form(row.form))
        return say.listed(parts)

    def _label(self, node: str) -> str:
        return isolated(self.found.labels.get(node, node))
