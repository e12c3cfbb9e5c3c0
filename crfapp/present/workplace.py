"""One person at work on one site: what every presenter is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from crfapp.base.problems import Code, RefusedError
from crfapp.present.arrival import Arrival

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date, datetime

    from crfapp.base.times import Moment
    from crfapp.ledger.chain import Record
    from crfapp.ledger.keys import FormKey
    from crfapp.ledger.state import SiteRow
    from crfapp.present.texts import Texts
    from crfapp.study.study import Study
    from crfapp.study.texts import StudyTexts
    from crfapp.work.bus import Bus, Outcome
    from crfapp.work.cases import Command
    from crfapp.work.desk import Desk
    from crfapp.work.ports import Tables
    from crfapp.work.roles import Actor


class EventReader(Protocol):
    """Reading the ledger itself, for histories."""

    def records(
        self,
        *,
        subject: str | None = None,
        kinds: Collection[str] | None = None,
        item: str | None = None,
    ) -> Iterator[Record]:
        """Events with their envelopes, in the order of their chains; ``item`` passes over other items."""


class Workplace:
    """The bus, the desk and the ledger, in the hands of one person with one language.

    ``arrival`` says how the person came in; whoever opens the door sets it. ``steady`` says how far the time
    has come by a clock that nobody can set, or by what is known; the window sets it. ``study_now`` gives the
    study with what was put in force meanwhile, for what leaves the site.
    """

    def __init__(self, bus: Bus, desk: Desk, events: EventReader, *, actor: Actor, texts: Texts) -> None:
        self.desk = desk
        self.events = events
        self.actor = actor
        self.arrival = Arrival()
        self.steady: Callable[[], datetime | None] = lambda: None
        self.study_now: Callable[[], Study] = lambda: self.study
        self._bus = bus
        self.speak(texts)

    def speak(self, texts: Texts) -> None:
        """Change the language of everything that is said from now on."""
        self.texts = texts
        self.desk.language = texts.language
        self.desk.say = texts

    @property
    def study(self) -> Study:
        """The study in force, and in it what earlier versions asked."""
        return self.desk.study

    @property
    def study_texts(self) -> StudyTexts:
        """The study's texts in the person's language."""
        return self.study.texts(self.texts.language)

    def study_at(self, key: FormKey) -> Study:
        """The version of the study in which a form was first entered, or will be."""
        return self.desk.versions.at(key)

    def texts_at(self, key: FormKey) -> StudyTexts:
        """The texts of that version: a form is shown as it was entered."""
        return self.study_at(key).texts(self.texts.language)

    @property
    def tables(self) -> Tables:
        """The folded tables."""
        return self.desk.tables

    @property
    def site(self) -> SiteRow:
        """The site."""
        return self.desk.site

    @property
    def now(self) -> Moment:
        """The present at the site."""
        return self.desk.now

    @property
    def today(self) -> date:
        """The day at the site."""
        return self.desk.today

    def send(self, command: Command) -> Outcome:
        """Have a command carried out in this person's name; durable when it returns.

        SESSION_OVER when the session has lasted as long as the rules allow: then it can only be closed.
        """
        until = self.arrival.until
        if until is not None and self.now.utc >= until and not _is_leaving(command):
            raise RefusedError(Code.SESSION_OVER)
        return self._bus.send(command, self.actor)

    def listen(self, listener: Callable[[Outcome], None]) -> None:
        """Be told of every outcome."""
        self._bus.listen(listener)


def _is_leaving(command: Command) -> bool:
    from crfapp.work.people import CloseSession  # what commands need is not loaded to show the login window

    return isinstance(command, CloseSession)
