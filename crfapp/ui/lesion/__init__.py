"""The page of a lesion, and the list of a subject's lesions on the body map."""

from crfapp.ui.lesion.page import LesionWindowPage

__all__ = ["LesionWindowPage"]
