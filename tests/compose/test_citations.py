"""Citations and the list of references, in the styles that editors use."""

from __future__ import annotations

import json
import re

import pytest

from publisher.compose.citations import Citations, reference_id
from publisher.compose.markup import inlines_of, mended
from publisher.diagnostics import PublisherError, Source
from publisher.model.inline import Citation, CitedReference, Emphasis, Inline, InternalLink, Link, Run, Styled
from publisher.model.reference import Reference

RECORDS: tuple[dict[str, object], ...] = (
    {
        "id": "treaty",
        "type": "treaty",
        "title": "Treaty on Conventional Armed Forces in Europe",
        "issued": {"date-parts": [[1990, 11, 19]]},
        "container-title": "United Nations Treaty Series",
        "volume": "2441",
        "page": "285",
    },
    {
        "id": "news",
        "type": "article-newspaper",
        "author": [{"family": "Smith & Sons", "given": "Jane"}],
        "title": "Is <i>Détente</i> Over?",
        "container-title": "The Times",
        "issued": {"date-parts": [["2022", "1", "28"]]},
        "URL": "https://example.org/a?b=1&c=2",
    },
    {
        "id": "interview",
        "type": "interview",
        "author": [{"family": "Lavrov", "given": "Sergey"}],
        "title": "Interview with “Radio” Stations",
        "issued": {"raw": "2022-01-28"},
        "publisher": "RT",
        "note": "Citation Key: x\nRead in part",
    },
    {
        "id": "speech",
        "type": "speech",
        "author": [{"family": "Putin", "given": "Vladimir"}],
        "title": "Speech in Munich",
        "event-title": "Munich Conference on Security Policy",
        "issued": {"date-parts": [[2007, 2, 10]]},
    },
    {
        "id": "law",
        "type": "legislation",
        "title": "Ukraine Freedom Support Act",
        "number": "113-272",
        "issued": {"date-parts": [[2014, 12, 18]]},
    },
    {
        "id": "report",
        "type": "report",
        "author": [{"literal": "United Nations Security Council"}],
        "title": "Resolution 2202 (2015)",
        "number": "S/RES/2202 (2015)",
        "issued": {"date-parts": [[2015, 2, 17]]},
    },
    {"id": "page-a", "type": "webpage", "author": [{"literal": "OSCE"}], "title": "What Is the OSCE?"},
    {"id": "page-b", "type": "webpage", "author": [{"literal": "OSCE"}], "title": "Who We Are"},
    {
        "id": "book-a",
        "type": "book",
        "author": [{"family": "Sarotte", "given": "M. E."}],
        "title": "Not One Inch",
        "issued": {"date-parts": [[2021]]},
        "page": None,
        "note": "",
    },
    {
        "id": "Book-A",
        "type": "book",
        "author": [{"family": "Sarotte", "given": "M. E."}],
        "title": "Another Book",
        "issued": {"date-parts": [[2021]]},
    },
    {"id": "paper", "type": "document", "title": "A Paper without an Author"},
)


def references(*records: dict[str, object]) -> tuple[Reference, ...]:
    source = Source(name="references.json", text="[{}]")
    return tuple(
        Reference(key=str(record["id"]), record=json.dumps(record, sort_keys=True), span=source.span(1, 3))
        for record in records
    )


def shown(nodes: tuple[Inline, ...]) -> str:
    """Inlines in short: `_italic_`, `<link>`, `[internal link]`."""
    parts = []
    for node in nodes:
        match node:
            case Run():
                parts.append(node.text)
            case Styled():
                mark = "_" if node.style is Emphasis.ITALIC else "^"
                parts.append(f"{mark}{shown(node.children)}{mark}")
            case Link():
                parts.append(f"<{shown(node.children)}>")
            case InternalLink():
                parts.append(f"[{shown(node.children)}]")
            case _:
                raise AssertionError(node)
    return "".join(parts)


@pytest.fixture(scope="module")
def chicago() -> Citations:
    return Citations(references(*RECORDS), style="chicago-author-date", language="en")


def cite(citations: Citations, *cited: tuple[str, str | None]) -> str:
    return shown(citations.cite(Citation(references=tuple(CitedReference(key=key, locator=at) for key, at in cited))))


