"""Text as word processors and Windows programs save it."""

from __future__ import annotations

from tests.cases.conftest import Make, demand_built

LINES = (
    "On Reading Proofs\n"
    "To read a book and to read its proofs are two things, and those who have done both know that the second is slow.\n"
    "The first asks what is said.\n\n"
    "The second asks what is printed.\n"
)


def test_each_line_can_be_a_paragraph(small: Make) -> None:
    edition = small(LINES, name="text.txt")
    settings = edition.folder / "edition.yaml"
    more = "  first-paragraph-is-title: true\n  paragraphs: lines\nrights:\n"
    settings.write_text(settings.read_text().replace("rights:\n", more, 1))
    demand_built(edition.build())
    words = "\n".join(edition.pages())
    assert all(f"{number} " in words for number in (1, 2, 3))


def test_a_text_that_is_its_own_title_is_an_error_with_the_remedy(small: Make) -> None:
    edition = small("On Reading Proofs\nOne.\nTwo.\n", name="text.txt")
    settings = edition.folder / "edition.yaml"
    settings.write_text(settings.read_text().replace("rights:\n", "  first-paragraph-is-title: true\nrights:\n", 1))
    found = edition.check()
    assert found.exit_code == 1
    assert "text.txt:1:1: error[T-021 paragraphs-not-separated]: the text is one paragraph of 3 lines" in found.output


def test_a_byte_order_mark_is_told_once_and_builds(small: Make) -> None:
    """In the text it is part of the sha256; in notes and settings nothing is said of it."""
    edition = small(b"\xef\xbb\xbf# Title\n\nA paragraph.\n", notes="\ufeff## a\n\n> paragraph\n\nA note.\n")
    settings = edition.folder / "edition.yaml"
    settings.write_bytes(b"\xef\xbb\xbf" + settings.read_bytes())
    result = edition.build()
    demand_built(result)
    assert result.output.count("T-002") == 1
