"""The tiny study with a protocol of photographs: quick to found, and everything that photographs need."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.support.tiny import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

_FORM = """form: PHOTO
title: Photographs
sections:
  - section: HEAD
    title: Photographs
    items:
      - {item: PHYN, ask: Photographs taken?, type: yesno, codes: NY}
  - section: ROWS
    title: Each photograph
    rows: {log: true}
    items:
      - {item: PHLES, ask: Patch, type: rowref(PATCH)}
      - {item: PHLIGHT, ask: Light, type: choice, codes: LIGHT}
      - {item: PHDTM, ask: Taken, type: datetime}
      - {item: PHIMG, ask: Photograph, type: photo}
      - {item: PHSCALE, ask: Ruler in it?, type: yesno, codes: NY}
      - {item: PHPRIV, ask: Nobody recognised?, type: yesno, codes: NY}
"""
_LISTS = """LIGHT:
  title: Light
  codes:
    - {code: VIS, text: Daylight}
    - {code: WOOD, text: Wood's lamp}
"""
_HEAD = """photographs:
  form: PHOTO
  done: PHYN
  target: PHLES
  view: PHLIGHT
  views: [VIS]
  of: ROLE == "TREATED"
  image: PHIMG
  taken: PHDTM
  scale: PHSCALE
  private: PHPRIV
  pixels: "1000"
  sharp: "1"
  dark: "90"
  bright: "90"

checks:
"""


def photo_pack(folder: Path) -> Path:
    """The pack, written below a folder."""
    pack = folder / "tiny-photographs"
    shutil.copytree(FOLDER, pack)
    (pack / "forms" / "PHOTO.yaml").write_text(_FORM, encoding="utf-8")
    with (pack / "codelists.yaml").open("a", encoding="utf-8") as lists:
        lists.write(_LISTS)
    study = (pack / "study.yaml").read_text(encoding="utf-8")
    study = study.replace("forms: [SV, PATCH, CARE]", "forms: [SV, PATCH, PHOTO, CARE]")
    (pack / "study.yaml").write_text(study.replace("checks:\n", _HEAD, 1), encoding="utf-8")
    return pack
