"""What the Exchange page says of packages: made, sent, confirmed or not; what came, what was set aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.ledger import events as ev
from crfapp.present.arriving import Arriving
from crfapp.present.package_desk import Taken, Waiting
from crfapp.present.packages_page import Packages
from crfapp.work.recipients import SetRoute
from crfapp.work.roles import Actor, Role
from tests.support.clinic import ADMIN
from tests.support.examples.nodes import two_workstations
from tests.support.examples.recipients import KHALIL, agreed
from tests.support.fake_packages import FakePackages, hear, receipt
from tests.support.here_and_now import HereAndNow
from tests.support.site_of import workplace
from tests.support.telling import tell
from tests.support.ward import Ward

MONITOR = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")
AUDITOR = Actor("stein", "Ida Stein", Role.AUDITOR, "Authority")


class Desk:
    """A ward whose sponsor's centre is agreed to, with the two sections about packages."""

    def __init__(self, actor: Actor | None = None, *, route: str = "sftp://jo01@data.example.org/in") -> None:
        self.ward = Ward()
        self.peer = agreed(self.ward, node="ctr-1")
        if route:
            self.ward.bus.send(SetRoute(peer=self.peer, url=route), ADMIN)
        self.fake = FakePackages(self.ward)
        at, self.lane = workplace(self.ward, actor=actor), HereAndNow()
        self.packages = Packages(at, self.lane, self.fake)
        self.arriving = Arriving(at, self.lane, self.fake)
        self.packages.refresh()
        self.arriving.refresh()

    def peer_line(self) -> str:
        [line] = self.packages.view.peers
        return " | ".join((line.made, line.sent, line.confirmed, line.waiting, line.alarm))


@pytest.mark.req("REQ-806")
def test_one_press_makes_and_sends_and_the_receipt_confirms() -> None:
    desk = Desk()
    assert desk.peer_line().startswith("never | never | never | Not confirmed: 12 events, 2 subjects")
    desk.packages.send_now(desk.peer)
    view = desk.packages.view
    assert "Made and sent: Package \u20681\u2069 for \u2068Evia data centre\u2069." in view.done
    [line] = view.outbox
    assert (line.icon, line.confirmed, line.size) == ("in-progress", "not confirmed", "\u20681.2 MB\u2069")
    hear(desk.ward, "ctr-1", receipt(f"{desk.peer}-1", 1))
    desk.fake.waits = Waiting(0, 0)
    desk.packages.refresh()
    assert desk.packages.view.outbox[0].icon == "complete"
    assert "package \u20681\u2069" in desk.packages.view.peers[0].confirmed
    assert (desk.packages.view.peers[0].waiting, desk.packages.view.peers[0].tone) == (
        "Everything is confirmed.",
        "ok",
    )


@pytest.mark.req("REQ-402", "REQ-806")
def test_two_weeks_of_silence_are_said_and_counted_and_an_answer_ends_it() -> None:
    desk = Desk()
    desk.packages.send_now(desk.peer)
    desk.ward.clock.later(days=13, hours=23)
    desk.packages.refresh()
    assert (desk.packages.view.peers[0].alarm, desk.packages.alarms()) == ("", 0)
    desk.ward.clock.later(hours=2)
    desk.packages.send_now(desk.peer)
    assert "Nothing has come back for 14 days" in desk.packages.view.peers[0].alarm
    assert desk.packages.alarms() == 1
    hear(desk.ward, "ctr-1", receipt(f"{desk.peer}-1", 1))
    desk.packages.refresh()
    assert desk.packages.alarms() == 0


@pytest.mark.req("REQ-806")
def test_what_was_made_and_not_sent_waits_in_the_outbox_and_says_so() -> None:
    desk = Desk()
    desk.fake.failing["send"] = EnvironmentProblem(Code.ROUTE_FAILS)
    desk.packages.send_now(desk.peer)
    view = desk.packages.view
    assert (view.done, view.running, len(view.outbox)) == ("", "", 1)
    assert "Made, but not sent" in view.problem
    assert "stays in the outbox" in view.problem
    assert view.chosen is not None
    del desk.fake.failing["send"]
    desk.packages.send_again()
    assert desk.packages.view.done.startswith("Sent:")
    assert desk.packages.view.outbox[0].icon == "in-progress"


def test_without_a_place_it_is_made_and_its_card_opens_to_carry_it() -> None:
    desk = Desk(route="")
    desk.packages.send_now(desk.peer)
    view = desk.packages.view
    assert "save it to a stick" in view.done
    assert view.chosen is not None
    assert not view.chosen.can_send
    assert desk.fake.asked == ["make"]
    desk.packages.carry(Path("/media/stick"))
    assert "by hand" in desk.packages.view.outbox[0].route


def test_nothing_is_made_where_making_fails_and_the_reason_is_said() -> None:
    desk = Desk()
    desk.fake.failing["make"] = RefusedError(Code.COPY_FIRST)
    desk.packages.send_now(desk.peer)
    assert desk.packages.view.outbox == ()
    assert "own copy has to be made" in desk.packages.view.problem


