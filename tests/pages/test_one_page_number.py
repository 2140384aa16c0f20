"""One page number for everybody: what a page of the PDF begins with follows its target in the EPUB."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pytest
from lxml import etree

ENOUGH = 160
LONGEST_WORD = 25
VOLUMES = ("book", "everything", "long", "noted")


class Pages(Protocol):
    """A built volume, as tests/pages/conftest.py reads it."""

    files: dict[str, bytes]

    def labels_of_pdf(self) -> list[str]: ...
    def listed(self) -> list[tuple[str, str, str]]: ...
    def spine(self) -> list[str]: ...
    def words_of_pdf(self) -> list[str]: ...
    def words_after(self, document: str, target: str) -> str: ...


Build = Callable[[str], Pages]


def _begins(said: str, page: str, *, before: str) -> bool:
    """Whether words begin as a page does; a page may begin inside a word whose beginning is on the one before."""
    return said.startswith(page) or any(
        said[:cut].isalpha() and before.endswith(said[:cut]) and said[cut:].startswith(page)
        for cut in range(1, LONGEST_WORD)
    )


@pytest.mark.parametrize("name", VOLUMES)
def test_the_words_after_each_target_are_those_that_the_page_begins_with(volume: Build, name: str) -> None:
    pages = volume(name)
    words = pages.words_of_pdf()
    half_title, *rest = zip(pages.listed(), words, ("", *words), strict=False)
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
    listed = pages.listed()
    assert [label for label, _, _ in listed] == pages.labels_of_pdf()
    assert len(set(listed)) == len({target for _, _, target in listed}) == len(listed)


@pytest.mark.parametrize("name", VOLUMES)
def test_targets_stand_in_reading_order_and_are_page_breaks(volume: Build, name: str) -> None:
    pages = volume(name)
    places = []
    for at, document in enumerate(pages.spine()):
        root = etree.fromstring(pages.files[f"EPUB/text/{document}"])
        breaks = [one for one in root.iter() if one.get("role") == "doc-pagebreak"]
        places += [(at, str(one.get("id"))) for one in breaks]
        assert all(one.text is None and len(one) == 0 for one in breaks)
        calls = [one for one in root.iter() if one.get("role") == "doc-noteref"]
        assert not any(inner.get("role") == "doc-pagebreak" for call in calls for inner in call.iter())
    assert [target for _, target in places] == [target for _, _, target in pages.listed()]


def test_the_long_volume_has_two_hundred_pages(volume: Build) -> None:
    assert len(volume("long").listed()) >= 200


@pytest.mark.parametrize("name", VOLUMES)
def test_no_target_stands_inside_a_word(volume: Build, name: str) -> None:
    pages = volume(name)
    for document in pages.spine():
        root = etree.fromstring(pages.files[f"EPUB/text/{document}"])
        for one in root.iter():
            if one.get("role") != "doc-pagebreak":
                continue
            sibling, parent = one.getprevious(), one.getparent()
            before = (sibling.tail if sibling is not None else parent.text if parent is not None else "") or ""
            assert not (before[-1:].isalpha() and (one.tail or "")[:1].isalpha()), one.get("id")


@pytest.mark.parametrize("name", VOLUMES)
def test_the_package_says_whose_pages_they_are(volume: Build, name: str) -> None:
    package = volume(name).files["EPUB/content.opf"].decode()
    assert 'property="pageBreakSource"' in package
    assert ">pageNavigation<" in package
    assert ">pageBreakMarkers<" in package
