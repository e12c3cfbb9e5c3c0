"""The English words of every problem with packages, recipients, routes and second workstations."""

from __future__ import annotations

from crfapp.base.problems import Code
from crfapp.present.texts import N_

EXCHANGE_WORDS: dict[Code, tuple[str, ...]] = {
    Code.NOT_SAID_HERE: (
        N_(
            "This cannot be recorded on this copy: only the site's own workstations write what the site says."
        ),
        N_("Ask the site to do it, or raise a query."),
    ),
    Code.PACKAGE_NOT_FOR_US: (
        N_("This package is not encrypted to anybody here."),
        N_("Ask its sender to make it again for the certificate that is shown here."),
    ),
    Code.PACKAGE_UNKNOWN_SIGNER: (
        N_("This package is signed by a workstation that is not registered here, or not signed at all."),
        N_("It was set aside. Register the workstation by its code, then take the package in again."),
    ),
    Code.PACKAGE_REVOKED_SIGNER: (
        N_("This package was signed by a workstation that has been revoked."),
        N_("It was set aside and is kept. Ask an administrator what is to become of it."),
    ),
    Code.PACKAGE_WRONG_ROLE: (
        N_("This package says what its sender may not say: only the site writes answers and signs."),
        N_("It was set aside whole. Call its sender and show them this code."),
    ),
    Code.PACKAGE_DAMAGED: (
        N_("This package was changed, cut or damaged on its way."),
        N_("It was set aside and nothing of it was taken in. Ask for it once more."),
    ),
    Code.PACKAGE_TOO_NEW: (
        N_("This package was made by a newer version of the program."),
        N_("Update the program here, then take the package in again."),
    ),
    Code.PACKAGE_OTHER_SITE: (
        N_("This package belongs to another site or another study."),
        N_("It was set aside. Look whether the right file was chosen."),
    ),
    Code.PACKAGE_GAP: (
        N_("An earlier package is missing, so this one cannot be joined to what is here."),
        N_("Take in the missing package first, or ask for a full one."),
    ),
    Code.PACKAGE_KNOWN: (
        N_("Everything in this package was taken in before."),
        N_("Nothing has to be done."),
    ),
    Code.CHAIN_FORKED: (
        N_("This package and the records here differ about the same workstation, as after a restored copy."),
        N_("Nothing was taken in. Keep both, and call the data team."),
    ),
    Code.PACKAGE_TOO_LARGE: (
        N_("This package would unpack to more than it may."),
        N_("It was set aside. Ask its sender how it was made."),
    ),
    Code.SITE_UNKNOWN: (
        N_("The site of this package is not registered at this centre."),
        N_("Add the site from its card, then take the package in again."),
    ),
    Code.NOTHING_OF_SITE: (
        N_("Nothing came of this site yet."),
        N_("Take in its first package, then open it."),
    ),
    Code.RECIPIENT_UNKNOWN: (
        N_("Nobody is known under this name to send packages to."),
        N_("Add the recipient first, from the certificate that they gave you."),
    ),
    Code.RECIPIENT_WAITS: (
        N_("A second person has not yet agreed to this recipient."),
        N_("Have the investigator compare the code and agree."),
    ),
    Code.CERTIFICATE_WRONG: (
        N_("This file is not an OpenPGP certificate that packages can be encrypted to."),
        N_("Ask the recipient for their public key, with a key for encryption that is still valid."),
    ),
    Code.ROUTE_WRONG: (
        N_("This is not an address that packages can be put at."),
        N_(
            "Write a whole folder path, or an address that begins with sftp://, s3:// or webdavs://,"
            " without a password in it."
        ),
    ),
    Code.HOST_UNKNOWN: (
        N_("The server shows another key than the one that was agreed, so nothing was sent."),
        N_("Do not send. Ask whoever runs the server whether its key has changed."),
    ),
    Code.ROUTE_LOGIN: (
        N_("The server does not let this workstation in."),
        N_("Look at the user name and the key or password of this route."),
        N_("The server does not let this workstation in: {why}."),
    ),
    Code.COPY_FIRST: (
        N_("The site's own copy has to be made before anything is sent."),
        N_("Make the certified copy of the site, then send."),
    ),
    Code.COPY_DIFFERS: (
        N_("This copy is not what its certificate says."),
        N_("Do not use it. Make it again, and keep this one for the data team."),
    ),
    Code.PACKAGE_UNKNOWN: (
        N_("There is no such package in the outbox."),
        N_("Look at the list again."),
    ),
    Code.CARD_DIFFERS: (
        N_("The code of this card is not the one that was read to you."),
        N_("Nothing was registered. Ask the site for its card once more, by another way."),
    ),
    Code.IN_CONFLICT: (
        N_("Two workstations gave different answers here, and nobody has decided between them."),
        N_("Decide which one is right, and say why."),
    ),
    Code.NOT_IN_CONFLICT: (
        N_("There is nothing to decide here any more."),
        N_("Look at the question again."),
    ),
    Code.NOT_LATE: (
        N_("Nobody waits for a decision about this change."),
        N_("Look at the list again."),
    ),
    Code.NUMBER_TAKEN: (
        N_("Another subject has this number."),
        N_("Choose a number that was never given."),
    ),
    Code.INVITATION_WRONG: (
        N_("This file is not an invitation to this program, or it was changed."),
        N_("Make a new invitation on the first workstation."),
    ),
    Code.INVITATION_CODE: (
        N_("This code does not open the invitation."),
        N_("Type the code again as it is shown on the first workstation."),
    ),
    Code.INVITATION_USED: (
        N_("This invitation was opened on this machine before, and counts once."),
        N_("Make a new invitation on the first workstation."),
    ),
    Code.COPY_NEEDS_KEY: (
        N_("This person has not yet chosen a password here that opens a signing key of their own."),
        N_("Have them log in at the site once and choose a password, then make their copy."),
    ),
    Code.NODE_UNKNOWN: (
        N_("This workstation is not registered here."),
        N_("Look at the list of workstations."),
    ),
    Code.NODE_REVOKED: (
        N_("This workstation has been revoked."),
        N_("It cannot be used for this site any more. Ask an administrator."),
    ),
    Code.NOT_NAMED: (
        N_("Something has no name here that people know it by."),
        N_("Type a name, and choose what they get."),
    ),
    Code.NODE_KNOWN: (
        N_("Somebody else writes under this name already, with another key."),
        N_("Nothing was changed. Ask where this file comes from before you go on."),
    ),
    Code.NODES_FULL: (
        N_("This site has as many workstations as it can have."),
        N_("Use one of those that are registered."),
    ),
    Code.OWN_NODE: (
        N_("A workstation cannot revoke itself."),
        N_("Do it on another workstation of this site."),
    ),
    Code.CODE_DIFFERS: (
        N_("These are not the last signs of the code that is shown here."),
        N_("Hear the whole code again. If it stays different, do not agree: decline, and say why."),
    ),
    Code.ROUTE_FAILS: (
        N_("The place for packages cannot be reached."),
        N_("The package stays in the outbox. Look after the stick or the network, then try again."),
        N_("The place for packages cannot be reached: {why}."),
    ),
    Code.ROUTE_FULL: (
        N_("There is no room left at the place for packages."),
        N_("The package stays in the outbox. Make room on the stick or the server, then send again."),
    ),
    Code.ROUTE_TAKEN: (
        N_("Another file lies at that place under the name of this package."),
        N_("Nothing was overwritten. Ask whoever looks after the place what that file is."),
    ),
    Code.OUTBOX_DIFFERS: (
        N_("The file in the outbox is not the package that was made, or it is gone."),
        N_("It was not sent and nothing recorded is lost. Make a new package."),
    ),
    Code.HOST_NOT_AGREED: (
        N_("Nobody has agreed to the key of this server yet, so nothing was sent."),
        N_("Compare the code of its key with whoever runs the server, then set the route with it."),
    ),
    Code.NO_ROUTE: (
        N_("No place is set for packages to this recipient."),
        N_("Carry the package by hand, or have an administrator set a route."),
    ),
    Code.DATABASE_ADDRESS: (
        N_("This address of a database cannot be used."),
        N_("Write it as postgresql://user@host/database, without a password: that belongs into .pgpass."),
    ),
    Code.STORE_FAILS: (
        N_("The database server does not answer or refuses."),
        N_("Nothing was lost. Ask whoever runs the server, then try again."),
    ),
}
