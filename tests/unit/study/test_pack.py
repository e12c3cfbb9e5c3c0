"""A study author gets every fault of a pack at once, each with file and line, and none twice."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crfapp.study.faults import MOST_FAULTS, PackCode
from crfapp.study.pack import load_pack
from crfapp.study.pack.files import LARGEST_BYTES, MOST_FILES
from crfapp.study.pack.yaml_text import read_yaml

if TYPE_CHECKING:
    from crfapp.study.study import Study
    from tests.unit.study.conftest import Edited

PACKS = Path(__file__).parents[2] / "packs"

PLANTED = [
    ("codelists.yaml", 15, PackCode.DUPLICATE_KEY, "'title' stands here a second time; first in line 14"),
    ("forms/CARE.yaml", 27, PackCode.WRONG_EXPRESSION, "A number cannot be compared with a code"),
    ("forms/CARE.yaml", 28, PackCode.CIRCLE, "AREA -> TOTAREA -> AREA"),
    ("forms/CARE.yaml", 40, PackCode.UNKNOWN_PLACEHOLDER, "'{TOTALAREA}'"),
    ("forms/CARE.yaml", 45, PackCode.DUPLICATE_OID, "two checks TN-03"),
    ("forms/DM.yaml", 9, PackCode.WRONG_VALUE, "'txt(60)' is not an item type"),
    ("forms/DM.yaml", 16, PackCode.UNKNOWN_ITEM, "DM has no item BRTHDAY. Did you mean BRTHDAT?"),
    ("forms/DM.yaml", 19, PackCode.UNKNOWN_CODE, "'NO' is not a code of NY"),
    ("forms/DM.yaml", 22, PackCode.DUPLICATE_OID, "two items SKIN"),
    ("forms/DM.yaml", 35, PackCode.HARD_INSIDE_SOFT, "hard end 100"),
    ("forms/DM.yaml", 45, PackCode.UNREADABLE_EXPRESSION, "at character 33"),
    ("forms/PATCH.yaml", 16, PackCode.UNKNOWN_SECTION, "did you mean 'PATCHES'?"),
    ("forms/PATCH.yaml", 18, PackCode.NOT_ONE_OF, "did you mean 'critical'?"),
    ("forms/PATCH.yaml", 27, PackCode.UNKNOWN_VISIT, "did you mean 'V_BASE'?"),
    ("forms/SV.yaml", 7, PackCode.UNKNOWN_KEY, "Unknown key 'requird'; did you mean 'required'?"),
    ("forms/SV.yaml", 9, PackCode.UNKNOWN_CODELIST, "did you mean 'REASND'?"),
    ("forms/SV.yaml", 10, PackCode.UNKNOWN_CODE, "'DON' is not in codelist SVSTAT"),
    ("forms/SV.yaml", 11, PackCode.MISSING_KEY, "The key 'ask' is missing"),
    ("i18n/de.yaml", 47, PackCode.TRANSLATES_NOTHING, "did you mean 'CARE.STAFF'?"),
    ("study.yaml", 41, PackCode.UNKNOWN_FORM, "did you mean 'CARE'?"),
]


def test_the_small_study_has_no_fault() -> None:
    loaded = load_pack(PACKS / "tiny")
    assert loaded.faults == ()
    assert loaded.pack is not None


def test_twenty_planted_errors_are_reported_at_once_with_file_and_line_and_nothing_else() -> None:
    loaded = load_pack(PACKS / "twenty-errors")
    assert loaded.pack is None
    assert [(f.file, f.line, f.code) for f in loaded.faults] == [planted[:3] for planted in PLANTED]
    for fault, (_, _, _, words) in zip(loaded.faults, PLANTED, strict=True):
        assert words in fault.text
        assert fault.todo
        assert fault.severity == "error"


def test_lines_follow_the_file_and_are_not_learnt_by_heart(tmp_path: Path) -> None:
    shutil.copytree(PACKS / "twenty-errors", tmp_path / "pack")
    path = tmp_path / "pack" / "forms" / "DM.yaml"
    path.write_text("# one\n# two\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    lines = [fault.line for fault in load_pack(tmp_path / "pack").faults if fault.file == "forms/DM.yaml"]
    assert lines == [line + 2 for file, line, _, _ in PLANTED if file == "forms/DM.yaml"]


def test_a_place_is_told_in_the_words_of_the_pack() -> None:
    faults = load_pack(PACKS / "twenty-errors").faults
    places = {fault.line: fault.place for fault in faults if fault.file == "forms/PATCH.yaml"}
    assert places == {
        16: "form PATCH, section PICTURES",
        18: "form PATCH, item PHOTO",
        27: "form PATCH, check TN-02",
    }


def test_what_looks_like_something_else_in_yaml_stays_the_text_that_stands_there() -> None:
    words = "[Y, N, NO, on, off, yes, 0.10, 1e3, 0x1A, 017, 2025-01-05, 12:30, .inf, True, NULL, 1_000]"
    document = read_yaml(
        "a.yaml", f"plain: {words}\ntruth: [true, false]\nempty: [null, ~]\nquoted: ['true', '']\n"
    )
    assert document.faults == []
    assert document.data == {
        "plain": words[1:-1].split(", "),
        "truth": [True, False],
        "empty": [None, None],
        "quoted": ["true", ""],
    }


def test_codes_answers_and_version_reach_the_study_as_written(tiny: Study) -> None:
    assert tiny.codes("NY") == ("N", "Y")
    assert tiny.codes("SKIN") == ("1", "2", "3")
    assert tiny.head.parameters["MAX_AREA"].value == "300.0"
    limits = tiny.place("DM", "TEMP").item.range
    assert limits is not None
    assert limits.hard == ("30.0", "45.0")
    assert tiny.texts("en").code("NY", "N") == "No"
    vectors = tiny.form("CARE").checks[0].vectors
    assert vectors is not None
    assert vectors.fires[0].answers == {"TOTAREA": "300.1"}


BILLION = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = [
    ("form: &one SV\ntitle: *one\n", [(1, "PACK-013"), (2, "PACK-013")]),
    ("form: {<<: {a: b}}\n", [(1, "PACK-013")]),
    ("form: SV\ntitle: !!python/object/apply:os.system [id]\n", [(2, "PACK-014")]),
    ("form: SV\ntitle: !secret x\n", [(2, "PACK-014")]),
    ("form: SV\nform: SV\n", [(2, "PACK-012")]),
    ("form: SV\n---\nform: DM\n", [(2, "PACK-016")]),
    ("- SV\n", [(1, "PACK-016")]),
    ("", [(1, "PACK-016")]),
    ("form: [\n", [(2, "PACK-011")]),
    ("form: SV\ntitle: a: b\n", [(2, "PACK-011")]),
    ("form: SV\ntitle: 'x\x01'\n", [(2, "PACK-011")]),
    ("? [a, b]\n: c\n", [(1, "PACK-011")]),
    ("form: SV\n\ttitle: x\n", [(2, "PACK-010")]),
    ("form:\tSV\n", [(1, "PACK-010")]),
    ("a: " + "[" * 30, [(1, "PACK-015")]),
    ("a: " + "{a: " * 400_000, [(1, "PACK-015")]),
    ("[" * 1_900_000, [(1, "PACK-015")]),
]


@pytest.mark.parametrize(("text", "expected"), HOSTILE)
def test_yaml_that_computes_repeats_or_never_ends_is_refused_by_line(
    text: str, expected: list[tuple[int, str]]
) -> None:
    assert [(fault.line, fault.code.value) for fault in read_yaml("a.yaml", text).faults] == expected


def test_a_bomb_of_references_does_not_grow() -> None:
    document = read_yaml("a.yaml", BILLION)
    assert {fault.code for fault in document.faults} == {PackCode.ANCHOR}
    assert len(repr(document.data)) < 2000


def test_what_follows_from_a_refused_file_is_not_reported_again(edited: Edited) -> None:
    loaded = load_pack(edited(("forms/PATCH.yaml", "form: PATCH", "form: [PATCH")))
    assert [fault.file for fault in loaded.faults if fault.severity == "error"] == ["forms/PATCH.yaml"]


def test_files_that_cannot_be_taken_are_named(edited: Edited) -> None:
    folder = edited()
    (folder / "forms" / "AE.yml").write_text("form: AE\n", encoding="utf-8")
    (folder / "forms" / "LATIN.yaml").write_bytes(b"form: LATIN\ntitle: Fl\xe4che\n")
    (folder / "forms" / "LARGE.yaml").write_bytes(b"#" * (LARGEST_BYTES + 1))
    (folder / "forms" / "LINK.yaml").symlink_to("/etc/hostname")
    (folder / "codelists.yaml").unlink()
    found = {(fault.file, fault.line, fault.code) for fault in load_pack(folder).faults}
    assert found == {
        ("forms/AE.yml", 0, PackCode.STRAY_FILE),
        ("forms/LATIN.yaml", 2, PackCode.NOT_UTF8),
        ("forms/LARGE.yaml", 0, PackCode.TOO_LARGE),
        ("forms/LINK.yaml", 0, PackCode.STRAY_FILE),
        ("codelists.yaml", 0, PackCode.MISSING_FILE),
    }


def test_too_many_files_are_not_read(edited: Edited) -> None:
    folder = edited()
    for number in range(MOST_FILES):
        (folder / "forms" / f"F{number}.yaml").write_text("form: F\n", encoding="utf-8")
    assert PackCode.TOO_MANY in {fault.code for fault in load_pack(folder).faults}


def test_a_folder_that_is_not_there_is_a_fault_and_not_a_crash(tmp_path: Path) -> None:
    loaded = load_pack(tmp_path / "nowhere")
    assert [fault.code for fault in loaded.faults] == [PackCode.MISSING_FILE]


FILES = ["study.yaml", "codelists.yaml", "forms/DM.yaml", "forms/CARE.yaml", "i18n/de.yaml"]
SCRAPS = st.sampled_from(
    ["", ":", "[", "}", "- x", "  a: b", "null", "*a", "\t", "{}", "é", "''", "rows: {each: X}"]
)


@settings(max_examples=40, deadline=None)
@given(name=st.sampled_from(FILES), place=st.integers(0, 2000), length=st.integers(0, 12), scrap=SCRAPS)
def test_a_damaged_pack_gives_faults_and_never_an_exception(
    tmp_path_factory: pytest.TempPathFactory, name: str, place: int, length: int, scrap: str
) -> None:
    folder = tmp_path_factory.mktemp("damaged") / "pack"
    shutil.copytree(PACKS / "tiny", folder)
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(text[:place] + scrap + text[place + length :], encoding="utf-8")
    loaded = load_pack(folder)
    assert (loaded.pack is None) == bool(loaded.errors)


def test_the_traps_are_real_for_a_reader_that_believes_yaml() -> None:
    assert yaml.safe_load("[NO, on, 0.10, 2025-01-05]") != ["NO", "on", "0.10", "2025-01-05"]
    assert len(repr(yaml.safe_load(BILLION))) > 2000


def _items(*lines: str) -> str:
    return "form: ZZ\ntitle: Z\nsections:\n- section: A\n  title: A\n  items:\n" + "".join(lines)


FLOODS = {
    "values": _items("  - {}\n" * 300_000),
    "mistakes": _items("  - {}\n" * 12_000),
    "keys": "form: ZZ\n" + "".join(f"titl{number}: x\n" for number in range(45_000)),
    "doubles": _items("  - {item: A, ask: a, type: note}\n" * 12_000),
    "unknown": _items(*(f"  - {{item: A{n}, ask: a, type: note, when: B{n} == 1}}\n" for n in range(3_000))),
    "long": _items("  - {item: A, ask: a, type: " + "x" * 1_800_000 + "}\n"),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_of_faults_is_cut_short(edited: Edited, flood: str) -> None:
    folder = edited()
    (folder / "forms" / "ZZ.yaml").write_text(FLOODS[flood], encoding="utf-8")
    loaded = load_pack(folder)
    assert loaded.pack is None
    assert 0 < len(loaded.faults) <= MOST_FAULTS + 1
    assert max(len(fault.text) for fault in loaded.faults) < 500