def test_a_look_into_a_package() -> None:
    desk = Desk()
    desk.packages.send_now(desk.peer)
    desk.packages.choose(f"{desk.peer}-1")
    desk.packages.look_inside()
    chosen = desk.packages.view.chosen
    assert chosen is not None
    assert chosen.inside == (("events.jsonl", "10"), ("data.xlsx", "34 kB"))
    desk.packages.choose("")
    assert desk.packages.view.chosen is None


@pytest.mark.parametrize("actor", [AUDITOR])
def test_whoever_may_not_send_or_take_in_does_neither(actor: Actor) -> None:
    desk = Desk(actor)
    desk.packages.send_now(desk.peer)
    desk.arriving.take_in([Path("reply.crfp")])
    assert desk.fake.asked == []


def test_a_nurse_sees_no_codes_and_whoever_compares_them_does() -> None:
    assert Desk().packages.view.peers[0].code == ""
    assert Desk(KHALIL).packages.view.peers[0].code == "A1A1 A1A1 A1A1 A1A1 A1A1"


def test_other_workstations_of_the_site_get_packages_too_and_not_this_one() -> None:
    desk = Desk()
    two_workstations(desk.ward)
    desk.packages.refresh()
    assert [line.name for line in desk.packages.view.peers] == ["Evia data centre", "Ward"]


def test_older_packages_are_counted() -> None:
    desk = Desk()
    for _ in range(32):
        desk.fake.make(desk.peer, full=False, steps=desk.lane)
    desk.packages.refresh()
    view = desk.packages.view
    assert (len(view.outbox), view.older) == (30, "2 older packages")
    assert view.outbox[0].number == "\u206832\u2069"


# ---- taking in

REPLY = Taken(
    "reply.crfp",
    sender="ctr-1",
    number=4,
    new=5,
    subjects=2,
    kinds={ev.QueryRaised.kind: 3, ev.LockAsked.kind: 1, ev.PackageTakenIn.kind: 1},
)


@pytest.mark.req("REQ-806")
def test_what_a_reply_brought_is_said_in_words() -> None:
    desk = Desk()
    desk.fake.comes["reply.crfp"] = REPLY
    desk.arriving.take_in([Path("reply.crfp")])
    [line] = desk.arriving.view.results
    assert line.title == "Taken in: package \u20684\u2069 of \u2068Evia data centre\u2069."
    assert line.notes == ("5 new events, 2 subjects", "3 new queries, 1 wish to lock, 1 receipt")


@pytest.mark.req("REQ-805")
def test_a_file_that_is_set_aside_stops_none_of_the_others() -> None:
    desk = Desk()
    torn = RefusedError(Code.PACKAGE_DAMAGED)
    desk.fake.comes = {
        "torn.crfp": Taken("torn.crfp", problem=torn),
        "reply.crfp": REPLY,
        "again.crfp": Taken("again.crfp", sender="ctr-1", number=3),
    }
    tell(desk.ward, ev.PackageRefused(file="torn.crfp", sha256="cd" * 32, code=Code.PACKAGE_DAMAGED.value))
    desk.fake.quarantine["cd" * 32] = Path("/quarantine/torn.crfp")
    desk.fake.routed = [Path(name) for name in desk.fake.comes]
    desk.arriving.look()
    assert [line.grade for line in desk.arriving.view.results] == ["error", "ok", "info"]
    [aside] = desk.arriving.view.aside
    assert (aside.code, aside.is_there) == ("R-606", True)
    assert "changed, cut or damaged" in aside.why
    desk.arriving.take_again("cd" * 32)
    assert desk.fake.asked[-1] == "take_in"
    desk.fake.quarantine.clear()
    desk.arriving.take_again("cd" * 32)
    assert "not in the quarantine any more" in desk.arriving.view.problem


@pytest.mark.req("REQ-805")
def test_what_was_taken_in_since_is_not_listed_as_set_aside_any_more() -> None:
    desk = Desk()
    refused = ev.PackageRefused(file="r.crfp", sha256="ab" * 32, code="R-603", sender="ws-lab")
    tell(desk.ward, refused)
    tell(desk.ward, refused)
    tell(desk.ward, ev.PackageRefused(file="new.crfp", sha256="ef" * 32, code="R-999"))
    desk.arriving.refresh()
    assert sorted((line.file, line.why) for line in desk.arriving.view.aside)[0] == (
        "new.crfp",
        "See the code.",
    )
    assert len(desk.arriving.view.aside) == 2
    tell(desk.ward, receipt("p-1", 1, sender="ctr-1"))
    desk.arriving.refresh()
    assert [line.file for line in desk.arriving.view.aside] == ["new.crfp"]
    [arrived] = desk.arriving.view.arrived
    assert (arrived.sender, arrived.events) == ("Evia data centre", "10")


def test_nothing_new_on_the_routes_and_a_route_that_fails_are_said() -> None:
    desk = Desk()
    assert desk.arriving.view.routes
    desk.arriving.look()
    assert [line.title for line in desk.arriving.view.results] == ["There was nothing new."]
    desk.fake.failing["look"] = EnvironmentProblem(Code.ROUTE_FAILS)
    desk.arriving.look()
    assert desk.arriving.view.results == ()
    assert "cannot be reached" in desk.arriving.view.problem
