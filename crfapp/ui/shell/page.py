"""What the frame asks of a page, and what a page may ask of the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtWidgets import QWidget

    from crfapp.base.problems import AppProblem
    from crfapp.present.address import Address
    from crfapp.present.lane import Lane
    from crfapp.present.palette import Action
    from crfapp.present.unfinished import Unfinished
    from crfapp.work.cases import Topic


class KeyLine(NamedTuple):
    """One key of a page and what it does, in the person's language."""

    keys: str
    does: str


class Page(Protocol):
    """One page. It is made when somebody comes in, and made anew for another language or size of text.

    ``key`` is its place on the rail (:data:`crfapp.ui.shell.rail.ORDER`); a page whose key is not there
    is only reached by address. ``icon`` is a drawing of this program.
    """

    key: str
    icon: str

    @property
    def widget(self) -> QWidget:
        """What is shown."""

    def title(self) -> str:
        """Its name on the rail and in the palette."""

    def badge(self) -> int:
        """How many things wait here for this person; 0 shows nothing."""

    def refresh(self, topics: Collection[Topic]) -> None:
        """Things of these kinds changed; the page knows whether it cares."""

    def shown(self) -> None:
        """The page has just come to the front."""

    def open(self, at: Address) -> None:
        """Turn to a subject, visit, form or item; an address with nothing but the page changes nothing."""

    def address(self) -> Address:
        """Where the person is now, so that a lock or the palette can come back."""

    def keys(self) -> Sequence[KeyLine]:
        """The keys that this page knows."""

    def actions(self) -> Sequence[Action]:
        """What can be started here from anywhere, such as enrolling a subject."""


@runtime_checkable
class Writing(Protocol):
    """A page with fields whose texts are recorded when they are left; a lock must lose none of them."""

    def unfinished(self) -> Sequence[Unfinished]:
        """What stands in fields and is not recorded; it stays there."""

    def set_aside(self) -> Sequence[Unfinished]:
        """Give what stands in fields and is not recorded, and take it out of them, unrecorded."""

    def put_back(self, texts: Sequence[Unfinished]) -> Sequence[Unfinished]:
        """Write texts into their fields again as if just typed; those whose field is gone are given back."""


class Shell(Protocol):
    """The frame, as pages see it."""

    @property
    def lane(self) -> Lane:
        """For long work; its answers end with the pages of this language."""

    def go(self, to: Address) -> None:
        """Show another page, turned to an address."""

    def turn_to(self, part: str, to: Address) -> None:
        """Go on with the records of one of a centre's sites, by its id, or with the centre's own (empty)."""

    def tell(self, problem: AppProblem) -> None:
        """Show a problem that concerns everybody, above all pages."""

    def show_help(self) -> None:
        """Bring the help of the page that is open, beside it."""

    def recount(self) -> None:
        """Ask all pages for their badges again."""
