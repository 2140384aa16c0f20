"""What the elements of TEI P5 are to the import: blocks, or words in a line."""

from __future__ import annotations

import html

from lxml import etree

Element = etree._Element

_BLOCKS = """
    text front body back group div div1 div2 div3 div4 div5 div6 div7 p ab lg l sp spGrp list item label castList
    castItem castGroup table row cell head figure listBibl biblStruct epigraph titlePage docTitle titlePart docImprint
    docAuthor byline opener closer salute signed dateline trailer argument postscript floatingText listPlace listPerson
    listOrg place person org state trait event set prologue epilogue performance TEI teiCorpus imprimatur bibl_block
"""
BLOCKS = frozenset(_BLOCKS.split())
"""Elements that are never in a line of words."""
EITHER = frozenset(("quote", "q", "said", "cit", "stage", "note", "bibl", "formula", "list", "table", "figure"))
"""Elements that are blocks next to blocks, and in a line of words next to words."""
UNREAD = frozenset(("teiHeader", "facsimile", "sourceDoc", "standOff", "linkGrp", "link", "fw", "index", "interpGrp"))
"""Elements whose words are no part of the text."""


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """The value of an attribute, with white space folded; empty if there is none."""
    return " ".join(str(element.get(name) or "").split())


def language(element: Element) -> str:
    """The language of an element; empty if it names none."""
    return attribute(element, "{http://www.w3.org/XML/1998/namespace}lang")


def entity(element: Element) -> str | None:
    """The character that an entity reference represents; None if it is no reference, or not known."""
    if element.tag is not etree.Entity:
        return None
    name = str(element.text or "").strip("&;")
    found = html.unescape(f"&{name};")
    return None if found.startswith("&") and len(found) > 1 else found


def is_entity(element: Element) -> bool:
    """Whether a node is a reference to an entity."""
    return element.tag is etree.Entity


def words(element: Element) -> str:
    """All words in an element, with white space folded."""
    return " ".join("".join(str(text) for text in element.itertext()).split())


def is_block(element: Element) -> bool:
    """Whether an element is a block: by its name, or by the blocks in it and the lack of words next to it."""
    name = local(element)
    if name not in EITHER:
        return name in BLOCKS
    parent = element.getparent()
    if name == "note":
        return False
    if name in ("list", "table", "figure"):
        return True
    has_blocks = any(local(child) in ("p", "l", "lg", "sp", "ab", "list", "table") for child in element)
    return has_blocks or (parent is not None and not _has_words(parent))


def _has_words(element: Element) -> bool:
    """Whether an element has words right inside it, next to its elements."""
    if local(element) in ("p", "l", "ab", "head", "cell", "item", "speaker", "seg", "hi"):
        return True
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)
