"""The page that opens a copy in a web browser, in the words of one language, without any network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crfapp.base.marking import N_

if TYPE_CHECKING:
    from crfapp.work.sentences import Say

_WORDS = {
    "title": N_("A site's own certified copy"),
    "intro": N_("This page opens a copy on this computer. Nothing leaves it."),
    "file": N_("The copy (a file that ends in .crfcopy)"),
    "secret": N_("Code or password"),
    "code": N_("Code from the site's copy sheet"),
    "password": N_("Password that was typed when the copy was made"),
    "sheet": N_("Sheet"),
    "open": N_("Open"),
    "wait": N_("One moment ..."),
    "notCopy": N_("This file is not such a copy. Choose another one."),
    "chooseFirst": N_("Choose the copy first."),
    "noCrypto": N_("This browser cannot decipher. Use a newer one."),
    "wrongSecret": N_(
        "This code or password does not open the copy. Type it again as it stands on the sheet."
    ),
    "damaged": N_("This copy was cut, changed or damaged. Use another copy, and keep this one."),
    "recordOnly": N_(
        "The program made this copy before a package. It holds the record of the site, proven and complete,"
        " and no pages to read it. A site is put into work again out of it."
    ),
    "subjects": N_("Subjects"),
    "subject": N_("Subject"),
    "casebook": N_("Casebook"),
    "openAll": N_("Open every form"),
    "trail": N_("Audit trail"),
    "siteTrail": N_("Audit trail of the site"),
    "people": N_("People"),
    "certificate": N_("Certificate"),
    "files": N_("Files"),
    "save": N_("Save"),
    "saveWarning": N_("What is saved lies readable on this computer: it names patients."),
    "missing": N_("Missing:"),
    "hidden": N_("does not apply"),
    "voided": N_("voided"),
    "verified": N_("Verified"),
    "why": N_("Reason:"),
    "find": N_("Find in the trail"),
    "events": N_("Events:"),
    "firstOnly": N_("only the first 500 are shown"),
    "checkAll": N_("Check every part"),
    "partsGood": N_("Every part is as it was written:"),
    "partsBad": N_("Parts that are not as they were written:"),
}
_STATES = {
    "open": N_("open"),
    "complete": N_("complete"),
    "moved": N_("moved to where it belongs"),
    "started": N_("held"),
    "booked": N_("booked"),
    "missed": N_("missed"),
    "merged": N_("held together with another visit"),
    "cancelled": N_("cancelled"),
    "answered": N_("answered"),
    "closed": N_("closed"),
    "confirmed": N_("confirmed as right"),
    "done": N_("as in the source"),
    "changed": N_("changed since"),
    "taken": N_("taken back"),
    "locked": N_("locked"),
    "frozen": N_("frozen"),
}
_RIGHT_TO_LEFT = frozenset({"ar"})


def viewer_page(template: str, say: Say, language: str) -> bytes:
    """The whole page; ``template`` is ``resources/copy/reader.html``."""
    words: dict[str, object] = {name: say(text) for name, text in _WORDS.items()}
    words["states"] = {name: say(text) for name, text in _STATES.items()}
    told = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    page = template.replace("__WORDS__", told).replace("__LANG__", language)
    return page.replace("__DIR__", "rtl" if language in _RIGHT_TO_LEFT else "ltr").encode()
