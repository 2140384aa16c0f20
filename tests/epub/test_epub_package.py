"""The package document, read back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree

from publisher.model.language import direction
from publisher.model.rendition import Artifact, EpubRendition
from publisher.model.settings import Contributor

Written = Callable[[EpubRendition], Artifact]

NAMES = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


def _package(book: bytes) -> etree._Element:
    with ZipFile(BytesIO(book)) as archive:
        return etree.fromstring(archive.read("EPUB/content.opf"))


@pytest.fixture(scope="module")
def package(book: bytes) -> etree._Element:
    return _package(book)


def _texts(package: etree._Element, path: str) -> list[str | None]:
    return [element.text for element in package.iterfind(path, NAMES)]


def _refined(package: etree._Element, path: str, name: str) -> list[str | None]:
    """The values of a property that refines each of the elements, in their order."""
    ids = [element.get("id") for element in package.iterfind(path, NAMES)]
    return [package.findtext(f".//opf:meta[@refines='#{id}'][@property='{name}']", None, NAMES) for id in ids]


def _property(package: etree._Element, name: str) -> list[str | None]:
    return _texts(package, f".//opf:meta[@property='{name}']")


def test_package_states_version_language_and_direction(package: etree._Element) -> None:
    assert package.get("version") == "3.0"
    assert package.get("{http://www.w3.org/XML/1998/namespace}lang") == "en-GB"
    assert package.get("dir") == "ltr"


def test_unique_identifier_is_the_editions(package: etree._Element, rendition: EpubRendition) -> None:
    (identifier,) = package.findall(f".//dc:identifier[@id='{package.get('unique-identifier')}']", NAMES)
    assert identifier.text == rendition.metadata.identifier


def test_isbn_is_an_identifier_of_its_own(package: etree._Element) -> None:
    assert _texts(package, ".//dc:identifier")[1:] == ["urn:isbn:9780306406157"]
    assert _refined(package, ".//dc:identifier[@id='meta.isbn']", "identifier-type") == ["15"]


def test_title_and_subtitle_are_told_apart(package: etree._Element) -> None:
    assert _texts(package, ".//dc:title") == ["On Promises & Paper", "An annotated edition"]
    assert _refined(package, ".//dc:title", "title-type") == ["main", "subtitle"]
    assert _refined(package, ".//dc:title", "display-seq") == ["1", "2"]


def test_author_is_creator_and_editors_are_contributors_with_roles_and_filing_names(package: etree._Element) -> None:
    assert _texts(package, ".//dc:creator") == ["An Author"]
    assert _refined(package, ".//dc:creator", "role") == ["aut"]
    assert _refined(package, ".//dc:creator", "file-as") == ["Author, An"]
    assert _texts(package, ".//dc:contributor") == ["The Editors"]
    assert _refined(package, ".//dc:contributor", "role") == ["edt"]
    schemes = {role.get("scheme") for role in package.iterfind(".//opf:meta[@property='role']", NAMES)}
    assert schemes == {"marc:relators"}


def test_editors_are_creators_where_nobody_is_author(rendition: EpubRendition, written: Written) -> None:
    people = tuple(
        Contributor(name=name, role=role, sort=name) for name, role in (("A", "edt"), ("B", "trl"), ("C", "edt"))
    )
    package = _package(written(replace(rendition, metadata=replace(rendition.metadata, contributors=people))).content)
    assert _texts(package, ".//dc:creator") == ["A", "C"]
    assert _texts(package, ".//dc:contributor") == ["B"]


def test_imprint_and_rights_are_stated(package: etree._Element) -> None:
    stated = [_texts(package, f".//dc:{name}") for name in ("publisher", "date", "source", "description", "language")]
    assert stated == [
        ["A Press"],
        ["2026-11-24"],
        ["https://example.org/article"],
        ["A short text <with> notes."],
        ["en-GB"],
    ]
    assert _texts(package, ".//dc:subject") == ["Treaties", "Diplomacy"]
    assert _texts(package, ".//dc:rights") == ["The rights in the text are unknown.", "The notes may be copied."]
    assert _property(package, "schema:bookEdition") == ["First annotated edition"]
    (licence,) = package.findall(".//opf:link[@rel='dcterms:license']", NAMES)
    assert licence.get("href") == "https://creativecommons.org/licenses/by/4.0/"


def test_it_was_modified_at_the_moment_given_and_no_other(package: etree._Element) -> None:
    assert _property(package, "dcterms:modified") == ["2026-11-24T00:00:00Z"]


def test_page_list_names_its_source(package: etree._Element, rendition: EpubRendition) -> None:
    assert _property(package, "pageBreakSource") == [rendition.page_break_source]


def test_accessibility_is_stated_as_handed_over(package: etree._Element, rendition: EpubRendition) -> None:
    for name in dict(rendition.accessibility).keys() - {"a11y:certifierReport"}:
        assert _property(package, name) == [value for key, value in rendition.accessibility if key == name]


def test_certifier_refers_to_the_claim_and_report_to_the_certifier(package: etree._Element) -> None:
    assert _refined(package, ".//opf:meta[@property='dcterms:conformsTo']", "a11y:certifiedBy") == ["The Editors"]
    (report,) = package.findall(".//opf:link[@rel='a11y:certifierReport']", NAMES)
    assert (report.get("refines"), report.get("href")) == ("#meta.certifier", "https://example.org/report")


def test_conformance_to_an_address_is_a_link(rendition: EpubRendition, written: Written) -> None:
    address = "http://www.idpf.org/epub/a11y/accessibility-20170105.html#wcag-aa"
    claimed = replace(rendition, accessibility=(("dcterms:conformsTo", address),))
    (link,) = _package(written(claimed).content).findall(".//opf:link[@rel='dcterms:conformsTo']", NAMES)
    assert link.get("href") == address


def test_generator_is_ours_alone(package: etree._Element) -> None:
    generators = [meta.get("content") for meta in package.iterfind(".//opf:meta[@name='generator']", NAMES)]
    assert generators == ["publisher 0.1.0"]


def test_prefixes_are_declared_with_their_addresses(package: etree._Element) -> None:
    words = package.get("prefix", "").split()
    declared = dict(zip(words[::2], words[1::2], strict=True))
    assert declared["schema:"] == "http://schema.org/"
    assert declared["a11y:"] == "http://www.idpf.org/epub/vocab/package/a11y/#"
    assert declared["rendition:"] == "http://www.idpf.org/vocab/rendition/#"


def test_manifest_says_what_is_nav_cover_and_svg(package: etree._Element) -> None:
    properties = {item.get("href"): item.get("properties") for item in package.iterfind(".//opf:item", NAMES)}
    assert {href: said for href, said in properties.items() if said} == {
        "nav.xhtml": "nav",
        "text/text.xhtml": "svg",
        "images/cover.png": "cover-image",
    }


def test_old_readers_find_the_cover(package: etree._Element) -> None:
    (cover,) = package.findall(".//opf:meta[@name='cover']", NAMES)
    (item,) = package.findall(f".//opf:item[@id='{cover.get('content')}']", NAMES)
    assert item.get("href") == "images/cover.png"


def test_spine_holds_the_documents_in_order_and_names_the_ncx(package: etree._Element) -> None:
    assert [entry.get("idref") for entry in package.iterfind(".//opf:itemref", NAMES)] == [
        "cover",
        "title-page",
        "contents",
        "text",
    ]
    spine = package.find("opf:spine", NAMES)
    assert spine is not None
    (ncx,) = package.findall(f".//opf:item[@id='{spine.get('toc')}']", NAMES)
    assert ncx.get("media-type") == "application/x-dtbncx+xml"


def test_a_section_named_with_a_number_gets_an_id_that_xml_allows(rendition: EpubRendition, written: Written) -> None:
    *others, last = rendition.documents
    package = _package(written(replace(rendition, documents=(*others, replace(last, id="01-foreword")))).content)
    assert [entry.get("idref") for entry in package.iterfind(".//opf:itemref", NAMES)][3] == "_01-foreword"
    (item,) = package.findall(".//opf:item[@id='_01-foreword']", NAMES)
    assert item.get("href") == "text/text.xhtml"


def test_page_progression_is_left_to_the_reader(package: etree._Element) -> None:
    spine = package.find("opf:spine", NAMES)
    assert spine is not None
    assert spine.get("page-progression-direction") is None


def test_documents_out_of_the_reading_order_say_so(rendition: EpubRendition, written: Written) -> None:
    cover, *others = rendition.documents
    package = _package(written(replace(rendition, documents=(replace(cover, linear=False), *others))).content)
    assert [entry.get("linear") for entry in package.iterfind(".//opf:itemref", NAMES)] == ["no", None, None, None]


def test_nav_outside_the_spine_is_in_the_manifest_once(rendition: EpubRendition, written: Written) -> None:
    bare = replace(rendition.nav, properties=())
    documents = tuple(document for document in rendition.documents if document.id != bare.id)
    package = _package(written(replace(rendition, nav=bare, documents=documents)).content)
    (item,) = package.findall(".//opf:item[@href='nav.xhtml']", NAMES)
    assert item.get("properties") == "nav"
    assert package.findall(".//opf:itemref[@idref='contents']", NAMES) == []


def test_what_is_not_known_is_not_stated(rendition: EpubRendition, written: Written) -> None:
    known = replace(
        rendition.metadata,
        subtitle=None,
        isbn=None,
        publisher=None,
        statement=None,
        description=None,
        subjects=(),
        provenance=replace(rendition.metadata.provenance, url=None),
        rights=replace(rendition.metadata.rights, apparatus=None, licence_url=None),
    )
    package = _package(written(replace(rendition, metadata=known, page_break_source=None, accessibility=())).content)
    assert [element.tag for element in package[0] if not element.text and not element.get("name")] == []
    absent = ("publisher", "source", "description", "subject")
    assert [name for name in absent if package.findall(f".//dc:{name}", NAMES)] == []
    assert _property(package, "pageBreakSource") == []


def test_letters_outside_ascii_in_names_become_an_address(rendition: EpubRendition, written: Written) -> None:
    image = replace(rendition.cover_image, href="images/100%märz.png")
    package = _package(written(replace(rendition, cover_image=image)).content)
    (item,) = package.findall(".//opf:item[@properties='cover-image']", NAMES)
    assert item.get("href") == "images/100%25m%C3%A4rz.png"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("az-Arab", "rtl"), ("ar-Latn", "ltr"), ("de-1996", "ltr")],
)
def test_direction_follows_the_script_of_the_language(language: str, expected: str) -> None:
    assert direction(language) == expected
