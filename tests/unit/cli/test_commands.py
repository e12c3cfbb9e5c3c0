"""The command line on real sites and packs: what it says, and the exit status that scripts go by."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer
from typer.testing import CliRunner

from crfapp.bootstrap.ground import forms_folder
from crfapp.bootstrap.parts import AppParts
from crfapp.bootstrap.playing import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, known_password
from crfapp.cli import run
from crfapp.cli.commands import build
from crfapp.exchange.office_encryption import decrypt
from crfapp.present.address import Address
from crfapp.store.attempts import LIMIT, Attempts
from crfapp.store.engine import open_engine, writing
from crfapp.store.migrations import EVIDENCE
from crfapp.store.site_folder import SiteFolder
from crfapp.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typer.testing import Result

    from crfapp.present.preview_page import Preview

FLAGSHIP = forms_folder() / "nct06813027"
TINY = Path(__file__).parents[2] / "packs" / "tiny"
TWENTY_ERRORS = Path(__file__).parents[2] / "packs" / "twenty-errors"
JOURNEY = Path(__file__).parents[2] / "journeys" / "data" / "first-day.yaml"
TRIGGERS = [name for name, sql in EVIDENCE.items() if sql.startswith("CREATE TRIGGER")]
WORKBOOK_PASSWORD = "blue lamps over the harbour"
WELL, NOT_WELL, WRONG_CALL = 0, 1, 2


@pytest.fixture(autouse=True)
def _machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies of one site are sites of their own here: each test has a machine that knows nothing of them."""
    monkeypatch.setenv("CRFAPP_STATE", str(tmp_path / "state"))


def crfapp(*words: object, **environment: str) -> Result:
    """What somebody types behind ``crfapp``; the environment says nothing but what is given here."""
    silent = {name: None for name in os.environ if name.startswith("CRFAPP_") and name != "CRFAPP_STATE"}
    typed = [str(word) for word in words]
    return CliRunner().invoke(
        build(AppParts()),
        typed,
        env={**silent, **environment},
        catch_exceptions=False,
    )


def as_admin(*words: object, **more: str) -> Result:
    return crfapp(*words, CRFAPP_LOGIN=ADMINISTRATOR, CRFAPP_PASSWORD=ADMINISTRATOR_PASSWORD, **more)


def as_nurse(*words: object, **more: str) -> Result:
    return crfapp(*words, CRFAPP_LOGIN="rania", CRFAPP_PASSWORD=known_password("rania"), **more)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site on which one journey was played; for tests that only read."""
    out = tmp_path_factory.mktemp("played")
    result = crfapp("play", JOURNEY, "--out", out)
    assert (result.exit_code, result.stderr) == (WELL, "")
    return out / "first-day" / "site"


@pytest.fixture
def site(played: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt."""
    return Path(shutil.copytree(played, tmp_path / "site"))


def spoil(site: Path, *statements: str) -> None:
    """Write into the database behind the program's back, with the key that a person's password gives."""
    engine = open_engine(site / "ledger.db", Vault.load(site).open(ADMINISTRATOR, ADMINISTRATOR_PASSWORD))
    with writing(engine) as db:
        for statement in statements:
            db.execute(statement)
    engine.dispose()


# ---------------------------------------------------------------- study


def test_the_shipped_pack_has_no_error_wherever_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    by_name, by_path = crfapp("study", "check", "nct06813027"), crfapp("study", "check", FLAGSHIP)
    assert (by_name.exit_code, by_path.exit_code) == (WELL, WELL)
    assert by_name.stdout.splitlines()[-1].startswith("0 errors")
    assert by_name.stdout == by_path.stdout


