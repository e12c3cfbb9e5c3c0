"""What the built program is made of, as CycloneDX 1.6: packages, native parts, fonts, each with its licence.

Packages come from the lock and the page of third parties, native parts from the files that are there; a test
compares both with what the starter really holds.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from crfapp import __version__
from crfapp.qualify.files import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

ROOT = Path(__file__).parents[1]
_PAGE = ROOT / "docs" / "third-party.md"
_LOCK = ROOT / "requirements" / "run.txt"
_NATIVE = ROOT / "packaging" / "native-parts.txt"
_SHIPPED = re.compile(r"^\| ([a-z0-9.-]+) \| ([^|]+) \| (yes|on Windows) \|$", re.MULTILINE)
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_LIBRARY = re.compile(r"\.(so(\.[0-9.]+)?|dll|dylib)$")
_MODULE = re.compile(r"\.(cpython-[^.]+|abi3)\.so$")
_SONAME = re.compile(r"^(?P<name>.+?)(-[0-9a-f]{8})?\.so\.?(?P<version>[0-9.]*)$")
_LICENCES = LicenseFactory()


class Part(NamedTuple):
    """A native part: its name and licence, as ``packaging/native-parts.txt`` says."""

    name: str
    licence: str


class UnknownPartError(Exception):
    """A library in the built program that nothing says the licence of."""


def write_sbom(folder: Path, commit: str, at: datetime) -> None:
    """Write it beside the program. UnknownPartError where a library is not known."""
    bom = Bom(serial_number=uuid5(NAMESPACE_URL, f"crfapp {__version__} {commit} {sys.platform}"))
    bom.metadata.timestamp = at
    bom.metadata.component = Component(
        name="crfapp",
        version=__version__,
        type=ComponentType.APPLICATION,
        bom_ref="crfapp",
        licenses=[_LICENCES.make_from_string("Apache-2.0")],
        properties=[Property(name="crfapp:commit", value=commit)],
    )
    for component in (*packages(), *libraries(folder), *inside()):
        bom.components.add(component)
    bom.register_dependency(bom.metadata.component, bom.components)
    written = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)
    (folder / PARTS).write_text(written + "\n", encoding="utf-8")


def packages() -> Iterator[Component]:
    """Python packages that are shipped here, in the locked version."""
    versions = {name.lower(): version for name, version in _PIN.findall(_LOCK.read_text(encoding="utf-8"))}
    for name, licence, where in _SHIPPED.findall(_PAGE.read_text(encoding="utf-8")):
        if where == "yes" or os.name == "nt":
            yield _component(name, versions[name], licence, PackageURL("pypi", None, name, versions[name]))


def libraries(folder: Path) -> Iterator[Component]:
    """One component for each native part, with the files that are it."""
    files: dict[tuple[Part, str, PackageURL | None], list[Path]] = {}
    for path in native_files(folder):
        version, where = _version_of(path)
        files.setdefault((part_of(path.name), version, where), []).append(path)
    for (part, version, where), paths in files.items():
        component = _component(part.name, version, part.licence, where, "native")
        for path in paths:
            name = path.relative_to(folder).as_posix()
            component.properties.add(Property(name="crfapp:file", value=name))
        if len(paths) == 1:
            digest = HashType.from_hashlib_alg("sha256", _sha256(paths[0]))
            component.hashes.add(digest)
        yield component


def native_files(folder: Path) -> list[Path]:
    """Every shared library that is no Python module, once."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and _LIBRARY.search(path.name)
        if not _MODULE.search(path.name) and "lib-dynload" not in path.parts
    )


