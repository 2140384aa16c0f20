"""The author's footnotes and the editors' notes: in bands of their own, or in one run of numbers."""

from __future__ import annotations

import re
import zipfile
from itertools import groupby

from tests.cases.conftest import Make, Small, demand_built

COUNT = 6
LONG = {2: 260}
PARAGRAPHS = [
    f"A sentence about the treaty[^{at}], and then number{at}x comes with a few words more. {'Filling words. ' * 24}"
    for at in range(1, COUNT + 1)
]
REMARKS = [f"[^{at}]: Remark {at} of the author." for at in range(1, COUNT + 1)]
TEXT = "\n\n".join(("# Notes of two hands", *PARAGRAPHS, "\n".join(REMARKS))) + "\n"
NOTES = "\n\n".join(
    f"## n{at}\n\n> number{at}x\n\nComment {at} of the editor. {'At length. ' * LONG.get(at, 2)}"
    for at in range(1, COUNT + 1)
)


def hands(edition: Small) -> list[list[tuple[str, str]]]:
    """For each page, whose notes stand at its foot, in order, with their marks: `Remark 1`, `Comment 1`."""
    return [re.findall(r"(\S+) (Remark|Comment) \d+ of", page) for page in edition.pages()]


def test_the_authors_footnotes_are_in_a_band_above_those_of_the_editors(small: Make) -> None:
    edition = small(TEXT, notes=NOTES)
    demand_built(edition.build())
    pages = [[hand for _, hand in page] for page in hands(edition)]
    assert sum(page.count("Remark") for page in pages) == sum(page.count("Comment") for page in pages) == COUNT
    assert any({*page} == {"Remark", "Comment"} for page in pages)
    for page in pages:
        assert [hand for hand, _ in groupby(page)] in ([], ["Remark"], ["Comment"], ["Remark", "Comment"])
    (book,) = (edition.folder / "output").glob("*.epub")
    with zipfile.ZipFile(book) as archive:
        text = archive.read("EPUB/text/text.xhtml").decode()
    assert re.search(r'<section class="notes series-author".*?</section>', text, re.DOTALL)
    assert "<h2" in text


def test_notes_may_have_one_run_of_numbers(small: Make) -> None:
    edition = small(TEXT, notes=NOTES, more="numbering: continuous\n")
    demand_built(edition.build("--format", "pdf"))
    found = [entry for page in hands(edition) for entry in page]
    assert found == [(str(at), "Remark" if at % 2 else "Comment") for at in range(1, 2 * COUNT + 1)]


def test_a_numbering_that_is_none_is_reported(small: Make) -> None:
    assert "error[E-006 unknown-choice]" in small(TEXT, notes=NOTES, more="numbering: continous\n").check().output