def test_twenty_errors_are_told_to_people_and_to_programs() -> None:
    as_json = crfapp("study", "check", TWENTY_ERRORS, "--json")
    told = json.loads(as_json.stdout)
    errors = [fault for fault in told["faults"] if fault["severity"] == "error"]
    assert (as_json.exit_code, told["errors"], len(errors)) == (NOT_WELL, 20, 20)
    for fault in errors:
        text = (TWENTY_ERRORS / fault["file"]).read_text(encoding="utf-8")
        assert 1 <= fault["line"] <= len(text.splitlines())

    in_words = crfapp("study", "check", TWENTY_ERRORS)
    assert in_words.exit_code == NOT_WELL
    for fault in errors:
        assert f"{fault['file']}:{fault['line']}: error {fault['code']}: " in in_words.stdout


def test_a_pack_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    result = crfapp("study", "check", tmp_path / "nowhere")
    assert result.exit_code == NOT_WELL
    assert "PACK-001" in result.stdout


def test_a_folder_that_lies_here_goes_before_a_shipped_pack_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(TWENTY_ERRORS, tmp_path / "nct06813027")
    monkeypatch.chdir(tmp_path)
    assert crfapp("study", "check", "nct06813027").exit_code == NOT_WELL


def test_the_schedule_is_shown_as_a_table() -> None:
    result = crfapp("study", "show", FLAGSHIP)
    head, *rows = result.stdout.splitlines()
    assert result.exit_code == WELL
    visits = head.split()
    assert visits[:3] == ["V_SCR", "V_INJ1", "V_CALL1"]
    marks = {row.split()[0]: row.split()[-len(visits) :] for row in rows}
    assert marks["IC"][:2] == ["X", "."]
    assert marks["PT"][0] == "C"
    assert crfapp("study", "show", TWENTY_ERRORS).exit_code == NOT_WELL


def preview(form: str, *answers: str, **words: str) -> Result:
    """A preview of the tiny study as text."""
    options = [word for name, value in words.items() for word in (f"--{name}", value)]
    given = [word for answer in answers for word in ("--set", answer)]
    return crfapp("study", "preview", TINY, "--text", "--form", form, *options, *given)


def test_a_form_is_previewed_as_text_with_what_each_answer_led_to() -> None:
    result = preview("DM", "SEX=F", "SIT/TEMP=41", "LIE/SYS=170", "PREG=Y")
    assert (result.exit_code, result.stderr) == (WELL, "")
    form, *steps = [part.splitlines() for part in result.stdout.split("\n\n")]
    assert form[0].startswith("About the person (DM) · Screening")
    assert form[1] == "Preview: nothing is recorded."
    because = 'Shown because “Sex” = Female.  [SEX == "F"]'
    assert any(line.strip() == because for line in form)
    assert steps[0] == ["Sex: Female", "+ Pregnant", f"    {because}"]
    assert any("SOFT:TEMP (Q)" in line for line in steps[1])
    assert steps[2] == ["Lying, Systolic: 170 · nothing followed from it"]
    assert any("Check TN-01 (Q): High pressure in pregnancy." in line for line in steps[3])


def test_answers_of_other_forms_and_visits_are_given_before_and_a_log_gets_its_row() -> None:
    answers = ("PATCH.1/ROLE=TREATED", "PATCH.T01/ITCH=7", "T01/STATE=PRESENT", "T01/LEN=14", "T01/WID=10")
    result = preview("CARE", *answers)
    assert result.exit_code == WELL, result.stderr
    assert "AREA = round(pi / 4 * 14.0 * 10.0, 1) = 110.0" in result.stdout
    assert "= T01/ITCHED" in result.stdout
    hidden = preview("DM", "SEX=missing:UNK", "SV@V_BASE.SVMODE=CLINIC", language="de", visit="V_SCR")
    assert hidden.exit_code == WELL, hidden.stderr
    assert "Ausgeblendet, weil „Geschlecht“ keine Antwort hat." in hidden.stdout


