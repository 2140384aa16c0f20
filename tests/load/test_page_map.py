"""`page-map.json` is read with positions; whatever is wrong in it is told where it stands."""

from __future__ import annotations

import json

import pytest

from publisher.build.data.page_map import write_page_map
from publisher.diagnostics import Source
from publisher.load.findings import Findings
from publisher.load.page_map import page_map
from publisher.model.apparatus import Selector
from publisher.model.page import FrozenPage, PageMap
from publisher.model.rendition import Artifact

PRINTED = '{"printed": {"identifier": "urn:a"}, "pages": '
PAGES = (
    FrozenPage(label="i", section="title-page"),
    FrozenPage(label="1", section="text", words=Selector(exact='“Words”, he "said"', prefix="a ", suffix="\\ b")),
    FrozenPage(label="2", section="text", note="note-editorial-x", words=Selector(exact="Ümläute 🄯")),
    FrozenPage(label="3", section="text", picture="images/a.png"),
)


def read(text: str) -> tuple[PageMap | None, list[tuple[str, str, str]]]:
    """What a map holds; of each finding its code, its message and what it is about."""
    findings = Findings()
    found = page_map(Source(name="page-map.json", text=text), findings=findings)
    told = [
        (
            diagnostic.code,
            diagnostic.message,
            text[diagnostic.span.start : diagnostic.span.end] if diagnostic.span else "",
        )
        for diagnostic in findings.diagnostics
    ]
    return found, told


def test_what_is_written_is_read() -> None:
    pdf = Artifact(name="a.pdf", content=b"%PDF")
    frozen = PageMap(identifier="urn:isbn:9783161484100", pages=PAGES)
    written = write_page_map(frozen, title="A “title”", pdf=pdf, text_sha256="0" * 64)
    found, told = read(written.content.decode())
    assert (written.name, told) == ("page-map.json", [])
    assert found is not None
    lines = written.content.decode().splitlines()
    assert [
        page.span.source.line(page.span.source.position(page.span.start)[0]) for page in found.pages if page.span
    ] == (lines[8:12])
    again = write_page_map(found, title="A “title”", pdf=pdf, text_sha256="0" * 64)
    assert again == written
    assert json.loads(written.content)["pages"][0] == {"label": "i", "section": "title-page"}


@pytest.mark.parametrize(
    ("text", "message", "about"),
    [
        ("", "malformed JSON: Expecting value", ""),
        ("{", "malformed JSON: Expecting property name enclosed in double quotes", "{"),
        ("[" * 100_000, "malformed JSON: lists or records are nested too deeply", "["),
        ("[" * 90 + "]" * 90, "malformed JSON: lists or records are nested too deeply", "["),
        ('{"pages": NaN}', "malformed JSON: NaN", "{"),
        ("[]", "the map does not say which printed book has which pages", "[]"),
        (f"{PRINTED}[]}}", "the map does not say which printed book has which pages", '{"identifier": "urn:a"}'),
        (f"{PRINTED}7}}", "the map does not say which printed book has which pages", '{"identifier": "urn:a"}'),
        (f"{PRINTED}[7]}}", "a record in braces expected", "7"),
        (f'{PRINTED}[{{"label": 1, "section": "a"}}]}}', "“label” is no text that can be printed", "1"),
        (
            f'{PRINTED}[{{"label": "\\ud800", "section": "a"}}]}}',
            "“label” is no text that can be printed",
            '"\\ud800"',
        ),
        (
            f'{PRINTED}[{{"label": "a b", "section": "a"}}]}}',
            "a page needs a label without spaces, and its section",
            '{"label": "a b", "section": "a"}',
        ),
        (
            f'{PRINTED}[{{"label": "1", "section": "a", "prefix": "b"}}]}}',
            "page 1 has “prefix” and no “exact” words",
            '{"label": "1", "section": "a", "prefix": "b"}',
        ),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(text: str, message: str, about: str) -> None:
    _, told = read(text)
    assert told == [("G-002", message, about)]


def test_a_map_of_more_pages_than_a_book_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publisher.load.page_map.MOST_PAGES", 2)
    pages = ", ".join(f'{{"label": "{number}", "section": "a"}}' for number in range(3))
    _, told = read(f"{PRINTED}[{pages}]}}")
    assert [(code, message) for code, message, _ in told] == [("G-002", "the map has 3 pages, more than 2")]
