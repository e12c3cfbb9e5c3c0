"""The second, different guard of the floors: they are imported where Qt and databases do not exist."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.guards.sources import ROOT, modules_under, sources_under

PURE = ("crfapp.base", "crfapp.planimetry", "crfapp.study", "crfapp.form", "crfapp.ledger", "crfapp.work")
BELOW_UI = (*PURE, "crfapp.pictures", "crfapp.store", "crfapp.exchange", "crfapp.present", "crfapp.cli")
QT = ("PySide6", "shiboken6")
DATABASES = ("sqlalchemy", "sqlcipher3", "sqlite3")

BLOCKER = """
import importlib, sys

class Absent:
    def __init__(self, names):
        self.names = names

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"{name} is not installed here", name=name)

blocked, wanted = (argument.split(",") for argument in sys.argv[1:])
sys.meta_path.insert(0, Absent(set(blocked)))
for name in wanted:
    importlib.import_module(name)
print(len(wanted))
"""


def import_without(absent: tuple[str, ...], modules: list[str]) -> subprocess.CompletedProcess[str]:
    """Import the modules in a fresh interpreter in which the named packages cannot be found."""
    command = [sys.executable, "-W", "error", "-c", BLOCKER, ",".join(absent), ",".join(modules)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_pure_floors_import_where_neither_qt_nor_databases_exist() -> None:
    modules = modules_under(*PURE)
    assert len(modules) > len(PURE)
    done = import_without(QT + DATABASES, modules)
    assert done.stdout.strip() == str(len(modules)), done.stderr


def test_everything_below_the_window_imports_where_qt_does_not_exist() -> None:
    modules = modules_under(*BELOW_UI)
    done = import_without(QT, modules)
    assert done.stdout.strip() == str(len(modules)), done.stderr


@pytest.mark.parametrize(
    "name", ["PySide6.QtCore", "sqlalchemy.orm", "sqlcipher3.dbapi2", "crfapp.store.engine"]
)
def test_the_guard_notices_what_it_blocks(name: str) -> None:
    done = import_without(QT + DATABASES, ["crfapp.base.dates", name])
    assert done.returncode == 1
    assert "is not installed here" in done.stderr


def test_the_ground_floor_uses_the_standard_library_only() -> None:
    foreign = [
        f"{source.name}: {name}"
        for source in sources_under("crfapp/base")
        for name in imported_by(source.tree)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("crfapp.base")
    ]
    assert foreign == []


def imported_by(tree: ast.Module) -> list[str]:
    """Names of all modules that a file imports, wherever in it."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return names
