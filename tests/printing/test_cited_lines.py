"""Notes that begin with the lines and the words that they are about, as in a critical apparatus."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.compose.notes.apparatus import cited_lemma
from publisher.diagnostics import PublisherError
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.pdf.read.document import read_pdf
from publisher.verify import verify
from publisher.verify.pdf.lines import read_tree
from publisher.workspace import Folder

Instruction = pikepdf.ContentStreamInstruction
TEXT = "Counted words\n\n" + "\n\n".join(
    " ".join(f"word{at:03d}" for at in range(begin, begin + 100)) + "." for begin in range(0, 900, 100)
)
SETTINGS = """\
title: Counted words
language: en-GB
date: 2026-11-24
contributors: [{name: Some Writer, role: aut}]
source: {file: text.txt, sha256: SHA256, first-paragraph-is-title: true}
rights: {status: unknown, statement: Not known.}
series:
  - {id: textual, title: Textual notes, file: notes.md, cite: lines, placement: {pdf: PLACE}}
output: {name: cited, formats: [pdf, epub], page: A5OUTPUT}
"""
NOTES = "\n\n".join(
    f"## n{at}\n\n> {lemma}\n\nSaid of it."
    for at, lemma in enumerate(
        ("Counted words", "word010", "word050 word051 word052 word053 word054 word055 word056", "word400", "word890")
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An EPUB and a PDF, and what they were made from."""

    pdf: bytes
    epub: bytes
    publication: Publication

    @property
    def notes(self) -> list[str]:
        """The notes of the PDF, in the order of their calls."""
        return [" ".join(line.text.split()) for line in read_tree(read_pdf(self.pdf)).notes]

    def lines(self) -> dict[tuple[str, int], list[str]]:
        """By page and line number the words on it, as they stand in the tree."""
        found: dict[tuple[str, int], list[str]] = {}
        document = read_pdf(self.pdf)
        heights: dict[int, list[float]] = {}
        for chunk in (chunk for line in read_tree(document).lines for chunk in line.words):
            if re.search("word[0-9]|Counted", chunk.text) and document.labels[chunk.page].isdigit():
                levels = heights.setdefault(chunk.page, [])
                if not levels or abs(levels[-1] - chunk.y) > 5:
                    levels.append(chunk.y)
                found.setdefault((document.labels[chunk.page], len(levels)), []).append(chunk.text)
        return found

    def line_of(self, word: str) -> tuple[str, int]:
        """The page and the line on which a word stands."""
        return next(place for place, words in self.lines().items() if any(word in text for text in words))


@pytest.fixture
def cited(tmp_path: Path) -> Callable[..., Made]:
    """A volume with notes that cite lines."""

    def make(*, place: str = "foot", lines: str = "{every: 5}", notes: str = NOTES) -> Made:
        numbers = f", line-numbers: {lines}" if lines else ""
        settings = SETTINGS.replace("SHA256", hashlib.sha256(TEXT.encode()).hexdigest())
        settings = settings.replace("PLACE", place).replace("OUTPUT", numbers)
        for name, words in (("text.txt", TEXT), ("notes.md", notes), ("edition.yaml", settings)):
            (tmp_path / name).write_text(words, encoding="utf-8")
        built = pipeline.build(BuildRequest(folder=Folder(tmp_path))).volume
        content = {artifact.name: artifact.content for artifact in built.artifacts}
        return Made(pdf=content["cited.pdf"], epub=content["cited.epub"], publication=built.publication)

    return make


@pytest.mark.parametrize("place", ["foot", "margin"])
def test_a_note_on_the_page_begins_with_the_lines_of_its_lemma(cited: Callable[..., Made], place: str) -> None:
    made = cited(place=place)
    _, first = made.line_of("word050")
    _, last = made.line_of("word056")
    assert made.notes[0] == "1 1 Counted words] Said of it."
    assert made.notes[1] == f"2 {made.line_of('word010')[1]} word010] Said of it."
    lines = f"{first}–{last}" if first != last else str(first)
    assert made.notes[2] == f"3 {lines} word050 word051 … word056] Said of it."


def test_a_note_at_the_end_names_the_page_as_well(cited: Callable[..., Made]) -> None:
    made = cited(place="end")
    page, line = made.line_of("word890")
    assert page != "1"
    assert made.notes[-1] == f"5 {page}.{line} word890] Said of it."


