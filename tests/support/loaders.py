"""Everything of the program that reads a file from elsewhere, with good files of each kind to spoil.

A :class:`Loader` is made in a folder of its own; ``read`` puts a file where the program looks for it and lets
the program read it. What it raises is for whoever calls to judge.
"""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.canonical import sha256
from crfapp.bootstrap.accounts_travelling import _read as read_accounts
from crfapp.bootstrap.preferences import preferences_file, read_preferences, write_preferences
from crfapp.exchange import office_encryption
from crfapp.exchange.cards import CentreAsKnown, read_centre_card, read_site_card, write_card
from crfapp.exchange.copy.container import Head, Sealing, Secret
from crfapp.exchange.copy.parts import STATE, SUMS
from crfapp.exchange.copy.reading import parts_of
from crfapp.exchange.openpgp import new_key, read_certificate, sign
from crfapp.exchange.package.manifest import EVENTS, MANIFEST, Part
from crfapp.exchange.package.reading import read_plain
from crfapp.exchange.quarantine import _read as read_report
from crfapp.exchange.state_file import check_state_file
from crfapp.journeys.told import read_journey
from crfapp.pictures.drawn import draw
from crfapp.pictures.reading import look_at
from crfapp.pictures.showing import upright
from crfapp.store.attempts import Attempts
from crfapp.store.centre import CentreMark, mark_centre, mark_of
from crfapp.store.envelope import seal, unseal
from crfapp.store.invitation import _PURPOSE as PURPOSE
from crfapp.store.invitation import Invitation, open_invitation, write_invitation
from crfapp.store.machine import MachineNotes
from crfapp.store.recovery import read_code
from crfapp.store.site_folder import SiteCard, SiteFolder
from crfapp.store.vault import Vault, entries_of
from crfapp.store.workstation import WorkstationCard
from crfapp.store.wrapping import Cost, stretched
from crfapp.study.language.parser import parse
from crfapp.study.pack import load_pack
from crfapp.ui.preferences import Preferences
from tests.support import camera_files
from tests.support.mutations import Seed
from tests.support.playing import FORMS
from tests.support.sheets_of import sheet_of, written_package
from tests.support.small_packages import Post, events_file
from tests.support.tiny import FOLDER as TINY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUICK = Cost(passes=1, memory_kib=8, lanes=1)
PASSWORD = "seven quiet lanterns"
CODE = "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345"
SITE = "site-jo01"
_AT = "2025-01-05T06:10:00.000000Z"


@dataclass(frozen=True)
class Loader:
    """``read`` gets a seed with other bytes than its own; ``words`` mean something in the format."""

    seeds: tuple[Seed, ...]
    read: Callable[[Seed], object]
    words: tuple[bytes, ...] = ()


def _pack(folder: Path) -> Loader:
    """A folder of YAML of which one file is another one; every fault is listed, nothing is raised."""
    files = sorted(path for path in TINY.rglob("*.yaml"))
    seeds = tuple(Seed(str(path.relative_to(TINY)), path.read_bytes()) for path in files)
    for seed in seeds:
        target = folder / seed.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(seed.data)

    def read(changed: Seed) -> object:
        target = folder / changed.name
        good = next(seed.data for seed in seeds if seed.name == changed.name)
        target.write_bytes(changed.data)
        try:
            return load_pack(folder)
        finally:
            target.write_bytes(good)

    return Loader(
        seeds,
        read,
        (b"!!python/name:x ", b"if(", b"sum(", b"not ", b"1/0", b"derive: ", b"2000000000"),
    )


def _expression(_folder: Path) -> Loader:
    """One expression of a pack, as its author writes it."""
    texts = (
        *(
            "if(AGE >= 18 and SEX = 'F', 1, 0)",
            "SYSBP - DIABP > 20 or empty(PULSE)",
            "days(A.DT, B.DT) in 1 to 7",
        ),
        *(
            "sum(ROWS.AREA where DONE = 'Y') / 2.5",
            "matches(ID, '[A-Z]{2}[0-9]+')",
            "not (A != B) and C in ('X', 'Y')",
        ),
    )
    seeds = tuple(Seed("expression", text.encode()) for text in texts)

    def read(changed: Seed) -> object:
        return parse(changed.data[:100_000].decode("utf-8", "replace"))

    words = (
        b"(",
        b")",
        b"not ",
        b"-",
        b" and ",
        b"where",
        b"in",
        b"'",
        b"(" * 5_000,
        b"1+" * 9_000,
        b"not " * 9_000,
    )
    return Loader(seeds, read, (*words, b"(a*)*", b"[0-9]{9999}", b"9" * 9_000, b"1e9999999"))


