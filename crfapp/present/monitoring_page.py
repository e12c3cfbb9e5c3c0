"""Monitoring: what there is to compare, and how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.comparing import Comparing
from crfapp.present.monitoring_view import ProgressLine
from crfapp.present.texts import isolated
from crfapp.present.worklist import PAGE, Worklist
from crfapp.work.roles import Right, Role
from crfapp.work.verification_standing import total

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey
    from crfapp.present.monitoring_board import MonitoringBoard
    from crfapp.present.monitoring_view import WorklistView
    from crfapp.present.workplace import Workplace
    from crfapp.work.roles import Actor
    from crfapp.work.verification_standing import Counts

_READERS = frozenset({Role.DATA_MANAGER, Role.INVESTIGATOR, Role.AUDITOR})
"""Who besides those who verify sees how far it has come."""
_COUNTED_AT_ONCE = 4


def may_see(actor: Actor) -> bool:
    """Whether somebody has this page: to verify, or to read how far it has come."""
    return actor.may(Right.VERIFY) or actor.role in _READERS


class MonitoringPage:
    """The presenter of the page. Whoever may not verify reads how far it has come.

    ``comparing`` is the form that lies open.
    """

    def __init__(self, workplace: Workplace, board: MonitoringBoard) -> None:
        self._at, self._board = workplace, board
        self._list = Worklist(workplace, board)
        self.comparing = Comparing(workplace, board, self._list)
        self.may_verify = workplace.actor.may(Right.VERIFY)
        self.may_ask = workplace.actor.may(Right.ASK)

    # ---- the list

    def changed_count(self) -> int:
        """How many answers changed since they were verified."""
        return self._list.changed_count()

    def worklist(self, most: int = PAGE) -> WorklistView:
        """What there is to compare, as far as it is looked at."""
        return self._list.view(most)

    def count_more(self) -> bool:
        """Count on a little while nobody waits; whether anything is left to count."""
        return self._board.count_more(_COUNTED_AT_ONCE)

    # ---- progress

    def progress(self) -> tuple[ProgressLine, ...]:
        """Of the site, of the subject whose form lies open, and of each of its visits."""
        say = self._at.texts
        whole, counted = self._board.site()
        everybody = len(self._board.subjects())
        site = say("Site, {counted} of {everybody} subjects", counted=counted, everybody=everybody)
        if counted == everybody:
            site = say("Site")
        lines = [_line("site", site, whole, counting=counted < everybody)]
        subject = self._board.subject(self.comparing.key.subject) if self.comparing.key is not None else None
        if subject is None:
            return tuple(lines)
        compared = self._board.compared(subject)
        lines.append(_line("subject", isolated(subject.number), compared.whole))
        visits: dict[tuple[str, int], list[Counts]] = {}
        for key, counts in compared.forms.items():
            visits.setdefault((key.visit, key.visit_n), []).append(counts)
        for (visit, _n), several in visits.items():
            lines.append(_line("visit", self._at.study_texts.visit(visit), total(several)))
        return tuple(lines)

    def subjects_progress(self, most: int) -> tuple[tuple[str, ProgressLine], ...]:
        """The first subjects by number, each with its internal id; those not counted yet are left out."""
        known = [row for row in self._board.subjects() if self._board.knows(row)][:most]
        return tuple(
            (row.subject, _line("subject", isolated(row.number), self._board.compared(row).whole))
            for row in known
        )

    def forms_of(self, subject: str) -> tuple[tuple[FormKey, ProgressLine], ...]:
        """The forms of a subject with what is planned in each."""
        row = self._board.subject(subject)
        if row is None:
            return ()
        texts = self._at.study_texts
        return tuple(
            (key, _line("form", f"{texts.visit(key.visit)} · {texts.form(key.form)}", counts))
            for key, counts in self._board.compared(row).forms.items()
        )


def _line(level: str, title: str, counts: Counts, *, counting: bool = False) -> ProgressLine:
    return ProgressLine(level, title, *counts, counting=counting)
