"""The page beside a copy opens it with what every browser has (WebCrypto, streams), here in Node's."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from crfapp.bootstrap.copying import copy_code, copy_first
from crfapp.bootstrap.ground import program_folder
from tests.support.copied_site import NAME, REMARK, CopiedSite

if TYPE_CHECKING:
    from pathlib import Path

DRIVER = """
const fs = require("fs"), zlib = require("zlib");
globalThis.crypto ||= require("crypto").webcrypto;
const [, , script, file, secret] = process.argv;
const Copy = new Function(fs.readFileSync(script, "utf8") + "; return Copy;")();
const say = (told) => console.log(JSON.stringify(told));
(async () => {
  const copy = await Copy.open(new Blob([fs.readFileSync(file)]), secret);
  for (const name of copy.sums.keys()) await copy.part(name);
  say({ parts: copy.sums.size, index: await copy.json("view/index.json"),
    casebook: await copy.json("view/casebook-1.json"), trail: await copy.json("view/trail-1.json") });
})().catch((problem) => say({ problem: problem.message }));
"""


def opened_by_the_page(folder: Path, file: Path, secret: str) -> dict[str, object]:
    page = (folder / "stick" / "open-copy.html").read_text(encoding="utf-8")
    [script] = re.findall(r"<script>(.*)</script>", page, re.DOTALL)
    (folder / "page.js").write_text(script, encoding="utf-8")
    (folder / "driver.js").write_text(DRIVER, encoding="utf-8")
    called = ["node", *map(str, (folder / "driver.js", folder / "page.js", file)), secret]
    done = subprocess.run(called, capture_output=True, text=True, timeout=60, check=True)
    told: dict[str, object] = json.loads(done.stdout)
    return told


@pytest.mark.req("REQ-502", "REQ-911")
def test_the_page_opens_the_copy_and_shows_casebook_and_trail(tmp_path: Path) -> None:
    site = CopiedSite(tmp_path)
    copy, code = site.copy()
    told = opened_by_the_page(tmp_path, copy.path, code.lower().replace("-", " "))
    assert told["index"]["subjects"] == ["JO01-001"]  # type: ignore[index]
    [visit] = told["casebook"]["visits"]  # type: ignore[index]
    [form] = [form for form in visit["forms"] if form["form"] == "DM"]
    items = {
        item["item"]: item
        for section in form["sections"]
        for row in section["rows"]
        for item in row.get("items", [])
    }
    assert items["NAME"]["value"] == NAME
    assert items["REMARK"]["value"] == REMARK
    assert items["SEX"]["value"].startswith("F - ")
    whole = json.dumps(told["trail"], ensure_ascii=False)
    assert NAME in whole
    assert "Rania Khalil" in whole


@pytest.mark.req("REQ-503", "REQ-911")
def test_the_page_opens_a_copy_of_the_record_alone_and_proves_every_part(tmp_path: Path) -> None:
    site = CopiedSite(tmp_path)
    site.out.mkdir()
    with site.site.open() as opened:
        made = copy_first(opened, opened.actor("rania"))
        code = copy_code(opened, opened.actor("haddad")).text
    assert made is not None
    (site.out / "open-copy.html").write_bytes((made.path.parent / "open-copy.html").read_bytes())
    told = opened_by_the_page(tmp_path, made.path, code)
    assert told["index"] is None
    assert told["parts"] == 8


@pytest.mark.req("REQ-804")
def test_the_page_says_what_is_wrong_with_code_or_copy(tmp_path: Path) -> None:
    site = CopiedSite(tmp_path)
    copy, code = site.copy()
    assert opened_by_the_page(tmp_path, copy.path, "WRONG")["problem"] == "wrong-secret"
    copy.path.write_bytes(copy.path.read_bytes()[:-1])
    assert opened_by_the_page(tmp_path, copy.path, code)["problem"] in ("damaged", "wrong-secret")


def test_the_page_asks_no_network_and_makes_no_html_of_answers() -> None:
    page = (program_folder() / "resources" / "copy" / "reader.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert not re.findall(
        r"https?://|fetch\(|XMLHttpRequest|innerHTML|insertAdjacentHTML|document\.write|eval\(", page
    )


@pytest.mark.req("REQ-911")
def test_the_lines_in_the_documentation_open_a_copy_without_this_program(tmp_path: Path) -> None:
    site = CopiedSite(tmp_path)
    copy, code = site.copy()
    told = (program_folder() / "docs" / "formats" / "copy.md").read_text(encoding="utf-8")
    [lines] = re.findall(r"```python\n(.*?)```", told, re.DOTALL)
    (tmp_path / "open.py").write_text(lines, encoding="utf-8")
    called = [sys.executable, "-I", str(tmp_path / "open.py"), str(copy.path), code]
    subprocess.run(called, cwd=tmp_path, timeout=60, check=True)
    with ZipFile(tmp_path / "copy.zip") as parts:
        assert parts.testzip() is None
        assert NAME.encode() in parts.read("csv/DM.csv")
