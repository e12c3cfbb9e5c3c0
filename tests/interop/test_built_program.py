"""The program as it is handed out: built once, then used as on a machine that knows neither us nor Python."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crfapp import __version__
from crfapp.bootstrap.playing import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, known_password
from crfapp.exchange.office_encryption import decrypt
from crfapp.qualify.files import MANIFEST, PARTS
from crfapp.qualify.operation import CHECKS
from tests.support.built_parts import held_by
from tests.support.built_program import built_program
from tests.support.display import virtual_display, visible_windows, why_no_display
from tests.support.outgoing import OutgoingSite
from tests.support.quick_site import ADMIN_PASSWORD
from tests.support.servers import server_of
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.interop, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
JOURNEY = ROOT / "tests" / "journeys" / "data" / "first-day.yaml"
MOST_MEGABYTES = 200

BUILD_SECONDS = 600
MODULE = re.compile(r"\.(cpython-[^.]+|abi3)\.so$")
SHIPPED = re.compile(r"^\| ([a-z0-9.-]+) \| ([^|]+) \| (yes|no|on Windows) \|$", re.MULTILINE)
WORKBOOK_PASSWORD = "blue lamps over the harbour"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that PyInstaller makes, carried elsewhere as it would be on a stick."""
    return built_program(tmp_path_factory.mktemp("build"))


