"""The citation processor: how it is started, what it is held to, and how much of CSL it passes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from benchmarks.csl_suite import outcome, sections

from publisher.compose.citations import Citations, Place, Style
from publisher.csl import (
    EngineFailed,
    Request,
    format_citations,
    known_locales,
    known_styles,
    locale_for,
    process,
    style_text,
)
from publisher.diagnostics import PublisherError, Source
from publisher.model.inline import Citation, CitedReference, Reference
from publisher.workers.limited import ChildFailed

FIXTURES = tuple(sorted(Path(__file__).with_name("fixtures").glob("*.txt")))


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_fixture_in_the_form_of_the_csl_suite_passes(file: Path) -> None:
    fixture = sections(file.read_text(encoding="utf-8"))
    assert outcome(fixture).strip() == fixture["RESULT"].strip()


def record(number: int) -> dict[str, object]:
    return {
        "id": str(number),
        "type": "book",
        "title": f"Title {number}",
        "author": [{"family": f"Family{number % 37}", "given": "ABCD"[number % 4]}],
        "issued": {"date-parts": [[1900 + number % 90]]},
    }


def request(count: int, *, style: str = "apa") -> Request:
    citations = [
        {"citationID": f"c{number}", "citationItems": [{"id": str(number)}], "properties": {"noteIndex": number + 1}}
        for number in range(count)
    ]
    text = style_text(style)
    assert text is not None
    records = [record(number) for number in range(count)]
    return Request(style=text, locale="en-US", records=records, citations=citations, marks={})


def children_seconds() -> float:
    times = os.times()
    return times.children_user + times.children_system


def test_time_grows_with_the_number_of_references_and_not_with_its_square() -> None:
    took = []
    for count in (1, 100, 400):
        before = children_seconds()
        assert len(format_citations(request(count, style="chicago-notes-bibliography")).citations) == count
        took.append(children_seconds() - before)
    start, small, large = took
    assert large - start < 12 * max(small - start, 0.1)


def test_same_request_gives_the_same_answer() -> None:
    first = format_citations(request(5))
    process._answer.cache_clear()
    assert format_citations(request(5)) == first


def test_same_request_is_answered_by_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    first = format_citations(request(6))
    monkeypatch.setattr(process, "run_limited", None)
    assert format_citations(request(6)) == first


def test_words_of_styles_and_locales_have_hyphens_that_typefaces_have() -> None:
    """The French locales print page ranges with U+2011; between figures no line ends after a hyphen either."""
    pages = Request(
        style=style_text("apa") or "",
        locale="fr-FR",
        records=[{**record(0), "type": "article-journal", "page": "3–9"}],
        citations=[{"citationID": "c0", "citationItems": [{"id": "0"}], "properties": {"noteIndex": 0}}],
        marks={},
    )
    (entry,) = format_citations(pages).entries
    assert "3-9" in entry
    assert "\u2011" not in entry


def test_time_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS", 0.05)
    with pytest.raises(EngineFailed, match="more time"):
        format_citations(request(300))


def test_processor_that_fails_is_an_error_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*words: object, **options: object) -> bytes:
        raise ChildFailed("the process ended")

    process._answer.cache_clear()
    monkeypatch.setattr(process, "run_limited", fail)
    with pytest.raises(EngineFailed):
        format_citations(request(1))
    source = Source(name="references.json", text="[{}]")
    reference = Reference(key="a", record=json.dumps({**record(0), "id": "a"}), span=source.span(0, 1))
    place = Place(citation=Citation(references=(CitedReference(key="a"),)))
    with pytest.raises(PublisherError) as caught:
        Citations((reference,), style=Style(name="apa"), language="en", places=(place,))
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["B-005"]


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en", "en-US"), ("en-GB", "en-GB"), ("de", "de-DE"), ("de-CH", "de-CH"), ("la", "la"), ("zh", "zh-CN"),
     ("uk", "uk-UA"), ("he", "he-IL"), ("x-none", "en-US"), ("yi", "en-US")],
)  # fmt: skip
def test_locale_is_that_of_the_language(language: str, locale: str) -> None:
    assert locale_for(language) == locale
    assert locale in known_locales()


def test_styles_are_those_of_the_repository_with_the_dependent_ones() -> None:
    names = known_styles()
    assert len(names) > 9_000
    assert {"apa", "ieee", "modern-language-association", "nature-biotechnology"} <= set(names)
    assert style_text("nature-biotechnology") == style_text("nature")
