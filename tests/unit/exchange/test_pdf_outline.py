"""An outline added to a file that has none; that another program reads it is shown in tests/interop."""

from __future__ import annotations

import re

import pytest

from crfapp.exchange.pdf_outline import with_outline

OBJECTS = (
    b"<<\n/Type /Catalog\n/Pages 2 0 R\n>>",
    b"<<\n/Type /Pages\n/Kids\n[\n3 0 R\n4 0 R\n]\n/Count 2\n>>",
    b"<< /Type /Page /Parent 2 0 R >>",
    b"<< /Type /Page /Parent 2 0 R >>",
)


def small_pdf() -> bytes:
    """Two empty pages, built as Qt builds them."""
    body, table = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, content in enumerate(OBJECTS, start=1):
        table += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    xref = b"xref\n0 %d\n" % (len(OBJECTS) + 1)
    trailer = b"trailer\n<<\n/Size %d\n/Root 1 0 R\n>>\n" % (len(OBJECTS) + 1)
    return body + xref + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)


def objects_after(pdf: bytes, start: int) -> dict[int, bytes]:
    """What the last table names, found where it says."""
    [at] = re.findall(rb"startxref\n(\d+)\n", pdf[start:])
    entries = re.findall(rb"(\d+) 1\n(\d{10}) 00000 n \n", pdf[int(at) :])
    found = {}
    for number, place in entries:
        text = pdf[int(place) :]
        assert text.startswith(number + b" 0 obj")
        found[int(number)] = text[: text.index(b"endobj")]
    return found


def test_chapters_point_to_their_pages_and_what_was_there_stays() -> None:
    before = small_pdf()
    after = with_outline(before, [("Visits", 0), ("زيارة (SV)", 1)], language="ar", right_to_left=True)
    assert after.startswith(before)
    found = objects_after(after, len(before))
    assert sorted(found) == [1, 5, 6, 7]
    assert b"/Outlines 5 0 R" in found[1]
    assert b"/Pages 2 0 R" in found[1]
    assert b"/Direction /R2L" in found[1]
    assert b"/Lang (ar)" in found[1]
    assert b"/Dest [3 0 R /Fit]" in found[6]
    assert b"/Dest [4 0 R /Fit]" in found[7]
    [title] = re.findall(rb"/Title <([0-9a-f]+)>", found[7])
    assert bytes.fromhex(title.decode()).decode("utf-16") == "زيارة (SV)"


@pytest.mark.parametrize(
    "spoilt",
    [
        b"not a PDF",
        small_pdf().replace(b"/Root 1 0 R", b""),
        small_pdf().replace(b"/Kids", b"/Kidz"),
        small_pdf().replace(b"xref\n0 5", b"xreg\n0 5"),
    ],
    ids=["no PDF", "no root", "no pages", "no table"],
)
def test_a_file_of_another_build_is_refused(spoilt: bytes) -> None:
    with pytest.raises(ValueError, match="a PDF without"):
        with_outline(spoilt, [("One", 0)], language="en")


def test_a_chapter_on_no_page_is_an_error() -> None:
    with pytest.raises(ValueError, match="page that is not there"):
        with_outline(small_pdf(), [("One", 2)], language="en")
