"""Opening and evaluating every begun form of many subjects: seconds, seconds a subject, and how that grows.

The subjects are those of the demo, one of each story, walked once in memory; more of them are the same rows
under other names. Every form is opened from the tables and asked for what it finds; plans are known.

``answer_ms`` is one whole command in memory at that many subjects: of an item that only its own subject's
forms read, and of one that a check compares over all subjects of the site.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from crfapp.journeys.demo import STORIES, DemoPlan, walk_demo
from crfapp.journeys.pictures import NamedPictures
from crfapp.journeys.typical import Typical, read_typical
from crfapp.ledger.changes import Put
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import TABLES, FormRow, ItemRow, SubjectRow
from crfapp.work.entry import RecordAnswer
from crfapp.work.photographs import take
from tests.bench._growth import exponent
from tests.bench._kept import Kept, Limit, sized
from tests.support.playing import FORMS, JourneyClock, PlayingClinic, shipped_study

if TYPE_CHECKING:
    from crfapp.work.cases import Command

SUBJECTS, ROUNDS = (25, 50, 100), 3
EVALUATIONS = sized(1, ROUNDS)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PACK = "nct06813027"
FIGURES = (
    Kept(
        "all begun forms of one more subject, at 100",
        "100/ms_a_subject",
        "ms",
        Limit("25/ms_a_subject", "at 25"),
    ),
    Kept("growth of the whole from 25 to 100 subjects", "exponent", "(exponent)", goal=1.15, tolerance=1.15),
    Kept(
        "a corrected answer, whole command, at 100 subjects",
        "100/answer_ms/of_its_subject",
        "ms",
        goal=16,
        compared=False,
    ),
    Kept(
        "a corrected photograph, at 100 subjects",
        "100/answer_ms/of_the_site",
        "ms",
        Limit("25/answer_ms/of_the_site", "at 25"),
        goal=16,
    ),
)
ANSWERS = {
    "of_its_subject": ("VS", "TEMP_VSORRES", ("36.9", "37.1")),
    "of_the_site": ("PHOTO", "PHIMG", ("left arm.jpg", "right arm.jpg")),
}


def walked() -> PlayingClinic:
    """A clinic with one subject of each story."""
    clinic = PlayingClinic(shipped_study(PACK), "Asia/Amman", {"rania": "nurse", "haddad": "investigator"})
    chance = random.Random(1)  # noqa: S311 - the same subjects each time
    told = FORMS / PACK / "demo.yaml"
    typical = read_typical(told.read_text(encoding="utf-8"), told.name) if told.is_file() else Typical()
    plan = DemoPlan(len(STORIES), chance, NOW, clinic.people, typical)
    walk_demo(clinic.bus, clinic.desk, JourneyClock(clinic.clock), plan)
    return clinic


def with_subjects(clinic: PlayingClinic, wanted: int) -> list[FormKey]:
    """Copies of the subjects until there are so many; the keys of all their begun forms."""
    tables = clinic.ledger.tables
    first = [row.subject for row in tables.find(SubjectRow)][: len(STORIES)]
    of_subject: list[Any] = [table for table in TABLES if table._fields[0] == "subject"]
    for number in range(len(tables.find(SubjectRow)), wanted):
        source = first[number % len(first)]
        rows = [row for table in of_subject for row in tables.find(table, subject=source)]
        tables.apply([Put(row._replace(subject=f"copy-{number:04d}")) for row in rows])
    subjects = [row.subject for row in tables.find(SubjectRow)][:wanted]
    return [row.key for subject in subjects for row in tables.find(FormRow, subject=subject)]


def evaluated(clinic: PlayingClinic, keys: list[FormKey]) -> tuple[float, int]:
    """Seconds of this thread for opening all these forms, and how much they find."""
    begin, found = time.thread_time(), 0
    for _subject, forms in groupby(keys, key=lambda key: key.subject):
        with clinic.desk.reading(clinic.ledger.tables):  # as while a command is carried out
            found += sum(1 for key in forms for _ in clinic.desk.forms.get(key).findings())
    return time.thread_time() - begin, found


def answering(clinic: PlayingClinic, form: str, item: str, typed: tuple[str, str]) -> float:
    """Median ms of the thread for correcting an answer of the last subject."""
    took = []
    for number in range(ROUNDS):
        row = [row for row in clinic.ledger.tables.find(ItemRow, form=form, item=item) if row.value][-1]
        another = next(text for text in typed if text != row.value)
        key = FormKey(*row[:5])
        command: Command = RecordAnswer(
            key=key, row=row.row, item=item, typed=another, reason="measured again"
        )
        if item == "PHIMG":  # the same file comes in once at a site
            facts = NamedPictures().take(f"{row.subject} {number} {another}")
            command = take(key, row.row, item, facts, reason="measured again")
        begin = time.thread_time()
        outcome = clinic.bus.send(command, clinic.people["rania"])
        took.append((time.thread_time() - begin) * 1000)
        assert outcome.events
    return round(statistics.median(took), 1)


def measured(clinic: PlayingClinic, subjects: int) -> dict[str, Any]:
    """What so many subjects cost."""
    keys = with_subjects(clinic, subjects)
    took, found = [], 0
    for _ in range(EVALUATIONS):
        clinic.desk.forget_forms()
        seconds, found = evaluated(clinic, keys)
        took.append(seconds)
    return {
        "forms": len(keys),
        "findings": found,
        "seconds": round(statistics.median(took), 2),
        "answer_ms": {name: answering(clinic, *what) for name, what in ANSWERS.items()},
        "ms_a_subject": round(statistics.median(took) * 1000 / subjects, 1),
    }


def measure() -> dict[str, object]:
    """By the number of subjects, with the exponent of the growth of the whole."""
    clinic = walked()
    evaluated(clinic, with_subjects(clinic, len(STORIES)))  # plans every form, which does not count
    cost = {subjects: measured(clinic, subjects) for subjects in SUBJECTS}
    grows = exponent({subjects: one["seconds"] for subjects, one in cost.items()})
    found = {str(subjects): one for subjects, one in cost.items()}
    return {"unit": "s of the thread", "rounds": EVALUATIONS, "pack": PACK, **found, "exponent": grows}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=1) + "\n")
