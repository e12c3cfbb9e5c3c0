"""The body map: figures drawn for this program, the regions on them, and the lesions that lie there."""

from crfapp.ui.body.body_map import BodyMap

__all__ = ["BodyMap"]
