"""Photographs on their way: copies for everybody outside, originals between the site's own workstations."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO

import pytest
from PIL import Image

from crfapp.bootstrap import photographs_leaving
from crfapp.bootstrap.copying import make_copy
from crfapp.bootstrap.inspecting import walk_chains
from crfapp.bootstrap.keeping import SiteCopies
from crfapp.bootstrap.packing import make_package
from crfapp.bootstrap.recommissioning import recommission
from crfapp.bootstrap.sites import OpenSite
from crfapp.bootstrap.taking_in import package_at
from crfapp.exchange.package.ports import Photograph, View
from crfapp.exchange.photograph_sheets import Left
from crfapp.exchange.workbook_reading import Found, read_cells
from crfapp.ledger.events import Box, OutlineDrawn
from crfapp.ledger.state import NodeRow
from crfapp.pictures.drawn import truth
from crfapp.planimetry.calibration import Line
from crfapp.planimetry.measuring import measure
from crfapp.planimetry.shapes import Outline, Part, Point
from crfapp.planimetry.written import figures_text, from_text, to_text
from crfapp.store.site_folder import SiteFolder
from crfapp.store.vault import Vault
from tests.support.camera_files import CANARY
from tests.support.canaries import tell
from tests.support.centre_and_sites import JoinedSite, RealCentre
from tests.support.photographed import FILE_NAME, SCENE, VISIT, enrolled, masked, photographed, picture
from tests.support.quick_site import QUICK, QuickSite
from tests.support.senders import Sender
from tests.support.small_photo_pack import photo_pack
from tests.support.two_workstations import TwoWorkstations

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.packing import Made
    from tests.support.two_workstations import Workstation

ONE, TWO = picture(1), picture(2)
NAME = "tiny_JO01-001_V-BASE_T01_VIS_1.jpg"


@pytest.fixture
def sender(tmp_path: Path) -> Sender:
    return Sender(QuickSite(tmp_path / "clinic", photo_pack(tmp_path)))


def parts_of(sender: Sender, made: Made) -> dict[str, bytes]:
    """Every file of a package, by its name."""
    with sender.opened(made.path) as package:
        return {part.name: package.open(part.name).read() for part in package.manifest.parts}


def pictures_in(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in parts.items() if name.startswith("photos/")}


def listed_in(parts: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(parts["photographs.csv"].decode("utf-8-sig"), newline="")))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.req("REQ-808")
def test_the_sponsor_gets_a_copy_under_a_speaking_name_and_nothing_that_the_camera_wrote(
    sender: Sender,
) -> None:
    with sender.site.open() as opened:
        subject = enrolled(opened)
        original = photographed(opened, subject, ONE)
        masked(opened, subject, original, Box(40, 40, 80, 60))
    made = sender.make()
    parts = parts_of(sender, made)
    [(name, copy)] = pictures_in(parts).items()
    assert name == f"photos/{NAME}"
    shown = Image.open(io.BytesIO(copy))
    assert (shown.format, shown.size, shown.getpixel((80, 70))) == ("JPEG", (320, 240), (0, 0, 0))
    [row] = listed_in(parts)
    assert (row["FILE"], row["HERE"], row["SUBJID"]) == (NAME, "Y", "JO01-001")
    assert (row["TARGET"], row["VIEW"], row["TAKEN"]) == ("T01", "VIS", "2025-01-05T09:10:00")
    assert (row["SHA256"], row["COPY_SHA256"]) == (original, sha256(copy))
    assert (row["SIZE"], row["MASKED"]) == (str(len(copy)), "1")
    refuse_canaries(parts)


def refuse_canaries(parts: dict[str, bytes]) -> None:
    """Neither the file's name nor what the camera wrote stands in any file, in a workbook's parts neither."""
    for name, data in parts.items():
        assert CANARY.encode() not in data, name
        if name.endswith(".xlsx"):
            refuse_canaries(unzipped(data))


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files of a ZIP."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {entry: packed.read(entry) for entry in packed.namelist()}


def test_originals_sent_instead_would_be_found_by_the_same_look(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sabotaged twin: whoever is outside gets the originals."""
    with sender.site.open() as opened:
        photographed(opened, enrolled(opened), ONE)
    content = photographs_leaving._content
    monkeypatch.setattr(
        photographs_leaving,
        "_content",
        lambda opened, one, **_asked: content(opened, one, originals=True),
    )
    with pytest.raises(AssertionError):
        refuse_canaries(parts_of(sender, sender.make()))