def test_what_cannot_be_previewed_is_said_with_its_exit_status() -> None:
    for words in (("--set", "SEX"), ("--language", "xx"), ()):
        call = ("study", "preview", TINY, "--text", *(("--form", "DM") if words else ()), *words)
        assert crfapp(*call).exit_code == WRONG_CALL
    elsewhere = preview("PATCH", visit="V_W4"), preview("DM", visit="V")
    unknown = [preview("NONE"), preview("DM", "NONE=1"), *elsewhere]
    assert [result.exit_code for result in unknown] == [NOT_WELL] * 4
    assert "R-" in unknown[0].stderr
    unread = preview("DM", "BRTHDAT=soon")
    assert unread.exit_code == NOT_WELL
    assert unread.stdout == ""
    faulty = crfapp("study", "preview", TWENTY_ERRORS, "--form", "DM")
    checked = crfapp("study", "check", TWENTY_ERRORS)
    assert (faulty.exit_code, faulty.stdout) == (NOT_WELL, checked.stdout)


def test_with_a_display_and_no_answers_the_preview_opens_its_window(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Address] = []

    class Screen(AppParts):
        def has_display(self) -> bool:
            return True

        def open_preview(self, preview: Preview, at: Address) -> int:
            assert preview.study.head.study == "tiny"
            opened.append(at)
            return 0

    monkeypatch.delenv("CRFAPP_LANGUAGE", raising=False)
    result = CliRunner().invoke(build(Screen()), ["study", "preview", str(TINY), "--form", "DM"])
    assert result.exit_code == WELL
    assert opened == [Address("preview", form="DM")]


# ---------------------------------------------------------------- play


def test_an_expectation_that_is_not_met_is_printed_with_file_and_line(tmp_path: Path) -> None:
    text = JOURNEY.read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text.replace('AGE: "29"', 'AGE: "30"'), encoding="utf-8")
    line = next(
        number
        for number, row in enumerate(text.splitlines(), start=1)
        if row.startswith("  - ") and 'AGE: "29"' in text.splitlines()[number + 1]
    )

    in_words = crfapp("play", wrong, "--out", tmp_path / "one")
    assert in_words.exit_code == NOT_WELL
    assert f"{wrong}:{line}: expected AGE = 30; seen AGE = 29" in in_words.stdout

    as_json = crfapp("play", wrong, "--out", tmp_path / "two", "--json")
    told = json.loads(as_json.stdout)
    assert as_json.exit_code == NOT_WELL
    assert [(unmet["file"], unmet["line"]) for unmet in told["unmet"]] == [(str(wrong), line)]
    assert told["subjects"] == ["JO01-001"]


@pytest.mark.parametrize(
    ("text", "line"), [("steps: [{enroll: {}}]", 1), ("steps:\n  - {visit: V_SCR, whenn: x}", 2), ("- a", 1)]
)
def test_a_file_that_is_no_journey_is_a_wrong_call(tmp_path: Path, text: str, line: int) -> None:
    file = tmp_path / "journey.yaml"
    file.write_text(text, encoding="utf-8")
    result = crfapp("play", file, "--out", tmp_path / "out")
    assert result.exit_code == WRONG_CALL
    assert f"{file}:{line}: " in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_journey_that_cannot_be_read_or_names_no_pack_is_a_wrong_call(tmp_path: Path) -> None:
    missing = crfapp("play", tmp_path / "missing.yaml")
    nowhere = tmp_path / "nowhere.yaml"
    nowhere.write_text("{journey: a, pack: nowhere, steps: []}", encoding="utf-8")
    unknown = crfapp("play", nowhere, "--out", tmp_path / "out")
    assert (missing.exit_code, unknown.exit_code) == (WRONG_CALL, WRONG_CALL)


def test_playing_into_a_site_adds_subjects_and_needs_its_administrator(site: Path) -> None:
    by_nurse = as_nurse("play", JOURNEY, "--site", site)
    assert (by_nurse.exit_code, by_nurse.stdout) == (NOT_WELL, "")
    assert "R-201" in by_nurse.stderr

    by_admin = as_admin("play", JOURNEY, "--site", site, "--json")
    assert json.loads(by_admin.stdout)["subjects"] == ["JO01-002"]


