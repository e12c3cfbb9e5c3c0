"""The pages of the assistant, one for each step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel

from crfapp.present.first_run import Step
from crfapp.ui.entrance.lines import PasswordField
from crfapp.ui.first_run.offers import OfferList
from crfapp.ui.first_run.step_page import StepPage
from crfapp.ui.first_run.zone_field import ZoneField
from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current
from crfapp.ui.widgets import EmptyState, Words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class SitePage(StepPage):
    """Which study, and which site it is for."""

    step = Step.SITE

    def build(self) -> None:
        """The packs that are here; code, name, time zone."""
        say, offers = self.say, self.run.view.offers
        if not offers:
            text = say("Put the folder of the study pack beside the program, then open crfapp again.")
            self.column.addWidget(EmptyState(say("No study is here yet"), text, icon="subjects"))
            return
        sentence = say(
            "The study cannot be changed later; its versions can. The code begins every subject number."
        )
        self.head(say("Which study, and which site?"), sentence)
        self.list = OfferList(offers, self.say)
        self.list.choose(self.run.view.values.get("pack", ""))
        self.list.chosen.connect(self._chosen)
        self.ask("pack", say("Study"), self.list)
        self.code = self.line("code", say("Site code"), ltr=True)
        self.name = self.line("name", say("Name of the site"))
        self.side_by_side("code", "name")
        self.zone = ZoneField(say("Time zone"), self.run.view.values.get("zone", ""), self.clock)
        self.zone.chosen.connect(lambda zone: self.run.write("zone", zone))
        self.zone.entered.connect(lambda: self.entered("zone"))
        remark = (
            say("As this computer has it. Type a part of another city's name to change it.")
            if self.zone.zone
            else say("Type a part of the city's name, for example Amman.")
        )
        self.ask("zone", say("Time zone"), self.zone, remark)

    def first_stop(self) -> QWidget | None:
        """A question that was refused; else the study, until one is chosen, and then the first empty line."""
        if "pack" not in self.questions:
            return None
        stop = super().first_stop()
        return self.list.first_stop() if stop is self.list else stop

    def _chosen(self, folder: str) -> None:
        self.run.write("pack", folder)
        self.questions["pack"].refuse("")


class PersonPage(StepPage):
    """Who administers the site."""

    step = Step.PERSON

    def build(self) -> None:
        """Name, login, password twice."""
        say = self.say
        sentence = say("Adds people, keeps backups, installs amendments. Enters no patient's data.")
        self.head(say("Who administers this site?"), sentence)
        self.person = self.line("person", say("Name"))
        self.login = self.line("login", say("User name"), ltr=True)
        self.password = self._secret("password", say("Password"))
        self.again = self._secret("again", say("Password again"))
        self._rules = say(
            "At least 15 characters, of any kind, spaces too. Not one that everybody tries, and without the"
            " names of study, site and person."
        )
        self._advise()

    def _secret(self, name: str, words: str) -> PasswordField:
        field = PasswordField(words, self.say("Show the password"))
        field.line.setText(self.run.view.values.get(name, ""))
        field.line.textChanged.connect(lambda text: self._typed(name, text))
        field.line.returnPressed.connect(lambda: self.entered(name))
        self.ask(name, words, field)
        return field

    def _typed(self, name: str, text: str) -> None:
        self.run.write(name, text)
        if name == "password":
            self._advise()

    def _advise(self) -> None:
        good, sentence = self.run.password_advice()
        self.questions["password"].say_remark(sentence or self._rules, "ok" if good else "muted")


class DonePage(StepPage):
    """It is done."""

    step = Step.DONE

    def build(self) -> None:
        """What comes next."""
        say, tokens = self.say, current()
        row = QHBoxLayout()
        sign = QLabel()
        sign.setPixmap(pixmap("complete", tokens.ok, 2 * tokens.icon, self.devicePixelRatioF()))
        row.addWidget(sign)
        row.addSpacing(tokens.gap)
        row.addWidget(Words(say("The site is ready"), size="title", weight=600), 1)
        self.column.addLayout(row)
        label = self.run.door.label if self.run.door is not None else ""
        self.column.addWidget(Words(label, weight=500, wrap=True))
        for sentence in (
            say("Lock the recovery sheet away where only those may go who may open every record."),
            say("Delete the PDF of the sheet, if you kept one."),
            say("Log in as the administrator and add the people who will work here."),
        ):
            self.column.addWidget(Words(sentence, "muted", wrap=True))