def test_each_profile_gets_what_it_may_have(sender: Sender) -> None:
    with sender.site.open() as opened:
        original = photographed(opened, enrolled(opened), ONE)
    got = {}
    for profile in ("sponsor", "safety-board", "statistician", "monitor", "workstation"):
        made = sender.make(sender.agree_to(sender.key.certificate, profile))
        got[profile] = pictures_in(parts_of(sender, made))
    assert got["statistician"] == {}
    assert [sha256(data) for data in got["workstation"].values()] == [original]
    for profile in ("sponsor", "safety-board", "monitor"):
        [copy] = got[profile].values()
        assert sha256(copy) != original
        assert CANARY.encode() not in copy


class AtTheCentre:
    """A site whose packages a centre takes in and confirms."""

    def __init__(self, folder: Path) -> None:
        pack = photo_pack(folder)
        self.centre = RealCentre(folder / "centre", pack=pack)
        self.joined = JoinedSite(QuickSite(folder / "clinic", pack), self.centre)
        self.site = self.joined.site

    def sent(self, *, full: bool = False) -> Path:
        self.site.clock.later(minutes=1)
        return self.joined.pack(full=full)

    def taken(self, file: Path) -> str:
        with self.centre.open() as at:
            return at.take_in(file).outcome

    def confirmed(self) -> None:
        """The centre's answer reaches the site."""
        with self.centre.open() as at:
            reply, _ = at.reply(self.joined.id)
        self.joined.receive(reply.path)

    def names(self, file: Path) -> list[str]:
        """Photographs in a package, as its manifest names them."""
        with self.centre.open() as at:
            home = at.home
            nodes = home.desk.tables.find(NodeRow, sort="site")
            with package_at(home, file, nodes) as package:
                parts = [part.name for part in package.manifest.parts]
        return [name.removeprefix("photos/") for name in parts if name.startswith("photos/")]


@pytest.fixture
def central(tmp_path: Path) -> AtTheCentre:
    return AtTheCentre(tmp_path)


@pytest.mark.req("REQ-801")
def test_the_centre_keeps_copies_and_gets_each_once_until_it_is_masked_otherwise(
    central: AtTheCentre,
) -> None:
    second = NAME.replace("T01", "C01")
    with central.site.open() as opened:
        subject = enrolled(opened)
        one = photographed(opened, subject, ONE)
        copy = opened.photographs.for_others(one, ())
    first = central.sent()
    assert central.names(first) == central.names(central.sent()) == [NAME]  # nothing is confirmed yet
    assert central.taken(first) == "new"
    with central.centre.open() as at, at.part(central.joined.id) as part:
        assert part.photographs.names() == (one,)
        assert not part.photographs.has_original(one)
        assert part.photographs.read(one) == copy
        small = part.photographs.small(one, 64)
    central.confirmed()
    assert central.names(central.sent()) == []
    with central.site.open() as opened:
        photographed(opened, subject, TWO, row="p2", target="r2")
    assert central.names(central.sent()) == [second]
    assert central.names(central.sent(full=True)) == [NAME, second]
    with central.site.open() as opened:
        masked(opened, subject, one, Box(0, 0, 320, 100))
    later = central.sent()
    assert central.names(later) == [NAME, second]
    assert central.taken(later) == "new"
    with central.centre.open() as at, at.part(central.joined.id) as part:
        assert part.photographs.read(one) != copy
        assert part.photographs.small(one, 64) != small  # what showed more is gone with it


