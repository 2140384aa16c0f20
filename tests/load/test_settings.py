"""edition.yaml becomes settings; its JSON Schema comes from the same declarations."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.diagnostics import PublisherError
from publisher.load import load_edition, schema
from publisher.load.edition_keys import KEYS
from publisher.model.apparatus import EpubPlacement, Marks, PdfPlacement
from publisher.model.edition import Format, Settings
from publisher.model.limits import Limits
from publisher.workspace import Folder

Files = dict[str, str | bytes]


@pytest.fixture
def loaded(edition: Callable[[Files], Folder], settings: Callable[..., str]) -> Callable[[str], Settings]:
    """The settings of a small edition with some more keys."""

    def load(more: str) -> Settings:
        files: Files = {"edition.yaml": settings(more), "notes/a.md": "", "agreements/b.md": b"", "front.md": "Words."}
        del files["agreements/b.md"]
        return load_edition(edition(files)).settings

    return load


def test_what_is_not_said_has_a_default(loaded: Callable[[str], Settings], tmp_path: Path) -> None:
    settings = loaded("")
    assert settings.short_title == settings.title == "A plain title"
    assert settings.contributors[0].sort == "Some Writer"
    assert settings.output.formats == (Format.EPUB, Format.PDF)
    assert (settings.output.page_width, settings.output.page_height) == ("156mm", "234mm")
    assert settings.output.paragraph_numbers
    assert settings.output.name in tmp_path.name
    assert (settings.agreements, settings.references, settings.citation_style) == ((), None, "chicago-author-date")


def test_the_identifier_is_made_from_title_and_text(loaded: Callable[[str], Settings]) -> None:
    identifier = loaded("").identifier
    assert identifier == loaded("").identifier
    assert uuid.UUID(identifier.removeprefix("urn:uuid:")).version == 5


def test_an_identifier_that_is_given_is_kept(loaded: Callable[[str], Settings]) -> None:
    assert loaded("identifier: urn:isbn:9783161484100\n").identifier == "urn:isbn:9783161484100"


def test_what_is_said_is_kept(loaded: Callable[[str], Settings]) -> None:
    settings = loaded(
        "isbn: 978-3-16-148410-0\n"
        "subjects: [One, Two]\n"
        "front: [front.md]\n"
        "output: {name: book, formats: [pdf, pdf], page: [6in, 9in], paragraph-numbers: false}\n"
    )
    assert settings.isbn == "978-3-16-148410-0"
    assert settings.subjects == ("One", "Two")
    assert settings.front == ("front.md",)
    assert settings.output.formats == (Format.PDF,)
    assert (settings.output.name, settings.output.page_width) == ("book", "6in")
    assert not settings.output.paragraph_numbers


def test_a_series_has_marks_and_a_place_in_each_format(loaded: Callable[[str], Settings]) -> None:
    (series,) = loaded(
        "series:\n  - id: a\n    title: A\n    file: notes/a.md\n    marks: lower-alpha\n    placement: {pdf: margin}\n"
    ).series
    assert (series.marks, series.pdf, series.epub) == (Marks.LOWER_ALPHA, PdfPlacement.MARGIN, EpubPlacement.POP_UP)


def test_the_schema_is_json_and_knows_every_key() -> None:
    told = json.loads(schema())
    assert told["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(told["properties"]) == [key.name for key in KEYS]
    assert told["required"] == ["title", "language", "contributors", "date", "source", "rights"]
    assert told["additionalProperties"] is False


def test_every_key_of_the_schema_has_a_description_and_a_type() -> None:
    def check(told: dict[str, object]) -> None:
        properties = told.get("properties", {})
        assert isinstance(properties, dict)
        for name, below in properties.items():
            assert below["description"], name
            assert below.keys() & {"type", "enum", "anyOf"}, name
            check(below)
            check(below.get("items", {}))

    check(json.loads(schema()))


def test_the_schema_accepts_what_the_reader_accepts_and_nothing_else() -> None:
    told = json.loads(schema())["properties"]
    assert told["rights"]["properties"]["status"]["enum"] == [
        "public-domain",
        "licensed",
        "permission",
        "exception",
        "unknown",
    ]
    assert told["style"]["enum"] == ["default", "accessible", "compact"]
    names, words, pair = told["output"]["properties"]["page"]["anyOf"]
    assert names["enum"][:4] == ["A4", "A5", "B5", "Letter"]
    assert words["type"] == "string"
    assert pair | {"items": {}} == {"type": "array", "items": {}, "minItems": 2, "maxItems": 2}
    assert "aut" in told["contributors"]["items"]["properties"]["role"]["enum"]


def test_limits_of_a_proof_are_the_usual_ones_where_nothing_is_said(loaded: Callable[[str], Settings]) -> None:
    assert loaded("").proof == Limits()
    assert loaded("proof: {loose: 3, last-page: 0, ink: 280, cmyk: true}\n").proof == Limits(
        looseness=3, last_page=0, ink=280, cmyk=True
    )


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ("proof: {hyphens: many}", "E-005", "“many” is not a whole number"),
        ("proof: {hyphens: 2.5}", "E-005", "“2.5” is not a whole number"),
        ("proof: {hyphens: '3'}", "E-005", "“3” is not a whole number"),
        ("proof: {loose: [3]}", "E-005", "a number expected"),
        ("proof: {loose: 0.5}", "E-007", "0.5 is too small"),
        ("proof: {dpi: 0}", "E-007", "0 is too small"),
    ],
)
def test_limits_that_are_no_numbers_are_errors(
    loaded: Callable[[str], Settings], said: str, code: str, words: str
) -> None:
    with pytest.raises(PublisherError) as raised:
        loaded(f"{said}\n")
    (one,) = raised.value.diagnostics
    assert (one.code, one.message) == (code, words)
    assert one.span is not None
    assert one.span.source.text[: one.span.start].endswith(f"{said.partition('{')[2].partition(':')[0]}: ")
