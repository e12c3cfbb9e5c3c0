"""The English words of every problem with copies kept against loss, and with shares of the key."""

from __future__ import annotations

from crfapp.base.problems import Code
from crfapp.present.texts import N_

BACKUP_WORDS: dict[Code, tuple[str, ...]] = {
    Code.NO_COPY_THERE: (
        N_("In this folder there is no copy of a site."),
        N_("Choose the folder in which ledger-….db and vault.json lie, or the site's folder itself."),
        N_("In this folder there is no copy of a site: {what} is missing."),
    ),
    Code.COPY_NOT_SOUND: (
        N_("This copy is damaged, or not what was copied. Nothing was restored from it."),
        N_("Choose an older copy, or one at the other place. Keep this one, and tell the data team."),
        N_("The copy {file} is damaged, or not what was copied. Nothing was restored from it."),
    ),
    Code.SHARES_NUMBERS: (
        N_("This number of shares cannot be made."),
        N_("Choose other numbers; no more can be needed than there are."),
        N_("Make between {low} and {high} shares, of which at least {low} are needed."),
    ),
    Code.SHARES_TOO_FEW: (
        N_("These are too few shares: they open nothing, and tell nothing."),
        N_("Ask another holder for a share, and type all of them together."),
        N_("{have} of {needed} shares are here: they open nothing, and tell nothing."),
    ),
    Code.SHARE_MISTYPED: (
        N_("There is a slip in a share."),
        N_("Compare it with the paper word for word; nothing was opened."),
        N_("There is a slip in share {number}: {word}."),
    ),
    Code.SHARES_MIXED: (
        N_("These shares are not of one set, or one was typed twice."),
        N_("Look at the label on each sheet: all must name the same set."),
    ),
    Code.PLACE_WITHIN: (
        N_("The second place must not lie in the folder of the site."),
        N_("Choose a stick, another disk, or a folder of the hospital's server."),
    ),
}