@cache
def _parts() -> dict[str, Part]:
    lines = (line for line in _NATIVE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    told = (line.split("\t") for line in lines)
    return {beginning: Part(name, licence) for beginning, name, licence in told}


def part_of(file: str) -> Part:
    """What a library is, by the beginning of its name. UnknownPartError."""
    fitting = [beginning for beginning in _parts() if file.startswith(beginning)]
    if not fitting:
        raise UnknownPartError(f"{file}: say in {_NATIVE.relative_to(ROOT)} what it is and its licence")
    return _parts()[max(fitting, key=len)]


def _version_of(path: Path) -> tuple[str, PackageURL | None]:
    """A system's library has the version of its package, another one that of its name."""
    found = _SONAME.match(path.name)
    version = found["version"] if found else ""
    if path.name.startswith(("libQt6", "libq", "libpyside6", "libshiboken6")) or "PySide6" in path.parts:
        return _locked("pyside6-essentials"), None
    if path.name.startswith("libpython"):
        return platform.python_version(), PackageURL("generic", None, "cpython", platform.python_version())
    if found and found[2] is None and (debian := _debian_package(path.name)):
        name, of_package = debian
        return of_package, PackageURL("deb", "debian", name, of_package)
    return version, None


def _locked(package: str) -> str:
    return str(dict(_PIN.findall(_LOCK.read_text(encoding="utf-8")))[package])


@cache
def _system_libraries() -> dict[str, str]:
    """Name of a library -> where the system has it."""
    try:
        told = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return {}
    rows = re.findall(r"^\s*(\S+) .*=> (\S+)$", told, re.MULTILINE)
    return dict(reversed(rows))  # the first one of a name is the one that is used


def _debian_package(file: str) -> tuple[str, str] | None:
    place = _system_libraries().get(file)
    if place is None:
        return None
    real = os.path.realpath(place)
    for name in (real, real.removeprefix("/usr")):
        try:
            owner = _said("dpkg-query", "-S", name).split(":")[0]
            return owner, _said("dpkg-query", "-W", "-f=${Version}", owner)
        except (OSError, subprocess.CalledProcessError):
            continue
    return None


def _said(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    return str(done.stdout).strip().splitlines()[0]


def inside() -> Iterator[Component]:
    """What lies inside a package without a file of its own, and data; see the page of third parties."""
    from cryptography.hazmat.backends.openssl.backend import backend
    from sqlcipher3 import dbapi2

    said = dbapi2.connect(":memory:")
    said.execute("PRAGMA key = 'of nothing'")
    cipher = said.execute("PRAGMA cipher_version").fetchone()[0].split()[0]
    provider = said.execute("PRAGMA cipher_provider_version").fetchone()[0].split()[1]
    said.close()
    openssl = backend.openssl_version_text().split()[1]
    heif = str(import_module("pi_heif").libheif_info()["libheif"])  # says no types
    rows = (
        ("SQLCipher", cipher, "BSD-3-Clause", "sqlcipher3"),
        ("SQLite", dbapi2.sqlite_version, "blessing", "sqlcipher3"),
        ("OpenSSL", provider, "Apache-2.0", "sqlcipher3"),
        ("OpenSSL", openssl, "Apache-2.0", "cryptography"),
        ("libheif", heif, "LGPL-3.0-or-later", "pi-heif"),
        ("Argon2 reference implementation", "20190702", "CC0-1.0 OR Apache-2.0", "argon2-cffi-bindings"),
        ("LibYAML", "0.2.5", "MIT", "pyyaml"),
        ("Sequoia OpenPGP", "", "LGPL-2.0-or-later", "pysequoia"),
        ("time zone database", _locked("tzdata"), "public-domain", "tzdata"),
        ("PyInstaller", _pyinstaller(), "GPL-2.0-or-later WITH Bootloader-exception", "crfapp"),
        ("IBM Plex Sans Arabic", "", "OFL-1.1", "resources/fonts"),
        ("DejaVu Sans", "2.37", "Bitstream-Vera", "resources/fonts"),
    )
    for name, version, licence, where in rows:
        component = _component(name, version, licence, None, f"inside {where}")
        component.properties.add(Property(name="crfapp:inside", value=where))
        yield component


def _pyinstaller() -> str:
    from importlib.metadata import version

    return version("pyinstaller")


def _component(
    name: str, version: str, licence: str, purl: PackageURL | None, kind: str = "python"
) -> Component:
    return Component(
        name=name,
        version=version or None,
        type=ComponentType.LIBRARY,
        bom_ref=f"{kind} {name} {version}".strip(),
        purl=purl,
        licenses=[_LICENCES.make_from_string(licence)],
        properties=[Property(name="crfapp:kind", value=kind.split()[0])],
    )


def _sha256(path: Path) -> str:
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
