"""No path through the program deletes a key, a vault or a database, and no text offers to (T-36).

Every function that removes a file or gives one another's name is listed here with what it removes. A new one
is not wrong, but somebody has to say why it may.
"""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.guards.sources import ROOT, Source, read_source

REMOVES = frozenset({"unlink", "rmtree", "rmdir", "removedirs", "truncate", "ftruncate"})
RENAMES = frozenset({"replace", "rename"})
"""Of a path: with one argument, where a text's have two."""
REMOVING = re.compile(rf"\.({'|'.join(sorted({*REMOVES, *RENAMES, 'remove', 'move'}))})\(")
OF_MODULES = {"os": frozenset({"remove", "replace", "rename"}), "shutil": frozenset({"move"})}

HALF_MADE = "a new folder or file of this very act, which failed"
WRITTEN_BESIDE = "the whole file takes the name of the former one; what was not finished goes"
ALLOWED = {
    "bootstrap/casebooks.py make_casebook": HALF_MADE,
    "bootstrap/centre/founding.py found_centre": HALF_MADE,
    "bootstrap/copy_desk.py _note": HALF_MADE,
    "bootstrap/copying.py _made": HALF_MADE,
    "bootstrap/exporting.py export_from": HALF_MADE,
    "bootstrap/founding.py finish": HALF_MADE,
    "bootstrap/inspector_folder.py write_inspector_folder": HALF_MADE,
    "bootstrap/joining.py join": HALF_MADE,
    "bootstrap/notices.py make_notice": HALF_MADE,
    "bootstrap/packing.py make_package": HALF_MADE,
    "bootstrap/recommissioning.py recommission": HALF_MADE,
    "bootstrap/restoring.py restore": HALF_MADE,
    "bootstrap/trail_exporting.py trail_from": HALF_MADE,
    "exchange/csv_files.py write_csv_folder": HALF_MADE,
    "exchange/openpgp.py discard": HALF_MADE,
    "present/exchange_page.py _done": HALF_MADE,
    "present/trail_export.py _done": HALF_MADE,
    "store/copy_place.py copy_file": HALF_MADE,
    "bootstrap/drilling.py _tried": "the scratch folder of a drill, which holds a copy of a copy",
    "bootstrap/demo_ward.py add_ward": "the invitation of a demo site, after it was followed",
    "bootstrap/centre/at_hand.py take_in": "a package in the inbox that was taken in",
    "bootstrap/centre/receiving.py _brought": "a package in the inbox that was taken in",
    "bootstrap/exchanging.py _take_in": "a package in the inbox that was taken in",
    "bootstrap/site_packages.py take_in": "a package in the inbox that was taken in",
    "bootstrap/taking_in.py each_of": "a package in the inbox that was taken in",
    "bootstrap/copying.py _make_room": "certified copies that the program made itself; the newest three stay",
    "bootstrap/signatures.py write_signatures": WRITTEN_BESIDE,
    "bootstrap/outbox.py tidy": "packages that were confirmed; what nobody confirmed stays",
    "exchange/package/scratch.py scratch": "an intermediate file of a package",
    "exchange/package/scratch.py sweep": "intermediate files of packages of a program that was killed",
    "exchange/quarantine.py release": "a package that was set aside and is taken in now",
    "exchange/transport/__init__.py fetch": WRITTEN_BESIDE,
    "exchange/transport/folder.py write": "the end of a file in the post that is being resumed",
    "exchange/transport/folder.py rename": "a file in the post",
    "exchange/transport/folder.py remove": "a file in the post",
    "exchange/whole_file.py beside": WRITTEN_BESIDE,
    "exchange/whole_file.py give_name": WRITTEN_BESIDE,
    "store/backup.py rotate": "copies of this very chain, after a newer one was proven; see its tests",
    "store/backup.py _becoming": WRITTEN_BESIDE,
    "store/postgres/copying.py copy_to_file": WRITTEN_BESIDE,
    "store/durable_files.py write_durably": WRITTEN_BESIDE,
    "store/invitation.py write_invitation": WRITTEN_BESIDE,
    "store/centre.py create": "a part of a centre that was never finished",
    "store/postgres/parts.py _folder": "a part of a centre that was never finished",
    "store/drawer.py keep": "what somebody typed and did not finish, once they are back",
    "store/photographs.py keep_copy": "small pictures made of a photograph; they can be made again",
    "qualify/known_answers.py _sqlcipher": "a copy in a temporary folder of the qualification's own",
    "qualify/on_files.py _put_in_place": "the log of a made-up site in a temporary folder",
    "store/reserve.py give_up": "the empty file that keeps room on the disk",
    "store/reserve.py make": "the empty file that keeps room on the disk",
    "store/safe.py forget": "what opens a route, or where the second place is; never what opens the records",
    "store/second_place.py set_second_place": "an empty file that tried whether a folder can be written",
    "store/site_folder.py _make_private": "an empty file that tried whether a folder can be written",
    "ui/casebook/sharing.py _draw": "nothing: the name of a picture on the screen",
    "ui/fields/photo_face.py show_view": "nothing: the name of a picture on the screen",
    "ui/photo/thumb.py __init__": "nothing: the name of a picture on the screen",
}
KEEPERS = re.compile(r"vault|ledger|node_key|NODE_KEY|VAULT|recovery|KnownEnds", re.IGNORECASE)
MAY_NAME_THEM = {
    "bootstrap/centre/founding.py found_centre",
    "bootstrap/drilling.py _tried",
    "bootstrap/founding.py finish",
    "bootstrap/recommissioning.py recommission",
    "bootstrap/restoring.py restore",
    "bootstrap/trail_exporting.py trail_from",
    "qualify/on_files.py _put_in_place",
    "store/backup.py rotate",
}
"""Each of them made what it removes itself, or (``rotate``) has names of copies alone."""
OFFERS = re.compile(
    r"\b(delete|remove|erase|wipe|discard|reset|overwrite)\b[^.]{0,40}\b(key|keys|vault|database|records|site)\b",
    re.IGNORECASE,
)
HARMLESS = ("Delete the invitation: it holds all records",)


