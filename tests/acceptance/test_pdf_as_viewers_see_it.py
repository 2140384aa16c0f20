"""The PDFs as a viewer shows them: links both ways, labels, bookmarks, typefaces, language, title, full pages."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from ruamel.yaml import YAML

Built = Callable[[str], Any]
BOTH = pytest.mark.parametrize("name", ["book", "everything"])
FACES = {
    "Source-Serif-Pro",
    "Source-Serif-Pro-Italic",
    "Source-Serif-Pro-Semi-Bold",
    "Source-Serif-Pro-Semi-Bold-Italic",
    "Source-Sans-Pro",
    "Source-Sans-Pro-Semi-Bold",
}
FULL = 3
"""A page with so many lines or fewer, its running head not counted, looks like a mistake."""
HEAD, LINE = 62.0, 10.0
"""In points: how far down a running head reaches, and by how much tops of letters may differ on a page's first line."""


def _beside(name: str) -> Any:
    """A module that stands beside this one."""
    spec = importlib.util.spec_from_file_location(f"acceptance_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


READ = _beside("read_back")
HEADED = 3
"""So many pages of each volume, at least, have a running head and begin no section."""


@pytest.fixture(scope="module")
def opened(built: Built) -> Iterator[Callable[[str], Any]]:
    """Gives the PDF of an edition, open."""
    known: dict[str, Any] = {}

    def open_pdf(name: str) -> Any:
        if name not in known:
            known[name] = pikepdf.open(built(name).pdf)
        return known[name]

    yield open_pdf
    for pdf in known.values():
        pdf.close()


def links(pdf: Any) -> set[tuple[int, str]]:
    """The page of each link and the name to which it leads."""
    return {
        (number, str(annotation.Dest))
        for number, page in enumerate(pdf.pages)
        for annotation in page.get("/Annots", ())
        if "/Dest" in annotation
    }


def destinations(pdf: Any) -> dict[str, int]:
    """The page of each named destination."""
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
    return {name: numbers[place[0].objgen] for name, place in pikepdf.NameTree(pdf.Root.Names.Dests).items()}


@BOTH
def test_every_link_leads_to_a_place(opened: Callable[[str], Any], name: str) -> None:
    pdf = opened(name)
    places = destinations(pdf)
    assert sorted(target for _, target in links(pdf) if target not in places) == []


@BOTH
def test_each_call_leads_to_its_note_and_each_note_back(opened: Callable[[str], Any], built: Built, name: str) -> None:
    pdf = opened(name)
    places, leading = destinations(pdf), links(pdf)
    notes = list(READ.Epub(built(name).epub).notes)
    assert len(notes) > 8
    for note in notes:
        call = note.replace("note-", "call-", 1)
        assert (places[call], note) in leading
        assert (places[note], call) in leading


@BOTH
def test_notes_at_the_foot_stand_on_the_page_of_their_calls(
    opened: Callable[[str], Any], built: Built, name: str
) -> None:
    places = destinations(opened(name))
    work = built(name)
    series = YAML(typ="safe").load(work.folder.joinpath("edition.yaml").read_text(encoding="utf-8"))["series"]
    elsewhere = tuple(
        f"note-{item['id']}-" for item in series if item.get("placement", {}).get("pdf", "foot") != "foot"
    )
    notes = [note for note in READ.Epub(work.epub).notes if not note.startswith(elsewhere)]
    assert notes
    apart = {note: places[note] - places[note.replace("note-", "call-", 1)] for note in notes}
    assert {item: pages for item, pages in apart.items() if pages not in (0, 1)} == {}
    assert sum(apart.values()) <= max(2, len(notes) // 10)


@BOTH
def test_pages_are_numbered_in_roman_and_then_in_arabic(built: Built, name: str) -> None:
    labels = READ.Pdf(built(name).pdf).labels
    first = labels.index("1")
    assert labels[first:] == [str(number) for number in range(1, len(labels) - first + 1)]
    assert labels[:4] == ["i", "ii", "iii", "iv"]
    assert first > 4
    assert all(set(label) <= set("ivx") for label in labels[:first])


@BOTH
def test_bookmarks_are_the_contents(built: Built, name: str) -> None:
    work = built(name)
    toc = READ.Epub(work.epub).nav.xpath("//*[@role='doc-toc']//*[local-name()='li']")
    entries = [
        (len(item.xpath("ancestor::*[local-name()='li']")), READ.words(item.xpath("*[local-name()='a']")[0]))
        for item in toc
    ]
    assert len(entries) > 3
    assert READ.Pdf(work.pdf).bookmarks == [entry for entry in entries if entry[1] != "Accessibility of this edition"]


@BOTH
def test_every_typeface_is_of_the_house_and_embedded(opened: Callable[[str], Any], name: str) -> None:
    fonts = [
        dictionary
        for dictionary in opened(name).objects
        if isinstance(dictionary, pikepdf.Dictionary) and dictionary.get("/Type") == "/FontDescriptor"
    ]
    assert len(fonts) >= 4
    assert {str(dictionary.FontName).partition("+")[2] for dictionary in fonts} <= FACES
    assert all("/FontFile3" in dictionary or "/FontFile2" in dictionary for dictionary in fonts)


@BOTH
def test_language_and_title_are_told(opened: Callable[[str], Any], built: Built, name: str) -> None:
    pdf = opened(name)
    title = READ.Epub(built(name).epub).package.findtext(".//{http://purl.org/dc/elements/1.1/}title")
    assert pdf.Root.Lang == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo.Title).startswith(title)
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"].startswith(title)


@BOTH
def test_running_heads_name_the_work_on_the_left_and_the_section_on_the_right(
    opened: Callable[[str], Any], built: Built, name: str
) -> None:
    """On every page but blank ones, those before the contents, and the first pages of sections."""
    pdf = READ.Pdf(built(name).pdf)
    with opened(name).open_outline() as outline:
        numbers = {page.objgen: number for number, page in enumerate(opened(name).pages)}
        openings = {numbers[entry.destination[0].objgen]: str(entry.title) for entry in outline.root}
    work, section, seen = READ.squeezed(pdf.pages[0]), "", 0
    for number, page in enumerate(pdf.pages):
        section = openings.get(number, section)
        if number > 4 and page.strip() and number not in openings:
            seen += 1
            names = "|".join(map(re.escape, (READ.squeezed(section), "Thetext")))
            heads = re.escape(work) if number % 2 else rf"(?:{names})(?:,¶¶?[0-9–]+)?|A\d+.{{3,60}}|\w+notes"
            label = re.escape(pdf.labels[number])
            assert re.search(rf"(?:{heads}){label}$|{label}(?:{heads})$", READ.squeezed(page))
    assert seen >= HEADED


def test_pages_begin_on_their_first_line(opened: Callable[[str], Any], built: Built) -> None:
    """All but those that begin with the first provision of an agreement, whose heading keeps its space above."""
    with opened("book").open_outline() as outline:
        numbers = {page.objgen: number for number, page in enumerate(opened("book").pages)}
        openings = {numbers[entry.destination[0].objgen] for entry in outline.root}
    tops = {
        number: top
        for number, top in enumerate(READ.tops(built("book").pdf, below=HEAD))
        if number > 4 and number not in openings and top is not None
    }
    assert len(tops) > 30
    assert len([top for top in tops.values() if top > min(tops.values()) + LINE]) <= 2


@BOTH
def test_no_page_looks_empty(opened: Callable[[str], Any], built: Built, name: str) -> None:
    """Blank pages, the pages before the contents and the first pages of sections may be short."""
    pages = READ.Pdf(built(name).pdf).pages
    with opened(name).open_outline() as outline:
        numbers = {page.objgen: number for number, page in enumerate(opened(name).pages)}
        openings = {numbers[entry.destination[0].objgen] for entry in outline.root}
    short = {
        number: page
        for number, page in enumerate(pages)
        if number > 4
        and number not in openings
        and 0 < len([line for line in page.splitlines() if line.strip()]) <= FULL + 1
    }
    assert short == {}
