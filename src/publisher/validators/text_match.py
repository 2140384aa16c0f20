"""From an element of a built document to the words or the picture of a source that it is made of."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

import cssselect2
from lxml import etree

from publisher.diagnostics import Span
from publisher.model.block import Block, Figure
from publisher.model.inline import Code, Run
from publisher.model.publication import Section
from publisher.model.walk import blocks_of, inlines_of, nest
from publisher.sanitize.xml import parse_xml

TAGS = re.compile(r"<[^>]*>")
MARK = re.compile(r"^\S{1,4} ")
"""The number of a paragraph or a note, which is before its words."""
SOURCE = re.compile(r'\ssrc="([^"]*)"')
LEAST, MOST = 6, 60
"""How many characters distinguish one place from another, and how many are looked at."""


def after(document: str, offset: int) -> str:
    """The words of a document from an offset on."""
    return " ".join(html.unescape(TAGS.sub("", document[offset : offset + 20 * MOST])).split())[:MOST]


def choose(document: str, selector: str) -> tuple[str, str]:
    """The words of the first element that a CSS selector chooses, and the file that it shows; nothing where none is."""
    try:
        root = parse_xml(document.encode())
        found = cssselect2.ElementWrapper.from_xml_root(root).query(selector)
    except (etree.XMLSyntaxError, cssselect2.SelectorError):
        return "", ""
    if found is None:
        return "", ""
    element = found.etree_element
    return " ".join("".join(map(str, element.itertext())).split())[:MOST], str(element.get("src", ""))


def place(words: str, picture: str, section: Section) -> Span | None:
    """Where in the sources of a section a picture or some words are; None where that cannot be known."""
    blocks = (*section.blocks, *(block for note in section.notes for block in note.blocks))
    if picture:
        return next(_pictures(picture, blocks), None)
    ranked = [(length, span) for said in _describe(words) for length, span in _alike(said, section, blocks)]
    best = max(ranked, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= min(LEAST, len(words)) and words else None


def display(tag: str) -> str:
    """The file that a tag shows; empty where it shows none."""
    found = SOURCE.search(tag)
    return html.unescape(found[1]) if found else ""


def _describe(words: str) -> tuple[str, ...]:
    """The words, with and without a number before them."""
    return (words, MARK.sub("", words))


def _pictures(picture: str, blocks: Iterable[Block]) -> Iterator[Span]:
    """Where pictures of that name are; a built one is named for the manuscript's, after a number."""
    name = picture.rpartition("/")[2].partition("-")[2].lower()
    for block in blocks_of(blocks):
        if isinstance(block, Figure) and block.span is not None:
            own = block.path.rpartition("/")[2].lower()
            stem, _, suffix = own.rpartition(".")
            safe = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in stem)
            if f"{safe}.{suffix}" == name:
                yield block.span


def _alike(words: str, section: Section, blocks: Iterable[Block]) -> Iterator[tuple[int, Span]]:
    """How many characters each stretch of words shares with some words from its beginning on, and where it is."""
    for inline in (*nest(section.title), *inlines_of(blocks)):
        if isinstance(inline, Run | Code) and inline.span is not None:
            text = " ".join(inline.text.split())[:MOST]
            length = next(
                (at for at, (word, other) in enumerate(zip(words, text, strict=False)) if word != other), None
            )
            yield (min(len(words), len(text)) if length is None else length), inline.span
