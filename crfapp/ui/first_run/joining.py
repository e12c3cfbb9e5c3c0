"""Joining a site with an invitation, instead of founding one: the file and its code, then who is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from crfapp.present.joining_in import JoinStep
from crfapp.ui.first_run.two_steps import TwoSteps

if TYPE_CHECKING:
    from crfapp.present.joining_in import JoinView


class JoinPage(TwoSteps):
    """The invitation and its code, then who begins this workstation."""

    steps = (JoinStep.FILE, JoinStep.WHO, JoinStep.DONE)
    room = (680, 520)

    def _path(self) -> tuple[str, str]:
        return self.say("Invitation"), self.say("Who you are")

    def _names(self) -> dict[str, str]:
        say = self.say
        return {
            "file": say("Invitation"),
            "code": say("Code of the invitation"),
            "login": say("User name"),
            "password": say("Password at the site"),
            "new": say("New password of this copy"),
            "again": say("The new password again"),
        }

    def _on_words(self, view: JoinView) -> str:
        say = self.say
        on = {JoinStep.FILE: say("Open the invitation"), JoinStep.WHO: say("Begin this workstation")}
        return on.get(view.step, say("Go to the login"))

    def _busy_words(self) -> str:
        return self.say("One moment…")

    def _head(self, view: JoinView) -> None:
        say, label = self.say, view.invited.label if view.invited is not None else ""
        if view.step is JoinStep.FILE:
            self.title.setText(say("Join a site with an invitation"))
            self.sentence.setText(
                say(
                    "An administrator makes the invitation on the first workstation, under Administration,"
                    " and tells you its code. It works once."
                )
            )
        elif view.step is JoinStep.WHO:
            self.title.setText(label)
            own = view.invited is not None and bool(view.invited.copy_of)
            self.sentence.setText(
                say("Your password at the site, and one that opens this copy from now on.")
                if own
                else say("Anybody who has a password at the site can begin this workstation with it.")
            )
        else:
            self.title.setText(say("This workstation is ready"))
            self.sentence.setText(
                say("Log in with your user name. Delete the invitation: it holds all records.")
            )

    def _control(self, name: str, view: JoinView) -> QWidget:
        if name == "file":
            return self._chosen(name, view)
        if name in ("password", "new", "again"):
            return self._password(name)
        line = self._line(name, view)
        line.setReadOnly(name == "login" and view.invited is not None and bool(view.invited.copy_of))
        return line

    def _pick(self) -> str:
        name, _ = QFileDialog.getOpenFileName(self, self.say("Which invitation?"), str(Path.home()))
        return name
