"""What is installed is what was locked: exact versions, hashes, and no address of anybody's server."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.guards.sources import ROOT

LOCKS = ["run", "dev", "build"]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def pins(name: str) -> dict[str, str]:
    return {package.lower(): version for package, version in PIN.findall(lock(name))}


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_an_exact_version_and_hashes(name: str) -> None:
    parts = re.split(r"^(?=\S)", lock(name), flags=re.MULTILINE)
    entries = [part for part in parts if part.strip() and not part.startswith("#")]
    loose = [entry.split()[0] for entry in entries if not (PIN.match(entry) and "sha256:" in entry)]
    assert entries
    assert loose == []


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_a_server_or_a_folder(name: str) -> None:
    assert re.findall(r"https?:|file:|--(?:extra-)?index|--find-links", lock(name)) == []


def test_every_dependency_of_the_program_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {re.split(r"[^A-Za-z0-9._-]", line)[0].lower() for line in project["dependencies"]}
    assert named - set(pins("run")) == set()


def test_tests_run_against_the_versions_that_the_program_runs_with() -> None:
    run, dev = pins("run"), pins("dev")
    assert {name: dev.get(name) for name in run} == run


def test_qt_is_a_version_that_python_3_11_survives() -> None:
    version = tuple(int(part) for part in pins("run")["pyside6-essentials"].split("."))
    assert (6, 11, 3) <= version < (6, 12)