# ---------------------------------------------------------------- site


@pytest.mark.req("REQ-107")
def test_a_sound_site_is_said_to_be_sound(played: Path) -> None:
    result = as_nurse("site", "verify", played)
    assert result.exit_code == WELL
    assert result.stdout.startswith("1 chains, ")


@pytest.mark.req("REQ-107", "REQ-106")
def test_one_byte_changed_behind_the_triggers_is_found_and_named(site: Path) -> None:
    node = json.loads((site / "workstation.json").read_text(encoding="utf-8"))["node"]
    spoil(
        site,
        *[f"DROP TRIGGER {name}" for name in TRIGGERS],
        "UPDATE event SET body = CAST(substr(body, 1, length(body) - 3) || 'x' || substr(body, -2) AS BLOB)"
        " WHERE seq = 7",
        *[EVIDENCE[name] for name in TRIGGERS],
    )
    result = as_admin("site", "verify", site)
    assert result.exit_code == NOT_WELL
    assert f"{node}, event 7: " in result.stdout


@pytest.mark.req("REQ-106")
def test_a_trigger_that_is_gone_is_found(site: Path) -> None:
    spoil(site, f"DROP TRIGGER {TRIGGERS[0]}")
    result = as_admin("site", "verify", site)
    assert result.exit_code == NOT_WELL
    assert result.stderr.startswith("I-")


def test_the_tables_are_what_the_ledger_tells_and_a_difference_is_named_and_mended(site: Path) -> None:
    assert as_admin("site", "rebuild", site, "--compare").stdout.endswith(" 0 differences\n")

    spoil(site, "UPDATE subject SET number = 'JO01-999'")
    different = as_admin("site", "rebuild", site, "--compare")
    assert different.exit_code == NOT_WELL
    assert "number differs" in different.stdout

    assert as_admin("site", "rebuild", site).exit_code == WELL
    assert as_admin("site", "rebuild", site, "--compare").exit_code == WELL


def test_a_table_that_is_gone_is_named_and_made_anew(site: Path) -> None:
    spoil(site, "DROP TABLE subject")
    assert as_admin("site", "rebuild", site, "--compare").exit_code == NOT_WELL
    assert as_admin("site", "rebuild", site).exit_code == WELL
    assert as_admin("site", "rebuild", site, "--compare").exit_code == WELL


def test_a_folder_without_a_site_and_a_wrong_password_are_said_with_their_codes(
    played: Path, tmp_path: Path
) -> None:
    nowhere = as_admin("site", "verify", tmp_path)
    stranger = crfapp("site", "verify", played, CRFAPP_LOGIN="admin", CRFAPP_PASSWORD="guessed")
    assert (nowhere.exit_code, stranger.exit_code) == (NOT_WELL, NOT_WELL)
    assert nowhere.stderr.startswith("E-104 ")
    assert stranger.stderr.startswith("R-301 ")


NEW = ("--new", "samia", "--name", "Samia Aziz", "--role", "nurse")
NEW_PASSWORD = "four cups of mint tea"


@pytest.mark.req("REQ-201")
def test_an_administrator_gives_a_nurse_her_account_and_she_comes_in(site: Path) -> None:
    given = as_admin("site", "person", site, *NEW, CRFAPP_NEW_PASSWORD=NEW_PASSWORD)
    assert (given.exit_code, given.stderr) == (WELL, "")
    assert "Samia Aziz" in given.stdout
    sound = crfapp("site", "verify", site, CRFAPP_LOGIN="samia", CRFAPP_PASSWORD=NEW_PASSWORD)
    assert sound.exit_code == WELL
    again = as_admin("site", "person", site, *NEW, CRFAPP_NEW_PASSWORD=NEW_PASSWORD)
    assert (again.exit_code, again.stderr[:6]) == (NOT_WELL, "R-215 ")


