"""What holds for every study pack that the app ships."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from crfapp.study.pack import Loaded, load_pack
from crfapp.study.study import Study
from tests.support.playing import FORMS
from tests.unit.study.on_paper import ask

if TYPE_CHECKING:
    from crfapp.study.checks import Check

PACKS = sorted(path.name for path in FORMS.iterdir() if (path / "study.yaml").exists())


@pytest.fixture(scope="module", params=PACKS)
def loaded(request: pytest.FixtureRequest) -> Loaded:
    return load_pack(FORMS / str(request.param))


@pytest.fixture(scope="module")
def study(loaded: Loaded) -> Study:
    assert loaded.pack is not None, "\n".join(map(str, loaded.errors))
    return Study(loaded.pack)


def checks_of(study: Study) -> dict[str, tuple[str, Check]]:
    """Every check with the form it stands in."""
    return {check.check: (form, check) for form in study.forms for check in study.form(form).checks}


def test_all_three_studies_are_looked_at() -> None:
    assert set(PACKS) == {"nct06813027", "abcb5-cvu", "als-msc"}


def test_it_loads_without_an_error_and_no_text_waits_for_a_translation(loaded: Loaded) -> None:
    assert loaded.errors == ()
    assert not [fault for fault in loaded.faults if fault.code == "PACK-070"]


def test_key_list_never_leaves_the_site(study: Study) -> None:
    assert [oid for oid, form in study.forms.items() if form.site_only] == ["SUBJ"]


def test_a_task_says_its_kind_and_a_proposed_deviation_what_happened_and_why(study: Study) -> None:
    tasks = {oid: check for oid, (_, check) in checks_of(study).items() if check.level == "T"}
    for oid, check in tasks.items():
        assert check.task is not None, oid
        assert (check.draft is not None) is (check.task == "DEVIATION"), oid
        if check.draft is not None:
            assert check.draft.form == "DV"
            assert {"DVTERM", "DVDECOD", "DVSTDAT", "DVSRC"} <= check.draft.set.keys(), oid
            assert set(check.draft.set) <= set(study.items("DV")), oid


def test_every_situation_given_with_a_check_is_judged_as_it_says(study: Study) -> None:
    wrong: list[str] = []
    tried = 0
    for oid, (form, check) in checks_of(study).items():
        assert check.vectors is not None, oid
        assert check.vectors.fires, oid
        assert check.vectors.passes, oid
        for expected, situations in (
            (True, check.vectors.fires + check.vectors.boundary.fires),
            (False, check.vectors.passes + check.vectors.boundary.passes),
        ):
            for one in situations:
                tried += 1
                if (ask(study, form, check.fires, one.answers, one.rows) is True) is not expected:
                    wrong.append(f"{oid}: {one} should {'fire' if expected else 'pass'}")
    assert wrong == []
    assert tried > 500


def test_a_check_that_orders_values_shows_the_last_that_passes_and_the_first_that_fires(study: Study) -> None:
    ordering = re.compile(r"[<>]|(certainly|possibly)_before")
    without = {
        oid
        for oid, (_, check) in checks_of(study).items()
        if check.vectors is not None
        and ordering.search(check.fires)
        and not (check.vectors.boundary.fires and check.vectors.boundary.passes)
    }
    assert without == set()
