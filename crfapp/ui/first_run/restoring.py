"""Restoring a site from a backup, instead of founding one: where the backups are, then what opens them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.present.restoring_in import RestoreStep
from crfapp.ui.choosing import choose_folder
from crfapp.ui.first_run.two_steps import TwoSteps
from crfapp.ui.widgets.options import RadioList

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crfapp.present.restoring_in import RestoreView


class RestorePage(TwoSteps):
    """The folder with the backups, then which one and what opens it."""

    steps = (RestoreStep.PLACE, RestoreStep.KEY, RestoreStep.DONE)
    room = (680, 620)

    def _path(self) -> tuple[str, str]:
        return self.say("Backup"), self.say("What opens it")

    def _names(self) -> dict[str, str]:
        say = self.say
        return {
            "folder": say("Folder with the backups"),
            "copy": say("Which backup?"),
            "login": say("User name"),
            "password": say("Your password"),
            "paper": say("Or: recovery sheet, or shares one after the other"),
            "reason": say("Why is the site restored?"),
        }

    def _on_words(self, view: RestoreView) -> str:
        say = self.say
        on = {RestoreStep.PLACE: say("Look into the folder"), RestoreStep.KEY: say("Restore the site")}
        return on.get(view.step, say("Go to the login"))

    def _busy_words(self) -> str:
        return self.say("Checking every link of the records…")

    def _head(self, view: RestoreView) -> None:
        say = self.say
        if view.step is RestoreStep.PLACE:
            self.title.setText(say("Restore a site from a backup"))
            self.sentence.setText(
                say("The folder that was set as second place, or the site's own folder of the lost computer.")
            )
        elif view.step is RestoreStep.KEY:
            self.title.setText(view.label)
            self.sentence.setText(
                say("An administrator's password opens it, or the recovery sheet, or shares of the key.")
            )
        else:
            self.title.setText(say("The site works again"))
            self.sentence.setText(view.told)

    def _control(self, name: str, view: RestoreView) -> QWidget:
        if name == "folder":
            return self._chosen(name, view)
        if name == "password":
            return self._password(name)
        if name != "copy":
            return self._line(name, view, ltr=name != "reason")
        group = RadioList(view.choices)
        group.setAccessibleName(self._names()[name])
        group.show_value(view.values.get(name, ""))
        group.chosen.connect(lambda code: self._run.write(name, code))
        return group

    def _pick(self) -> str:
        chosen = choose_folder(self, self.say("In which folder are the backups?"), Path.home())
        return "" if chosen is None else str(chosen)
