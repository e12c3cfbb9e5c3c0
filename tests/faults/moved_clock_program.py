"""A site at work while its clock is moved from outside: does what each line says, and tells what came of it.

    python -m tests.faults.moved_clock_program PLACE [MANNER]

``record`` gives the next answer, ``see`` and ``sign`` are the two halves of a signature, ``wrong`` and
``right`` are passwords tried by somebody else, ``zone NAME`` is the machine's own zone, ``again`` a new start
of the program. The answer is a line of JSON: the code of a refusal, what is shown, the last event's place in
the order, how often the clock was noticed, and how long ago by strict time and by a clock that nobody can set
the first answer was given. ``wall`` orders by the wall clock: the sabotaged manner.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.bootstrap.ground import SystemClock, steady_seconds
from crfapp.ledger.clock import Hybrid
from crfapp.ledger.events import ClockNoticed
from crfapp.ledger.keys import FormKey, ItemKey, Scope, VisitKey
from crfapp.ledger.signing import content_hash
from crfapp.ledger.state import ItemRow, SubjectRow
from crfapp.present.clock_watch import JumpWatch
from crfapp.store.gate import Gate
from crfapp.store.site_folder import SiteFolder
from crfapp.work.clock import NoteClockJump
from crfapp.work.entry import RecordAnswer
from crfapp.work.signing import SeeForm, Sign
from crfapp.work.strict_time import Instant, strict_time
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import StartVisit
from tests.support.playing import FORMS
from tests.support.quick_site import QUICK, QuickSite, password_of

if TYPE_CHECKING:
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.work.cases import Command

ITEM = "SYSBP_VSORRES"


class Day:
    """The clinic's day, as far as the clock lets it."""

    def __init__(self, place: Path) -> None:
        self.clock = SystemClock()
        self.site = QuickSite(place / "site", FORMS / "nct06813027", clock=self.clock, zone="Europe/Berlin")  # type: ignore[arg-type]
        self.site.settle("rania", "haddad")
        self._held = ExitStack()
        self.given, self.refused = 0, ""
        self.start()
        self.send(EnrolSubject())
        self.subject = self.opened.desk.tables.find(SubjectRow)[0].subject
        self.send(StartVisit(key=VisitKey(self.subject, "V_SCR", 1), date=str(self.opened.desk.today)))
        self.form = FormKey(self.subject, "V_SCR", 1, "VS", 1)
        self.log = FormKey(self.subject, "V_LOG", 1, "AE", 1)
        self.send(RecordAnswer(key=self.form, item="VSPERF", typed="Y"))
        self.send(RecordAnswer(key=self.log, item="AEYN", typed="N"))
        self.began = time.monotonic()
        first = list(self.opened.events.records())[-1]
        self.first = Instant.of(first.envelope.at, first.envelope.hybrid)
        self.content = ""

    def start(self) -> None:
        """The program starts, and knows what is on the disk."""
        self._held.close()
        self.opened: OpenSite = self._held.enter_context(self.site.open())
        self.watch = JumpWatch(steady_seconds)
        self.watch.look(self.clock.now())

    def send(self, command: Command, login: str = "rania") -> None:
        """Do it, once the window has looked at the clock."""
        if jumped := self.watch.look(self.clock.now()):
            self.opened.bus.send(NoteClockJump(seconds=jumped), self.opened.actor("rania"))
        self.opened.bus.send(command, self.opened.actor(login))

    def do(self, word: str, more: str) -> None:
        """One line."""
        match word:
            case "record":
                self.given += 1
                self.send(RecordAnswer(key=self.form, item=ITEM, typed=self.typed, reason="measured again"))
            case "see":
                for typed in ("Y", "N"):
                    self.send(RecordAnswer(key=self.log, item="AEYN", typed=typed, reason="asked once more"))
                self.content = content_hash(self.opened.desk.tables, self.opened.desk.study, Scope(*self.log))
                self.send(SeeForm(key=self.log, content=self.content), "haddad")
            case "sign":
                who = {"login": "haddad", "password": password_of("haddad")}
                scope = Scope(*self.log)
                self.send(Sign(scope=scope, meaning="SAFETY", content=self.content, **who), "haddad")
            case "wrong" | "right":
                gate = Gate(SiteFolder.open(self.site.folder), self.clock, QUICK)
                gate.open("rania", password_of("rania") if word == "right" else "a wrong one")
            case "zone":
                os.environ["TZ"] = more
                time.tzset()
            case "again":
                self.start()
            case _:
                pass

    @property
    def typed(self) -> str:
        return str(120 + self.given % 29)

    def told(self) -> dict[str, object]:
        """What there is now."""
        desk, events = self.opened.desk, self.opened.events
        row = desk.tables.get(ItemRow, *ItemKey(*self.form, "", ITEM))
        records = list(events.records())
        steady = self.watch.reached(None)
        passed = strict_time(desk, events, known=steady, steady=steady).passed(self.first)
        noticed = [one.event for one in records if isinstance(one.event, ClockNoticed)]
        return {
            "shown": row is None or row.value == self.typed or self.given == 0,
            "hybrid": records[-1].envelope.hybrid,
            "events": len(records),
            "noticed": len(noticed),
            "passed": passed.total_seconds(),
            "real": time.monotonic() - self.began,
        }

    def sound(self) -> bool:
        """Whether the chain holds and the tables are what it tells, folded anew."""
        return not self.opened.store.verify().breaks and not self.opened.store.compare()


def by_the_wall() -> None:
    """The order of events is that of the wall clock."""
    Hybrid.next = lambda _self, wall_ms: Hybrid(wall_ms, 0)  # type: ignore[method-assign, assignment]


def main() -> None:
    """Do what comes in."""
    if sys.argv[2:] == ["wall"]:
        by_the_wall()
    os.environ["CRFAPP_STATE"] = f"{sys.argv[1]}/machine"
    day = Day(Path(sys.argv[1]))
    for line in sys.stdin:
        word, _, more = line.strip().partition(" ")
        refused = ""
        try:
            day.do(word, more)
        except AppProblem as problem:
            refused = problem.code.value
        told = {"sound": day.sound()} if word == "check" else day.told()
        sys.stdout.write(json.dumps({"refused": refused, **told}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
