"""The desk keeps open what somebody turns back to, and not everything that a day looked at."""

from __future__ import annotations

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.work.open_forms import MOST_OPEN
from tests.support.clinic import Clinic
from tests.support.generated_site import form, item, study_of_site, visit
from tests.support.in_line import out_of_line

FORMS = 12
STUDY = study_of_site(
    [visit("V_1", 0, *(f"F{number}" for number in range(FORMS)))],
    [form(f"F{number}", item("A"), item("TWICE", is_="A * 2")) for number in range(FORMS)],
)


def test_forms_asked_for_longest_ago_are_put_away_and_open_as_they_were() -> None:
    clinic = Clinic(STUDY)
    at = [clinic.start(clinic.enrol(), "V_1") for _ in range(MOST_OPEN // FORMS + 2)]
    keys = [FormKey(*place, f"F{number}", 1) for place in at for number in range(FORMS)]
    for key in (keys[0], keys[-1]):
        clinic.enter(key, A="4")
    forms = clinic.desk.forms
    for key in keys:
        forms.get(key)
        forms.get(keys[1])

    assert sum(map(forms.is_open, keys)) == MOST_OPEN
    assert not forms.is_open(keys[0])
    assert forms.is_open(keys[1])
    state = forms.get(keys[0]).state(Cell("", "TWICE"))
    assert state
    assert state.text == "8"
    clinic.enter(keys[0], A="5", reason="typing error")
    assert clinic.value(keys[0], "TWICE") == "10"
    assert out_of_line(clinic) == []


def test_no_form_is_put_away_while_a_command_is_carried_out() -> None:
    clinic = Clinic(STUDY)
    at = [clinic.start(clinic.enrol(), "V_1") for _ in range(MOST_OPEN // FORMS + 2)]
    keys = [FormKey(*place, f"F{number}", 1) for place in at for number in range(FORMS)]
    forms = clinic.desk.forms
    with clinic.desk.reading(clinic.ledger.tables):
        for key in keys:
            forms.get(key)
        assert all(map(forms.is_open, keys))
    forms.close(keys[-1])
    forms.get(keys[-1])
    assert sum(map(forms.is_open, keys)) == MOST_OPEN
