"""One planted fault after the other: each is found on its page, at its line of the source."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Protocol

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from publisher.diagnostics import Severity
from publisher.model.limits import Coverage
from publisher.proof import Finding, Limits, Proof

Change = Callable[[pikepdf.Pdf], None]
Laid = Callable[..., "Pages"]
USUAL = Limits()
TEXT = 6
"""The index of the page on which the text begins, after half-title, title page, imprint and contents."""


class Pages(Protocol):
    """A tiny edition, as conftest.py lays it out."""

    @property
    def content(self) -> bytes: ...
    def found(self, code: str, change: Change | None = None, *, limits: Limits = USUAL) -> tuple[Finding, ...]: ...
    def proof(
        self,
        change: Change | None = None,
        *,
        ink: tuple[Coverage, ...] = (),
        content: bytes = b"",
        limits: Limits = USUAL,
    ) -> Proof: ...


def hard(count: int, *, name: str = "Line") -> str:
    """A paragraph of so many lines."""
    return "\\\n".join(f"{name} {number} of it" for number in range(1, count + 1))


def places(findings: tuple[Finding, ...]) -> list[tuple[int, str]]:
    """Page and place in the source of each finding in the text."""
    return [
        (finding.page - TEXT, str(finding.span).rpartition("/")[2])
        for finding in findings
        if finding.span and finding.page >= TEXT
    ]


def test_nothing_is_said_of_an_edition_that_is_clean(clean: Pages) -> None:
    assert clean.proof().diagnostics() == ()


def test_last_line_alone_at_the_head_of_a_page_is_a_widow(lay_out: Laid) -> None:
    (found,) = lay_out(f"# A title\n\n{hard(12)}\n\nMore.\n").found("P-001")
    assert places((found,)) == [(1, "text.md:14:1")]
    assert (found.severity, found.words) == (Severity.WARNING, "Line 12 of it")
    assert "last line of paragraph 1" in found.message
    assert "widows: 2" in found.suggestion


def test_two_lines_at_the_head_of_a_page_are_no_widow(lay_out: Laid) -> None:
    assert lay_out(f"# A title\n\n{hard(13)}\n\nMore.\n").found("P-001") == ()


def test_first_line_alone_at_the_foot_of_a_page_is_an_orphan(lay_out: Laid) -> None:
    pages = lay_out(f"# A title\n\n{hard(10)}\n\n{hard(4, name='Row')}\n")
    assert places(pages.found("P-002")) == [(0, "text.md:14:1")]
    assert pages.found("P-001") == ()


def test_short_last_line_is_a_note(lay_out: Laid) -> None:
    pages = lay_out("# A title\n\nSome words that are here,\\\nit.\n")
    (found,) = pages.found("P-003")
    assert places((found,)) == [(0, "text.md:4:1")]
    assert (found.severity, found.words) == (Severity.NOTE, "it.")
    assert pages.found("P-003", limits=Limits(last_line=3)) == ()


def test_short_last_page_is_a_note(lay_out: Laid) -> None:
    sheet = ".text > p:last-child { break-before: page !important; }"
    pages = lay_out("# A title\n\nSome words.\n\nThe last ones.\n", sheet=sheet)
    found = pages.found("P-004")
    assert places(found) == [(1, "text.md:5:1")]
    assert {finding.severity for finding in found} == {Severity.NOTE}
    assert pages.found("P-004", limits=Limits(last_page=1)) == ()


def test_four_hyphens_in_a_row_are_too_many(lay_out: Laid) -> None:
    word = "\N{SOFT HYPHEN}".join(("abcdefgh", "ijklmnop", "qrstuvwx", "yzabcdef", "ghijklmn"))
    sheet = ".first-body p { width: 18mm; }"
    pages = lay_out(f"# A title\n\nAnd here it is\\\n{word} at last.\n", sheet=sheet)
    (found,) = pages.found("P-005")
    assert places((found,)) == [(0, "text.md:4:1")]
    assert "4 lines in a row" in found.message
    assert len(found.boxes) == 4
    assert pages.found("P-005", limits=Limits(hyphens=4)) == ()


def test_note_on_another_page_than_its_call_is_found_at_the_note(lay_out: Laid) -> None:
    notes = "\n".join(
        f"## n{number}\n\n> word{number}\n\n{'A note that says a lot about what is to be said. ' * 14}\n"
        for number in range(4)
    )
    text = " ".join(f"word{number} and more of it" for number in range(4))
    found = lay_out(f"# A title\n\n{text}.\n", notes=notes).found("P-006")
    assert found
    assert {line.partition(":")[0] for _, line in places(found)} == {"notes.md"}
    assert "called here and begins" in found[0].message
    (words, caller), *_ = found[0].related
    assert (words, str(caller).rpartition("/")[2].startswith("text.md:3:")) == ("called here", True)


def test_note_beside_its_call_is_not_far(clean: Pages) -> None:
    assert clean.found("P-006") == ()


def test_loose_line_is_found_with_how_loose_it_is(lay_out: Laid) -> None:
    text = "# A title\n\nThese\\\nthat are extraordinarily incomprehensibilities that are told.\n"
    sheet = ".first-body p { text-align: justify !important; width: 44mm; }"
    pages = lay_out(text, sheet=sheet)
    (found,) = pages.found("P-007", limits=Limits(looseness=1.5))
    assert places((found,)) == [(0, "text.md:4:26")]
    assert "times as wide as normal" in found.message
    assert pages.found("P-007", limits=Limits(looseness=40)) == ()


def test_ragged_lines_are_never_loose(lay_out: Laid) -> None:
    text = "# A title\n\nThese\\\nare extraordinarily incomprehensibilities that are told.\n"
    assert lay_out(text, sheet=".first-body p { width: 44mm; }").found("P-007", limits=Limits(looseness=1.1)) == ()


def test_text_beyond_the_page_is_an_error(lay_out: Laid) -> None:
    text = "# A title\n\nA line that is longer than the page is wide, and is broken nowhere, so that it leaves it.\n"
    (found,) = lay_out(text, sheet=".first-body p { white-space: nowrap; }").found("P-008")
    assert places((found,)) == [(0, "text.md:3:1")]
    assert found.severity is Severity.ERROR


def test_text_beyond_the_type_area_of_justified_text_is_a_warning(lay_out: Laid) -> None:
    prose = "Some words of an ordinary kind that make several lines of the same width. " * 4
    sheet = ".first-body p { text-align: justify !important; } .first-body p:last-child { white-space: nowrap; }"
    text = f"# A title\n\n{prose}\n\nThese words are a little too long for it here and now.\n"
    (found,) = lay_out(text, sheet=sheet).found("P-008")
    assert places((found,)) == [(0, "text.md:5:1")]
    assert (found.severity, "type area" in found.message) == (Severity.WARNING, True)


def test_lines_of_ragged_text_that_end_at_one_place_make_no_type_area(lay_out: Laid) -> None:
    """A few of them have other spaces between their words, as behind a number or before a line that is broken."""
    wider = ".first-body p:nth-child(-n+5) { word-spacing: 1pt; position: relative; left: -9pt; }"
    line = "Ten words of an ordinary kind make up each line"
    text = "# A title\n\n" + f"{line}\n\n" * 10 + f"{line}s\n"
    sheet = f".first-body p {{ white-space: nowrap; }} {wider}"
    assert lay_out(text, sheet=sheet).found("P-008") == ()


def test_text_beyond_its_box_is_a_warning(lay_out: Laid) -> None:
    sheet = "blockquote { background: #ddd; width: 25mm; margin: 0; } .first-body p { white-space: nowrap; }"
    (found,) = lay_out("# A title\n\n> Words wider than their box.\n", sheet=sheet).found("P-008")
    assert places((found,)) == [(0, "text.md:3:3")]
    assert "beyond its box" in found.message


def test_heading_away_from_its_text_is_a_warning(lay_out: Laid) -> None:
    sheet = ".section > h2 { break-after: auto !important; } .section > h2 + p { break-before: page !important; }"
    (found,) = lay_out("# A title\n\nSome words.\n\n## A part\n\nIts text.\n", sheet=sheet).found("P-009")
    assert places((found,)) == [(0, "text.md:5:4")]
    assert (found.severity, found.words) == (Severity.WARNING, "A part")


def content_of(page: pikepdf.Page) -> bytes:
    """The instructions of a page, of which a blank one has none."""
    if "/Contents" not in page.obj:
        return b""
    page.contents_coalesce()
    return page.Contents.read_bytes()


def picture(width: int, height: int) -> bytes:
    """A PNG of one colour."""
    file = BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(file, "PNG")
    return file.getvalue()


def test_coarse_picture_is_found_with_its_numbers(lay_out: Laid) -> None:
    pages = lay_out(
        "# A title\n\nSome words.\n\n![A red square](square.png)\n",
        images={"square.png": picture(100, 100)},
        sheet="img { width: 50.8mm !important; height: 50.8mm !important; }",
    )
    (found,) = pages.found("P-010")
    assert places((found,)) == [(1, "text.md:5:1")]
    assert "50 pixels an inch" in found.message
    assert "100 × 100 pixels on 51 × 51 mm" in found.message
    assert "600 pixels wide" in found.suggestion
    assert pages.found("P-010", limits=Limits(resolution=50)) == ()


def test_missing_glyph_is_an_error_at_its_character(clean: Pages) -> None:
    def lose_a_glyph(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[TEXT]
        lines = content_of(page).split(b"\n")
        at = next(number for number, line in enumerate(lines) if line.startswith(b"[<") and len(line) > 60)
        third = [*re.finditer(rb"[0-9a-f]{4}", lines[at])][2]
        lines[at] = lines[at][: third.start()] + b"0000" + lines[at][third.end() :]
        page.Contents = pdf.make_stream(b"\n".join(lines))

    (found,) = clean.found("P-011", lose_a_glyph)
    assert places((found,)) == [(0, "text.md:3:3")]
    assert (found.severity, len(found.boxes)) == (Severity.ERROR, 1)


def test_rgb_is_an_error_only_in_a_file_for_cmyk(clean: Pages) -> None:
    assert clean.found("P-012") == ()
    found = clean.found("P-012", limits=Limits(cmyk=True))
    assert {finding.severity for finding in found} == {Severity.ERROR}
    assert (0, "text.md:1:3") in places(found)


def into_x(pdf: pikepdf.Pdf) -> None:
    """The file says that it is PDF/X for four inks."""
    profile = pdf.make_stream(b"", N=4)
    pdf.Root.OutputIntents = Array([Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, DestOutputProfile=profile)])


def test_pdf_x_is_taken_for_a_file_for_cmyk(clean: Pages) -> None:
    assert clean.found("P-012", into_x)


def test_black_and_cmyk_are_no_rgb(clean: Pages) -> None:
    def to_black(pdf: pikepdf.Pdf) -> None:
        into_x(pdf)
        for page in pdf.pages:
            black = re.sub(rb"[\d.]+ [\d.]+ [\d.]+ rg", b"0 0 0 1 k", content_of(page))
            page.Contents = pdf.make_stream(re.sub(rb"[\d.]+ [\d.]+ [\d.]+ RG", b"0 G", black))

    assert [finding.message for finding in clean.found("P-012", to_black)] == []


@pytest.mark.parametrize(
    ("painted", "kind"),
    [
        (b"1 0 0 rg 9 9 9 9 re f", "lines or areas"),
        (b"1 0 0 RG 9 9 m 20 20 l S", "lines or areas"),
        (b"/Space cs 1 0 0 scn 9 9 9 9 re f", "lines or areas"),
        (b"q 9 0 0 9 9 9 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID \xff\x00\x00 EI Q", "a picture"),
        (b"/Blend sh", "a colour gradient"),
    ],
)
def test_each_way_to_paint_in_rgb_is_found(clean: Pages, painted: bytes, kind: str) -> None:
    def paint(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1]
        profile = pdf.make_stream(b"", N=3)
        page.Contents = pdf.make_stream(painted)
        page.Resources = Dictionary(
            ColorSpace=Dictionary(Space=Array([Name.ICCBased, profile])),
            Shading=Dictionary(Blend=Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB)),
        )

    found = [finding for finding in clean.found("P-012", paint, limits=Limits(cmyk=True)) if finding.page == 1]
    assert [finding.message for finding in found] == [f"{kind} in RGB in a file for CMYK"]


def test_too_much_ink_is_an_error_where_it_lies(clean: Pages) -> None:
    heavy = Coverage(page=TEXT, percent=340, left=60, bottom=0, right=300, top=600)
    proof = clean.proof(ink=(heavy,), limits=Limits(cmyk=True))
    (found,) = (finding for finding in proof.findings if finding.code == "P-013")
    assert "340 % of ink at one point, where 300 % are allowed" in found.message
    assert (found.severity, found.boxes[0].right) == (Severity.ERROR, 300)
    assert [finding for finding in clean.proof(ink=(heavy,)).findings if finding.code == "P-013"] == []


def test_text_over_text_is_an_error(lay_out: Laid) -> None:
    sheet = ".text > p + p { margin-top: -1.4em !important; }"
    (found,) = lay_out("# A title\n\nWords below.\n\nWords over them.\n", sheet=sheet).found("P-014")
    assert places((found,)) == [(0, "text.md:5:1")]
    assert "paragraph 2 is printed over paragraph 1" in found.message


def test_file_of_other_sources_is_said_to_be_one(clean: Pages, lay_out: Laid) -> None:
    other = lay_out("# A title\n\nQuite different words stand here.\n\nAnd more.\n\nAnd yet more.\n\nAnd so on.\n")
    (found,) = (finding for finding in clean.proof(content=other.content).findings if finding.code == "P-015")
    assert found.severity is Severity.WARNING


def untag(pdf: pikepdf.Pdf) -> None:
    """The file has no structure any more, as files for printers."""
    del pdf.Root["/StructTreeRoot"]


def test_lines_of_a_file_without_tags_are_known_by_their_words(lay_out: Laid) -> None:
    notes = "\n".join(
        f"## n{number}\n\n> word{number}\n\n{'A note that says a lot about what is to be said. ' * 14}\n"
        for number in range(4)
    )
    text = " ".join(f"word{number} and more of it" for number in range(4))
    sheet = ".text > p + p { text-align: justify !important; width: 44mm; }"
    loose = "These\\\nare extraordinarily incomprehensibilities that are told."
    pages = lay_out(f"# A title\n\n{text}.\n\n{loose}\n\n## A part\n\n{hard(14)}\n", notes=notes, sheet=sheet)
    limits = Limits(looseness=1.5)
    tagged, untagged = pages.proof(limits=limits), pages.proof(untag, limits=limits)
    assert {finding.code for finding in tagged.findings} >= {"P-006", "P-007"}
    assert [(finding.code, finding.page, str(finding.span)) for finding in untagged.findings] == [
        (finding.code, finding.page, str(finding.span)) for finding in tagged.findings
    ]


def test_file_without_tags_of_another_edition_is_said_to_be_one(clean: Pages, lay_out: Laid) -> None:
    words = "\n\n".join(f"Quite different words, {number} of them, stand in this place." for number in range(60))
    assert {
        finding.code for finding in lay_out(f"# Other\n\n{words}\n").proof(untag, content=clean.content).findings
    } == {"P-017"}
