"""A course reader has a style and a cover of its own, as an edition has."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from publisher.build import pipeline
from publisher.build.cover import CoverOrder, printed_cover
from publisher.build.request import BuildRequest
from publisher.diagnostics import PublisherError
from publisher.load.reader import schema
from publisher.model.cover import Design
from publisher.model.profile import Style
from publisher.model.target import Copy, Target
from publisher.workspace import Folder

COVER = "style: compact\ncover:\n  design: motif\n  blurb: Read *this* before the term begins.\n"
PROOF = Target(copy=Copy.PROOF)


def written(course: Path, more: str) -> Folder:
    settings = course / "reader.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + more, encoding="utf-8")
    return Folder(course)


def test_a_reader_has_the_style_and_the_cover_that_it_names(course: Path) -> None:
    publication = pipeline.check(BuildRequest(folder=written(course, COVER), target=PROOF)).publication
    assert publication is not None
    assert publication.output.style is Style.COMPACT
    assert publication.cover.design is Design.MOTIF


def test_each_design_of_the_printers_cover_names_the_course_and_who_teaches_it(course: Path) -> None:
    folder = written(course, COVER)
    for design in Design:
        made = printed_cover(BuildRequest(folder=folder, output=course), CoverOrder(pages=200, design=design))
        document = pypdfium2.PdfDocument(made.artifact.content)
        words = " ".join(document[0].get_textpage().get_text_bounded().split())
        document.close()
        publication = pipeline.check(BuildRequest(folder=folder, target=PROOF)).publication
        assert publication is not None
        wanted = (publication.metadata.title, publication.metadata.contributors[0].name, "Read this before the term")
        assert [text for text in wanted if text not in words] == []


@pytest.mark.parametrize(
    ("more", "code", "line"),
    [
        ("style: compcat\n", "S-016", "style: compcat"),
        ("cover:\n  design: motive\n", "E-", "  design: motive"),
        ("cover:\n  blurb: See [@nobody].\n", "J-007", "  blurb: See [@nobody]."),
        ("cover:\n  image:\n    file: nowhere.png\n    alt: A\n", "I-001", "    file: nowhere.png"),
    ],
)
def test_what_is_wrong_with_them_is_told_where_it_stands(course: Path, more: str, code: str, line: str) -> None:
    with pytest.raises(PublisherError) as raised:
        pipeline.check(BuildRequest(folder=written(course, more), target=PROOF))
    found = next(diagnostic for diagnostic in raised.value.diagnostics if diagnostic.code.startswith(code))
    assert found.span is not None
    assert found.span.source.name.endswith("reader.yaml")
    text = found.span.source.text
    assert text[: found.span.start].count("\n") == text[: text.index(line)].count("\n")


def test_the_schema_knows_both_keys() -> None:
    assert '"style"' in schema()
    assert '"cover"' in schema()
