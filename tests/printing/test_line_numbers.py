"""Numbers beside the lines of the text: which lines bear them, where they stand, that a wrong one is found."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import PublisherError
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.model.target import Format
from publisher.pdf.read.chunks import Chunk
from publisher.pdf.read.document import read_pdf
from publisher.verify import verify
from publisher.workspace import Folder

PROSE = "The states agreed that every promise which they had made to one another should be kept as it was written. " * 9
VERSE = "\n".join(f"| The {line} line of a poem" for line in ("first", "second", "third", "fourth", "fifth", "sixth"))
DRAWN = re.compile(rb"q\n/Artifact <</Type /Pagination>> BDC\n(?:(?!EMC)[\s\S])+EMC\nQ\n")
TEXT = f"""# On lines

{PROSE}

## A heading in the text

> {PROSE}

{VERSE}

- {PROSE}
- An entry

| Right | Left |
|---|---|
| {PROSE[:300]} | word |

{PROSE}

{PROSE}
"""
SETTINGS = """\
title: On lines
language: en-GB
date: 2026-11-24
contributors: [{name: Some Writer, role: aut}]
source: {file: text.md, sha256: SHA256}
rights: {status: unknown, statement: Not known.}
output: {name: lines, formats: [pdf], page: A5, line-numbers: LINES}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A PDF and what it was made from."""

    pdf: bytes
    publication: Publication

    def faults(self, pdf: bytes) -> list[str]:
        """The codes of what is wrong with a PDF that ought to be this one."""
        try:
            verify(self.publication, (Artifact(name="lines.pdf", content=pdf),))
        except PublisherError as error:
            return [diagnostic.code for diagnostic in error.diagnostics]
        return []

    def spoilt(self, change: Callable[[bytes], bytes]) -> bytes:
        """The PDF with the content of the second page of its text changed."""
        with pikepdf.open(io.BytesIO(self.pdf)) as pdf:
            page = pdf.pages[self.text_page + 1]
            page.contents_coalesce()
            content = page.obj.Contents.read_bytes()
            assert change(content) != content
            page.obj.Contents = pdf.make_stream(change(content))
            out = io.BytesIO()
            pdf.save(out)
        return out.getvalue()

    @property
    def text_page(self) -> int:
        """The index of the page on which the text begins."""
        return read_pdf(self.pdf).labels.index("1")

    def numbers(self, *, up_to: float = 8.0) -> dict[int, list[Chunk]]:
        """By page what is printed of numbers beside the text."""
        document = read_pdf(self.pdf)
        return {
            at: [
                chunk
                for chunk in content.artifacts
                if chunk.text.isdigit() and chunk.size < up_to and 60 < chunk.y < 540
            ]
            for at, content in enumerate(document.contents)
            if at >= self.text_page
        }


@pytest.fixture
def numbered(tmp_path: Path) -> Callable[..., Made]:
    """A volume with prose, verse, lists and a table, its lines numbered as it is said."""

    def make(lines: str, *, before: str = "") -> Made:
        (tmp_path / "text.md").write_text(TEXT, encoding="utf-8")
        digest = hashlib.sha256(TEXT.encode()).hexdigest()
        settings = SETTINGS.replace("SHA256", digest).replace("LINES", lines)
        (tmp_path / "edition.yaml").write_text(before + settings, encoding="utf-8")
        built = pipeline.build(BuildRequest(folder=Folder(tmp_path))).volume
        pdf = next(artifact.content for artifact in built.artifacts if artifact.name == "lines.pdf")
        return Made(pdf=pdf, publication=built.publication)

    return make


def test_every_fifth_line_of_a_page_bears_its_number(numbered: Callable[..., Made]) -> None:
    for chunks in (found for found in numbered("{every: 5, by: page}").numbers().values() if found):
        printed = [int(chunk.text) for chunk in chunks]
        assert printed == list(range(5, 5 * len(printed) + 1, 5))


def test_by_section_the_numbers_run_on(numbered: Callable[..., Made]) -> None:
    found = [int(chunk.text) for chunks in numbered("{every: 3, by: section}").numbers().values() for chunk in chunks]
    assert found == list(range(3, 3 * len(found) + 1, 3))
    assert len(found) > 20


def test_numbers_stand_on_the_baselines_of_the_text_and_right_of_it(numbered: Callable[..., Made]) -> None:
    made = numbered("{every: 1, by: page}")
    document = read_pdf(made.pdf)
    for page, numbers in made.numbers().items():
        words = [chunk for chunks in document.contents[page].sequences.values() for chunk in chunks]
        for number in numbers:
            assert any(abs(word.y - number.y) < 0.1 and word.end < number.x for word in words), number
        for word in (word for word in words if word.text.strip() and word.size > 6):
            assert not numbers or any(abs(word.y - number.y) < word.size for number in numbers), word


def test_lines_are_numbered_in_an_edition_with_everything(everything: Path, tmp_path: Path) -> None:
    folder = tmp_path / "edition"
    shutil.copytree(everything, folder)
    settings = folder / "edition.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("output:\n", "output:\n  line-numbers: {every: 2}\n"), encoding="utf-8")
    built = pipeline.build(BuildRequest(folder=Folder(folder), formats=(Format.PDF,))).volume
    assert built.publication.output.line_numbers is not None


@pytest.mark.parametrize(("style", "least"), [("default", 5.9), ("compact", 5.7), ("accessible", 14.0)])
def test_numbers_are_as_large_as_the_style_demands(numbered: Callable[..., Made], style: str, least: float) -> None:
    made = numbered("{every: 1}, margins: {outside: 20mm}", before=f"style: {style}\n")
    chunks = [chunk for chunks in made.numbers(up_to=15).values() for chunk in chunks]
    assert len(chunks) > 40
    assert all(least - 0.01 <= chunk.size <= least * 1.3 for chunk in chunks), chunks[0]


def test_the_default_is_each_fifth_line_of_a_page(numbered: Callable[..., Made]) -> None:
    made = numbered("{}")
    assert [chunk.text for chunk in made.numbers()[made.text_page]][:2] == ["5", "10"]


def test_a_number_beside_another_line_is_found(numbered: Callable[..., Made]) -> None:
    made = numbered("{every: 5}")
    assert made.faults(made.pdf) == []
    moved = made.spoilt(lambda content: content.replace(_last(content)[0], _lower(_last(content)[0], 20)))
    assert "V-016" in made.faults(moved)


def test_a_number_that_is_missing_is_found(numbered: Callable[..., Made]) -> None:
    made = numbered("{every: 5}")
    bare = made.spoilt(lambda content: content.replace(_last(content)[0], b""))
    assert made.faults(bare) == ["V-016"]


def test_a_number_too_many_is_found(numbered: Callable[..., Made]) -> None:
    made = numbered("{every: 5}")
    more = made.spoilt(lambda content: content + b"\n" + _lower(_last(content)[0], 9))
    assert made.faults(more) == ["V-012"]


@pytest.mark.parametrize(
    ("given", "word"),
    [("{every: 0}", "every"), ("{by: chapter}", "by"), ("{each: 5}", "each"), ("fifth", "line-numbers")],
)
def test_a_wrong_setting_is_shown_where_it_stands(numbered: Callable[..., Made], given: str, word: str) -> None:
    with pytest.raises(PublisherError) as raised:
        numbered(given)
    (found,) = raised.value.diagnostics
    assert found.span is not None
    line = found.span.source.text[: found.span.start].count("\n") + 1
    assert line == 7, word


def _last(content: bytes) -> re.Match[bytes]:
    """What draws the last line number of a page."""
    return [*DRAWN.finditer(content)][-1]


def _lower(drawn: bytes, by: float) -> bytes:
    """The same number so many pixels further down."""
    return re.sub(rb"(\S+) Tm", lambda found: b"%.6f Tm" % (float(found[1]) + by), drawn)
