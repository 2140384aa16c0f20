"""Names in XHTML, and what `epub:type`, `class` and `role` say: https://www.w3.org/TR/epub-ssv-11/."""

from __future__ import annotations

from lxml import etree

Element = etree._Element

_TYPE = "{http://www.idpf.org/2007/ops}type"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_GENERATED = """
    titlepage title-page halftitlepage imprint colophon copyright-page toc landmarks loi nav cover accessibility
    half-title contents list-of-illustrations uncopyright
"""
GENERATED = frozenset(_GENERATED.split())
"""Documents that the program makes itself."""
_BLOCKS = """
    article aside blockquote body caption dd details div dl dt figure footer h1 h2 h3 h4 h5 h6 header hgroup hr li main
    nav ol p pre section table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCKS.split())
VERSE = ("z3998:verse", "z3998:poem", "z3998:song", "z3998:hymn", "z3998:lyrics")


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def tokens(element: Element) -> frozenset[str]:
    """The words of `epub:type`, `class` and `role`, and the id of a section."""
    given = (element.get(_TYPE), element.get("class"), element.get("role"))
    return frozenset(word for text in given if text for word in str(text).split())


def language(element: Element) -> str:
    """The language of an element; empty if it names none."""
    return str(element.get(_LANGUAGE) or element.get("lang") or "")


def words(element: Element) -> str:
    """All words in an element, with white space folded."""
    return " ".join("".join(str(text) for text in element.itertext()).split())
