"""What others made is named with its licence: every locked package, and every font."""

from __future__ import annotations

import re
from importlib import metadata

import pytest

from tests.guards.sources import ROOT

PAGE = (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([a-z0-9.-]+) \| ([^|]+) \| (?:yes|no|on Windows) \|$", re.MULTILINE)
PIN = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)

# what packages write that do not use the identifiers of SPDX, and how the page may call it
MEANT = {
    "MIT License": {"MIT"},
    "PSFL": {"PSF-2.0"},
    "BSD": {"BSD-2-Clause", "BSD-3-Clause"},
    "BSD License": {"BSD-2-Clause", "BSD-3-Clause"},
    "ISC License": {"ISC"},
    "Apache 2.0": {"Apache-2.0"},
    "Dual License": {"Apache-2.0 OR BSD-3-Clause"},
    "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only": {"LGPL-3.0-only"},
}
NO_WORD = {"sqlcipher3": "This software is provided 'as-is', without any express or implied warranty."}
"""Packages that say nothing in their metadata, and a sentence of the licence that lies with them."""


def named() -> dict[str, str]:
    return dict(ROW.findall(PAGE))


def locked() -> list[str]:
    return PIN.findall((ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"))


def said_by(package: metadata.PackageMetadata) -> str:
    """A package's licence in its own words, from the newest to the oldest way of saying it."""
    for field in ("License-Expression", "License"):
        for said in package.get_all(field) or []:
            if said and "\n" not in said:
                return str(said)
    classifiers = [str(one) for one in package.get_all("Classifier") or []]
    return next((one.split(" :: ")[-1] for one in classifiers if one.startswith("License ::")), "")


def agrees(page: str, said: str) -> bool:
    return page in MEANT.get(said, {said})


def test_the_page_names_the_locked_packages_and_no_other() -> None:
    assert sorted(named()) == sorted(locked())


@pytest.mark.parametrize("package", [name for name in locked() if name not in NO_WORD])
def test_a_licence_on_the_page_is_the_one_that_the_package_states(package: str) -> None:
    try:
        found = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        assert named()[package], package  # locked for another system than this one
        return
    assert agrees(named()[package], said_by(found)), (package, named()[package], said_by(found))


@pytest.mark.parametrize("package", NO_WORD)
def test_a_package_that_states_nothing_has_the_licence_text_beside_it(package: str) -> None:
    texts = [
        file.read_text(encoding="utf-8")
        for file in metadata.files(package) or []
        if "LICENSE" in file.name.upper()
    ]
    assert any(NO_WORD[package] in " ".join(text.split()) for text in texts)


def test_another_licence_than_the_stated_one_is_noticed() -> None:
    assert not agrees("MIT", "Apache-2.0")
    assert not agrees("MIT", "PSFL")


def test_every_font_has_its_licence_beside_it_and_stands_on_the_page() -> None:
    fonts = {path.stem.split("-")[0] for path in (ROOT / "resources" / "fonts").glob("*.[to]tf")}
    assert fonts
    for font in fonts:
        assert (ROOT / "resources" / "fonts" / f"{font}-LICENSE.txt").is_file(), font
        assert font in PAGE.replace(" ", ""), font
