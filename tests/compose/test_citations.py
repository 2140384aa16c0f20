"""Citations and the list of references, in the styles that editors use."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import pytest

from publisher.compose.citations import Citations, Place, Style, reference_id
from publisher.compose.citations.markup import inlines_of, stretches
from publisher.diagnostics import PublisherError, Source
from publisher.model.inline import (
    Citation,
    CitedReference,
    Emphasis,
    Inline,
    InternalLink,
    Link,
    Reference,
    Run,
    Styled,
)

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


def cites(*cited: tuple[str, str | None]) -> Citation:
    return Citation(references=tuple(CitedReference(key=key, locator=at) for key, at in cited))


def format_all(
    *places: Citation | Place,
    style: str = "chicago-author-date",
    language: str = "en",
    records: Sequence[dict[str, object]] = RECORDS,
) -> Citations:
    placed = tuple(place if isinstance(place, Place) else Place(citation=place) for place in places)
    return Citations(references(*records), style=Style(name=style), language=language, places=placed)


def format_each(*places: Citation | Place, style: str, language: str = "en") -> list[str]:
    """What each of the citations of one volume is printed as."""
    made = format_all(*places, style=style, language=language, records=SHORT)
    return [shown(made.cite(citation.citation if isinstance(citation, Place) else citation)) for citation in places]


EACH = (
    cites(("report", "para. 8")),
    cites(("news", "pp. 12–14")),
    cites(("treaty", "art. 1")),
    cites(("speech", None)),
    cites(("page-a", None)),
    cites(("page-b", None)),
    cites(("book-a", None)),
    cites(("Book-A", None)),
    cites(("paper", None)),
    cites(("speech", "p. 3"), ("treaty", None)),
    cites(("interview", None)),
    cites(("law", None)),
)


@pytest.fixture(scope="module")
def chicago() -> Citations:
    return format_all(*EACH)


def entry(citations: Citations, key: str) -> str:
    return next(
        shown(reference_entry.children)
        for reference_entry in citations.bibliography()
        if reference_entry.id == reference_id(key)
    )


def test_citation_names_author_and_date_with_the_locator_as_the_style_sets_it(chicago: Citations) -> None:
    assert [shown(chicago.cite(citation)) for citation in EACH[:10]] == [
        "([United Nations Security Council 2015], para.\u00a08)",
        "([Smith & Sons 2022], 12–14)",
        "([Treaty on Conventional Armed Forces in Europe 1990], art.\u00a01)",
        "([Putin 2007])",
        "([OSCE, n.d.-a])",
        "([OSCE, n.d.-b])",
        "([Sarotte 2021b])",
        "([Sarotte 2021a])",
        "([“A Paper without an Author,” n.d.])",
        "([Putin 2007], 3; [Treaty on Conventional Armed Forces in Europe 1990])",
    ]


def test_citation_links_to_the_entry_in_the_list(chicago: Citations) -> None:
    link = chicago.cite(EACH[3])[1]
    assert isinstance(link, InternalLink)
    assert (link.target_id, link.purpose) == ("ref-speech", "citation")
    assert "ref-speech" in [reference_entry.id for reference_entry in chicago.bibliography()]


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


def test_list_is_sorted_by_the_style_and_holds_what_is_cited() -> None:
    made = format_all(*(cites((key, None)) for key in ("speech", "report", "Book-A", "interview")))
    assert [reference_entry.id for reference_entry in made.bibliography()] == [
        "ref-interview",
        "ref-speech",
        "ref-Book-A",
        "ref-report",
    ]


@pytest.mark.parametrize(
    "style", ["apa", "ieee", "nature", "chicago-notes-bibliography", "modern-language-association"]
)
@pytest.mark.parametrize("language", ["en-GB", "fr-FR"])
def test_no_style_leaves_debris(style: str, language: str) -> None:
    item = tuple(cites((str(record["id"]), None)) for record in RECORDS)
    made = format_all(*item, style=style, language=language)
    entries = [shown(reference_entry.children) for reference_entry in made.bibliography()]
    assert len(entries) == len(RECORDS)
    for text in (*entries, *(shown(made.cite(citation)) for citation in item)):
        assert not re.search(r"\.\.|\(\s*\)|\[\s*\]|&\w+;|&#|  |,\.|\?\.|<i>|None|PRINTED", text), text
        assert text.strip() == text


SHORT: tuple[dict[str, object], ...] = tuple(
    {
        "id": key,
        "type": "book",
        "title": title,
        "author": [{"family": family, "given": given}],
        **({"issued": {"date-parts": [[2001]]}} if family == "Reed" else {}),
    }
    for key, title, family, given in (
        ("b1", "Alpha", "Reed", "Tom"),
        ("c1", "Gamma", "Reed", "Una"),
        ("s1", "The “Old” Word", "Stone", "Al"),
        ("s2", "Another", "Stone", "Al"),
    )
)
FORMS = (
    cites(("b1", "p. 3"), ("c1", "pp. 4-6")),
    cites(("c1", "chap. 2")),
    cites(("b1", "§ 5, and *elsewhere*")),
    cites(("s1", None), ("s2", None)),
    Citation(references=(CitedReference(key="b1", prefix="see", locator="xii"), CitedReference(key="s2"))),
    Citation(references=(CitedReference(key="b1", suppress_author=True, locator="9"),)),
    Citation(references=(CitedReference(key="c1", locator="vol. 2, preface"),), narrative=True),
    cites(("b1", "preamble")),
    cites(("b1", "arts. 10 and 14")),
)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (
            "ieee",
            [
                "[[1], p.\u00a03], [[2], pp.\u00a04–6]",
                "[[2], Ch.\u00a02]",
                "[[1], Sec.\u00a05], and _elsewhere_",
                "[[3]], [[4]]",
                "see [[1], p.\u00a0xii], [[4]]",
                "[[1], p.\u00a09]",
                "Reed [[2], Vol.\u00a02], preface",
                "[[1]], preamble",
                "[[1], Arts.\u00a010 and 14]",
            ],
        ),
        (
            "modern-language-association",
            [
                "([T. Reed] 3; [U. Reed] 4–6)",
                "([U. Reed], ch.\u00a02)",
                "([T. Reed], sec.\u00a05, and _elsewhere_)",
                "([Stone, _The “Old” Word_]; [Stone, _Another_])",
                "(see [T. Reed] xii; [Stone, _Another_])",
                "([9])",
                "U. Reed ([vol.]\u00a02, preface)",
                "([T. Reed], preamble)",
                "([T. Reed], arts.\u00a010 and 14)",
            ],
        ),
        (
            "chicago-author-date",
            [
                "([T. Reed 2001], 3; [U. Reed 2001], 4–6)",
                "([U. Reed 2001], chap.\u00a02)",
                "([T. Reed 2001], sec.\u00a05, and _elsewhere_)",
                "([Stone, n.d.-b], [n.d.-a])",
                "(see [T. Reed 2001], xii; [Stone, n.d.-a])",
                "([2001], 9)",
                "U. Reed ([2001], vol.\u00a02, preface)",
                "([T. Reed 2001], preamble)",
                "([T. Reed 2001], arts.\u00a010 and 14)",
            ],
        ),
        (
            "apa",
            [
                "([T. Reed, 2001], p.\u00a03; [U. Reed, 2001], pp.\u00a04–6)",
                "([U. Reed, 2001], Chapter 2)",
                "([T. Reed, 2001], Section 5, and _elsewhere_)",
                "([Stone, n.d.-b], [n.d.-a])",
                "(see [T. Reed, 2001], p.\u00a0xii; [Stone, n.d.-a])",
                "([2001], p.\u00a09)",
                "U. Reed ([2001], Volume 2, preface)",
                "([T. Reed, 2001], preamble)",
                "([T. Reed, 2001], Articles 10 and 14)",
            ],
        ),
    ],
)
def test_locators_affixes_and_names_are_set_as_the_style_defines_them(style: str, expected: list[str]) -> None:
    assert format_each(*FORMS, style=style) == expected


def test_notes_know_their_order() -> None:
    def note(index: int, key: str, locator: str | None = None, before: str = "") -> Place:
        return Place(citation=cites((key, locator)), note=index, mark=f"n{index}", before=before)

    places = (
        note(1, "b1", "3"),
        note(2, "b1", "3"),
        note(3, "c1", before="He says"),
        note(4, "b1", "7"),
        note(300, "b1"),
    )
    assert format_each(*places, style="chicago-notes-bibliography-17th-edition") == [
        "[Tom Reed, _Alpha_ (2001)], 3.",
        "[Reed], 3.",
        "([Una Reed, _Gamma_ (2001)])",
        "[Reed, _Alpha_], 7.",
        "[Reed, _Alpha_].",
    ]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("", "[Tom Reed, _Alpha_ (2001)], 3."),
        (".", "[Tom Reed, _Alpha_ (2001)], 3"),
        (" And", "[Tom Reed, _Alpha_ (2001)], 3."),
        (", where", "[Tom Reed, _Alpha_ (2001)], 3"),
    ],
)
def test_citation_in_a_note_ends_with_a_stop_unless_the_sentence_has_one(after: str, expected: str) -> None:
    place = Place(citation=cites(("b1", "3")), note=1, mark="1", after=after)
    assert format_each(place, style="chicago-notes-bibliography-17th-edition") == [expected]


def test_same_person_twice_in_a_year_gets_letters_and_two_persons_get_none() -> None:
    third = {**SHORT[0], "id": "b2", "title": "Beta"}
    made = format_all(cites(("b1", None), ("b2", None), ("c1", None)), style="apa", records=(*SHORT, third))
    assert [shown(reference_entry.children)[:18] for reference_entry in made.bibliography()] == [
        "Reed, T. (2001a). ",
        "Reed, T. (2001b). ",
        "Reed, U. (2001). _",
    ]


def test_numeric_style_numbers_in_the_order_of_reading() -> None:
    made = format_all(cites(("speech", None), ("law", "p. 2")), cites(("speech", None)), style="ieee")
    assert [shown(reference_entry.children)[:8] for reference_entry in made.bibliography()] == ["[1] V. P", "[2] _Ukr"]


def test_superscript_numbers_are_raised() -> None:
    citation = cites(("treaty", None))
    assert shown(format_all(citation, style="nature").cite(citation)) == "[^1^]"


def test_citation_in_a_note_style_holds_no_link_in_a_link() -> None:
    citation = cites(("news", None))
    assert "<" not in shown(format_all(citation, style="chicago-notes-bibliography").cite(citation))


def test_dependent_style_prints_as_the_style_on_which_it_depends() -> None:
    assert Style(name="nature-biotechnology").text() == Style(name="nature").text()


def test_nothing_is_asked_of_the_processor_if_nothing_is_cited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "publisher.compose.citations.citations.format_citations", lambda request: pytest.fail("was asked")
    )
    assert format_all().bibliography() == ()


def test_titles_keep_the_capitals_of_addresses_and_prefixed_words() -> None:
    record = {**SHORT[0], "title": "On Co-operation at example.org: (in)divisible words"}
    (only,) = format_all(cites(("b1", None)), records=(record,)).bibliography()
    assert "_On Co-operation at example.org: (in)divisible Words_" in shown(only.children)


def test_unknown_style_is_an_error_with_the_nearest_names() -> None:
    with pytest.raises(PublisherError) as caught:
        format_all(style="chicago-author-dat")
    (error,) = caught.value.diagnostics
    assert error.code == "R-010"
    assert error.hint is not None
    assert "chicago-author-date" in error.hint


@pytest.mark.parametrize("style", ["../chicago-author-date", "/etc/passwd", "", "<style/>"])
def test_style_is_a_name_and_no_file(style: str) -> None:
    with pytest.raises(PublisherError) as caught:
        format_all(style=style)
    assert caught.value.diagnostics[0].code == "R-010"


OWN = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info/>{macro}
<citation><layout prefix="{{" suffix="}}">{layout}</layout></citation></style>"""


