"""The documents of an EPUB as blocks of text in the order of reading, with calls of notes and ends of print pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from lxml import etree

from publisher.sanitize.xml import parse_xml

XHTML = "{http://www.w3.org/1999/xhtml}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SKIPPED = ("cover.xhtml", "nav.xhtml")
"""Documents without text of their own: a picture, and links."""
BLOCKS = frozenset({"p", "li", "dt", "dd", "figcaption", "caption", "pre", *(f"h{level}" for level in range(1, 7))})
CONTAINERS = frozenset(
    {"article", "aside", "blockquote", "body", "div", "dl", "figure", "header", "ol", "section", "table", "tbody", "ul"}
)


class BlockKind(Enum):
    """How a block is laid out."""

    TITLE = auto()
    """Centred, with an empty line before and after it."""
    HEADING = auto()
    """Begins in cell 5."""
    PARAGRAPH = auto()
    """Begins in cell 3, continues in cell 1."""
    ENTRY = auto()
    """Begins in cell 1, continues in cell 3: an entry of a list, a line of verse, a row of a table."""
    TRANSCRIBER = auto()
    """A transcriber's note: begins in cell 7, continues in cell 5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPage:
    """Here a page of the printed book begins."""

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The call of a note."""

    mark: str


Piece = str | PrintPage | Call


@dataclass(frozen=True, slots=True, kw_only=True)
class BrailleBlock:
    """One block."""

    kind: BlockKind
    pieces: tuple[Piece, ...]
    language: str


def blocks(book: Mapping[str, bytes], documents: tuple[str, ...], *, language: str) -> Iterator[BrailleBlock]:
    """The blocks of the documents, in their order; `book` has the files of an EPUB by their paths."""
    for name in documents:
        if not name.endswith(SKIPPED):
            body = parse_xml(book[name], long=True).find(f"{XHTML}body")
            if body is not None:
                yield from _inside(body, language)


def _inside(element: etree._Element, language: str) -> Iterator[BrailleBlock]:
    """The blocks of an element; words between them, and pages that begin there, are blocks as well."""
    loose: list[Piece] = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str):
            continue
        own = child.get("lang") or child.get(XML_LANG) or language
        name = etree.QName(child).localname
        if name in BLOCKS or name in CONTAINERS or name in ("img", "hr"):
            yield from _loose(loose, language)
            loose = []
            yield from _block(child, name, own)
        else:
            loose += _pieces(child)
        loose.append(child.tail or "")
    yield from _loose(loose, language)


def _loose(pieces: list[Piece], language: str) -> Iterator[BrailleBlock]:
    if any(not isinstance(piece, str) or piece.strip() for piece in pieces):
        yield _make(BlockKind.PARAGRAPH, tuple(pieces), language)


def _block(element: etree._Element, name: str, language: str) -> Iterator[BrailleBlock]:
    if name == "table":
        yield from _table(element, language)
    elif name == "img":
        yield _transcriber(f"Picture: {element.get('alt') or 'without a description'}")
    elif name in ("ol", "ul"):
        yield from _list(element, language, numbered=name == "ol" and element.get("role") != "doc-endnotes")
    elif name in CONTAINERS or (name in ("li", "dd", "figcaption") and _has_blocks(element)):
        yield from _inside(element, language)
    elif name != "hr":
        yield _make(_kind(name, element), tuple(_pieces(element, outer=True)), language)


def _kind(name: str, element: etree._Element) -> BlockKind:
    if name == "h1":
        return BlockKind.TITLE
    if name[0] == "h" and name[1:].isdecimal():
        return BlockKind.HEADING
    is_entry = name in ("li", "dt", "dd", "pre") or "verse" in (element.get("class") or "").split()
    return BlockKind.ENTRY if is_entry else BlockKind.PARAGRAPH


def _has_blocks(element: etree._Element) -> bool:
    return any(isinstance(child.tag, str) and etree.QName(child).localname in BLOCKS | CONTAINERS for child in element)


def _list(element: etree._Element, language: str, *, numbered: bool) -> Iterator[BrailleBlock]:
    """The entries of a list; the first block of each has its number."""
    for number, entry in enumerate(element, start=int(element.get("start") or 1)):
        if not isinstance(entry.tag, str):
            continue
        own = entry.get("lang") or language
        found = (
            list(_inside(entry, own)) if _has_blocks(entry) else [_make(BlockKind.ENTRY, tuple(_pieces(entry)), own)]
        )
        if found:
            lead: tuple[Piece, ...] = (f"{number}. ",) if numbered else ()
            first = replace(found[0], kind=BlockKind.ENTRY, pieces=(*lead, *found[0].pieces))
            yield from (first, *found[1:])


def _table(element: etree._Element, language: str) -> Iterator[BrailleBlock]:
    """A table row by row, its cells separated by semicolons, after a note that says so."""
    yield _transcriber("Table: a row begins in cell 1, and semicolons separate its cells.")
    for caption in element.iter(f"{XHTML}caption"):
        yield _make(BlockKind.HEADING, tuple(_pieces(caption)), language)
    for row in element.iter(f"{XHTML}tr"):
        pieces: list[Piece] = []
        for cell in row:
            if isinstance(cell.tag, str):
                pieces += [*((("; "),) if pieces else ()), *_pieces(cell)]
        yield _make(BlockKind.ENTRY, tuple(pieces), language)


def _transcriber(words: str) -> BrailleBlock:
    return BrailleBlock(kind=BlockKind.TRANSCRIBER, pieces=(words,), language="en")


def _make(kind: BlockKind, pieces: tuple[Piece, ...], language: str) -> BrailleBlock:
    return BrailleBlock(kind=kind, pieces=pieces, language=language)


def _pieces(element: etree._Element, *, outer: bool = False) -> list[Piece]:
    """The text of an element with its calls and page breaks; `outer` is for the block itself."""
    role = element.get("role") or ""
    if role == "doc-pagebreak" and not outer:
        label = (element.get("aria-label") or "").rpartition(" ")[2]
        return [PrintPage(label=label)] if label else []
    if "paragraph-number" in (element.get("class") or "").split():
        return []
    if role == "doc-noteref":
        return [Call(mark="".join(map(str, element.itertext())).strip())]
    name = etree.QName(element).localname
    if name == "img":
        return [f" [Picture: {element.get('alt') or 'without a description'}] "]
    if name == "br":
        return [" "]
    if name == "math" and element.get("alttext"):
        return [str(element.get("alttext"))]
    found: list[Piece] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            found += _pieces(child)
        found.append(child.tail or "")
    return found
