"""Setting where packages go: an address, what opens it, and the key of its server, to be compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from crfapp.base.problems import AppProblem, Code
from crfapp.base.routes import RouteSecret, read_address, with_host_key
from crfapp.ledger.state import RouteRow
from crfapp.present.acts import Act, ActState, AskedField, act_sentence, place_of
from crfapp.present.texts import isolated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crfapp.present.lane import Lane, Steps
    from crfapp.present.workplace import Workplace

ROUTE_ACTS = frozenset({"route", "host"})
"""Keys of the acts that belong to this."""
_PLACES: Mapping[Code, str] = {
    Code.ROUTE_WRONG: "url",
    Code.ROUTE_LOGIN: "password",
    Code.FOLDER_REFUSED: "private_key",
}


class RouteDesk(Protocol):
    """Routes of an open site; ``bootstrap`` carries it out."""

    def host_key(self, url: str, steps: Steps) -> str:
        """The fingerprint that an SFTP server shows; for the lane. ROUTE_FAILS."""

    def private_key(self, file: Path) -> str:
        """The text of an OpenSSH key in a file; FOLDER_REFUSED."""

    def set_route(self, peer: str, url: str, secret: RouteSecret | None) -> None:
        """Record where packages go, and seal what opens it. ROUTE_WRONG, HOST_NOT_AGREED."""

    def check_route(self, peer: str, steps: Steps) -> None:
        """Reach the place; for the lane. ROUTE_FAILS, ROUTE_LOGIN, HOST_UNKNOWN."""


class _Wanted(NamedTuple):
    peer: str
    url: str
    secret: RouteSecret | None


class RouteSetting:
    """One flow for recipients and workstations. ``tell`` takes how it stands, to be shown as an act.

    Passwords and keys are handed on and kept no longer than the server's key is compared.
    """

    def __init__(self, workplace: Workplace, lane: Lane, desk: RouteDesk) -> None:
        self._at, self._lane, self._desk = workplace, lane, desk
        self._tell: Callable[[ActState], None] = lambda _: None
        self._wanted: _Wanted | None = None

    def act(self, peer: str) -> Act:
        """The questions about where packages for somebody go."""
        say, row = self._at.texts, self._at.tables.get(RouteRow, peer)
        remark = say(
            "A folder, or an address such as sftp://name@server/folder; empty: carried by hand. Never a"
            " password."
        )
        kept = say("Only where the server asks for one. Empty leaves what was given before.")
        user = say("Only for S3 and WebDAV; for SFTP it stands in the address.")
        file = say("The file of an OpenSSH key, where the server wants one instead.")
        fields = (
            AskedField("url", say("Where packages go"), "code", row.url if row else "", remark),
            AskedField("user", say("User name or access key"), "code", remark=user),
            AskedField("password", say("Password of the server"), "secret", remark=kept),
            AskedField("private_key", say("Key for the server"), "code", remark=file),
        )
        return Act("route", say("Set the place"), say("Set the place"), fields)

    def forget(self) -> None:
        """Nothing is wanted any more."""
        self._wanted = None

    def carry_out(
        self, state: ActState, peer: str, values: Mapping[str, str], tell: Callable[[ActState], None]
    ) -> None:
        """Do what the open act says; ``tell`` is told of everything that comes of it."""
        self._tell = tell
        if state.act is not None and state.act.key == "host":
            self._set(state)
            return
        try:
            self._wanted = self._read(peer, values)
            address = read_address(self._wanted.url) if self._wanted.url else None
        except AppProblem as problem:
            self._refused(state, problem)
            return
        if address is not None and address.sort == "sftp" and not address.host_key:
            self._ask_server(state, self._wanted)
        else:
            self._set(state)

    def _read(self, peer: str, values: Mapping[str, str]) -> _Wanted:
        user, password = values.get("user", "").strip(), values.get("password", "")
        file = values.get("private_key", "").strip()
        key = self._desk.private_key(Path(file).expanduser()) if file else ""
        secret = RouteSecret(user, password, key) if user or password or key else None
        return _Wanted(peer, values.get("url", "").strip(), secret)

    def _ask_server(self, state: ActState, wanted: _Wanted) -> None:
        say, desk = self._at.texts, self._desk
        self._tell(replace(state, busy=True, problems=()))
        self._lane.start(
            lambda steps: desk.host_key(wanted.url, steps),
            done=self._shown,
            failed=lambda problem: self._refused(state, problem),
            title=say("asking the server for its key"),
        )

    def _shown(self, fingerprint: str) -> None:
        wanted, say = self._wanted, self._at.texts
        if wanted is None:
            return
        self._wanted = wanted._replace(url=with_host_key(wanted.url, fingerprint))
        note = say(
            "The server shows this key: {key}. Ask whoever runs it what its key is, and compare every sign."
            " From then on nothing is sent to a server that shows another one.",
            key=isolated(fingerprint),
        )
        go = say("It is the same: set the place")
        self._tell(ActState(act=Act("host", say("Key of the server"), go, (), note)))

    def _set(self, state: ActState) -> None:
        wanted, say, desk = self._wanted, self._at.texts, self._desk
        if wanted is None:
            return
        try:
            desk.set_route(wanted.peer, wanted.url, wanted.secret)
        except AppProblem as problem:
            self._refused(state, problem)
            return
        self._wanted = None
        if not wanted.url:
            self._tell(ActState(done=say("Set: packages are carried by hand.")))
            return
        self._tell(replace(state, busy=True, problems=()))
        self._lane.start(
            lambda steps: desk.check_route(wanted.peer, steps),
            done=lambda _: self._tell(ActState(done=say("Set, and the place can be reached."))),
            failed=self._unreached,
            title=say("trying to reach the place"),
        )

    def _unreached(self, problem: AppProblem) -> None:
        say = self._at.texts
        done = say("Set, but the place cannot be used yet.")
        self._tell(ActState(problems=(("", act_sentence(problem, say)),), done=done))

    def _refused(self, state: ActState, problem: AppProblem) -> None:
        place = place_of(problem.code, state.act, _PLACES)
        told = ((place, act_sentence(problem, self._at.texts)),)
        self._tell(replace(state, busy=False, problems=told))
