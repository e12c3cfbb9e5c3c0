"""Steps in which the sponsor is told at once, and in which it is said of which event a sign is."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from crfapp.base.problems import Code, RefusedError
from crfapp.journeys.finding_rows import row_of
from crfapp.work.linking_signs import Link, LinkSign
from crfapp.work.owed_notices import Occasion, notice_called, occasions, reports_of
from crfapp.work.sending_notices import BeginReport, SendNotice
from crfapp.work.signs import event_log

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from crfapp.journeys.player import Player
    from crfapp.journeys.told import Step
    from crfapp.study.targets import Notice


def _report(player: Player, step: Step) -> None:
    """The first report of a row of the log, or a follow-up."""
    _, occasion = _occasion(player, step.says["report"])
    player.send(step, BeginReport(notice=occasion.notice, key=occasion.key, row=occasion.row))


def _tell(player: Player, step: Step) -> None:
    """A report that was begun went out."""
    said = step.says["tell"]
    notice, occasion = _occasion(player, said)
    waiting = [report for report in reports_of(player.desk, notice, occasion) if report.noted is None]
    if not waiting:
        raise RefusedError(Code.NOTICE_UNKNOWN)
    told = {name: str(said.get(name, "")) for name in ("aware", "sent", "how")}
    place = waiting[0]
    command = SendNotice(
        notice=notice.notice, key=place.key, row=place.row, told_to=str(said.get("to", "")), **told
    )
    player.send(step, command)


def _occasion(player: Player, said: dict[str, Any]) -> tuple[Notice, Occasion]:
    notice = notice_called(player.desk, str(said["notice"]))
    if notice is not None:
        for one in occasions(player.desk, player.subject, notice):
            if str(said.get("row", one.number)) == one.number:
                return notice, one
    raise RefusedError(Code.NOTICE_UNKNOWN)


def _sign(player: Player, step: Step) -> None:
    """Of which event a sign of the open checklist is; ``event`` is the number of a row of the log."""
    said = step.says["sign-of"]
    key = player.form = player.form_key(step, str(said["form"]))
    item, link = str(said["item"]), cast("Link", str(said["link"]))
    row = row_of(player.desk, key, str(said["row"]), item)[1] or ""
    event = ""
    if "event" in said:
        event = row_of(player.desk, event_log(player.desk, player.subject), str(said["event"]))[1] or ""
    told = {name: str(said.get(name, "")) for name in ("grade", "end", "reason")}
    player.send(step, LinkSign(key=key, row=row, item=item, link=link, event_row=event, **told))


REPORTING: dict[str, Callable[[Player, Step], None]] = {
    "report": _report,
    "tell": _tell,
    "sign-of": _sign,
}
