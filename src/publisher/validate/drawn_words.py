"""Whether the words of drawings are in a typeface that goes with the edition.

A drawing names typefaces of the computer on which it was made. The one that lays out the pages may have others, or
none, so that the words would look different: https://www.w3.org/TR/SVG2/text.html#FontProperties.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import tinycss2
from lxml import etree

from publisher.diagnostics import Diagnostic, Source, Span
from publisher.fonts.scripts import is_blank
from publisher.model.assets import Image
from publisher.model.block import Block, Figure
from publisher.model.edition import Edition
from publisher.model.walk import blocks_of
from publisher.sanitize.xml import parse_xml
from publisher.validate.glyphs import characters

HOUSE = ("Source Serif Pro", "Source Sans Pro")
"""The built-in families, one of which every edition has for the words of a drawing."""
SVG = "{http://www.w3.org/2000/svg}"
HINT = (
    "turn the words into paths in the drawing program (in Inkscape: Path, Object to Path), or give them "
    'font-family="Source Sans Pro"'
)
UNDRAWN = frozenset(f"{SVG}{name}" for name in ("title", "desc", "metadata", "style"))
"""Elements whose words are not drawn."""
HIDING = {"display": ("none",), "visibility": ("hidden", "collapse"), "opacity": ("0",)}
"""Attributes by which an element and all in it are not drawn."""
DEFINING = frozenset(f"{SVG}{name}" for name in ("defs", "symbol"))
"""Elements that are drawn only if something uses them."""
_SHOWN = 40
_FAMILY = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^,\"']+)")


def check_drawn_words(edition: Edition, *, house: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    """F-001 for the first words of each drawing that are in no typeface of the edition.

    `house` holds the built-in text face by cut.
    """
    drawings = [image for image in edition.images if image.is_drawing]
    if not drawings:
        return ()
    own = frozenset().union(*(face.characters for typeface in edition.typefaces for face in typeface.faces))
    covered = own.union(*map(characters, house.values()))
    shown = {figure.path: figure.span for figure in reversed(tuple(_figures(edition)))}
    found = (_fault(image, covered, shown.get(image.path)) for image in drawings)
    return tuple(diagnostic for diagnostic in found if diagnostic is not None)


def _fault(image: Image, covered: frozenset[int], figure: Span | None) -> Diagnostic | None:
    """What is wrong with the words of a drawing."""
    content = image.source or image.content
    root = parse_xml(content, comments=False)
    for element, words, family in _words(root, family=_with_style(root)):
        lacking = next((word for word in words if ord(word) not in covered and not is_blank(word)), None)
        if family in HOUSE and lacking is None:
            continue
        why = "name no typeface" if not family else f"are in “{family}”, which does not go with the edition"
        if family in HOUSE:
            why = f"have “{lacking}” (U+{ord(lacking or ' '):04X}), which no typeface of the edition has"
        source = Source(name=image.shown, text=content.decode("utf-8", errors="replace"))
        line = element.sourceline if isinstance(element.sourceline, int) else 1
        start = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
        return Diagnostic(
            code="F-001",
            message=f"the words “{start}” of a drawing {why}",
            span=source.line_span(min(max(line, 1), len(source.line_starts))),
            hint=HINT,
            related=() if figure is None else (("shown here", figure),),
        )
    return None


def _words(element: etree._Element, *, family: str, drawn: bool = False) -> Iterator[tuple[etree._Element, str, str]]:
    """Words that an element draws, with the element and the first family that it names."""
    if element.tag in DEFINING and next(element.getroottree().iter(f"{SVG}use"), None) is None:
        return
    family = _own(element) or family
    drawn = drawn or element.tag == f"{SVG}text"
    if element.tag in UNDRAWN or any(element.get(name) in hiding for name, hiding in HIDING.items()):
        return
    if drawn and (element.text or "").strip():
        yield element, " ".join((element.text or "").split()), family
    for child in element.iterchildren(etree.Element):
        yield from _words(child, family=family, drawn=drawn)
        if drawn and (child.tail or "").strip():
            yield element, " ".join((child.tail or "").split()), family


def _own(element: etree._Element) -> str:
    """The first family that an element names itself; nothing if it names none."""
    style = tinycss2.parse_blocks_contents(element.get("style", ""), True, True)
    return next(_name(style), "") or _first(element.get("font-family", ""))


def _with_style(root: etree._Element) -> str:
    """The family that the style sheets of a drawing name; one that is not built in if they name several."""
    sheets = (tinycss2.parse_stylesheet(style.text or "", True, True) for style in root.iter(f"{SVG}style"))
    rules = (rule for sheet in sheets for rule in sheet if rule.type == "qualified-rule")
    named = [name for rule in rules for name in _name(tinycss2.parse_blocks_contents(rule.content, True, True))]
    return next((name for name in named if name not in HOUSE), named[0] if named else "")


def _name(declarations: Iterable[object]) -> Iterator[str]:
    """The first families of declarations."""
    for declaration in declarations:
        if isinstance(declaration, tinycss2.ast.Declaration) and declaration.lower_name in ("font-family", "font"):
            words = tinycss2.serialize(declaration.value)
            yield _first(re.sub(r"^.*?[\d.]+[a-z%]+\S*\s+", "", words) if declaration.lower_name == "font" else words)


def _first(words: str) -> str:
    """The first family of a list."""
    found = _FAMILY.match(words.strip())
    return "" if found is None else next((name.strip() for name in found.groups() if name), "")


def _figures(edition: Edition) -> Iterator[Figure]:
    """Every picture that the edition shows."""
    texts = (edition.text, *(matter.text for matter in (*edition.front, *edition.back)))
    blocks: list[Block] = [block for text in texts for block in text.blocks]
    blocks += (block for text in texts for note in text.footnotes for block in note.blocks)
    blocks += (block for note in edition.notes for block in note.blocks)
    for agreement in edition.agreements:
        blocks += agreement.blocks
        blocks += (block for provision in agreement.provisions for block in provision.blocks)
    return (block for block in blocks_of(blocks) if isinstance(block, Figure))
