"""The floors hold because breaking them fails: each contract is broken on purpose in a copy of the tree."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.guards.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FLOORS = "Floors: each floor may only look down"
PURE = "Pure floors: no Qt, no SQL, no files, no clock, no network"
QT = "Qt only in ui"
SQL = "SQL only in store"
WORKBOOKS = "Workbook libraries only in exchange"
YAML = "YAML is read where packs and journeys are read"
PICTURES = "Picture libraries only in pictures"
OPENPGP = "One module knows the OpenPGP library"
WINDOW = "A window asks present, never store or exchange"

BREACHES = [
    pytest.param("base/breach.py", "import crfapp.study", FLOORS, id="base looks up to study"),
    pytest.param(
        "ledger/breach.py", "from crfapp.store import engine", FLOORS, id="ledger looks up to store"
    ),
    pytest.param("ui/breach.py", "from crfapp import cli", FLOORS, id="ui and cli know each other"),
    pytest.param("store/breach.py", "import crfapp.bootstrap", FLOORS, id="store knows the concrete parts"),
    pytest.param("extras/__init__.py", "", FLOORS, id="a new room without a floor"),
    pytest.param("study/breach.py", "import os", PURE, id="study reaches for files"),
    pytest.param("work/breach.py", "def late():\n    import time", PURE, id="work reads the clock, late"),
    pytest.param("form/breach.py", "import sqlite3", PURE, id="form opens a database"),
    pytest.param("present/breach.py", "from PySide6.QtCore import QObject", QT, id="present knows Qt"),
    pytest.param("work/breach.py", "def late():\n    import shiboken6", QT, id="work knows Qt, late"),
    pytest.param("extras/__init__.py", "import qtpy", QT, id="Qt by another name, in a new room"),
    pytest.param("exchange/breach.py", "import sqlalchemy.orm", SQL, id="exchange asks the database"),
    pytest.param("ui/breach.py", "from sqlcipher3 import dbapi2", SQL, id="ui asks the database"),
    pytest.param("present/breach.py", "import openpyxl", WORKBOOKS, id="present writes workbooks"),
    pytest.param("exchange/breach.py", "import pysequoia", OPENPGP, id="exchange goes round the adapter"),
    pytest.param("exchange/breach.py", "import PIL", PICTURES, id="exchange opens a picture itself"),
    pytest.param("form/breach.py", "import yaml", YAML, id="form reads YAML"),
    pytest.param("ui/breach.py", "import crfapp.store", WINDOW, id="a window goes round present"),
]

PERMITTED = {
    "ui/allowed.py": "from PySide6.QtCore import QObject\nimport crfapp.present",
    "store/allowed.py": "import sqlalchemy.orm\nfrom sqlcipher3 import dbapi2\nimport os",
    "exchange/allowed.py": "import openpyxl, xlsxwriter, msoffcrypto, crfapp.store",
    "journeys/allowed.py": "import yaml",
    "cli/__init__.py": "import crfapp.work, crfapp.exchange",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the package with a command line and a bootstrap, and the real contracts beside it."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "crfapp", tmp_path / "crfapp", ignore=shutil.ignore_patterns("__pycache__"))
    if not (tmp_path / "crfapp" / "cli").exists():
        (tmp_path / "crfapp" / "cli.py").touch()
    (tmp_path / "crfapp" / "bootstrap.py").touch()
    return tmp_path


def write(tree: Path, name: str, code: str) -> None:
    place = tree / "crfapp" / name
    place.parent.mkdir(exist_ok=True)
    place.write_text(code + "\n", encoding="utf-8")


def contracts_of(tree: Path) -> dict[str, str]:
    """Run import-linter over the tree: each contract's name and KEPT or BROKEN."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    done = subprocess.run(
        [*command, "--no-cache", "--no-logo"], cwd=tree, capture_output=True, text=True, check=False
    )
    verdicts = dict(re.findall(r"^(.+) (KEPT|BROKEN)\b", done.stdout, flags=re.MULTILINE))
    assert verdicts, done.stdout + done.stderr
    return verdicts


def test_the_tree_as_it_is_keeps_every_contract_and_permits_what_it_should(tree: Path) -> None:
    if (tree / "crfapp" / "cli.py").exists():
        (tree / "crfapp" / "cli.py").unlink()
    for name, code in PERMITTED.items():
        write(tree, name, code)
    assert contracts_of(tree) == dict.fromkeys(
        [FLOORS, PURE, QT, SQL, WORKBOOKS, PICTURES, OPENPGP, YAML, WINDOW], "KEPT"
    )


@pytest.mark.parametrize(("name", "code", "contract"), BREACHES)
def test_a_breach_is_named_by_its_contract(tree: Path, name: str, code: str, contract: str) -> None:
    write(tree, name, code)
    assert contracts_of(tree)[contract] == "BROKEN"
