"""Styles of a DOCX: what paragraphs and runs are, by the names that every language of Word has in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from publisher.importers.docx.names import Element, attribute, child, is_on, name, number, value

_HEADING = re.compile(r"heading ([1-9])")
_DEEPEST = 30


class Role(Enum):
    """What a paragraph is."""

    BODY = auto()
    TITLE = auto()
    SUBTITLE = auto()
    AUTHOR = auto()
    DATE = auto()
    HEADING = auto()
    QUOTATION = auto()
    ATTRIBUTION = auto()
    VERSE = auto()
    CODE = auto()
    CAPTION = auto()
    CONTENTS = auto()
    CONTINUATION = auto()
    """Of the entry of a list."""
    TERM = auto()
    DEFINITION = auto()


_NAMES: tuple[tuple[str, Role], ...] = (
    (r"title|titel|titre|título", Role.TITLE),
    (r"subtitle|untertitel|sous-titre", Role.SUBTITLE),
    (r"author", Role.AUTHOR),
    (r"date", Role.DATE),
    (r"(toc|table of figures|index) ?\d*|(toc|contents|index) heading( \d)?", Role.CONTENTS),
    (r".*(attribution|quote source|quotation source).*", Role.ATTRIBUTION),
    (r".*(quote|quotation|blockquote|block text|zitat|citation block).*|quotations", Role.QUOTATION),
    (r".*(verse|poem|poetry|stanza|lyric|gedicht|strophe|poème|poésie).*", Role.VERSE),
    (r"source code|html preformatted|preformatted( text)?|macro( text)?|code( block)?|listing", Role.CODE),
    (r"(.* )?caption|beschriftung|table|illustration|drawing|figure", Role.CAPTION),
    (r"list continue.*", Role.CONTINUATION),
    (r"definition term", Role.TERM),
    (r"definition", Role.DEFINITION),
)
"""Patterns for the names of paragraph styles, in lower case."""
_CODE_NAMES = re.compile(
    r"verbatim char|html (code|typewriter|keyboard|sample|variable)|source text|code( char)?|macro text char"
)


@dataclass(slots=True, kw_only=True)
class Style:
    """A style as the file has it."""

    id: str
    name: str
    based_on: str | None
    paragraph: Element | None
    run: Element | None


@dataclass(slots=True)
class Styles:
    """All styles of a document."""

    styles: dict[str, Style] = field(default_factory=dict)
    default_paragraph: str = ""
    language: str = ""
    right_language: str = ""
    """The language of words that are written from right to left."""
    asian_language: str = ""
    """The language of Chinese, Japanese and Korean words."""

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """The styles in `word/styles.xml`."""
        found = cls()
        for element in root if root is not None else ():
            if name(element) == "w:docDefaults":
                given = child(element, "w:rPrDefault", "w:rPr", "w:lang")
                found.language = attribute(given, "w:val") or ""
                found.right_language = attribute(given, "w:bidi") or ""
                found.asian_language = attribute(given, "w:eastAsia") or ""
            if name(element) != "w:style":
                continue
            style = Style(
                id=attribute(element, "w:styleId") or "",
                name=(value(element, "w:name") or "").lower(),
                based_on=value(element, "w:basedOn"),
                paragraph=child(element, "w:pPr"),
                run=child(element, "w:rPr"),
            )
            found.styles[style.id] = style
            if attribute(element, "w:default") in ("1", "true") and attribute(element, "w:type") == "paragraph":
                found.default_paragraph = style.id
        return found

    def chain(self, style: str | None) -> list[Style]:
        """A style and those that it is based on, the nearest first."""
        found: list[Style] = []
        while style in self.styles and len(found) < _DEEPEST and self.styles[style] not in found:
            found.append(self.styles[style])
            style = found[-1].based_on
        return found

    def role(self, style: str | None) -> Role:
        """What paragraphs of a style are."""
        for item in self.chain(style):
            if _HEADING.fullmatch(item.name):
                return Role.HEADING
            for pattern, role in _NAMES:
                if re.fullmatch(pattern, item.name):
                    return role
        return Role.BODY

    def heading_level(self, properties: Element | None, style: str | None) -> int | None:
        """The level of a heading, from 1; None if a paragraph is none."""
        own = number(value(properties, "w:outlineLvl"))
        if own is not None:
            return own + 1 if 0 <= own < 9 else None
        for item in self.chain(style):
            found = _HEADING.fullmatch(item.name)
            if found:
                return int(found[1])
            level = number(value(item.paragraph, "w:outlineLvl"))
            if level is not None and 0 <= level < 9 and self.role(style) is Role.BODY:
                return level + 1
        return None

    def numbering(self, style: str | None) -> Element | None:
        """The `w:numPr` that a style gives its paragraphs."""
        found = (child(item.paragraph, "w:numPr") for item in self.chain(style))
        return next((element for element in found if element is not None), None)

    def run_property(self, style: str | None, wanted: str) -> bool:
        """Whether a character style, or one that it is based on, turns a property on."""
        found = (is_on(item.run, wanted) for item in self.chain(style))
        return bool(next((item for item in found if item is not None), False))

    def run_value(self, style: str | None, wanted: str) -> str | None:
        """The value that a character style, or one that it is based on, gives a property."""
        found = (value(item.run, wanted) for item in self.chain(style))
        return next((text for text in found if text is not None), None)

    def is_code(self, style: str | None) -> bool:
        """Whether a character style is one for code."""
        return any(_CODE_NAMES.fullmatch(item.name) for item in self.chain(style))

    def indentation(self, properties: Element | None, style: str | None) -> int:
        """How far a paragraph is indented on the left, in twentieths of a point."""
        for given in (properties, *(item.paragraph for item in self.chain(style))):
            indent = child(given, "w:ind")
            left = number(attribute(indent, "w:left") or attribute(indent, "w:start"))
            if left is not None:
                hanging = number(attribute(indent, "w:hanging")) or 0
                return left - hanging
        return 0
