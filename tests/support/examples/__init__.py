"""One example of every command, by matter: what the tests over all commands go through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.examples.amending import AMENDING
from tests.support.examples.asking import ASKING
from tests.support.examples.backups import BACKUPS
from tests.support.examples.centre_sites import CENTRE_SITES
from tests.support.examples.clock import CLOCK
from tests.support.examples.conduct import CONDUCT
from tests.support.examples.joined import JOINED
from tests.support.examples.joining import JOINING
from tests.support.examples.lock_requests import LOCK_REQUESTS
from tests.support.examples.nodes import NODES
from tests.support.examples.outlines import OUTLINES
from tests.support.examples.packages import PACKAGES
from tests.support.examples.people import PEOPLE
from tests.support.examples.photographs import PHOTOGRAPHS
from tests.support.examples.readings import READINGS
from tests.support.examples.recipients import RECIPIENTS
from tests.support.examples.redaction import REDACTION
from tests.support.examples.reviewing import REVIEWING
from tests.support.examples.safety import SAFETY
from tests.support.examples.second import SECOND
from tests.support.examples.signing import SIGNING
from tests.support.examples.verification import VERIFYING
from tests.support.examples.whole_forms import WHOLE_FORMS

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example

EXAMPLES: dict[type[Command], Example] = {
    **CONDUCT,
    **PEOPLE,
    **VERIFYING,
    **ASKING,
    **WHOLE_FORMS,
    **REVIEWING,
    **SIGNING,
    **REDACTION,
    **CLOCK,
    **SECOND,
    **OUTLINES,
    **READINGS,
    **SAFETY,
    **RECIPIENTS,
    **JOINING,
    **NODES,
    **LOCK_REQUESTS,
    **PACKAGES,
    **CENTRE_SITES,
    **JOINED,
    **PHOTOGRAPHS,
    **BACKUPS,
    **AMENDING,
}