def page() -> str:
    return (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8")


class Machine:
    """A workstation with the built program: its own home, no Python, no time zones, none of our variables."""

    def __init__(self, program: Path, home: Path) -> None:
        self.program = program / "crfapp"
        self.home = home
        self.environment = {
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PATH": "/nowhere",
            "PYTHONTZPATH": "/nowhere",
        }

    def crfapp(self, *words: object, status: int = 0, **environment: str) -> str:
        """What the program says; its exit status must be ``status``."""
        done = subprocess.run(
            [str(self.program), *map(str, words)],
            cwd=self.home,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stdout + done.stderr
        return done.stdout

    def by_admin(self, *words: object, status: int = 0) -> str:
        return self.crfapp(
            *words, status=status, CRFAPP_LOGIN=ADMINISTRATOR, CRFAPP_PASSWORD=ADMINISTRATOR_PASSWORD
        )


@pytest.fixture(scope="module")
def machine(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(built, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def site(machine: Machine) -> Path:
    """A site that the built program itself made by playing a journey."""
    assert ", 0 not, " in machine.crfapp("play", JOURNEY, "--out", machine.home / "played")
    return machine.home / "played" / "first-day" / "site"


def test_the_folder_is_small_enough_to_carry_and_whole(built: Path) -> None:
    files = [path for path in built.rglob("*") if not path.is_symlink() and path.is_file()]
    megabytes = sum(path.stat().st_size for path in files) / 2**20
    print(f"built program: {megabytes:.0f} MB in {len(files)} files")  # noqa: T201 - a measure
    assert megabytes < MOST_MEGABYTES
    assert [path for path in built.rglob("*") if path.is_symlink() and not path.exists()] == []


def test_nothing_of_the_workshop_rides_along(built: Path) -> None:
    listing = [sys.executable, "-m", "PyInstaller.utils.cliutils.archive_viewer", "-l", "-r", "-b"]
    told = subprocess.run(
        [*listing, str(built / "crfapp")], capture_output=True, text=True, check=True
    ).stdout
    packages = {line.strip().split(".")[0] for line in told.splitlines()}
    assert {"crfapp", "sqlcipher3", "msoffcrypto", "tzdata"} <= packages
    assert not {"tests", "pytest", "_pytest", "mypy", "hypothesis", "rich", "numpy", "tkinter"} & packages
    assert not {path.suffix for path in built.rglob("*")} & {".po", ".pot"}


@pytest.mark.req("REQ-731")
def test_what_is_shipped_is_what_the_list_of_parts_says(built: Path) -> None:
    """The packages that the starter really holds, the list, and the page of third parties are the same."""
    told = json.loads((built / PARTS).read_text(encoding="utf-8"))
    packages = {
        one["name"]: one["version"] for one in told["components"] if "pkg:pypi" in one.get("purl", "")
    }
    held = held_by(built)
    assert set(packages) == set(held.packages)
    assert set(packages) == {name for name, _, where in SHIPPED.findall(page()) if where == "yes"}
    assert packages == {name: metadata.version(name) for name in packages}
    assert held.strange == set()


@pytest.mark.req("REQ-731")
def test_every_native_part_is_in_the_list_with_its_licence(built: Path) -> None:
    told = json.loads((built / PARTS).read_text(encoding="utf-8"))
    listed = [
        one["value"]
        for component in told["components"]
        for one in component.get("properties", ())
        if one["name"] == "crfapp:file"
    ]
    there = [path.relative_to(built).as_posix() for path in built.rglob("*.so*") if not path.is_symlink()]
    native = [name for name in there if not MODULE.search(name) and "lib-dynload" not in name]
    assert sorted(listed) == sorted(native)
    assert all(component.get("licenses") for component in told["components"])
    names = {component["name"] for component in told["components"]}
    assert {"Qt", "SQLCipher", "SQLite", "OpenSSL", "CPython", "libheif", "libde265", "DejaVu Sans"} <= names


def test_the_list_of_parts_is_of_the_form_that_it_claims(built: Path) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = (built / PARTS).read_text(encoding="utf-8")
    assert json.loads(text)["specVersion"] == "1.6"
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_it_says_which_build_it_is_and_every_file_has_its_sum(built: Path) -> None:
    told = json.loads((built / "_internal" / "crfapp" / "build.json").read_text(encoding="utf-8"))
    assert told["version"] == __version__
    assert len(told["commit"].removesuffix("-changed")) == 40
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", "--strict", MANIFEST], cwd=built, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.req("REQ-710")
def test_one_changed_byte_of_the_installed_program_fails_its_qualification(
    machine: Machine, built: Path
) -> None:
    out = machine.home / "installation"
    said = machine.crfapp("qualify", "--installation", "--out", out)
    assert "Installed files, byte for byte: " in said
    [page] = out.glob("*.pdf")
    assert "as it was signed by " in machine.crfapp("qualify", "--verify", page)
    library = next(built.rglob("forms/nct06813027/study.yaml"))
    whole = library.read_bytes()
    library.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
    try:
        said = machine.crfapp("qualify", "--installation", "--out", out, status=1)
    finally:
        library.write_bytes(whole)
    wrong = [line for line in said.splitlines() if " FAIL " in line]
    assert len(wrong) == 2
    assert wrong[1].endswith("other bytes (expected: _internal/forms/nct06813027/study.yaml)")


@pytest.mark.req("REQ-711")
def test_every_function_is_proved_on_this_machine_and_the_real_records_stay(
    machine: Machine, site: Path
) -> None:
    out = machine.home / "operation"
    said = machine.crfapp("qualify", "--operation", site, "--out", out)
    assert " FAIL " not in said
    [file] = out.glob("*.json")
    told = json.loads(file.read_bytes())
    assert [one["result"] for one in told["findings"]] == ["pass"] * (len(CHECKS) + 1)
    assert told["findings"][-1]["id"] == "real"


def test_every_catalogue_of_the_app_s_own_texts_is_there(built: Path) -> None:
    written = sorted(path.parts[-3] for path in ROOT.glob("resources/translations/*/LC_MESSAGES/crfapp.po"))
    compiled = sorted(path.parts[-3] for path in built.rglob("translations/*/LC_MESSAGES/crfapp.mo"))
    assert compiled == written


def test_licences_ride_along(built: Path) -> None:
    carried = {str(path.relative_to(built)).split("licences/")[-1] for path in built.rglob("licences/**/*")}
    assert {"LICENSE", "third-party.md"} <= carried
    assert any(name.startswith("sqlcipher3/") for name in carried)


def test_it_says_its_version(machine: Machine) -> None:
    assert machine.crfapp("--version") == f"crfapp {__version__}\n"


def test_its_own_study_pack_is_without_error(machine: Machine, built: Path) -> None:
    [pack] = built.rglob("forms/nct06813027")
    assert machine.crfapp("study", "check", pack).splitlines()[-1].startswith("0 errors")
    assert machine.crfapp("study", "show", "nct06813027").split()[0] == "V_SCR"


@pytest.mark.req("REQ-107")
def test_the_ledger_of_a_played_journey_is_sound_and_tells_what_the_tables_show(
    machine: Machine, site: Path
) -> None:
    assert machine.by_admin("site", "verify", site).startswith("1 chains, ")
    assert machine.by_admin("site", "rebuild", site, "--compare").endswith(" 0 differences\n")


@pytest.mark.req("REQ-107")
def test_a_ledger_that_lost_a_byte_is_not_called_sound(machine: Machine, site: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    ledger = bytearray((copy / "ledger.db").read_bytes())
    ledger[len(ledger) // 2] ^= 1
    (copy / "ledger.db").write_bytes(ledger)
    machine.by_admin("site", "verify", copy, status=1)


def test_it_hands_a_workbook_over(machine: Machine, site: Path, tmp_path: Path) -> None:
    out = tmp_path / "data.xlsx"
    machine.crfapp(
        *("export", "workbook", site, "--out", out),
        CRFAPP_LOGIN="rania",
        CRFAPP_PASSWORD=known_password("rania"),
        CRFAPP_WORKBOOK_PASSWORD=WORKBOOK_PASSWORD,
    )
    assert decrypt(out, WORKBOOK_PASSWORD).startswith(b"PK")


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    absent = why_no_display()
    if absent is not None:
        if os.environ.get("CI") == "true":
            pytest.fail(absent)
        print(f"not tested: {absent}")  # noqa: T201 - a test left out says so
        pytest.skip(absent)
    with virtual_display() as name:
        yield name


@pytest.mark.parametrize("words", [("open", "{site}"), ()], ids=["a site", "first run"])
def test_its_window_stands_on_a_display_and_a_shutdown_harms_nothing(
    machine: Machine, site: Path, display: str, words: tuple[str, ...]
) -> None:
    command = [str(machine.program), *(word.format(site=site) for word in words)]
    environment = {**machine.environment, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    said = machine.home / "said.txt"
    with (
        said.open("wb") as file,
        subprocess.Popen(
            command, cwd=machine.home, env=environment, stdout=file, stderr=subprocess.STDOUT
        ) as running,
    ):
        try:
            wait_until(
                lambda: visible_windows(display, running.pid) or running.poll() is not None,
                what=f"a window of {command}",
                seconds=60,
            )
            assert running.poll() is None, said.read_text(encoding="utf-8")
            assert any("crfapp" in title for title in visible_windows(display, running.pid).values())
        finally:
            running.terminate()
            running.wait(20)
    assert "Traceback" not in said.read_text(encoding="utf-8")
    assert machine.by_admin("site", "verify", site).startswith("1 chains, ")


@pytest.mark.req("REQ-801")
@pytest.mark.parametrize("sort", ["sftp", "s3", "webdav"])
def test_packages_go_over_every_kind_of_route(machine: Machine, tmp_path: Path, sort: str) -> None:
    """The libraries of each protocol are in it, with what they read from files of their own."""
    site = OutgoingSite(tmp_path / "site")
    with site.quick.open() as opened:
        row = site.make(opened)
    with server_of(sort, tmp_path / "server") as server:
        options = ["--user", server.secret.user]
        if server.secret.private_key:
            (tmp_path / "key").write_text(server.secret.private_key)
            options = ["--key", str(tmp_path / "key")]

        def by_admin(*words: object) -> str:
            return machine.crfapp(
                *words,
                CRFAPP_LOGIN="admin",
                CRFAPP_PASSWORD=ADMIN_PASSWORD,
                CRFAPP_ROUTE_PASSWORD=server.secret.password,
            )

        by_admin("route", "set", site.folder, site.recipient, server.url(), *options)
        assert f"{row.file} sent and compared" in by_admin("send", site.folder)
        assert "1 file lies there." in by_admin("route", "check", site.folder, site.recipient)