def entry(citations: Citations, key: str) -> str:
    (only,) = citations.bibliography((key,))
    return shown(only.children)


@pytest.mark.parametrize(
    ("key", "locator", "expected"),
    [
        ("report", "para. 8", "([United Nations Security Council 2015], para.\u00a08)"),
        ("news", "p. 12–14", "([Smith & Sons 2022], p.\u00a012–14)"),
        ("treaty", "art. 1", "([Treaty on Conventional Armed Forces in Europe 1990], art.\u00a01)"),
        ("speech", None, "([Putin 2007])"),
        ("page-a", None, "([OSCE, n.d.-a])"),
        ("book-a", None, "([Sarotte 2021b])"),
        ("Book-A", None, "([Sarotte 2021a])"),
        ("paper", None, "([“A Paper without an Author,” n.d.])"),
    ],
)
def test_citation_names_author_and_date_with_the_locator_as_written(
    chicago: Citations, key: str, locator: str | None, expected: str
) -> None:
    assert cite(chicago, (key, locator)) == expected


def test_citations_of_several_references_stand_in_one_pair_of_brackets(chicago: Citations) -> None:
    assert cite(chicago, ("speech", "p. 3"), ("treaty", None)) == (
        "([Putin 2007], p.\u00a03; [Treaty on Conventional Armed Forces in Europe 1990])"
    )


def test_citation_links_to_the_entry_in_the_list(chicago: Citations) -> None:
    link = chicago.cite(Citation(references=(CitedReference(key="speech"),)))[1]
    assert isinstance(link, InternalLink)
    assert (link.target_id, link.purpose) == ("ref-speech", "citation")
    assert [one.id for one in chicago.bibliography(("speech",))] == ["ref-speech"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "treaty",
            "Treaty on Conventional Armed Forces in Europe, November 19, 1990, 2441 United Nations Treaty Series 285.",
        ),
        (
            "news",
            "Smith & Sons, Jane. 2022. “Is _Détente_ Over?” _The Times_, January 28. <https://example.org/a?b=1&c=2>.",
        ),
        (
            "interview",
            "Lavrov, Sergey. 2022. “Interview with ‘Radio’ Stations.” RT, January 28. Read in part.",
        ),
        (
            "speech",
            "Putin, Vladimir. 2007. “Speech in Munich.” Munich Conference on Security Policy, February 10.",
        ),
        ("law", "Ukraine Freedom Support Act, Pub. L. No. 113-272 (2014)."),
        (
            "report",
            "United Nations Security Council. 2015. _Resolution 2202 (2015)_. S/RES/2202 (2015).",
        ),
        ("page-a", "OSCE. n.d.-a. “What Is the OSCE?”"),
        ("page-b", "OSCE. n.d.-b. “Who We Are.”"),
        ("book-a", "Sarotte, M. E. 2021b. _Not One Inch_."),
        ("paper", "“A Paper without an Author.” n.d."),
    ],
)
def test_entry_is_printed_as_the_style_wants_it(chicago: Citations, key: str, expected: str) -> None:
    assert entry(chicago, key) == expected


def test_list_is_sorted_by_the_style_and_holds_what_is_asked_for(chicago: Citations) -> None:
    entries = chicago.bibliography(("speech", "report", "Book-A", "interview"))
    assert [one.id for one in entries] == ["ref-interview", "ref-speech", "ref-Book-A", "ref-report"]


@pytest.mark.parametrize(
    "style",
    ["chicago-author-date", "apa", "ieee", "nature", "chicago-notes-bibliography", "modern-language-association"],
)
@pytest.mark.parametrize("language", ["en", "en-GB", "de", "fr-FR", "x-none"])
def test_no_style_leaves_debris(style: str, language: str) -> None:
    citations = Citations(references(*RECORDS), style=style, language=language)
    keys = [str(record["id"]) for record in RECORDS]
    for text in (*(entry(citations, key) for key in keys), *(cite(citations, (key, None)) for key in keys)):
        assert not re.search(r"\.\.|\(\s*\)|\[\s*\]|&\w+;|&#|  |,\.|\?\.|<i>|None", text), text
        assert text.strip() == text