def _journey(_folder: Path) -> Loader:
    """A journey, as the command line plays it."""
    files = sorted((TINY.parents[1] / "journeys" / "data").glob("*.yaml"))
    files += sorted(FORMS.glob("*/journeys/*.yaml"), key=lambda file: file.stat().st_size)[:2]
    seeds = tuple(Seed("journey.yaml", path.read_bytes()) for path in files)

    def read(changed: Seed) -> object:
        with suppress(UnicodeDecodeError):  # said by whoever opens the file
            return read_journey(changed.data.decode(), changed.name)
        return None

    return Loader(seeds, read, (b"site: &a [*a]\n", b"people: {a: *b}", b"steps: 3\n", b"expect: []\n"))


def _package(folder: Path) -> Loader:
    """A package as it comes: signed, encrypted, sealed."""
    post = Post(folder)
    whole = post.forge(events_file(post.chain.links)).read_bytes()
    file = folder / "come.pgp"

    def read(changed: Seed) -> object:
        file.write_bytes(changed.data)
        with post.opened(file) as package:
            return list(package.links())

    return Loader((Seed("package.pgp", whole),), read)


def _unpacked(folder: Path) -> Loader:
    """What is inside a package of somebody who may be heard: the ZIP."""
    post = Post(folder)
    events = events_file(post.chain.links)
    seeds = (Seed("zip", zip_of(post, events)), Seed("zip", zip_of(post, events, zipfile.ZIP_STORED)))

    def read(changed: Seed) -> object:
        return read_plain(io.BytesIO(changed.data))

    return Loader(
        seeds, read, (b"PK\x01\x02", b"PK\x05\x06", b"PK\x03\x04", b"PK\x06\x06", b"\xff\xff\xff\xff")
    )


def _events(folder: Path) -> Loader:
    """The events and the manifest in a package that is whole: its sums fit whatever stands in it."""
    post = Post(folder)
    seeds = (
        Seed(EVENTS, events_file(post.chain.links)[EVENTS]),
        Seed(MANIFEST, post.manifest(_sums(events_file(post.chain.links))).content),
    )

    def read(changed: Seed) -> object:
        files = events_file(post.chain.links) | {changed.name: changed.data}
        return read_plain(io.BytesIO(zip_of(post, files)))

    return Loader(seeds, read, (b'"prev":', b'"facts":', b'"kind":"signed"', b'"seq":', b"\n"))


