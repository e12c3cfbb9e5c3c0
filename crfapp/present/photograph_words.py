"""The English words of every problem with photographs, and of what is said when one comes in."""

from __future__ import annotations

from crfapp.base.problems import Code
from crfapp.present.texts import N_

PHOTOGRAPH_WORDS: dict[Code, tuple[str, ...]] = {
    Code.PHOTOGRAPH_TYPED: (
        N_("A photograph is taken in from its file; it cannot be typed."),
        N_("Choose the file, drop it here or paste it; or mark the answer as missing and say why."),
    ),
    Code.PHOTOGRAPH_ELSEWHERE: (
        N_("This photograph is already stored elsewhere: nothing was taken in."),
        N_("Choose the photograph that belongs here. Where it is right here, replace the other one first."),
        N_("This photograph is already stored: subject {subject}, {visit}, {row}. Nothing was taken in."),
    ),
    Code.PHOTOGRAPH_NOT_HERE: (
        N_("This question takes no photograph."),
        N_("Take it in at the question for a photograph."),
    ),
    Code.PHOTOGRAPH_UNFIT: (
        N_("This is no photograph that can be kept: JPEG, PNG and HEIC can be."),
        N_("Choose another file, or save the picture as JPEG."),
    ),
    Code.PHOTOGRAPH_UNKNOWN: (
        N_("There is no such photograph of this subject."),
        N_("Open the photograph again from its form."),
    ),
    Code.MASK_OUTSIDE: (
        N_("A rectangle has no area or lies outside of the photograph."),
        N_("Draw it again inside the photograph."),
        N_("Rectangle {number} has no area or lies outside of the photograph."),
    ),
}