def test_numeric_style_numbers_in_the_order_of_citation() -> None:
    citations = Citations(references(*RECORDS), style="ieee", language="en", cited=["speech", "law", "speech"])
    assert cite(citations, ("speech", None), ("law", "p. 2")) == "[[1]], [[2]], p.\u00a02"
    assert [shown(one.children)[:8] for one in citations.bibliography(("law", "speech"))] == ["[1] V. P", "[2] _Ukr"]


def test_letters_are_given_only_among_what_is_cited() -> None:
    citations = Citations(references(*RECORDS), style="chicago-author-date", language="en", cited=["book-a"])
    assert cite(citations, ("book-a", None)) == "([Sarotte 2021])"


def test_superscript_numbers_are_raised() -> None:
    citations = Citations(references(*RECORDS), style="nature", language="en")
    assert cite(citations, ("treaty", None)) == "^[1]^"


def test_citation_in_a_note_style_holds_no_link_in_a_link() -> None:
    citations = Citations(references(*RECORDS), style="chicago-notes-bibliography", language="en")
    assert "<" not in cite(citations, ("news", None))


def test_unknown_style_is_an_error_with_the_nearest_names() -> None:
    with pytest.raises(PublisherError) as caught:
        Citations((), style="chicago-author-dat", language="en")
    (error,) = caught.value.diagnostics
    assert error.code == "R-010"
    assert error.hint is not None
    assert "chicago-author-date" in error.hint


@pytest.mark.parametrize("style", ["../chicago-author-date", "/etc/passwd", "", "<style/>"])
def test_style_is_a_name_and_no_file(style: str) -> None:
    with pytest.raises(PublisherError) as caught:
        Citations((), style=style, language="en")
    assert caught.value.diagnostics[0].code == "R-010"


@pytest.mark.parametrize(
    "wrong",
    [
        {"author": [{}]},
        {"author": "Somebody"},
        {"issued": {"date-parts": [[]]}},
        {"issued": {"date-parts": [["soon"]]}},
        {"issued": "2020"},
        {"title": ""},
    ],
)
def test_records_that_cannot_be_formatted_are_all_reported_where_they_stand(wrong: dict[str, object]) -> None:
    fine: dict[str, object] = {"id": "fine", "type": "book", "title": "Fine"}
    records = ({**fine, "id": "one", **wrong}, fine, {**fine, "id": "two", **wrong})
    with pytest.raises(PublisherError) as caught:
        Citations(references(*records), style="chicago-author-date", language="en")
    assert [error.code for error in caught.value.diagnostics] == ["R-011", "R-011"]
    assert [str(error.span) for error in caught.value.diagnostics] == ["references.json:1:2"] * 2
    assert ["“one”" in caught.value.diagnostics[0].message, "“two”" in caught.value.diagnostics[1].message] == [
        True
    ] * 2


def test_ids_of_references_are_names_that_differ() -> None:
    keys = ["a b", "a_b", "http://example.org/1", "é", "A", "a"]
    ids = [reference_id(key) for key in keys]
    assert len(set(ids)) == len(keys)
    assert not any(re.search(r"[\s/:]", one) for one in ids)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("“A”.", "“A.”"),
        ("“A?”.", "“A?”"),
        ("<i>A?</i>. B", "<i>A?</i> B"),
        ("A.. B", "A. B"),
        ("A... B", "A... B"),
        ("A () B", "A B"),
        ("“A “B” C”. D", "“A ‘B’ C.” D"),
        ("“<i>A</i>”, B", "“<i>A</i>,” B"),
        ("A &lt;i&gt;B&lt;/i&gt;", "A <i>B</i>"),
        ("A , B", "A, B"),
    ],
)
def test_typography_is_mended(markup: str, expected: str) -> None:
    assert mended(markup, punctuation_in_quotes=True) == expected


def test_addresses_become_links_without_the_punctuation_behind_them() -> None:
    nodes = inlines_of("See https://example.org/a_(b)?c=d&amp;e. <i>B</i>")
    assert shown(nodes) == "See <https://example.org/a_(b)?c=d&e>. _B_"
