"""What a citation processor returns (HTML of a few elements) as inlines, its typography mended."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from publisher.model.addresses import WrongAddress, normalized
from publisher.model.inline import Emphasis, Inline, Link, Run, Styled

Inlines = tuple[Inline, ...]

_STYLES = {
    "i": Emphasis.ITALIC,
    "b": Emphasis.BOLD,
    "sup": Emphasis.SUPERSCRIPT,
    "sub": Emphasis.SUBSCRIPT,
    "span": Emphasis.SMALL_CAPS,
}
_RICH = re.compile(r"&lt;(/?(?:i|b|sup|sub))&gt;")
"""The markup that CSL-JSON allows in fields, as the processor escapes it."""
_URL = re.compile(r"https?://[^\s<>“”]+[^\s<>“”.,;:!?)\]]")
_MENDED = (
    (re.compile(r"\(\s*\)|\[\s*\]"), ""),
    (re.compile(r"[ \t\n]{2,}"), " "),
    (re.compile(r" (?=[,.;:](?:\s|$|<))"), ""),
    (re.compile(r"(?<![.])\.((?:</\w+>|[”’])*)\.(?![.])"), r".\1"),
    (re.compile(r"([?!])((?:</\w+>|[”’])*)\.(?=[\s<”’]|$)"), r"\1\2"),
    (re.compile(r",((?:</\w+>)*)([,.])(?=\s|$)"), r"\1\2"),
)
_AFTER_QUOTE = re.compile(r"((?:[”’](?:</\w+>)*)+)([.,])(?=\s|$)")


def mended(markup: str, *, punctuation_in_quotes: bool) -> str:
    """The markup without empty brackets, doubled stops and spaces, its quotation marks alternating.

    With `punctuation_in_quotes` a full stop or comma goes before a closing quotation mark.
    """
    markup = _RICH.sub(r"<\1>", markup)
    if punctuation_in_quotes:
        markup = _AFTER_QUOTE.sub(r"\2\1", markup)
    for pattern, replacement in _MENDED:
        markup = pattern.sub(replacement, markup)
    return _alternating(markup.strip())


def _alternating(markup: str) -> str:
    """The markup with double quotation marks inside double ones as single ones."""
    depth = 0
    characters = []
    for character in markup:
        depth -= character == "”" and depth > 0
        characters.append({"“": "‘", "”": "’"}.get(character, character) if depth else character)
        depth += character == "“"
    return "".join(characters)


def inlines_of(markup: str, *, links: bool = True) -> Inlines:
    """The inlines of a markup: `i`, `b`, `sup`, `sub`, small capitals as styled words, addresses as links."""
    reader = _Reader(links=links)
    reader.feed(markup)
    reader.close()
    return reader.finished()


@dataclass(slots=True)
class _Element:
    """An element that is being read."""

    style: Emphasis | None
    children: list[Inline] = field(default_factory=list)


class _Reader(HTMLParser):
    """Builds inlines as the elements come."""

    def __init__(self, *, links: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._links = links
        self._open = [_Element(None)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing; an element is begun. A span without small capitals is nothing."""
        plain_span = tag == "span" and not any(value and "small-caps" in value for _, value in attrs)
        self._open.append(_Element(None if plain_span else _STYLES.get(tag)))

    def handle_endtag(self, tag: str) -> None:
        """Nothing; the innermost element is finished."""
        if len(self._open) > 1:
            element = self._open.pop()
            parent = self._open[-1].children
            if element.style is None:
                parent.extend(element.children)
            elif element.children:
                parent.append(Styled(style=element.style, children=tuple(element.children)))

    def handle_data(self, data: str) -> None:
        """Nothing; text with its addresses is added."""
        self._open[-1].children.extend(_linked(data) if self._links else (Run(text=data),))

    def finished(self) -> Inlines:
        """Everything that was read."""
        while len(self._open) > 1:
            self.handle_endtag("")
        return tuple(self._open[0].children)


def _linked(text: str) -> Inlines:
    """The text as runs, each address in it as a link."""
    nodes: list[Inline] = []
    at = 0
    for address in _URL.finditer(text):
        if address.start() > at:
            nodes.append(Run(text=text[at : address.start()]))
        nodes.append(_link(address.group()))
        at = address.end()
    if at < len(text):
        nodes.append(Run(text=text[at:]))
    return tuple(nodes)


def _link(address: str) -> Inline:
    """A web address as a link; as words alone if it leads nowhere."""
    words = Run(text=address)
    try:
        return Link(href=normalized(address), children=(words,))
    except WrongAddress:
        return words
