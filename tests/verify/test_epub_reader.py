"""An EPUB read back, built here by hand and not by the program that writes EPUBs."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from tests.epub_reading.reader import read_epub

from publisher.diagnostics import ExitCode, PublisherError

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""

PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" xml:lang="en"><metadata/><manifest>
<item id="n" href="nav.xhtml" properties="svg nav" media-type="application/xhtml+xml"/>
<item id="b" href="text/second%20one.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="text/first.xhtml" media-type="application/xhtml+xml"/>
</manifest><spine><itemref idref="a"/><itemref idref="b" linear="no"/></spine></package>"""

PAGE = """<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en">
<head><title>{title}</title></head><body>{body}</body></html>"""

FIRST = """<section id="text" class="section" role="doc-chapter"><p id="p1" class="numbered">\
<span class="paragraph-number">1</span> One <em>two</em><!-- no text -->\
<a id="call" role="doc-noteref" epub:type="noteref" href="second%20one.xhtml#note">a</a> three<br/>\
<span id="page-2" role="doc-pagebreak">2</span>four &amp; <i id="fr" xml:lang="fr">mot</i>.</p>
<p><a href="https://example.org/?a=1#b">away</a> <a href="#p1">back</a></p></section>"""

SECOND = """<aside id="note" role="doc-footnote"><p>\
<a role="doc-backlink" href="first.xhtml#call">a</a> Words.</p></aside>"""

NAV = """<nav epub:type="toc"><ol><li><a href="text/first.xhtml">First</a>
<ol><li><a href="text/first.xhtml#p1">Its <em>paragraph</em></a></li></ol></li></ol></nav>
<nav epub:type="page-list"><ol><li><a href="text/first.xhtml#page-2">2</a></li></ol></nav>"""

FILES = {
    "META-INF/container.xml": CONTAINER,
    "OPS/book.opf": PACKAGE,
    "OPS/nav.xhtml": PAGE.format(title="Contents", body=NAV),
    "OPS/text/first.xhtml": PAGE.format(title="First", body=FIRST),
    "OPS/text/second one.xhtml": PAGE.format(title="Second", body=SECOND),
}


def _zipped(files: dict[str, str]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


BOOK = read_epub(_zipped(FILES))
ELEMENTS = {element.id: element for document in BOOK.documents for element in document.elements}


def test_documents_come_in_the_order_of_the_spine_not_of_the_manifest() -> None:
    assert [(document.href, document.title, document.linear) for document in BOOK.documents] == [
        ("text/first.xhtml", "First", True),
        ("text/second one.xhtml", "Second", False),
    ]


def test_elements_with_ids_come_in_document_order() -> None:
    assert list(ELEMENTS) == ["text", "p1", "call", "page-2", "fr", "note"]


def test_text_has_every_word_and_no_call_number_mark_or_comment() -> None:
    assert ELEMENTS["p1"].text == " One two three\nfour & mot."
    assert ELEMENTS["note"].text == " Words."


def test_what_is_no_text_of_the_book_has_a_text_of_its_own() -> None:
    assert ELEMENTS["call"].text == "a"


def test_language_is_that_of_the_element_or_the_nearest_around_it() -> None:
    assert (BOOK.language, ELEMENTS["p1"].language, ELEMENTS["fr"].language) == ("en", "en", "fr")


def test_roles_types_and_classes_are_known() -> None:
    assert ELEMENTS["call"].roles == {"doc-noteref", "noteref"}
    assert ELEMENTS["p1"].roles == {"numbered"}
    assert ELEMENTS["note"].roles == {"doc-footnote"}
    assert ELEMENTS["note"].name == "aside"


def test_links_lead_to_places_in_the_book_or_stay_addresses() -> None:
    assert [link.target for document in BOOK.documents for link in document.links] == [
        "text/second one.xhtml#note",
        "https://example.org/?a=1#b",
        "text/first.xhtml#p1",
        "text/first.xhtml#call",
    ]
    assert {"text/second one.xhtml#note", "text/first.xhtml#p1", "text/first.xhtml"} <= BOOK.places()


def test_navigation_lists_are_read_with_depth_labels_and_targets() -> None:
    assert [(entry.depth, entry.label, entry.target) for entry in BOOK.contents] == [
        (1, "First", "text/first.xhtml"),
        (2, "Its paragraph", "text/first.xhtml#p1"),
    ]
    assert [(entry.label, entry.target) for entry in BOOK.pages] == [("2", "text/first.xhtml#page-2")]
    assert BOOK.landmarks == ()


@pytest.mark.parametrize(
    "content",
    [
        b"not a ZIP",
        _zipped({}),
        _zipped({name: content for name, content in FILES.items() if "first" not in name}),
        _zipped({**FILES, "OPS/text/first.xhtml": "<p>open"}),
        _zipped({**FILES, "OPS/book.opf": PACKAGE.replace('properties="svg nav"', "")}),
        _zipped({**FILES, "OPS/book.opf": PACKAGE.replace('idref="a"', 'idref="z"')}),
        _zipped({**FILES, "META-INF/container.xml": "<container/>"}),
    ],
    ids=["no ZIP", "empty", "document missing", "not well-formed", "no nav", "spine leads nowhere", "no package"],
)
def test_what_is_no_epub_cannot_be_read_back(content: bytes) -> None:
    with pytest.raises(PublisherError, match=r"V-010. the EPUB cannot be read back: .+") as caught:
        read_epub(content)
    assert caught.value.exit_code is ExitCode.UNPROVED