@pytest.mark.parametrize(
    ("macro", "layout"),
    [
        ('<macro name="a"><text macro="a"/></macro>', '<text macro="a"/>'),
        ("", "<nonsense/>"),
    ],
)
def test_own_style_that_cannot_be_used_is_an_error_and_no_traceback(macro: str, layout: str) -> None:
    source = Source(name="own.csl", text=OWN.format(macro=macro, layout=layout))
    with pytest.raises(PublisherError) as caught:
        Citations(
            references(*SHORT),
            style=Style(name="own.csl", own=source),
            language="en",
            places=(Place(citation=cites(("b1", None))),),
        )
    assert [error.code for error in caught.value.diagnostics] == ["B-004"]


def test_own_style_without_a_list_prints_citations() -> None:
    source = Source(name="own.csl", text=OWN.format(macro="", layout='<text variable="title"/>'))
    citation = cites(("b1", None))
    style = Style(name="own.csl", own=source)
    made = Citations(references(*SHORT), style=style, language="en", places=(Place(citation=citation),))
    assert shown(made.cite(citation)) == "{[Alpha]}"


def test_citation_of_which_a_style_prints_nothing_is_an_error() -> None:
    alone = Citation(references=(CitedReference(key="b1", suppress_author=True),))
    with pytest.raises(PublisherError) as caught:
        format_each(alone, style="modern-language-association")
    assert caught.value.diagnostics[0].code == "B-006"


