"""QR codes for labels that this program prints and reads again."""

from __future__ import annotations

import io


def draw_code(text: str) -> str:
    """A text as a QR code (SVG), which most scanners type as it is."""
    import segno  # only whoever prints labels needs it

    drawing = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawing, kind="svg", border=4, xmldecl=False, nl=False)
    return drawing.getvalue().decode("utf-8")
