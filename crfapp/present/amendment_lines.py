"""What an amendment changes, in sentences: of the study, and for each subject."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from crfapp.present.texts import N_, isolated

if TYPE_CHECKING:
    from crfapp.present.amendment_view import Looked
    from crfapp.present.texts import Texts
    from crfapp.study.diff import Change
    from crfapp.study.study import Study
    from crfapp.work.rehearsal import Rehearsed

CHANGE_WORDS = {
    "item-added": N_("{where}: new question “{name}”"),
    "item-removed": N_("{where}: “{name}” is not asked any more"),
    "item-renamed": N_("{where}: “{was}” is now “{now}”"),
    "codes-added": N_("List {where}: new codes {now}"),
    "codes-removed": N_("List {where}: codes {was} are not offered any more"),
    "codes-relabelled": N_("List {where}: {was} is now called {now}; it must mean the same"),
    "range": N_("{where}, {name}: other limits"),
    "unit": N_("{where}, {name}: asked in {now} instead of {was}"),
    "required": N_("{where}, {name}: another rule whether an answer is required"),
    "condition": N_("{where}, {name}: another condition when it is asked"),
    "calculation": N_("{where}, {name}: worked out in another way"),
    "source-plan": N_("{where}, {name}: compared with the source in another way"),
    "visit-added": N_("New visit {name}"),
    "visit-dropped": N_("Visit {name} is not planned any more"),
    "window": N_("Visit {name}: other days ({was} is now {now})"),
    "visit-forms": N_("Visit {name}: other forms"),
    "form-added": N_("New form {name}"),
    "form-removed": N_("The form {name} is not asked any more"),
    "check-added": N_("New check {name}"),
    "check-changed": N_("Check {name}: another rule"),
    "check-removed": N_("Check {name} is not made any more"),
    "figure": N_("{name}: {now} instead of {was}"),
    "signing": N_("Other signatures are asked for"),
    "verification": N_("Other answers are compared with their sources"),
    "other": N_("{where}, {name}: small changes"),
}
"""How each kind of :data:`crfapp.study.diff.KINDS` is told."""


def change_line(change: Change, before: Study, after: Study, say: Texts) -> str:
    """One change, by the titles of whichever version has it."""
    study = after if _knows(after, change) else before
    texts = study.texts(say.language)
    where = texts.form(change.form) if change.form else change.name
    facts = {
        "where": isolated(where),
        "name": isolated(_name(change, study, say)),
        "was": isolated(change.was or "–"),
        "now": isolated(change.now or "–"),
    }
    return say(CHANGE_WORDS[change.kind], **facts)


def summary_line(looked: Looked, say: Texts) -> str:
    """How many subjects it concerns, and that nothing that was begun is touched, or what would be."""
    touched = [f"{one.number} {place}" for one in looked.subjects for place in one.touched]
    if touched:
        return say("It would touch what was begun: {places}", places=isolated(", ".join(touched)))
    begun, marks = sum(one.stays for one in looked.subjects), sum(one.marks for one in looked.subjects)
    counted = say.many(
        "What changes for your {count} subject.",
        "What changes for your {count} subjects.",
        len(looked.subjects),
    )
    stays = say(
        "{forms} forms that were begun stay as they were entered; {marks} signatures, verifications and locks"
        " are not touched.",
        forms=begun,
        marks=marks,
    )
    return f"{counted} {stays}"


def told_lines(looked: Looked, say: Texts) -> tuple[str, ...]:
    """Everything, for the command line: the changes, then subject by subject."""
    if looked.study is None or looked.before is None:
        return looked.faults
    changed = [change_line(one, looked.before, looked.study, say) for one in looked.changes]
    people = [f"{isolated(one.number)}: {subject_line(one, looked, say)}" for one in looked.subjects]
    return (*changed, summary_line(looked, say), *people)


def subject_line(one: Rehearsed, looked: Looked, say: Texts) -> str:
    """What comes, goes or moves for a subject who follows the amendment."""
    if looked.study is None or looked.before is None:
        return ""
    parts = [*_forms(one, looked.before, looked.study, say), *_visits(one, looked.before, looked.study, say)]
    return say.listed(parts) if parts else say("nothing changes")


def _forms(one: Rehearsed, before: Study, after: Study, say: Texts) -> list[str]:
    added = sum(len(form.added) for form in one.forms if not form.new)
    removed = sum(len(form.removed) for form in one.forms if not form.dropped)
    parts = []
    if added:
        parts.append(say.many("{count} new question", "{count} new questions", added))
    if removed:
        parts.append(say.many("{count} question less", "{count} questions less", removed))
    for form in one.forms:
        visit = (
            (after if form.key.visit in after.visits else before).texts(say.language).visit(form.key.visit)
        )
        if form.new:
            title = after.texts(say.language).form(form.key.form)
            parts.append(say("new: {form} at {visit}", form=isolated(title), visit=isolated(visit)))
        elif form.dropped:
            title = before.texts(say.language).form(form.key.form)
            parts.append(say("no more: {form} at {visit}", form=isolated(title), visit=isolated(visit)))
    return parts


def _visits(one: Rehearsed, before: Study, after: Study, say: Texts) -> list[str]:
    parts = []
    for moved in one.visits:
        study = after if moved.at.visit in after.visits else before
        title = isolated(study.texts(say.language).visit(moved.at.visit))
        was, now = (_days(days, say) for days in (moved.was, moved.now))
        parts.append(say("{visit}: {now} instead of {was}", visit=title, now=now or "–", was=was or "–"))
    return parts


def _days(days: tuple[str, str], say: Texts) -> str:
    shown = [isolated(say.short_date(date.fromisoformat(day))) for day in dict.fromkeys(days) if day]
    return (
        say("{first} to {last}", first=shown[0], last=shown[1]) if len(shown) == len(days) else "".join(shown)
    )


def _knows(study: Study, change: Change) -> bool:
    if change.form:
        known = change.form in study.forms
        return known and (change.kind.split("-")[0] != "item" or change.name in study.items(change.form))
    return change.name in study.visits or not change.kind.startswith("visit")


def _name(change: Change, study: Study, say: Texts) -> str:
    texts = study.texts(say.language)
    if change.kind.startswith(("visit", "window")):
        return texts.visit(change.name)
    if change.kind.startswith("form"):
        return texts.form(change.name)
    if change.kind == "figure":
        return texts.parameter(change.name)
    is_item = change.form in study.forms and change.name in study.items(change.form)
    return texts.item(change.form, change.name) if is_item else change.name
