"""What stands in a copy for whoever opens it, perhaps in many years and without this program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.marking import N_

if TYPE_CHECKING:
    from crfapp.work.sentences import Say

_WHOLE = (
    N_("This is a site's own certified copy of the electronic case report forms of a clinical trial."),
    "",
    N_("open-copy.html: open it in a web browser to read casebooks, audit trail, queries and signatures."),
    N_("certificate.txt: what this is a copy of, made when, by whom and with what."),
    N_("records/ledger.sqlite: everything, as an SQLite 3 database. records/schema.sql says how it is made."),
    N_("records/events.jsonl: the same events, one line of JSON each; they are the record itself."),
    N_("records/state.jsonl: what the events came to, as it is shared with the sponsor."),
    N_("csv: a table for each form, and the others with a _ before their name (UTF-8, comma)."),
    N_("odm/site.odm.xml: metadata and answers as CDISC ODM-XML 1.3.2."),
    N_("photographs: the original photographs, each named by its SHA-256."),
    N_("studies: the study definitions that were in force, by the SHA-256 of their content."),
)
_RECORD = (
    N_("The program made this copy of a site's records before a package left. It holds the record alone."),
    N_("A site is put into work again out of it like out of a whole copy, and has all tables again then."),
    "",
    N_("certificate.txt: what this is a copy of, made when, by whom and with what."),
    N_("records/events.jsonl: every event, one line of JSON each; they are the record itself."),
    N_("records/state.jsonl: what the events came to, as it is shared with the sponsor."),
    N_("studies: the study definitions that were in force, by the SHA-256 of their content."),
)
_PROOF = (
    "",
    N_("Is it whole and unchanged? sha256sum -c SHA256SUMS says it of every part."),
    N_("Who made it? gpg --import workstation.asc, then gpg --verify SHA256SUMS.asc SHA256SUMS."),
    "",
    N_("Each event is one link of its workstation's chain: hash is SHA-256 of body."),
    N_("body names the hash of the link before it as prev. told holds texts that stand in body as a hash:"),
    N_("SHA-256 of salt | name | text. So a text can be made unreadable and the chain still verifies."),
)


def read_me(say: Say, *, whole: bool = True) -> str:
    """The whole text, for a whole copy or for one of the record alone."""
    lines = (*(_WHOLE if whole else _RECORD), *_PROOF)
    return "\n".join(say(line) if line else "" for line in lines) + "\n"