@pytest.mark.req("REQ-201", "REQ-209")
@pytest.mark.parametrize(
    ("who", "password", "code"),
    [(as_nurse, NEW_PASSWORD, "R-201"), (as_admin, "short", ""), (as_admin, "Samia Aziz is here now", "")],
)
def test_neither_a_nurse_nor_a_weak_password_makes_an_account(
    site: Path, who: Callable[..., Result], password: str, code: str
) -> None:
    refused = who("site", "person", site, *NEW, CRFAPP_NEW_PASSWORD=password)
    assert refused.exit_code == NOT_WELL
    assert refused.stderr.startswith(code or "R-")
    assert "samia" not in Vault.load(site).logins
    assert as_admin("site", "person", site, *NEW, CRFAPP_NEW_PASSWORD=NEW_PASSWORD).exit_code == WELL


def test_an_account_whose_password_was_lost_on_the_way_gets_it_the_second_time(site: Path) -> None:
    assert as_admin("site", "person", site, *NEW, CRFAPP_NEW_PASSWORD=NEW_PASSWORD).exit_code == WELL
    Vault.load(site).remove("samia")
    other = ("--new", "samia", "--name", "Samia Aziz", "--role", "monitor")
    assert as_admin("site", "person", site, *other, CRFAPP_NEW_PASSWORD=NEW_PASSWORD).exit_code == NOT_WELL
    assert "samia" not in Vault.load(site).logins
    assert as_admin("site", "person", site, *NEW, CRFAPP_NEW_PASSWORD=NEW_PASSWORD).exit_code == WELL
    assert "samia" in Vault.load(site).logins


@pytest.mark.parametrize("words", [("--new", "Samia A"), ("--name", " "), ("--role", "surgeon")])
def test_an_account_that_cannot_be_is_a_wrong_call(site: Path, words: tuple[str, str]) -> None:
    result = as_admin("site", "person", site, *NEW, *words, CRFAPP_NEW_PASSWORD=NEW_PASSWORD)
    assert result.exit_code == WRONG_CALL
    assert "samia" not in Vault.load(site).logins


# ---------------------------------------------------------------- export


def export(
    site: Path, out: Path, login: str = "rania", password: str = "", workbook: str = WORKBOOK_PASSWORD
) -> Result:
    return crfapp(
        *("export", "workbook", site, "--out", out),
        CRFAPP_LOGIN=login,
        CRFAPP_PASSWORD=password or known_password(login),
        CRFAPP_WORKBOOK_PASSWORD=workbook,
    )


