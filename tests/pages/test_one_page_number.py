"""One page number for everybody: what a page of the PDF begins with follows its target in the EPUB."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from lxml import etree

from publisher.validators import epubcheck

ENOUGH = 160
LONGEST_WORD = 25
HEADING = "Notes"
"""The title of the only series of notes that these volumes print in lists."""
INSIDE = ("a", "code", "em", "span", "strong", "sub", "sup")
"""Elements that stand inside a word or a line."""
VOLUMES = ("book", "everything", "listed", "long", "mixed", "noted")


class Pages(Protocol):
    """A built volume, as tests/pages/conftest.py reads it."""

    epub: bytes
    files: dict[str, bytes]

    def labels_of_pdf(self) -> list[str]: ...
    def list_all(self) -> list[tuple[str, str, str]]: ...
    def spine(self) -> list[str]: ...
    def words_of_pdf(self) -> list[str]: ...
    def words_after(self, document: str, target: str) -> str: ...


Build = Callable[[str], Pages]


def _begins(said: str, page: str, *, before: str) -> bool:
    """Whether words begin as a page does; a page may begin inside a word whose beginning is on the one before.

    A page that begins with the heading of a list of notes counts from the first note of the list.
    """
    page = page.removeprefix(HEADING) if not said.startswith(HEADING) else page
    return said.startswith(page) or any(
        said[:cut].isalpha() and before.endswith(said[:cut]) and said[cut:].startswith(page)
        for cut in range(1, LONGEST_WORD)
    )


@pytest.mark.parametrize("name", VOLUMES)
def test_the_words_after_each_target_are_those_that_the_page_begins_with(volume: Build, name: str) -> None:
    pages = volume(name)
    words = pages.words_of_pdf()
    half_title, *rest = zip(pages.list_all(), words, ("", *words), strict=False)
    assert half_title[0][:2] == ("i", "title-page.xhtml"), "the half-title is in the PDF alone"
    wrong = [
        f"page {label}: {words_of_page[:40]} | {said[:40]}"
        for (label, document, target), words_of_page, before in rest
        if not _begins(said := pages.words_after(document, target), words_of_page[:ENOUGH], before=before)
    ]
    assert wrong == []
    assert any(words_of_page for _, words_of_page, _ in rest)


@pytest.mark.parametrize("name", VOLUMES)
def test_every_page_is_listed_once_with_its_printed_label(volume: Build, name: str) -> None:
    pages = volume(name)
    listed = pages.list_all()
    assert [label for label, _, _ in listed] == pages.labels_of_pdf()
    assert len(set(listed)) == len({target for _, _, target in listed}) == len(listed)


@pytest.mark.parametrize("name", VOLUMES)
def test_targets_stand_in_reading_order_and_are_page_breaks(volume: Build, name: str) -> None:
    pages = volume(name)
    places = []
    for at, document in enumerate(pages.spine()):
        root = etree.fromstring(pages.files[f"EPUB/text/{document}"])
        breaks = [element for element in root.iter() if element.get("role") == "doc-pagebreak"]
        places += [(at, str(element.get("id"))) for element in breaks]
        assert all(element.text is None and len(element) == 0 for element in breaks)
        calls = [element for element in root.iter() if element.get("role") == "doc-noteref"]
        assert not any(inner.get("role") == "doc-pagebreak" for call in calls for inner in call.iter())
    assert [target for _, target in places] == [target for _, _, target in pages.list_all()]


def test_the_long_volume_has_two_hundred_pages(volume: Build) -> None:
    assert len(volume("long").list_all()) >= 200


def _around(target: etree._Element) -> tuple[str, str]:
    """The characters before and after a target in its paragraph, cell or line, whatever markup is between."""
    around = target.iterancestors()
    block = next(
        element
        for element in around
        if element.get("class") == "verse-line" or etree.QName(element).localname not in INSIDE
    )
    target.text = "\ue000"
    text = "".join(map(str, block.itertext()))
    target.text = None
    before, _, after = text.partition("\ue000")
    return before[-1:], after[:1]


@pytest.mark.parametrize("name", VOLUMES)
def test_no_target_stands_inside_a_word(volume: Build, name: str) -> None:
    pages = volume(name)
    for document in pages.spine():
        root = etree.fromstring(pages.files[f"EPUB/text/{document}"])
        for element in root.iter():
            if element.get("role") != "doc-pagebreak":
                continue
            before, after = _around(element)
            assert not (before.isalpha() and after.isalpha()), element.get("id")


@pytest.mark.parametrize("name", ["listed", "long", "mixed", "noted"])
def test_page_breaks_leave_the_epub_valid(volume: Build, name: str, tmp_path: Path) -> None:
    assert [need.remedy for need in epubcheck.NEEDS if need.locate() is None] == []
    path = tmp_path / "volume.epub"
    path.write_bytes(volume(name).epub)
    assert epubcheck.validate(path) == ()


@pytest.mark.parametrize("name", VOLUMES)
def test_the_package_says_whose_pages_they_are(volume: Build, name: str) -> None:
    package = volume(name).files["EPUB/content.opf"].decode()
    assert 'property="pageBreakSource"' in package
    assert ">pageNavigation<" in package
    assert ">pageBreakMarkers<" in package
