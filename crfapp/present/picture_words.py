"""The English words of every problem with a photograph as a file."""

from __future__ import annotations

from crfapp.base.problems import Code
from crfapp.present.texts import N_

PICTURE_WORDS: dict[Code, tuple[str, ...]] = {
    Code.PHOTO_EMPTY: (
        N_("This file is empty."),
        N_("Copy it from the camera once more, then take it in again."),
    ),
    Code.PHOTO_TOO_BIG: (
        N_("This file is too large for a photograph."),
        N_("Set the camera to JPEG at 12 megapixels, or export the photograph smaller."),
        N_("This file has {size} MB; a photograph may have {limit} MB."),
    ),
    Code.PHOTO_TYPE: (
        N_("This file is no photograph that can be taken in here, whatever its name says."),
        N_("Take in the camera's own file: JPEG, PNG or HEIC."),
        N_(
            "This file is of the kind {found}, whatever its name says; it cannot be taken in as a photograph."
        ),
    ),
    Code.PHOTO_DAMAGED: (
        N_("This file breaks off or is damaged: the photograph cannot be shown whole."),
        N_("Copy it from the camera once more, then take it in again."),
    ),
    Code.PHOTO_PIXELS: (
        N_("This picture has more pixels than a photograph may have."),
        N_("Set the camera to 12 megapixels, or export the photograph smaller."),
        N_("This picture has more pixels than a photograph may have, which is {limit} million."),
    ),
    Code.PHOTO_SEVERAL: (
        N_("This file holds several pictures: an animation, a sequence or a panorama of views."),
        N_("Export the one that is meant as a JPEG, then take that in."),
    ),
    Code.PHOTO_TWO_KINDS: (
        N_("This file is a photograph and something else at the same time."),
        N_("Do not open it. Take in the camera's own file, and tell whoever sent this one."),
        N_("This file is a photograph and {found} at the same time."),
    ),
    Code.PHOTO_MASK_EMPTY: (
        N_("A rectangle to be blacked out lies beside the photograph."),
        N_("Draw it on the photograph."),
        N_("A rectangle to be blacked out lies beside the photograph, which has {width} × {height} pixels."),
    ),
    Code.PHOTO_CHANGED: (
        N_("A photograph kept here was changed or damaged; its bytes are not those that were taken in."),
        N_("Change nothing in the site's folder. Bring it back from a backup, or call your data team."),
        N_("The photograph {photograph} was changed or damaged; its bytes are not those that were taken in."),
    ),
    Code.PHOTO_LOST: (
        N_("A photograph is on record, but its file is not here."),
        N_("Bring it back from a backup, or from another workstation by a full package."),
        N_("The photograph {photograph} is on record, but its file is not here."),
    ),
}
