"""Every test can fail: what the guard finds in the suite, and that it finds what it should."""

from __future__ import annotations

import ast

import pytest

from tests.guards.honesty import dishonest
from tests.guards.sources import Source, sources_under


def test_no_test_of_ours_is_dishonest() -> None:
    offences = [offence for source in sources_under("tests") for offence in dishonest(source)]
    assert offences == [], "\n" + "\n".join(offences)


def found_in(text: str) -> list[str]:
    return dishonest(Source("test_a.py", text, ast.parse(text)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def test_a():\n    run()\n", "test_a.py:1: test_a asserts nothing"),
        ("def helper():\n    run()\n\ndef test_a():\n    helper()\n", "test_a.py:4: test_a asserts nothing"),
        ("import time\ntime.sleep(1)\n", "test_a.py:2: sleep: wait for what should happen"),
        ("from time import sleep\n", "test_a.py:1: sleep: wait for what should happen"),
        ("qtbot.wait(50)\n", "test_a.py:1: qtbot.wait is a sleep: use waitUntil or waitSignal"),
        ("from unittest import mock\n", "test_a.py:1: unittest.mock: write a fake for the port"),
        ("import unittest.mock\n", "test_a.py:1: unittest.mock: write a fake for the port"),
        ("from unittest.mock import Mock\n", "test_a.py:1: unittest.mock: write a fake for the port"),
        ("pytest.skip()\n", "test_a.py:1: skip without a reason"),
        ("pytest.importorskip('lxml')\n", "test_a.py:1: importorskip without a reason"),
        ("@pytest.mark.skip\ndef test_a():\n    assert run()\n", "test_a.py:1: skip without a reason"),
        (
            "@pytest.mark.skipif(True)\ndef test_a():\n    assert run()\n",
            "test_a.py:1: skipif without a reason",
        ),
        ("@pytest.mark.xfail()\ndef test_a():\n    assert run()\n", "test_a.py:1: xfail without a reason"),
    ],
)
def test_the_guard_names_it(text: str, said: str) -> None:
    assert found_in(text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "def test_a():\n    assert run()\n",
        "def test_a():\n    with pytest.raises(ValueError):\n        run()\n",
        "def agree():\n    assert run()\n\ndef both():\n    agree()\n\ndef test_a():\n    both()\n",
        "def test_a(qtbot):\n    qtbot.waitUntil(lambda: run())\n",
        "pytest.skip('no display in this kernel')\n",
        "@pytest.mark.xfail(reason='known gap')\ndef test_a():\n    assert run()\n",
    ],
)
def test_the_guard_leaves_honest_tests_alone(text: str) -> None:
    assert found_in(text) == []
