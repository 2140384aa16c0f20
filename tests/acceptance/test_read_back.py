"""Every paragraph, note and agreement is in both files exactly once, in order, read back apart from our own proof."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

Built = Callable[[str], Any]


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
words, squeezed = READ.words, READ.squeezed
LEAVES = tuple(f"{READ.XHTML}{name}" for name in ("p", "dd"))
BOTH = pytest.mark.parametrize("name", ["book", "everything"])
MARKUP = re.compile(r"\[[^\]]*@[^\]]*\]|!?\[[^\]]*\](?:\([^)]*\)|\{[^}]*\})|[*`\\]|^> ?|^ *- |^\d+\. |\{#[^}]*\}", re.M)
"""What stands in a note's file and is printed otherwise or not at all: citations, links, signs of Markdown."""


@dataclass(frozen=True, kw_only=True)
class Volume:
    """An edition's folder and what was built from it, read back."""

    folder: Path
    epub: Any
    pdf: Any
    files: Any


@pytest.fixture(scope="module")
def volume(built: Built) -> Callable[[str], Volume]:
    """Gives an edition by its name, read back once."""
    known: dict[str, Volume] = {}

    def read(name: str) -> Volume:
        if name not in known:
            work = built(name)
            known[name] = Volume(folder=work.folder, epub=READ.Epub(work.epub), pdf=READ.Pdf(work.pdf), files=work)
        return known[name]

    return read


Read = Callable[[str], Volume]


@pytest.fixture(scope="module")
def article(volume: Read) -> list[str]:
    """The paragraphs of the article, its title first, every character as it is."""
    text = (volume("book").folder / "article.txt").read_bytes().decode()
    return [paragraph for paragraph in re.split(r"(?:\r?\n){2,}", text.strip("\r\n")) if paragraph]


def test_every_paragraph_of_the_article_is_in_the_epub_once_character_by_character(
    volume: Read, article: list[str]
) -> None:
    epub = volume("book").epub
    printed = [words(item, calls=False) for item in (epub.title, *epub.paragraphs)]
    assert [text[1:] if number else text for number, text in enumerate(printed)] == article


def test_every_paragraph_of_the_article_is_in_the_pdf_once_in_order(volume: Read) -> None:
    """The needles are the paragraphs of the EPUB with the marks of their calls, which stand in the PDF too."""
    book = volume("book")
    places = [book.pdf.places(words(paragraph)) for paragraph in book.epub.paragraphs]
    assert [len(found) for found in places] == [1] * len(places)
    assert places == sorted(places)


def test_the_oddities_of_the_article_survive(volume: Read, article: list[str]) -> None:
    epub = volume("book").epub
    text = "\n".join(words(item, calls=False) for item in (epub.title, *epub.paragraphs))
    assert "\n".join(article).count("\u00a0") == 7
    assert text.count("\u00a0") == 7
    assert (text.count("“"), text.count("”")) == (8, 7)
    for slip in ("expense or others", "deployed n near", "about about", "Minsk I and I"):
        assert slip in text
        assert sum(squeezed(slip) in page for page in volume("book").pdf.squeezed) >= 1


def test_what_looks_like_a_template_prints_as_it_stands(volume: Read) -> None:
    everything = volume("everything")
    assert "{{ 7*7 }} & so on." in words(everything.epub.document("text"))
    assert sum(squeezed("{{ 7*7 }} & so on.") in page for page in everything.pdf.squeezed) == 1


def sources(folder: Path) -> dict[str, str]:
    """What each note of an edition says, as it is written, in order; the key is its series and its id."""
    found = {}
    for path in sorted((folder / "notes").glob("*.md")):
        for part in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            heading, _, rest = part.partition("\n")
            said = re.sub(r"\A\s*(?:>.*\n)+", "", rest)
            found[f"note-{path.stem}-{heading.split()[0]}"] = said
    return found


