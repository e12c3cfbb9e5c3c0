"""What the program says of itself: version, build, the study in force, licences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import crfapp
from crfapp.base.build import FILE, UNREADABLE, Build, build_of
from crfapp.present.texts import isolated

if TYPE_CHECKING:
    from crfapp.present.texts import Texts
    from crfapp.study.study import Study


class Fact(NamedTuple):
    """One line of the card."""

    name: str
    said: str


def this_build() -> Build:
    """The build that runs here."""
    file = Path(crfapp.__file__).parent / FILE
    try:
        return build_of(file.read_text(encoding="utf-8"), crfapp.__version__)
    except FileNotFoundError:
        return Build(crfapp.__version__)
    except (OSError, UnicodeDecodeError):
        return Build(crfapp.__version__, UNREADABLE)


def build_line(build: Build, say: Texts) -> str:
    """``crfapp 0.1.0 · build 1a2b3c4d5e6f``, for a foot."""
    if not build.commit:
        return say.beside(f"crfapp {build.version}", say("from source"))
    return say.beside(f"crfapp {build.version}", say("build {hash}", hash=isolated(build.short)))


def about_lines(build: Build, study: Study | None, say: Texts) -> tuple[Fact, ...]:
    """What the card says, from the program to the study; without a study nobody is in."""
    facts = [
        Fact(say("Version"), isolated(build.version)),
        Fact(say("Build"), isolated(build.commit) if build.commit else say("from source")),
    ]
    if build.built:
        facts.append(Fact(say("Built"), isolated(build.built)))
    if study is not None:
        head = study.head
        facts += [
            Fact(say("Study"), isolated(head.registration or head.study)),
            Fact(say("Version of the study"), isolated(head.version)),
            Fact(say("SHA-256 of the study"), isolated(study.hash)),
        ]
    return tuple(facts)


def licence_lines(say: Texts) -> tuple[str, ...]:
    """Under which licences the program and what it is drawn with stand."""
    return (
        say("crfapp is under the Apache License 2.0."),
        say("Qt is used under the LGPL 3.0, unchanged, in files of its own that may be exchanged."),
    )
