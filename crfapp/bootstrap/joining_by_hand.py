"""Inviting and joining, for the command line."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from crfapp.cli.parts import InvitationReport

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crfapp.cli.parts import Credentials
    from crfapp.present.texts import Texts


class Joining:
    """Implements :class:`crfapp.cli.parts.Joining`; what it needs is loaded when it is asked."""

    def invite(
        self, site: Path, who: Credentials, out: Path, *, label: str, monitor: str, route: str
    ) -> InvitationReport:
        """Invite another workstation."""
        from crfapp.bootstrap.joining import invite
        from crfapp.bootstrap.letting_in import opened_for

        with closing(opened_for(site, who)) as opened:
            made = invite(opened, opened.actor(who.login), out, label, copy_of=monitor, route=route)
            return InvitationReport(made.code, made.label, made.short_code)

    def join(
        self, file: Path, code: str, folder: Path, who: Credentials, new_password: Callable[[], str]
    ) -> str:
        """Begin one."""
        from crfapp.bootstrap.ground import SystemClock
        from crfapp.bootstrap.joining import Newcomer, join
        from crfapp.store.invitation import open_invitation

        invitation = open_invitation(file, code)
        new = new_password() if invitation.inside.login else ""
        return join(invitation, folder, Newcomer(who.login, who.password, new), SystemClock()).label

    def exchange(self, site: Path, who: Credentials, say: Texts) -> tuple[Sequence[str], bool]:
        """One round; what is waiting goes, as before the program is closed."""
        from crfapp.bootstrap.exchanging import exchange
        from crfapp.bootstrap.letting_in import opened_for
        from crfapp.present.other_workstations import standing_line

        with closing(opened_for(site, who)) as opened:
            standings = exchange(opened, opened.actor(who.login), leaving=True)
        lines = [standing_line(standing, say) for standing in standings]
        well = all(standing.state in ("same", "waiting", "unheard") for standing in standings)
        return [line.text if line.text == line.hint else f"{line.text}. {line.hint}" for line in lines], well
