"""How the command line says problems: what, where, what to do, and the code; then the exit status.

Also what opens the window speaks through here; the library of the command line is not loaded for it.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.base.unforeseen import as_problem
from crfapp.present.problem_texts import problem_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.present.texts import Texts

WRONG_CALL = 2
NOT_WELL = 1
_CALL_IS_WRONG = (Code.JOURNEY_WRONG, Code.PACK_NOT_FOUND)


@contextmanager
def problems_said(say: Texts) -> Iterator[None]:
    """Turn a coded problem into a sentence on standard error and an exit status.

    A disk or a memory that fails where no code was given is said as well; a reader that went away is not.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except (AppProblem, OSError, MemoryError) as error:
        problem = as_problem(error)
        what, todo = problem_text(problem, say)
        sys.stderr.write(f"{problem.code.value} {what} {todo}".rstrip() + "\n" + _place(problem))
        raise SystemExit(WRONG_CALL if problem.code in _CALL_IS_WRONG else NOT_WELL) from None


def _place(problem: AppProblem) -> str:
    """A line of its own for whoever has to correct a file: where, and what is wrong there."""
    file, line, what = (problem.facts.get(name, "") for name in ("file", "line", "what"))
    if not file or not (line or what):
        return ""
    return ": ".join(filter(None, (f"{file}:{line}" if line else str(file), str(what)))) + "\n"


def secret(variable: str, prompt: str, *, twice: bool = False) -> str:
    """A password from the environment or a prompt; never from an argument, which others can read."""
    given = os.environ.get(variable)
    if given:
        return given
    import typer

    try:
        return str(typer.prompt(prompt, hide_input=True, confirmation_prompt=twice))
    except typer.Abort:
        raise RefusedError(Code.WRONG_LOGIN) from None
