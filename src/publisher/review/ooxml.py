"""Elements, names and packages of Office Open XML, as far as a document for review has them.

ECMA-376, part 1 (WordprocessingML) and part 2 (packages), https://ecma-international.org/publications-and-standards/.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from publisher.epub.write.zip import Entry, seal_files

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
NAMES = {"w": W, "r": R, "wp": WP, "a": A, "pic": PIC}
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = f"{R}/"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"

Element = etree._Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What a part of a package refers to."""

    id: str
    kind: str
    target: str
    is_external: bool = False


def element(name: str, /, *children: Element, **attributes: str) -> Element:
    """An element of WordprocessingML, `p` or `wp:inline`; its attributes have the prefix `w` unless they name one."""
    made = etree.Element(_tag(name), nsmap=NAMES)
    for key, value in attributes.items():
        made.set(_tag(key.replace("__", ":")), value)
    made.extend(children)
    return made


def bare(name: str, /, *children: Element, **attributes: str) -> Element:
    """An element whose attributes have no prefix, as those of drawings are."""
    made = etree.Element(_tag(name), nsmap=NAMES)
    for key, value in attributes.items():
        made.set(key, value)
    made.extend(children)
    return made


def text(words: str) -> Element:
    """Words, with their spaces."""
    made = element("t")
    made.text = words
    made.set(XML_SPACE, "preserve")
    return made


def _tag(name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMES[prefix or 'w']}}}{local}"


def package(parts: Mapping[str, bytes], types: Mapping[str, str], relations: Iterable[Relation]) -> bytes:
    """A package: its parts, the content type of each, and what the package itself refers to."""
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    defaults |= {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif"}
    space = f"{PACKAGE}/content-types"
    # LibreOffice recognises a package only if these names have no prefix
    root = etree.Element(f"{{{space}}}Types", nsmap={None: space})  # type: ignore[dict-item]
    for ending, kind in defaults.items():
        etree.SubElement(root, f"{{{space}}}Default", Extension=ending, ContentType=kind)
    for name, kind in types.items():
        etree.SubElement(root, f"{{{space}}}Override", PartName=f"/{name}", ContentType=kind)
    entries = [
        Entry(name="[Content_Types].xml", content=write(root)),
        Entry(name="_rels/.rels", content=relationships_part(relations)),
    ]
    return seal_files((*entries, *(Entry(name=name, content=content) for name, content in parts.items())))


def relationships_part(relations: Iterable[Relation]) -> bytes:
    """A part that lists what another one refers to."""
    space = f"{PACKAGE}/relationships"
    root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})  # type: ignore[dict-item]
    for relation in relations:
        made = etree.SubElement(
            root, f"{{{space}}}Relationship", Id=relation.id, Type=relation.kind, Target=relation.target
        )
        if relation.is_external:
            made.set("TargetMode", "External")
    return write(root)


def write(root: Element) -> bytes:
    """The bytes of a part."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
