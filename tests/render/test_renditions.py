"""A publication becomes documents: well-formed, linked, and with nothing evaluated that an editor wrote."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from publisher.compose.i18n import fix, words_for
from publisher.diagnostics import PublisherError, Source
from publisher.model.accessibility import Accessibility, AccessibilityStatement, Claim
from publisher.model.publication import Publication
from publisher.model.rendition import EpubRendition
from publisher.model.settings import Contributor
from publisher.render import render_cover, render_epub, render_pdf

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"


@pytest.fixture(scope="module")
def epub(publication: Publication) -> EpubRendition:
    return render_epub(publication, cover=b"PNG", page_break_source="urn:pdf")


def parsed(content: str | bytes) -> Any:
    return etree.fromstring(content.encode() if isinstance(content, str) else content)


def trees(rendition: EpubRendition) -> dict[str, Any]:
    return {document.href.rpartition("/")[2]: parsed(document.content) for document in rendition.documents}


def test_every_link_of_the_epub_leads_to_an_element(epub: EpubRendition) -> None:
    documents = trees(epub)
    ids = {f"{name}#{found}" for name, tree in documents.items() for found in tree.xpath("//@id")}
    broken = []
    for name, tree in documents.items():
        for href in tree.xpath("//*[local-name()='a']/@href"):
            if re.match("https?:|mailto:", href):
                continue
            target = href if not href.startswith("#") else name + href
            if target not in ids and target not in documents:
                broken.append((name, href))
    assert broken == []


def test_notes_of_the_epub_have_type_role_and_a_way_back(epub: EpubRendition) -> None:
    text = trees(epub)["text.xhtml"]
    calls = text.xpath("//*[@role='doc-noteref']")
    notes = {note.get("id"): note for note in text.xpath("//*[@role='doc-footnote']")}
    assert len(calls) == 10
    assert {call.get(f"{EPUB}type") for call in calls} == {"noteref"}
    assert {note.get(f"{EPUB}type") for note in notes.values()} == {"footnote"}
    for call in calls:
        file, _, name = call.get("href").partition("#")
        if file:
            continue
        assert notes[name].xpath(".//*[@role='doc-backlink']/@href") == ["#" + call.get("id")]


def test_a_series_at_the_end_of_the_epub_stands_in_its_notes(epub: EpubRendition) -> None:
    documents = trees(epub)
    assert len(documents["notes.xhtml"].xpath("//*[@role='doc-footnote']")) == 2
    calls = documents["text.xhtml"].xpath("//*[contains(@class, 'series-sources')]/@href")
    assert [href.partition("#")[0] for href in calls] == ["notes.xhtml", "notes.xhtml"]


def test_a_page_break_stands_at_the_word_and_in_the_page_list(epub: EpubRendition) -> None:
    text = trees(epub)["text.xhtml"]
    (page,) = text.xpath("//*[@role='doc-pagebreak']")
    assert page.get("aria-label") == "Page 1"
    assert page.tail.startswith("proof is read twice")
    nav = parsed(epub.nav.content)
    assert nav.xpath("//*[@role='doc-pagelist']//*[local-name()='a']/@href") == ["text.xhtml#page-1"]


def test_each_format_has_the_same_words(publication: Publication, epub: EpubRendition) -> None:
    pdf = {section.id: parsed(section.document) for section in render_pdf(publication).sections}
    for name in ("introduction", "agreements", "references", "colophon"):
        both = [tree.xpath(f"//*[@id='{name}']")[0] for tree in (pdf[name], trees(epub)[f"{name}.xhtml"])]
        for tree in both:
            for note in tree.xpath(".//*[@role='doc-footnote'] | .//*[contains(@class, 'notes-title')]"):
                note.getparent().remove(note)
        first, second = ("".join("".join(tree.itertext()).split()) for tree in both)
        assert first.startswith(second[: len(second) // 2])


def test_no_template_syntax_of_a_manuscript_is_evaluated(publication: Publication, epub: EpubRendition) -> None:
    for text in ("".join(section.document for section in render_pdf(publication).sections), trees_text(epub)):
        assert "{{ 7*7 }}" in text
        assert "49" not in text


def trees_text(rendition: EpubRendition) -> str:
    return "".join("".join(tree.itertext()) for tree in trees(rendition).values())


def test_an_edition_can_put_a_template_in_the_place_of_the_house(publication: Publication) -> None:
    own = Source(name="book/templates/half-title.xhtml.j2", text="{% macro section(s, c) %}<p>Mine</p>{% endmacro %}")
    (half_title, *_) = render_pdf(replace(publication, templates=(own,))).sections
    assert "<p>Mine</p>" in half_title.document


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("{% macro section(s, c) %}\n{{ c.nothing }}{% endmacro %}", "S-010", 2),
        ("{% macro section(s, c) %}\n\n{% if %}{% endmacro %}", "S-010", 3),
        ("{% macro section(s, c) %}<p class=x>{% endmacro %}", "S-011", 1),
        ("{% macro section(s, c) %}\n{{ c.__class__.__mro__ }}{% endmacro %}", "S-010", 2),
        ("{% macro section(s, c) %}\n{{ 1 / 0 }}{% endmacro %}", "S-010", 2),
        ("{% macro section(s, c) %}\n{{ s.id|nothing }}{% endmacro %}", "S-010", 2),
    ],
)
def test_a_mistake_in_a_template_is_shown_at_its_line(
    publication: Publication, text: str, code: str, line: int
) -> None:
    own = Source(name="book/templates/half-title.xhtml.j2", text=text)
    with pytest.raises(PublisherError) as caught:
        render_pdf(replace(publication, templates=(own,)))
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == code
    assert diagnostic.span is not None
    assert diagnostic.span.source == own
    assert diagnostic.span.source.position(diagnostic.span.start)[0] == line


def test_the_cover_says_title_author_and_edition(publication: Publication) -> None:
    words = "".join(parsed(render_cover(publication).sections[0].document).itertext())
    assert all(part in words for part in ("On reading proofs", "With one of everything", "Some Writer"))


def test_the_cover_does_not_hide_that_an_author_is_only_attributed(publication: Publication) -> None:
    author, *others = publication.metadata.contributors
    said = replace(publication.metadata, contributors=(replace(author, role="aut", note="attributed"), *others))
    words = "".join(parsed(render_cover(replace(publication, metadata=said)).sections[0].document).itertext())
    assert f"{author.name} (attributed)" in words


@pytest.mark.parametrize(
    ("language", "title", "front"),
    [
        (
            "en",
            ["By Some Writer", "Attributed to A Poet and Another (doubtful)"],
            "Some WriterAttributed to A Poet and Another",
        ),
        ("de", ["Von Some Writer", "Zugeschrieben: A Poet und Another (doubtful)"], "Some WriterZugeschrieben: A Poet"),
        (
            "fr",
            ["Par Some Writer", "Attribué à A Poet et Another (doubtful)"],
            "Some WriterAttribué à A Poet et Another",
        ),
    ],
)
def test_title_page_and_cover_say_to_whom_a_text_is_attributed(
    publication: Publication, language: str, title: list[str], front: str
) -> None:
    people = (
        Contributor(name="Some Writer", role="aut", sort="Writer, Some"),
        Contributor(name="A Poet", role="att", sort="Poet, A"),
        Contributor(name="Another", role="dub", sort="Another", note="doubtful"),
    )
    said = replace(publication.metadata, contributors=people)
    attributed = replace(publication, metadata=said, words=fix(words_for(language), language=language))
    pages = {section.id: parsed(section.document) for section in render_pdf(attributed).sections}
    lines = pages["title-page"].iterfind(".//{*}p[@class='by']")
    assert ["".join(line.itertext()) for line in lines] == title
    assert front in "".join(parsed(render_cover(attributed).sections[0].document).itertext())
    (alternative,) = parsed(render_epub(attributed, cover=b"", page_break_source=None).documents[0].content).xpath(
        "//@alt"
    )
    assert f". Some Writer. {title[1].removesuffix(' (doubtful)')}. " in alternative


def test_accessibility_is_stated_as_it_was_measured(publication: Publication) -> None:
    measured = Accessibility(
        earned=(Claim.ARIA, Claim.NO_HAZARDS), withheld=(), pictures=1, tables=0, contrast_light=5, contrast_dark=5
    )
    said = AccessibilityStatement(measured=measured, summary="Calls are links.")
    stated = dict_of(render_epub(replace(publication, accessibility=said), cover=b"", page_break_source=None))
    assert stated == {
        "schema:accessMode": ["textual", "visual"],
        "schema:accessModeSufficient": ["textual,visual"],
        "schema:accessibilityFeature": ["ARIA"],
        "schema:accessibilityHazard": ["none"],
        "schema:accessibilitySummary": ["Calls are links."],
    }


def test_of_what_nobody_measured_nothing_is_said(publication: Publication) -> None:
    assert render_epub(publication, cover=b"", page_break_source=None).accessibility == ()


def dict_of(rendition: EpubRendition) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in rendition.accessibility:
        found.setdefault(name, []).append(value)
    return found


def test_the_title_page_breaks_the_title_as_the_editor_says(publication: Publication) -> None:
    title = publication.metadata.title
    first, _, rest = title.partition(" ")
    broken = replace(publication, metadata=replace(publication.metadata, title_lines=(first, rest)))
    for documents in (render_pdf(broken).sections, render_epub(broken, cover=b"", page_break_source=None).documents):
        (page,) = (found for document in documents if (found := parsed_title_page(document)) is not None)
        assert [line.text for line in page.iterfind("{*}span[@class='title-line']")] == [first, rest]
        assert "".join(page.itertext()) == title


def parsed_title_page(document: Any) -> Any:
    """The title on the title page; None in other documents."""
    content = getattr(document, "document", None) or document.content
    return parsed(content).find(".//{*}section[@id='title-page']/{*}h1")
