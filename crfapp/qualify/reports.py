"""A report as files: its data as JSON, the same for people as PDF, a signature of each, and the key.

A signature is an OpenPGP one beside the file (``FILE.asc``), so that ``gpg --verify`` verifies it; the PDF
carries the SHA-256 of the JSON and the signature of it.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from crfapp import __version__
from crfapp.base.canonical import canonical
from crfapp.base.problems import Code, RefusedError
from crfapp.bootstrap.ground import SystemClock, translations_folder
from crfapp.bootstrap.papers import put_booklet
from crfapp.cli.qualify_parts import Qualified, SignedFile
from crfapp.exchange.openpgp import is_signed_by, new_key, read_certificate, sign
from crfapp.exchange.whole_file import disk_named, put_whole
from crfapp.present.qualification import QualificationReport, qualification_booklet
from crfapp.present.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.base.build import Build
    from crfapp.cli.qualify_parts import Finding
    from crfapp.exchange.openpgp import SecretKey

FORMAT = 1
SIGNATURE, KEY = ".asc", ".key.asc"


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says besides its lines: ``kind`` of qualification, where, of which build, by whom."""

    kind: str
    site: str
    by: str
    build: Build
    more: dict[str, str]


def write_report(
    told: Told, findings: Sequence[Finding], out: Path, language: str, key: SecretKey | None
) -> Qualified:
    """Write the five files into a folder. EXPORT_EXISTS, FOLDER_REFUSED, DISK_FULL and the like.

    Without ``key`` a fresh one signs, whose secret half is forgotten: it shows that nothing was changed
    since, and whose the report is only by its fingerprint, written down by whoever stood beside.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    now = SystemClock().now()
    signer = key or new_key(f"crfapp {told.kind} qualification {now:%Y-%m-%d %H:%M:%S}Z")
    with disk_named(out):
        out.mkdir(parents=True, exist_ok=True)
    name = f"{told.kind}-{now:%Y%m%d-%H%M%S}"
    data = _data(told, findings, now.isoformat(timespec="seconds"), signer)
    target, page = out / f"{name}.json", out / f"{name}.pdf"
    signature = sign(data, signer)
    put_whole(out / f"{name}{KEY}", signer.certificate.armored.encode())
    digest = put_whole(target, data)
    put_whole(_beside(target), signature)
    _put_page(page, json.loads(data), (digest, signature.decode("ascii"), key is not None), language)
    put_whole(_beside(page), sign(page.read_bytes(), signer))
    files = (target, _beside(target), page, _beside(page), out / f"{name}{KEY}")
    print_of = signer.certificate.fingerprint
    return Qualified(tuple(map(str, files)), tuple(findings), print_of, key is not None, digest)


def verify_report(file: Path) -> SignedFile:
    """Whether a file of a report is the one that the key beside it signed; NOT_A_REPORT where one is missing.

    A PDF must also name the JSON that lies beside it.
    """
    signature = _beside(file)
    key = file.with_name(file.stem + KEY)
    try:
        content, signed, armored = (path.read_bytes() for path in (file, signature, key))
    except OSError:
        raise RefusedError(Code.NOT_A_REPORT, file=file.name) from None
    certificate = read_certificate(armored)
    why = "" if is_signed_by(content, signed, certificate.armored) else "changed"
    data = file.with_suffix(".json")
    if not why and file.suffix == ".json" and json.loads(content)["signed_by"] != certificate.fingerprint:
        why = "another key"
    if not why and file.suffix == ".pdf" and data.is_file() and verify_report(data).why:
        why = "its data changed"
    return SignedFile(file.name, certificate.fingerprint, why)


def _beside(file: Path) -> Path:
    return file.with_name(file.name + SIGNATURE)


def _data(told: Told, findings: Sequence[Finding], when: str, signer: SecretKey) -> bytes:
    failed = sum(one.result == "fail" for one in findings)
    return canonical(
        {
            "format": FORMAT,
            "qualification": told.kind,
            "program": {"version": __version__, "commit": told.build.commit, "built": told.build.built},
            "made_at": when,
            "site": told.site,
            "by": told.by,
            "signed_by": signer.certificate.fingerprint,
            "result": "FAIL" if failed else "PASS",
            "more": told.more,
            "findings": [asdict(one) for one in findings],
        }
    )


def _put_page(page: Path, data: dict[str, object], signed: tuple[str, str, bool], language: str) -> None:
    digest, signature, of_site = signed
    report = QualificationReport(data, digest, signature, of_site)
    put_booklet(qualification_booklet(report, Texts(language, translations_folder())), page)