def zip_of(post: Post, files: dict[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package of these files, not yet encrypted; its manifest fits."""
    manifest = {MANIFEST: post.manifest(_sums(files)).content}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", way) as zipped:
        for name, content in (manifest | files).items():
            zipped.writestr(name, content)
    return whole.getvalue()


def _sums(files: dict[str, bytes]) -> tuple[Part, ...]:
    inside = {name: content for name, content in files.items() if name != MANIFEST}
    return tuple(
        Part(name=name, size=len(content), sha256=sha256(content)) for name, content in inside.items()
    )


def _copy(folder: Path) -> Loader:
    """A site's certified copy: its container, and what somebody who has the code put into one."""
    key, secret = new_key("JO01"), Secret(CODE, "code", "0" * 8)
    state, told = b'{"site":"s1","code":"JO01","study":"tiny"}\n', b'{"state":"0"}'
    listed = f"{sha256(state)}  {STATE}\n{sha256(told)}  certificate.json\n".encode()
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(STATE, state)
        packed.writestr("certificate.json", told)
        packed.writestr(SUMS, listed)
        packed.writestr(f"{SUMS}.asc", sign(listed, key))
        packed.writestr("workstation.asc", key.certificate.armored)
    file = folder / "copy.crfapp-copy"

    def sealed(content: bytes) -> bytes:
        out = io.BytesIO()
        sealing = Sealing(out, secret, Head("tiny", "s1", _AT, "code", secret.name, 1_000, "00" * 16))
        sealing.write(content)
        sealing.close()
        return out.getvalue()

    def read(changed: Seed) -> object:
        file.write_bytes(sealed(changed.data) if changed.name == "inside" else changed.data)
        with parts_of(file, CODE) as parts:
            return [parts.head(), parts.state(), *map(parts.prove, parts.names())]

    seeds = (Seed("container", sealed(plain.getvalue())), Seed("inside", plain.getvalue()))
    return Loader(seeds, read, (b"crfapp-copy 2\n", b'"iterations":', b"PK\x01\x02", b"PK\x05\x06"))


def _workbook(_folder: Path) -> Loader:
    """A protected workbook."""
    rounds, office_encryption.SPIN_COUNT = office_encryption.SPIN_COUNT, 100
    package = written_package(sheet_of("DM", [[f"JO01-{n:03d}", n] for n in range(40)]))[1]
    whole = office_encryption.encrypt(package, PASSWORD)
    office_encryption.SPIN_COUNT = rounds

    def read(changed: Seed) -> object:
        return office_encryption.open_protected(changed.data, PASSWORD)

    words = (
        b'spinCount="9999999"',
        b'saltSize="0"',
        b'hashAlgorithm="MD5"',
        b"<!DOCTYPE x [<!ENTITY y 'z'>]>",
    )
    return Loader((Seed("data.xlsx", whole),), read, words)


def _photograph(_folder: Path) -> Loader:
    """What the nurse chose as a photograph."""
    heic = [path.read_bytes() for path in sorted(camera_files.HEIC.glob("*.heic"))]
    jpegs = (draw(camera_files.SMALL), camera_files.told_everywhere(), camera_files.animated("MPO"))
    pngs = (camera_files.as_kind("PNG"), camera_files.animated("PNG"))
    kinds = {"a.jpg": jpegs, "a.png": pngs, "a.heic": heic}
    seeds = tuple(Seed(name, data) for name, files in kinds.items() for data in files)

    def read(changed: Seed) -> object:
        return look_at(changed.data), upright(changed.data, 200)

    return Loader(
        seeds, read, (b"\xff\xd8\xff", b"IHDR", b"acTL", b"ftypheic", b"ispe", b"Exif\0\0", b"\xff\xc0")
    )


def _invitation(folder: Path) -> Loader:
    """An invitation of another workstation: the file, and what who knows its code sealed into one."""
    ledger, target = folder / "ledger.db", folder / "made.crfapp-invitation"
    ledger.write_bytes(os.urandom(3_000))
    card = SiteCard(SITE, "tiny", "JO01", "ws-two")
    inside = Invitation(card, "Two", "", b"k" * 32, b"{}", "key", "p1", "ws-one", _AT)
    write_invitation(target, CODE, inside, {"ledger.db": ledger}, cost=QUICK)
    whole, file, out = target.read_bytes(), folder / "come.crfapp-invitation", folder / "new site"
    with zipfile.ZipFile(target) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    key = stretched(
        read_code(CODE), base64.b64decode(json.loads(parts["invitation.json"])["kdf"]["salt"]), QUICK
    )
    told = unseal(key, PURPOSE, parts["sealed"]) or b""

    def forged(plain: bytes) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as zipped:
            for name, content in {**parts, "sealed": seal(key, PURPOSE, plain)}.items():
                zipped.writestr(name, content)
        return made.getvalue()

    def read(changed: Seed) -> object:
        file.write_bytes(forged(changed.data) if changed.name == "sealed" else changed.data)
        opened = open_invitation(file, CODE)
        out.mkdir(exist_ok=True)
        try:
            opened.unpack(out)
        finally:
            for left in out.iterdir():
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        return opened.inside

    return Loader(
        (Seed("invitation", whole), Seed("sealed", told)),
        read,
        (b'"t":', b'"m":', b"PK\x05\x06", b"ledger.db"),
    )


def _vault(folder: Path) -> Loader:
    """Who opens the data of a site. The file says itself what trying a password costs."""
    vault, data_key = Vault.create(folder, SITE, QUICK)
    vault.add("rania", PASSWORD, data_key, own=True)
    vault.add("omar", PASSWORD, data_key)
    vault.set_recovery(b"s" * 32, data_key)
    whole = (folder / "vault.json").read_bytes()

    def read(changed: Seed) -> object:
        try:
            told = json.loads(changed.data)
            told["digest"] = sha256(_canonical({name: told[name] for name in told if name != "digest"}))
            content = json.dumps(told).encode()
        except (ValueError, TypeError, RecursionError):
            content = changed.data
        for name in ("vault.json", "vault.json.bak"):
            (folder / name).write_bytes(content)
        return Vault.load(folder, QUICK).unwrap("rania", PASSWORD)

    return Loader((Seed("vault.json", whole),), read, (b'"m":', b'"t":', b'"former":', b'"aside":'))


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _accounts(folder: Path) -> Loader:
    """The accounts in a package of another workstation."""
    vault, data_key = Vault.create(folder, SITE, QUICK)
    vault.add("rania", PASSWORD, data_key, own=True)
    entries = [entry.as_json() for entry in entries_of(vault)]
    whole = json.dumps({"format": 1, "site": SITE, "entries": entries}).encode()
    return Loader((Seed("vault.json", whole),), lambda changed: read_accounts(changed.data, SITE))


def _cards(folder: Path) -> Loader:
    """What a site and a centre tell of themselves before they know each other; a certificate alone."""
    key, card = new_key("Evia"), folder / "card.json"
    write_card(CentreAsKnown("ctr", "Evia", "tiny", key.certificate.armored), card)
    centre = card.read_bytes()
    site = {"card": "site", "format": 1, "site": "s1", "code": "JO01", "name": "Amman", "study": "tiny"}
    site |= {"node": "ws-1", "certificate": key.certificate.armored}
    armored = key.certificate.armored.encode()
    binary = base64.b64decode("".join(armored.decode().split("\n\n")[1].split("=")[0].split()) + "===")

    def read(changed: Seed) -> object:
        card.write_bytes(changed.data)
        if changed.name == "certificate":
            return read_certificate(changed.data)
        return (read_site_card if changed.name == "site" else read_centre_card)(card).compared

    seeds = (Seed("site", json.dumps(site).encode()), Seed("centre", centre))
    return Loader(
        (*seeds, Seed("certificate", armored), Seed("certificate", binary)), read, (b"-----BEGIN PGP",)
    )


def _own_files(folder: Path) -> Loader:
    """The small files that the program keeps: of site, workstation, machine and window."""
    site = SiteFolder.create(folder / "site", SiteCard(SITE, "tiny", "JO01"))
    os.environ["CRFAPP_STATE"], os.environ["XDG_CONFIG_HOME"] = str(folder / "state"), str(folder / "config")
    WorkstationCard.of(site.path)
    attempts = Attempts(site.path, SITE)
    attempts.begin("rania", _AT, known=True)
    write_preferences(Preferences())
    mark_centre(folder, CentreMark("ctr", "Evia"))
    report = folder / "p.pgp.report.json"
    words = {
        "file": "p.pgp",
        "sha256": "0" * 64,
        "size": 3,
        "code": "R-601",
        "facts": {},
        "node": "",
        "at": _AT,
    }
    report.write_text(json.dumps(words))
    [notes] = (folder / "state").iterdir()
    readers: dict[Path, Callable[[], object]] = {
        site.path / "site.json": lambda: SiteFolder.open(site.path),
        site.path / "workstation.json": lambda: WorkstationCard.of(site.path),
        site.path / "attempts.json": attempts.waiting,
        notes: lambda: (MachineNotes(SITE).read(), attempts.locked()),
        preferences_file(): lambda: read_preferences("en"),
        folder / "centre.json": lambda: mark_of(folder),
        report: lambda: read_report(folder / "p.pgp"),
    }
    good = {str(path): path.read_bytes() for path in readers}

    def read(changed: Seed) -> object:
        path = next(path for path in readers if str(path) == changed.name)
        path.write_bytes(changed.data)
        try:
            return readers[path]()
        finally:
            path.write_bytes(good[changed.name])

    return Loader(tuple(Seed(name, data) for name, data in good.items()), read, (b'"format":', b'"counts":'))


def _state(folder: Path) -> Loader:
    """The state of a site as a file, for comparing."""
    file = folder / "state.jsonl"
    head = {"format": "crfapp-state", "version": 1, "ends": [["ws-1", 3, "0" * 64]]}
    head |= dict.fromkeys(("site", "code", "study", "made_at", "software", "pack", "state"), "x")
    lines = [head, {"rows": 0, "state": sha256(b"")}]
    whole = b"".join(json.dumps(line).encode() + b"\n" for line in lines)

    def read(changed: Seed) -> object:
        file.write_bytes(changed.data)
        return check_state_file(file)

    return Loader((Seed("state", whole),), read, (b'"table":', b'"row":', b"\n"))


LOADERS: dict[str, Callable[[Path], Loader]] = {
    "study pack": _pack,
    "expression": _expression,
    "journey": _journey,
    "package": _package,
    "package, unpacked": _unpacked,
    "package, its events": _events,
    "copy": _copy,
    "workbook": _workbook,
    "photograph": _photograph,
    "invitation": _invitation,
    "vault": _vault,
    "accounts of a package": _accounts,
    "cards and certificates": _cards,
    "own small files": _own_files,
    "state file": _state,
}
