"""What the command line does, with concrete parts. Heavy rooms are entered only when they are needed."""

from __future__ import annotations

import locale
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.bootstrap import amending_by_hand, backups_by_hand, joining_by_hand, receiving_by_hand
from crfapp.bootstrap.ground import SystemClock, pack_folder, site_folder, translations_folder
from crfapp.cli.parts import Credentials
from crfapp.cli.saying import secret
from crfapp.present.texts import LANGUAGES, Texts
from crfapp.qualify.doing import Qualification

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.bootstrap.handing_out import HandingOut
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.cli.amendment_parts import Amending
    from crfapp.cli.backup_parts import Keeping
    from crfapp.cli.centre_parts import Centres, ReceivingSite
    from crfapp.cli.parts import (
        Account,
        ChainReport,
        DemoWish,
        DictionaryReport,
        Joining,
        LettingIn,
        PaperReport,
        PaperWish,
        RebuildReport,
    )
    from crfapp.cli.qualify_parts import Qualifying
    from crfapp.journeys.player import Played
    from crfapp.journeys.told import Journey
    from crfapp.present.address import Address
    from crfapp.present.preview_page import Preview
    from crfapp.store.site_folder import SiteFolder
    from crfapp.study.study import Study


def preferred_language() -> str:
    """The language of this workstation where the app speaks it, else English."""
    wanted = os.environ.get("CRFAPP_LANGUAGE") or locale.getlocale()[0] or "en"
    return wanted[:2] if wanted[:2] in LANGUAGES else "en"


class AppParts:
    """Implements :class:`crfapp.cli.parts.Parts`."""

    def __init__(self) -> None:
        self.texts = Texts(preferred_language(), translations_folder())
        self.joining: Joining = joining_by_hand.Joining()
        self.receiving: ReceivingSite = receiving_by_hand.ReceivingSite()
        self.centres: Centres = receiving_by_hand.Centres()
        self.keeping: Keeping = backups_by_hand.Keeping()
        self.amending: Amending = amending_by_hand.Amending(_open)
        self.qualifying: Qualifying = Qualification()

    @property
    def letting_in(self) -> LettingIn:
        """Letting people in again."""
        from crfapp.bootstrap.letting_in import LettingIn

        return LettingIn()

    @property
    def handing_out(self) -> HandingOut:
        """What leaves a site as a file."""
        from crfapp.bootstrap.handing_out import HandingOut

        return HandingOut(_open)

    def pack_folder(self, name: str) -> Path:
        """A study pack by its name among those that come with the program, or by a path."""
        return pack_folder(name)

    def open_window(self, site: Path | None) -> int:
        """Open the window on a site, or on the first-run assistant where there is none."""
        from crfapp.bootstrap.window import run_window

        return run_window(site or site_folder(), self.texts.language)

    def verify(self, site: Path, who: Credentials) -> ChainReport:
        """Walk every chain."""
        from crfapp.bootstrap.inspecting import walk_chains

        return walk_chains(*_unlocked(site, who))

    def rebuild(self, site: Path, who: Credentials, *, compare_only: bool) -> RebuildReport:
        """Fold the ledger again."""
        from crfapp.bootstrap.inspecting import compare_tables, rebuild_tables

        return (compare_tables if compare_only else rebuild_tables)(*_unlocked(site, who))

    def give_account(self, site: Path, who: Credentials, account: Account) -> None:
        """Give somebody an account."""
        from crfapp.bootstrap.keeping import give_account

        opened = _open(site, who)
        try:
            give_account(opened, opened.actor(who.login), account)
        finally:
            opened.close()

    def play(self, journeys: Sequence[Journey], site: Path | None, out: Path) -> list[Played]:
        """Play journeys."""
        from crfapp.bootstrap.playing import play_journeys

        who = None
        if site is not None:
            login = os.environ.get("CRFAPP_LOGIN")
            if not login:
                raise RefusedError(Code.WRONG_LOGIN)
            who = Credentials(login, secret("CRFAPP_PASSWORD", self.texts("Password")))
        return play_journeys(journeys, site, out, who)

    def preview(self, study: Study, language: str) -> Preview:
        """A study to be walked through from today on."""
        from crfapp.present.preview_page import Preview

        return Preview(
            study, SystemClock().now().date(), _texts_in, _texts_in(language or self.texts.language)
        )

    def has_display(self) -> bool:
        """Other systems always have one; here the desktop says where it is."""
        named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        return not sys.platform.startswith("linux") or any(map(os.environ.get, named))

    def open_preview(self, preview: Preview, at: Address) -> int:
        """Show the preview alone."""
        from crfapp.bootstrap.preferences import read_preferences
        from crfapp.ui.preview.window import run_preview

        language = preview.say.language
        return run_preview(preview, at, replace(read_preferences(language), language=language))

    def demo(self, wish: DemoWish) -> dict[str, object]:
        """Make a demo site, or find the one that is there."""
        from crfapp.bootstrap.demo import make_demo

        return make_demo(wish)

    def screens(self, out: Path, demo: Path | None) -> list[Path]:
        """Take pictures of every page."""
        from crfapp.bootstrap.screens import take_screens

        return take_screens(out, demo)

    def print_crf(self, study: Study, wish: PaperWish) -> PaperReport:
        """Write the case report form as a PDF."""
        from crfapp.bootstrap.papers import print_crf

        return print_crf(study, wish)

    def write_dictionary(self, study: Study, wish: PaperWish) -> DictionaryReport:
        """Write the data dictionary as a workbook."""
        from crfapp.bootstrap.papers import write_dictionary

        return write_dictionary(study, wish)


def _texts_in(language: str) -> Texts:
    return Texts(language, translations_folder())


def _unlocked(site: Path, who: Credentials) -> tuple[SiteFolder, bytes]:
    """A site's folder and its key, for whoever has a password there."""
    from crfapp.store.gate import Gate
    from crfapp.store.site_folder import SiteFolder

    folder = SiteFolder.open(site)
    return folder, Gate(folder, SystemClock()).open(who.login, who.password).data_key


def _open(site: Path, who: Credentials) -> OpenSite:
    from crfapp.bootstrap.letting_in import opened_for

    return opened_for(site, who)