@pytest.mark.parametrize(
    "wrong",
    [
        {"author": [{}]},
        {"author": "Somebody"},
        {"issued": {"date-parts": [[]]}},
        {"issued": {"date-parts": [["soon"]]}},
        {"issued": "2020"},
        {"title": ""},
        {"title": "<i>" * 2000},
    ],
)
def test_records_that_cannot_be_formatted_are_all_reported_where_they_stand(wrong: dict[str, object]) -> None:
    fine: dict[str, object] = {"id": "fine", "type": "book", "title": "Fine"}
    records = ({**fine, "id": "one", **wrong}, fine, {**fine, "id": "two", **wrong})
    with pytest.raises(PublisherError) as caught:
        format_all(cites(*((str(record["id"]), None) for record in records)), records=records)
    assert [error.code for error in caught.value.diagnostics] == ["R-011", "R-011"]
    assert [str(error.span) for error in caught.value.diagnostics] == ["references.json:1:2"] * 2
    assert ["“one”" in caught.value.diagnostics[0].message, "“two”" in caught.value.diagnostics[1].message] == [
        True
    ] * 2


def test_ids_of_references_are_names_that_differ() -> None:
    keys = ["a b", "a_b", "http://example.org/1", "é", "A", "a"]
    ids = [reference_id(key) for key in keys]
    assert len(set(ids)) == len(keys)
    assert not any(re.search(r"[\s/:]", text) for text in ids)


def test_addresses_become_links_without_the_punctuation_behind_them() -> None:
    nodes = inlines_of(stretches("See https://example.org/a_(b)?c=d&amp;e. <i>B <roman>C</roman></i>"))
    assert shown(nodes) == "See <https://example.org/a_(b)?c=d&e>. _B _C"


def test_markup_of_another_kind_is_passed_over() -> None:
    assert shown(inlines_of(stretches("<script>a</script><b>b<i>c</b></i> <br> d &lt;i&gt;"))) == "a^b_c_^ d <i>"