@BOTH
def test_every_note_is_in_the_epub_once_and_says_what_its_file_says(volume: Read, name: str) -> None:
    written, notes = sources(volume(name).folder), volume(name).epub.notes
    assert written
    assert set(written) == {note for note in notes if not note.startswith("note-author-")}
    for note_id, said in written.items():
        printed, at = squeezed(words(notes[note_id])), 0
        for piece in filter(None, map(squeezed, MARKUP.split(said))):
            assert piece in printed[at:], (note_id, piece)
            at = printed.index(piece, at) + len(piece)


@BOTH
def test_calls_and_notes_are_as_many_and_come_in_one_order(volume: Read, name: str) -> None:
    epub = volume(name).epub
    calls = [item.get("href").rpartition("#")[2] for item in epub.of_role(READ.CALL)]
    assert sorted(calls) == sorted(epub.notes)
    for series in ("note-editorial-", "note-textual-", "note-sources-"):
        called = [call for call in calls if call.startswith(series)]
        assert [note for note in epub.notes if note.startswith(series)] == called


@BOTH
def test_every_paragraph_of_every_note_is_in_the_pdf_once(volume: Read, name: str) -> None:
    """Those that are long enough to stand nowhere else by chance."""
    pdf, epub = volume(name).pdf, volume(name).epub
    lost = {}
    for note_id, note in epub.notes.items():
        blocks = [item for item in note.iter() if item.tag in (f"{READ.XHTML}p", f"{READ.XHTML}li")] or [note]
        texts = [words(block) for block in blocks if len(squeezed(words(block))) > 30]
        counts = [len(pdf.places(text)) for text in texts]
        if counts != [1] * len(texts):
            lost[note_id] = counts
    assert lost == {}


@BOTH
def test_every_agreement_is_in_both_files_once(volume: Read, name: str) -> None:
    read = volume(name)
    elements = read.epub.document("agreements").xpath("//*[starts-with(@id, 'agreement-') and @id]")
    for path in sorted((read.folder / "agreements").glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        (agreement_id,) = re.findall(r"^id: (\S+)$", front, flags=re.M)
        (element,) = (item for item in elements if item.get("id") == f"agreement-{agreement_id}")
        printed, at = squeezed(words(element)), 0
        for piece in filter(None, map(squeezed, MARKUP.split(re.sub(r"^##+ ", "", body, flags=re.M)))):
            assert piece in printed[at:], (agreement_id, piece)
            at = printed.index(piece, at) + len(piece)


@BOTH
def test_every_longer_paragraph_of_the_epub_is_in_the_pdf_as_often(volume: Read, name: str) -> None:
    read = volume(name)
    texts = [
        squeezed(words(item))
        for item in (
            entry
            for name, tree in read.epub.documents.items()
            if "accessibility" not in name  # it is about the EPUB, and printed in no PDF
            for entry in tree.iter(*LEAVES)
        )
        if item.find(f".//{READ.XHTML}p") is None
    ]
    long = {text: sum(other.count(text) for other in texts) for text in texts if len(text) >= 60}
    assert len(long) > 5
    assert {text: len(read.pdf.places(text)) for text in long} == long


@BOTH
def test_every_link_of_the_epub_leads_somewhere(volume: Read, name: str) -> None:
    epub = volume(name).epub
    trees = {**epub.documents, epub.nav_name: epub.nav}
    ids = {f"{place}#{found}" for place, tree in trees.items() for found in tree.xpath("//@id")}
    broken = []
    for place, tree in trees.items():
        for href in tree.xpath("//@href"):
            file, _, fragment = href.partition("#")
            if re.match(r"[a-z]+:", href):
                continue
            parts = [*PurePosixPath(place).parent.parts] if file else []
            for part in PurePosixPath(file or place).parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            target = "/".join(parts)
            if target not in epub.files or (fragment and f"{target}#{fragment}" not in ids):
                broken.append((place, href))
    assert broken == []
