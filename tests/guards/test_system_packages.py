"""What `make run` does about system libraries, tried with stand-ins for dpkg, apt-get and sudo."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.guards.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = ROOT / "tools" / "system-packages"


class Machine:
    """A folder of stand-in programs that comes first on the path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.has("id", "echo 1000")
        self.has("sudo", "exit 1")
        self.has("python3", "exit 1")
        self.has("ldconfig", "exit 0")
        self.has("dpkg-query", "exit 1")
        self.has("apt-get", f'echo "$@" >>{folder}/apt.log')

    def has(self, name: str, body: str) -> None:
        """Put a program with this shell body on the path."""
        (self.folder / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (self.folder / name).chmod(0o755)

    def asked_of_apt(self) -> str:
        """All that apt-get was called with."""
        log = self.folder / "apt.log"
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def run(self, *lists: str) -> subprocess.CompletedProcess[str]:
        """Run the script on this machine."""
        path = {"PATH": f"{self.folder}:/usr/bin:/bin"}
        return subprocess.run([SCRIPT, *lists], env=path, capture_output=True, text=True, check=False)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_complete_machine_is_left_alone_without_a_word(machine: Machine) -> None:
    machine.has("dpkg-query", "echo 'ii '")
    done = machine.run("run", "display", "interop")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert machine.asked_of_apt() == ""


def test_who_may_not_install_is_told_the_one_line_to_type(machine: Machine) -> None:
    done = machine.run("run")
    assert done.returncode == 1
    assert "sudo apt-get install --no-install-recommends python3-venv libglib2.0-0 libgl1" in done.stderr
    assert machine.asked_of_apt() == ""


def test_root_gets_what_is_missing_and_nothing_else(machine: Machine) -> None:
    machine.has("id", "echo 0")
    log = machine.folder / "apt.log"
    machine.has("dpkg-query", f'[ "$3" != libgl1 ] || [ -e {log} ] && echo "ii "')
    done = machine.run("run")
    assert done.returncode == 0, done.stderr
    assert "libgl1" in machine.asked_of_apt()
    assert "libegl1" not in machine.asked_of_apt()


def test_sudo_without_a_password_is_used(machine: Machine) -> None:
    machine.has("sudo", '[ "$1" = -n ] && exit 0\nexec "$@"')
    machine.run("run")
    assert "install" in machine.asked_of_apt()


def test_an_installation_that_fails_is_not_taken_for_done(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("apt-get", "exit 100")
    done = machine.run("run")
    assert done.returncode == 1
    assert "Not found on this machine" in done.stderr


def test_a_library_that_came_in_another_way_counts(machine: Machine) -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    sonames = re.findall(r"^\S+ +lib:(\S+)$", text, flags=re.MULTILINE)
    machine.has("ldconfig", "\n".join(f"echo '\t{name} (libc6) => /opt/{name}'" for name in sonames))
    machine.has("python3", "exit 0")
    assert machine.run("run").returncode == 0


def test_an_unknown_list_is_refused(machine: Machine) -> None:
    assert machine.run("everything").returncode == 2