def test_lines_that_are_counted_by_section_need_no_page(cited: Callable[..., Made]) -> None:
    made = cited(place="end", lines="{every: 5, by: section}")
    page, line = made.line_of("word890")
    before = sum(1 for text, _ in made.lines() if int(text) < int(page))
    assert made.notes[-1] == f"5 {before + line} word890] Said of it."


def test_a_lemma_that_a_page_end_divides_names_both_pages(cited: Callable[..., Made]) -> None:
    plain = cited(notes="## n\n\n> word899\n\nSaid of it.")
    first_on_page = plain.lines()["2", 1][0]
    found = re.search("word([0-9]+)", first_on_page)
    assert found is not None
    at = int(found[1])
    made = cited(notes=f"## n\n\n> word{at - 1:03d} word{at:03d} word{at + 1:03d}\n\nSaid of it.")
    (note,) = made.notes
    (before, last), (after, first) = (made.line_of(f"word{number:03d}") for number in (at - 1, at + 1))
    assert (before, after) == ("1", "2")
    assert note.startswith(f"1 {before}.{last}–{after}.{first} word{at - 1:03d}"), note


def test_the_epub_which_has_no_lines_has_the_lemma_alone(cited: Callable[..., Made]) -> None:
    with zipfile.ZipFile(io.BytesIO(cited().epub)) as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith("text.xhtml"))
    assert '<span class="cited-lemma">word010]</span> Said of it.' in text


def test_without_line_numbers_the_pdf_has_the_lemma_alone(cited: Callable[..., Made]) -> None:
    assert cited(lines="").notes[1] == "2 word010] Said of it."


def test_a_wrong_line_in_a_note_is_found(cited: Callable[..., Made]) -> None:
    made = cited()
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        page = pdf.pages[read_pdf(made.pdf).labels.index("1")]
        fonts = {str(name): font for name, font in page.obj.Resources.Font.items()}
        instructions = [
            content_stream_instruction
            for content_stream_instruction in pikepdf.parse_content_stream(page)
            if isinstance(content_stream_instruction, Instruction)
        ]
        assert _exchange(instructions, fonts)
        page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
        out = io.BytesIO()
        pdf.save(out)
    with pytest.raises(PublisherError) as raised:
        verify(made.publication, (Artifact(name="cited.pdf", content=out.getvalue()),))
    assert "V-001" in [diagnostic.code for diagnostic in raised.value.diagnostics]


def test_long_lemmas_are_shortened_to_their_ends() -> None:
    assert cited_lemma("at the\nexpense") == "at the expense]"
    assert cited_lemma("at the expense of some or all others") == "at the … others]"


def _letters(fonts: dict[str, pikepdf.Object]) -> dict[str, dict[bytes, str]]:
    """By font what each code stands for, where it is one character."""
    found: dict[str, dict[bytes, str]] = {}
    for name, font in fonts.items():
        pairs = re.findall(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]{4})>", font.ToUnicode.read_bytes())
        found[name] = {bytes.fromhex(code.decode()): chr(int(text, 16)) for code, text in pairs}
    return found


def _codes(shown: pikepdf.String) -> list[pikepdf.Object]:
    """The codes of a string, each a string of its own."""
    content = bytes(shown)
    return [pikepdf.String(content[at : at + 2]) for at in range(0, len(content), 2)]


def _exchange(instructions: list[Instruction], fonts: dict[str, pikepdf.Object]) -> bool:
    """Puts another figure in the place of the line that the note on word010 begins with; whether it was found."""
    letters, font = _letters(fonts), ""
    for at, instruction in enumerate(instructions):
        font = str(instruction.operands[0]) if str(instruction.operator) == "Tf" else font
        if str(instruction.operator) != "TJ":
            continue
        parts = list(instruction.operands[0])
        parts = [code for part in parts for code in (_codes(part) if isinstance(part, pikepdf.String) else [part])]
        text = [letters[font].get(bytes(part), "") if isinstance(part, pikepdf.String) else "" for part in parts]
        if not re.match(r"\s*\d word010]", "".join(text)):
            continue
        where = next(index for index, letter in enumerate(text) if letter.isdigit())
        other = next(code for code, letter in letters[font].items() if letter.isdigit() and letter != text[where])
        parts[where] = pikepdf.String(other)
        instructions[at] = Instruction([pikepdf.Array(parts)], instruction.operator)
        return True
    return False
