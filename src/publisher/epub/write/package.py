"""The package document made complete: what EbookLib has no way to say.

EPUB 3.3, §5 Package document, https://www.w3.org/TR/epub-33/#sec-package-doc.
"""

from __future__ import annotations

from urllib.parse import quote

from lxml import etree

from publisher.epub.write.statements import IDENTIFIER_ID, Statement
from publisher.model.language import RTL, direction
from publisher.sanitize.xml import parse_xml

OPF = "http://www.idpf.org/2007/opf"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PREFIXES = (
    ("a11y", "http://www.idpf.org/epub/vocab/package/a11y/#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("marc", "http://id.loc.gov/vocabulary/"),
    ("onix", "http://www.editeur.org/ONIX/book/codelists/current.html#"),
    ("rendition", "http://www.idpf.org/vocab/rendition/#"),
    ("schema", "http://schema.org/"),
)
"""Reserved by the specification and declared all the same, for reading systems older than the reservation."""


def complete(package: bytes, *, statements: tuple[Statement, ...], language: str, ncx_id: str) -> bytes:
    """The package document with its language, its direction, its prefixes, its NCX, and these statements alone."""
    root = parse_xml(package, long=True)
    root.set("unique-identifier", IDENTIFIER_ID)
    root.set("prefix", " ".join(f"{prefix}: {address}" for prefix, address in PREFIXES))
    root.set(XML_LANG, language)
    root.set("dir", direction(language))
    root.remove(_only(root, "metadata"))
    _state(root, statements)
    spine = _only(root, "spine")
    spine.set("toc", ncx_id)
    if direction(language) == RTL:
        spine.set("page-progression-direction", RTL)
    for item in _only(root, "manifest"):
        item.set("href", quote(item.get("href", ""), safe="/!$&'()+,;=@~"))
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _state(root: etree._Element, statements: tuple[Statement, ...]) -> None:
    """Puts a metadata section with these statements first."""
    section = etree.SubElement(root, f"{{{OPF}}}metadata", nsmap={"dc": DUBLIN_CORE})
    root.insert(0, section)
    for statement in statements:
        prefix, _, name = statement.element.rpartition(":")
        element = etree.SubElement(section, f"{{{DUBLIN_CORE if prefix else OPF}}}{name}", dict(statement.attributes))
        element.text = statement.text


def _only(root: etree._Element, name: str) -> etree._Element:
    """The section of the package document that has this name."""
    (section,) = root.findall(f"{{{OPF}}}{name}")
    return section
