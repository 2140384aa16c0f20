"""Numbers of notes are set when sections are joined: a note more changes the layout of its own section alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.cache.store import Store
from publisher.layout.note_numbers import note_numbers, without_numbers
from publisher.layout.section_key import Task
from publisher.model.publication import MatterKind
from publisher.model.rendition import LayoutResources, PdfSection, Side
from publisher.model.target import Format
from publisher.workers.cached_executor import CachedExecutor
from publisher.workers.executor import Done, SerialExecutor
from publisher.workers.remote import Given, Made, Remote
from publisher.workspace import Folder

CHAPTERS, NOTES = 3, 4
SETTINGS = """title: A volume
language: en
date: 2026-01-02
contributors: [{name: Somebody, role: aut}]
source: {file: text.md, sha256: %s}
rights: {status: public-domain, statement: Free.}
series: [{id: notes, title: Notes, file: notes.md}]
output: {name: volume, chapters: true}
"""


class Counted(SerialExecutor):
    """An executor that knows which sections it laid out."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def map(
        self, function: Remote[Given, Made], values: Sequence[Given], *, done: Done | None = None
    ) -> tuple[Made, ...]:
        self.names += [value.section.id for value in values if isinstance(value, Task)]
        return super().map(function, values, done=done)


def edition(folder: Path, *, more: Sequence[str] = (), style: str = "") -> Path:
    """An edition of three chapters with four notes each, and more notes on the words of some paragraphs."""
    folder.mkdir()
    places = [(chapter, at) for chapter in range(CHAPTERS) for at in range(NOTES)]
    parts = ["# A volume"]
    for chapter, at in places:
        parts += [f"## Chapter {'abc'[chapter]}"] if at == 0 else []
        parts.append(
            f"Words {'abc'[chapter]}{'wxyz'[at]} are noted, and others of {'abc'[chapter]}{'wxyz'[at]} are not."
        )
    text = "\n\n".join(parts) + "\n"
    named = [f"Words {'abc'[chapter]}{'wxyz'[at]} are noted" for chapter, at in places]
    notes = "".join(f"## n{lemma.split()[1]}\n\n> {lemma}\n\nSaid of {lemma}.\n\n" for lemma in named)
    notes += "".join(f"## o{words}\n\n> others of {words} are not\n\nSaid too.\n\n" for words in more)
    (folder / "text.md").write_text(text)
    (folder / "notes.md").write_text(notes)
    (folder / "edition.yaml").write_text(SETTINGS % hashlib.sha256(text.encode()).hexdigest())
    if style:
        (folder / "styles").mkdir()
        (folder / "styles" / "own.css").write_text(style)
    return folder


def pdf(folder: Path, store: Path | None = None) -> tuple[bytes, list[str]]:
    """The PDF of an edition, and the sections that were laid out for it."""
    counted = Counted()
    executor = counted if store is None else CachedExecutor(counted, Store(store, secret=b"0" * 32))
    built = pipeline.build(BuildRequest(folder=Folder(folder), formats=(Format.PDF,), executor=executor))
    (content,) = (artifact.content for artifact in built.files if artifact.name == "volume.pdf")
    return content, counted.names


@pytest.mark.parametrize("style", ["", ".note-mark, .note-call { font-variant-numeric: proportional-nums !important }"])
def test_a_note_more_lays_out_its_own_section_and_gives_the_bytes_of_a_clean_build(tmp_path: Path, style: str) -> None:
    before = edition(tmp_path / "before", more=("cz",), style=style)
    after = edition(tmp_path / "after", more=("az", "cz"), style=style)
    pdf(before, tmp_path / "store")
    incremental, laid_out = pdf(after, tmp_path / "store")
    clean, everything = pdf(after)
    assert incremental == clean
    if style:
        assert len(laid_out) < len(everything)  # numbers that cannot be set are laid out again
    else:
        # the first chapter has another note, the last one another number of two figures
        assert [name for name in laid_out if name.startswith("text")] == ["text-chapter-a", "text-chapter-c"]


def test_only_the_numbers_of_notes_are_taken_out() -> None:
    call = '<a class="note-call series-notes" id="call-a" href="#a" role="doc-noteref">12</a>'
    mark = '<a class="note-mark" href="#call-a" role="doc-backlink" title="Back">12</a>'
    letter, link = '<a class="note-call" href="#b">b</a>', '<a class="cross-reference" href="#a">12</a>'
    document = f"<p>{call}{mark}{letter}{link}12</p>"
    bare = without_numbers(_task(document)).section.document
    assert note_numbers(document) == ("12", "12")
    assert bare.count("00</a>") == 2
    assert [f'data-number="{at}"' in bare for at in range(3)] == [True, True, False]
    assert letter + link in bare
    assert len(note_numbers(bare)) == 2
    assert without_numbers(_task(document.replace("12", "13"))) != without_numbers(_task(document))  # the link
    assert without_numbers(_task(f"{call}12")) == without_numbers(_task(f"{call.replace('12', '98')}12"))


def test_lines_from_right_to_left_are_laid_out_with_their_numbers() -> None:
    task = _task('<html dir="rtl"><a class="note-call" href="#a">12</a></html>')
    assert without_numbers(task) is task


def _task(document: str) -> Task:
    section = PdfSection(id="s", matter=MatterKind.BODY, side=Side.RIGHT, document=document)
    return Task(section=section, dress=LayoutResources(stylesheets=(), assets=()), hyphen="-")