@pytest.mark.req("REQ-805")
def test_a_photograph_that_is_not_what_the_list_says_refuses_the_package(
    central: AtTheCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    with central.site.open() as opened:
        photographed(opened, enrolled(opened), ONE)
    with monkeypatch.context() as other:
        other.setattr(photographs_leaving, "Left", lambda _sha, size, here: Left("0" * 64, size, here))
        another_picture = central.sent()
    with monkeypatch.context() as other:
        other.setattr(photographs_leaving, "Photograph", lambda _name, *rest: Photograph("x.jpg", *rest))
        not_listed = central.sent()
    for file in (another_picture, not_listed):
        assert central.taken(file) == "refused"
    with central.centre.open() as at, at.part(central.joined.id) as part:
        assert part.photographs.names() == ()


@pytest.mark.req("REQ-214")
def test_another_workstation_of_the_site_gets_the_originals_once(tmp_path: Path) -> None:
    site = QuickSite(tmp_path / "clinic", photo_pack(tmp_path))
    site.settle("rania")
    with site.open() as opened:
        subject = enrolled(opened)
        one = photographed(opened, subject, ONE)
    both = TwoWorkstations(tmp_path, site=site)
    with both.ward.open() as ward:
        assert ward.photographs.read(one) == ONE  # came with the invitation
        two = photographed(ward, subject, TWO, row="p2", target="r2", private="N")
    both.carry(both.ward, both.clinic)
    with both.clinic.open() as clinic:
        assert clinic.photographs.read(two) == TWO
        assert clinic.photographs.has_original(two)
    sent = [both.clinic.make(both.ward.node).path, both.ward.make(both.clinic.node).path]
    assert [_photographs_in(path, at) for path, at in zip(sent, (both.ward, both.clinic), strict=True)] == [
        0,
        1,
    ]


def _photographs_in(file: Path, at: Workstation) -> int:
    with at.open() as opened, package_at(opened, file, opened.desk.tables.find(NodeRow)) as package:
        return package.manifest.photographs


@pytest.mark.req("REQ-502", "REQ-911")
def test_the_site_s_own_copy_holds_the_originals_and_puts_them_to_work_again(
    sender: Sender, tmp_path: Path
) -> None:
    with sender.site.open() as opened:
        one = photographed(opened, enrolled(opened), ONE)
        made = make_copy(opened, opened.actor("haddad"), tmp_path / "own", password="eleven clean glass jars")
    assert ONE[:64] not in made.path.read_bytes()
    done = recommission(
        made.path, "eleven clean glass jars", tmp_path / "again", "admin", sender.site.clock, cost=QUICK
    )
    assert done.events
    again = SiteFolder.open(tmp_path / "again")
    assert [file.name for file in again.photos.iterdir()] == [one]
    key = Vault.load(again.path, QUICK).open("admin", done.secret)
    with closing(OpenSite.open(again, key, sender.site.clock)) as opened:
        assert opened.photographs.read(one) == ONE
    assert plain_files(tmp_path, ONE) == []


@pytest.mark.req("REQ-414")
def test_verifying_a_site_opens_every_photograph_and_names_the_wrong_ones(sender: Sender) -> None:
    with sender.site.open() as opened:
        subject = enrolled(opened)
        one = photographed(opened, subject, ONE)
        two = photographed(opened, subject, TWO, row="p2", target="r2")
        folder, key = opened.store.folder, sender.site.key
    report = walk_chains(folder, key)
    assert (report.photographs, report.changed, report.lost, report.well) == (2, (), (), True)
    (folder.photos / one).write_bytes(b"CRFE\x01" + b"x" * 500)
    (folder.photos / two).unlink()
    report = walk_chains(folder, key)
    assert (report.photographs, report.changed, report.lost, report.well) == (1, (one,), (two,), False)


@pytest.mark.req("REQ-213")
def test_a_backup_holds_the_photographs_and_no_plain_byte_of_them(sender: Sender, tmp_path: Path) -> None:
    with sender.site.open() as opened:
        one = photographed(opened, enrolled(opened), ONE)
        SiteCopies(opened).make()
        opened.store.backup_of_day(opened.desk.today)
        backups = opened.store.backups / "photos"
        assert [file.name for file in backups.iterdir()] == [one]
        (opened.store.folder.photos / one).write_bytes((backups / one).read_bytes())
        assert opened.photographs.read(one) == ONE
    sender.make()
    assert plain_files(tmp_path, ONE) == []


def plain_files(folder: Path, plain: bytes) -> list[Path]:
    """Files in which 32 bytes of a photograph can be read."""
    pieces = [plain[at : at + 32] for at in (0, len(plain) // 2, len(plain) - 32)]
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file for file in files if any(piece in file.read_bytes() for piece in pieces)]


def test_a_photograph_in_which_somebody_may_be_recognised_stays_until_it_is_masked(sender: Sender) -> None:
    with sender.site.open() as opened:
        subject = enrolled(opened)
        original = photographed(opened, subject, ONE, private="N")
        photographed(opened, subject, TWO, row="p2", target="r2")
        photographed(opened, subject, picture(3), row="p3", private="")
    parts = parts_of(sender, sender.make())
    assert list(pictures_in(parts)) == ["photos/tiny_JO01-001_V-BASE_C01_VIS_1.jpg"]
    assert sorted(row["STATE"] for row in listed_in(parts)) == ["", "PRIVATE", "PRIVATE"]
    with sender.site.open() as opened:
        masked(opened, subject, original, Box(0, 0, 320, 100))
    parts = parts_of(sender, sender.make())
    assert len(pictures_in(parts)) == 2


@pytest.mark.req("REQ-920")
def test_a_report_that_goes_at_once_waits_for_no_photographs(sender: Sender) -> None:
    with sender.site.open() as opened:
        photographed(opened, enrolled(opened), ONE)
        report = View("reports/sae.pdf", _write_report)
        at_once = make_package(opened, opened.actor("rania"), sender.recipient, views=[report])
    assert pictures_in(parts_of(sender, at_once)) == {}
    assert len(pictures_in(parts_of(sender, sender.make()))) == 1


def _write_report(file: BinaryIO) -> None:
    file.write(b"%PDF-1.7")


def test_a_lost_photograph_keeps_no_package_back(sender: Sender) -> None:
    with sender.site.open() as opened:
        subject = enrolled(opened)
        lost = photographed(opened, subject, ONE)
        photographed(opened, subject, TWO, row="p2", target="r2")
        (opened.store.folder.photos / lost).unlink()
    parts = parts_of(sender, sender.make())
    assert len(pictures_in(parts)) == 1
    row = next(row for row in listed_in(parts) if row["SHA256"] == lost)
    assert (row["HERE"], row["COPY_SHA256"]) == ("", "")


@pytest.mark.req("REQ-931")
def test_the_workbook_lists_the_photographs_and_what_was_traced_on_them(sender: Sender) -> None:
    """The area in the workbook is that of the lesion as it was drawn."""
    true = truth(SCENE)
    drawn = to_text(
        Outline((Part(tuple(Point(*spot) for spot in true.outlines[0])),)),
        Line(Point(*true.ruler[0]), Point(*true.ruler[1]), true.ruler_mm),
    )
    with sender.site.open() as opened:
        subject = enrolled(opened)
        original = photographed(opened, subject, ONE)
        outline = OutlineDrawn(
            **{"subject": subject, "visit": VISIT, "visit_n": 1, "form": "CARE", "form_n": 1, "row": "r1"},
            item="AREA",
            outline="o1",
            photograph=original,
            purpose="value",
            blind=False,
            drawn=drawn,
            figures=figures_text(measure(*from_text(drawn))),
        )
        tell(opened, outline)
    parts = parts_of(sender, sender.make())
    sheets = read_cells(parts["data.xlsx"])
    [photograph] = rows_of(sheets["Photographs"])
    assert (photograph["FILE"], photograph["SHA256"], photograph["HERE"]) == (NAME, original, "Y")
    [traced] = rows_of(sheets["Outlines"])
    assert (traced["OUTLINE"], traced["PHOTOGRAPH"], traced["FILE"]) == ("o1", original, NAME)
    assert (traced["TRACER"], traced["CALIBRATION"], traced["DRAWN"]) == ("Rania Khalil", "LINE", drawn)
    assert float(str(traced["AREA_MM2"])) == pytest.approx(true.area_mm2, rel=0.003)
    assert float(str(traced["UNCERTAINTY_MM2"])) > 0
    assert FILE_NAME not in str(sheets)


def rows_of(sheet: list[list[Found]]) -> list[dict[str, Found]]:
    """Rows by the names of their columns."""
    header = [str(name) for name in sheet[0]]
    return [dict(zip(header, row, strict=False)) for row in sheet[1:]]