@pytest.mark.req("REQ-110")
def test_a_workbook_opens_with_its_password_and_stands_in_the_ledger(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "data.xlsx"
    before = as_admin("site", "verify", site).stdout
    result = export(site, out)
    assert result.exit_code == WELL
    assert "read back and compared" in result.stdout
    assert decrypt(out, WORKBOOK_PASSWORD).startswith(b"PK")
    assert WORKBOOK_PASSWORD not in result.output
    assert as_admin("site", "verify", site).stdout != before


def test_a_file_that_is_there_is_refused_and_stays_as_it_is(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "data.xlsx"
    out.write_bytes(b"the one of last week")
    result = export(site, out)
    assert result.exit_code == NOT_WELL
    assert result.stderr.startswith("R-501 ")
    assert out.read_bytes() == b"the one of last week"


@pytest.mark.req("REQ-216")
@pytest.mark.parametrize(
    ("login", "password", "workbook", "code"),
    [
        ("rania", "guessed", WORKBOOK_PASSWORD, "R-301"),
        ("nobody", "", WORKBOOK_PASSWORD, "R-301"),
        (ADMINISTRATOR, ADMINISTRATOR_PASSWORD, WORKBOOK_PASSWORD, "R-201"),
        ("rania", "", "short", "R-303"),
        ("rania", "", "JO01 nct06813027 data", "R-306"),
    ],
)
def test_who_may_not_export_or_takes_a_weak_password_gets_no_file(
    site: Path, tmp_path: Path, *, login: str, password: str, workbook: str, code: str
) -> None:
    result = export(site, tmp_path / "data.xlsx", login, password, workbook)
    assert result.exit_code == NOT_WELL
    assert result.stderr.startswith(f"{code} ")
    assert list(tmp_path.glob("*.xlsx*")) == []


def options(command: Any, path: str = "crfapp") -> Iterator[tuple[str, str]]:
    for parameter in command.params:
        for name in (parameter.name, *parameter.opts):
            yield path, name
    for name, inner in getattr(command, "commands", {}).items():
        yield from options(inner, f"{path} {name}")


@pytest.mark.req("REQ-904")
def test_no_command_takes_a_password_as_an_argument(site: Path, tmp_path: Path) -> None:
    known = list(options(typer.main.get_command(build(AppParts()))))
    assert ("crfapp export workbook", "--out") in known
    assert [pair for pair in known if "pass" in pair[1] or "secret" in pair[1]] == []
    words = ("export", "workbook", site, "--out", tmp_path / "a.xlsx", "--login", "rania")
    assert crfapp(*words, "--password", "x").exit_code == WRONG_CALL


@pytest.mark.req("REQ-207", "REQ-211")
def test_an_administrator_unlocks_and_resets_and_the_sheet_wants_its_own_text(site: Path) -> None:
    attempts = Attempts(site, SiteFolder.open(site).card.site)
    for _ in range(LIMIT):  # as many as somebody guessed
        attempts.begin("rania", "2025-01-05T06:10:00.000000Z", known=True)
    assert as_nurse("site", "verify", site).stderr.startswith("R-305 ")
    assert as_nurse("site", "unlock", site, "--person", "rania").exit_code == NOT_WELL
    assert as_admin("site", "unlock", site, "--person", "admin").stderr.startswith("R-316 ")
    assert as_admin("site", "unlock", site, "--person", "rania").stdout == "rania can try again.\n"
    assert as_nurse("site", "verify", site).exit_code == WELL

    reset = as_admin("site", "reset", site, "--person", "rania")
    secret = reset.stdout.splitlines()[-1]
    assert as_nurse("site", "verify", site).stderr.startswith("R-301 ")
    once = crfapp("site", "verify", site, CRFAPP_LOGIN="rania", CRFAPP_PASSWORD=secret)
    assert once.exit_code == WELL

    wrong = crfapp("site", "unlock", site, "--person", "admin", "--sheet", CRFAPP_RECOVERY="7KQ2 M0XR")
    assert wrong.stderr.startswith("R-302 ")


def test_a_prompt_asks_for_what_the_environment_does_not_say(site: Path) -> None:
    words = ["site", "verify", str(site), "--login", ADMINISTRATOR]
    asked = CliRunner().invoke(
        build(AppParts()), words, input=f"{ADMINISTRATOR_PASSWORD}\n", env={"CRFAPP_PASSWORD": None}
    )
    assert asked.exit_code == WELL
    assert ADMINISTRATOR_PASSWORD not in asked.output


# ---------------------------------------------------------------- the window


@dataclass
class PartsWithoutWindow(AppParts):
    """The real parts, but the window is only noted."""

    opened: list[Path | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def open_window(self, site: Path | None) -> int:
        self.opened.append(site)
        return 0


@pytest.mark.parametrize(
    ("typed", "opens"), [([], None), (["open", "site"], Path("site")), (["open", "--", "-x"], Path("-x"))]
)
def test_the_window_opens_with_nothing_typed_or_with_open(typed: list[str], opens: Path | None) -> None:
    parts = PartsWithoutWindow()
    with pytest.raises(SystemExit) as left:
        run(parts, typed)
    assert (left.value.code, parts.opened) == (0, [opens])


def test_an_option_is_not_taken_for_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    parts = PartsWithoutWindow()
    with pytest.raises(SystemExit) as left:
        run(parts, ["open", "--help"])
    assert (left.value.code, parts.opened) == (0, [])
    assert "Open the window" in capsys.readouterr().out
