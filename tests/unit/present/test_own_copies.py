"""The site keeps a copy of its own: how old it is, who looked through it, and who may see its code."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code, EnvironmentProblem, RefusedError
from crfapp.ledger import events as ev
from crfapp.present.own_copies import CopyCode, OwnCopies
from crfapp.present.package_desk import Waiting
from crfapp.work.packages import ReviewCopy
from tests.support.examples.recipients import KHALIL
from tests.support.here_and_now import HereAndNow
from tests.support.site_of import workplace
from tests.support.telling import tell
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.present.lane import Steps
    from crfapp.work.roles import Actor

DIGEST = "ab" * 32


@dataclass
class Copier:
    """Implements :class:`crfapp.present.own_copies.CopyDesk` without files."""

    ward: Ward
    actor: Actor
    problem: AppProblem | None = None
    later: Waiting = field(default_factory=lambda: Waiting(0, 0))

    def make(self, folder: Path, language: str, steps: Steps) -> str:
        """Note one."""
        steps.step(0, 1, language)
        if self.problem is not None:
            raise self.problem
        tell(self.ward, ev.CopyMade(file="copy.crfcopy", sha256=DIGEST, state="s", ends=()), self.actor)
        return str(folder / "copy.crfcopy")

    def review(self, file: Path, sha256: str, secret: str, steps: Steps) -> None:
        """It opens with the one code there is."""
        steps.step(0, 1, file.name)
        if secret != "7KQ2-M0XR":
            raise RefusedError(Code.COPY_SECRET_WRONG)
        self.ward.bus.send(ReviewCopy(sha256=sha256), self.actor)

    def code(self) -> CopyCode:
        """For the investigator alone."""
        if self.actor is not KHALIL:
            raise RefusedError(Code.NOT_ALLOWED)
        return CopyCode("7KQ2-M0XR", "ab12cd34")

    def since(self, stamp: str) -> Waiting:
        """What was recorded since."""
        return self.later if stamp else Waiting(9, 1)


def page(ward: Ward, actor: Actor | None = None) -> tuple[OwnCopies, Copier]:
    copier = Copier(ward, actor or ward.actor)
    made = OwnCopies(workplace(ward, actor=copier.actor), HereAndNow(), copier)
    made.refresh()
    return made, copier


@pytest.mark.req("REQ-502", "REQ-503")
def test_a_copy_is_made_and_what_came_since_is_said() -> None:
    nurse, copier = page(Ward())
    assert (nurse.view.age, nurse.view.tone) == ("The site has no copy of its own yet.", "warn")
    nurse.make(Path("/copies"))
    assert "Made and checked: \u2068/copies/copy.crfcopy\u2069" in nurse.view.done
    assert (nurse.view.tone, nurse.view.age.endswith("holds everything.")) == ("ok", True)
    copier.later = Waiting(3, 1)
    nurse.refresh()
    assert nurse.view.age.endswith("3 events, 1 subject.")
    copier.problem = EnvironmentProblem(Code.DISK_FULL)
    nurse.make(Path("/copies"))
    assert (nurse.view.done, len(nurse.view.lines)) == ("", 1)
    assert nurse.view.problem


def test_the_investigator_looks_through_it_and_a_nurse_cannot_say_so() -> None:
    ward = Ward()
    nurse, _ = page(ward)
    nurse.make(Path("/copies"))
    nurse.choose(DIGEST)
    assert nurse.view.chosen is not None
    assert nurse.view.chosen.acts == ()
    nurse.show_code(shown=True)
    assert nurse.view.code is None
    khalil, _ = page(ward, KHALIL)
    shown = []
    for on in (True, False):
        khalil.show_code(shown=on)
        shown.append(khalil.view.code)
    assert shown == [CopyCode("7KQ2-M0XR", "ab12cd34"), None]
    khalil.choose(DIGEST)
    khalil.begin("review", Path("/stick/copy.crfcopy"))
    for typed, place in ((" ", "secret"), ("1111-2222", "")):
        khalil.carry_out({"secret": typed})
        assert [key for key, _ in khalil.view.state.problems] == [place]
        assert khalil.view.lines[0].reviewed == "nobody yet"
    khalil.carry_out({"secret": "7KQ2-M0XR"})
    assert khalil.view.state.done == "Done: I have looked through it."
    assert [(line.reviewed, line.icon) for line in khalil.view.lines] == [("khalil", "complete")]
    assert khalil.view.chosen is not None
    assert khalil.view.chosen.acts == ()


def test_a_copy_of_the_record_alone_is_nothing_to_look_through() -> None:
    ward = Ward()
    tell(ward, ev.CopyMade(file="r.crfcopy", sha256=DIGEST, state="s", ends=(), whole=False), KHALIL)
    khalil, _ = page(ward, KHALIL)
    khalil.choose(DIGEST)
    assert khalil.view.chosen is not None
    assert (khalil.view.chosen.acts, khalil.view.chosen.note.startswith("The program made it")) == ((), True)
    with pytest.raises(AppProblem) as refused:
        ward.bus.send(ReviewCopy(sha256=DIGEST), KHALIL)
    assert refused.value.code is Code.COPY_NOT_WHOLE
