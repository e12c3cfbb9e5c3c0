"""The English words of every problem with outlines on photographs, their calibration and blind readings."""

from __future__ import annotations

from crfapp.base.problems import Code
from crfapp.present.texts import N_

PLANIMETRY_WORDS: dict[Code, tuple[str, ...]] = {
    Code.OUTLINE_CROSSES: (
        N_("The outline touches or crosses itself or another part."),
        N_("Undo to before that place, or move the point, so that each line encloses its area once."),
        N_("The outline touches or crosses itself or another part at {x}, {y} (pixels from the upper left)."),
    ),
    Code.OUTLINE_EMPTY: (
        N_("This outline encloses nothing that can be measured."),
        N_("Set at least three points round the lesion, not on one line."),
    ),
    Code.OUTLINE_NESTED: (
        N_("A hole lies outside of every part, or a part lies inside another part."),
        N_("Mark what is to be taken away as a hole, and draw a hole inside the part it belongs to."),
        N_(
            "At {x}, {y} (pixels from the upper left) a hole lies outside of every part, or a part lies "
            "inside another part."
        ),
    ),
    Code.CALIBRATION_WRONG: (
        N_("The calibration gives no scale."),
        N_(
            "Click two marks of the ruler that lie well apart, or the four corners of the card, and type the "
            "length between them in mm (above 0, at most 1000)."
        ),
    ),
    Code.OUTLINE_BEYOND: (
        N_("The outline reaches to where the plane of the card cannot be measured any more."),
        N_("Check the four corners of the card. Where they are right, calibrate by two points of the ruler."),
        N_("At {x}, {y} (pixels from the upper left) the plane of the card cannot be measured any more."),
    ),
    Code.OUTLINE_TEXT: (
        N_("This is no outline that this version of the program can read."),
        N_("Draw the outline again. Where it came with a package, update the program first."),
    ),
    Code.NOT_TRACED_HERE: (
        N_("No area is traced here."),
        N_(
            "An outline belongs to the area of a lesion and is drawn on a photograph of that lesion from "
            "the same visit."
        ),
    ),
    Code.NOT_APART: (
        N_("There is nothing to decide: no two outlines of different people lie too far apart here."),
        N_("Look at the page once more; somebody may have decided, or a new outline was drawn."),
    ),
    Code.READING_UNKNOWN: (
        N_("This case cannot be read or decided now."),
        N_("Look at the page once more: the reading may be closed, or the case be read by both readers."),
    ),
    Code.READER_NOT_BLIND: (
        N_("Whoever drew an outline of one of these lesions, scored or measured it, does not read it blind."),
        N_("Choose another reader, or leave these lesions out."),
        N_("{login} drew an outline of one of these lesions, scored or measured it, and is not blind."),
    ),
    Code.READING_UNFIT: (
        N_("This reading cannot be opened as it is."),
        N_(
            "Give it a title, choose at least one photograph of a lesion, and two different readers whose "
            "accounts are open and who may judge photographs."
        ),
    ),
}
"""Code -> what is wrong, what to do, and perhaps the same exactly."""
