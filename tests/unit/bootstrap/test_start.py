"""What a nurse waits for: the login is reached without the libraries that only the work behind it needs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
HEAVY = [
    "pydantic",
    "sqlalchemy",
    "openpyxl",
    "typer",
    "yaml",
    "argon2",
    "cryptography",
    "crfapp.study.model",
    *("fsspec", "asyncssh", "s3fs", "botocore", "httpx", "pysequoia", "psycopg"),
]
TO_LOGIN = "import crfapp.cli, crfapp.bootstrap.parts, crfapp.bootstrap.window"


def loaded_after(imports: str) -> list[str]:
    """Which of the heavy ones a fresh interpreter has loaded."""
    say = f"import json, sys; {imports}; print(json.dumps([name for name in {HEAVY} if name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", say], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded: list[str] = json.loads(done.stdout)
    return loaded


def test_nothing_heavy_is_loaded_on_the_way_to_the_login() -> None:
    assert loaded_after(TO_LOGIN) == []


@pytest.mark.parametrize(
    ("imports", "heavy"),
    [
        ("import crfapp.bootstrap.sites", "sqlalchemy"),
        ("import crfapp.cli.commands", "typer"),
        ("import crfapp.exchange.transport.sftp", "asyncssh"),
    ],
)
def test_what_is_behind_the_login_is_noticed_when_it_is_loaded(imports: str, heavy: str) -> None:
    assert heavy in loaded_after(f"{TO_LOGIN}; {imports}")


def test_a_protocol_is_loaded_with_the_first_route_of_it() -> None:
    """Whoever carries packages on sticks never waits for the libraries of servers."""
    loaded = loaded_after("import crfapp.bootstrap.outbox, crfapp.bootstrap.sending, crfapp.cli.commands")
    assert {"fsspec", "asyncssh", "s3fs", "botocore", "httpx"}.isdisjoint(loaded)