def acts(function: ast.FunctionDef) -> list[str]:
    """The calls in a function that remove a file or give it another's name."""
    found = []
    for node in ast.walk(function):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name, owner = node.func.attr, node.func.value
        module = owner.id if isinstance(owner, ast.Name) else ""
        alone = len(node.args) == 1 and not node.keywords
        if name in REMOVES or name in OF_MODULES.get(module, ()) or (name in RENAMES and alone):
            found.append(ast.unparse(node))
    return found


@cache
def functions() -> dict[str, ast.FunctionDef]:
    """Every function that does, by its place."""
    found = {}
    for source in sources_with(REMOVING, "crfapp"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef) and acts(node):
                found[f"{source.name.removeprefix('crfapp/')} {node.name}"] = node
    return found


def sources_with(words: re.Pattern[str], *folders: str) -> list[Source]:
    """The files in which a text stands: reading all as trees would take a guard too long."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [read_source(path) for path in paths if words.search(path.read_text(encoding="utf-8"))]


@pytest.mark.req("REQ-904")
def test_every_place_that_removes_a_file_has_its_reason() -> None:
    found = functions()
    assert sorted(set(found) - set(ALLOWED)) == [], "say what it removes, and why it may"
    assert sorted(set(ALLOWED) - set(found)) == [], "it removes nothing any more"


@pytest.mark.req("REQ-904")
def test_nothing_that_removes_files_has_to_do_with_keys_vaults_or_databases() -> None:
    named = {place for place, node in functions().items() if KEEPERS.search(ast.unparse(node))}
    assert sorted(named - MAY_NAME_THEM) == []


@pytest.mark.req("REQ-904")
def test_no_text_offers_to_delete_what_opens_the_records() -> None:
    offers = [
        (source.name, text)
        for source in sources_with(OFFERS, "crfapp/present", "crfapp/ui", "crfapp/cli")
        for text in texts(source.tree)
        if OFFERS.search(text) and not any(harmless in text for harmless in HARMLESS)
    ]
    assert offers == []


def texts(tree: ast.Module) -> list[str]:
    """Every text in a module that is no docstring."""
    described = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return [node.value for node in strings if isinstance(node.value, str) and id(node) not in described]


def test_the_guard_sees_what_it_looks_for() -> None:
    bad = ast.parse("def tidy(folder):\n    (folder / 'vault.json').unlink()\n    os.remove('ledger.db')\n")
    [function] = bad.body
    assert isinstance(function, ast.FunctionDef)
    assert len(acts(function)) == len(["unlink", "remove"])
    assert KEEPERS.search(ast.unparse(function))
    assert OFFERS.search("The key cannot be read. Delete the old database and start again?")
