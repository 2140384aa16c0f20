"""The markup of `csl/bridge.js` as inlines: stretches of words, each with its style and the record that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from itertools import groupby

from publisher.model.addresses import WrongAddress, normalize
from publisher.model.inline import Emphasis, Inline, Link, Run, Styled

Inlines = tuple[Inline, ...]

_ON = {
    "i": Emphasis.ITALIC,
    "b": Emphasis.BOLD,
    "sup": Emphasis.SUPERSCRIPT,
    "sub": Emphasis.SUBSCRIPT,
    "sc": Emphasis.SMALL_CAPS,
}
_OFF = {
    "roman": (Emphasis.ITALIC,),
    "nosc": (Emphasis.SMALL_CAPS,),
    "light": (Emphasis.BOLD,),
    "base": (Emphasis.SUPERSCRIPT, Emphasis.SUBSCRIPT),
}
_ORDER = (Emphasis.SUPERSCRIPT, Emphasis.SUBSCRIPT, Emphasis.BOLD, Emphasis.ITALIC, Emphasis.SMALL_CAPS)
"""Which style is around which, if a stretch has several."""
_URL = re.compile(r"https?://[^\s<>“”]+[^\s<>“”.,;:!?)\]]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words in one style."""

    text: str
    styles: frozenset[Emphasis] = frozenset()
    cites: str | None = None
    """The id of the record that they cite."""


def stretches(markup: str) -> tuple[Stretch, ...]:
    """The words of a markup. What it names that the bridge does not write is skipped."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return _tidy(reader.found)


def words_of(found: Iterable[Stretch]) -> str:
    """The words without their styles."""
    return "".join(stretch.text for stretch in found)


def between(found: Iterable[Stretch], start: int, end: int) -> tuple[Stretch, ...]:
    """The stretches from one offset of the words to another, cut there."""
    cut = []
    at = 0
    for stretch in found:
        text = stretch.text[max(start - at, 0) : max(end - at, 0)]
        at += len(stretch.text)
        if text:
            cut.append(replace(stretch, text=text))
    return tuple(cut)


def inlines_of(found: Iterable[Stretch], *, links: bool = True) -> Inlines:
    """The words as inlines; with `links`, addresses in them as links."""
    return _nest(tuple(found), _ORDER, links=links)


def _nest(found: tuple[Stretch, ...], styles: tuple[Emphasis, ...], *, links: bool) -> Inlines:
    if not styles:
        text = words_of(found)
        return tuple(_with_link(text)) if links else (Run(text=text),)
    nodes: list[Inline] = []
    for styled, group in groupby(found, key=lambda stretch: styles[0] in stretch.styles):
        inner = _nest(tuple(group), styles[1:], links=links)
        nodes += (Styled(style=styles[0], children=inner),) if styled else inner
    return tuple(nodes)


def _with_link(text: str) -> Iterator[Inline]:
    """The text as runs, each address in it as a link."""
    at = 0
    for address in _URL.finditer(text):
        if address.start() > at:
            yield Run(text=text[at : address.start()])
        yield _link(address.group())
        at = address.end()
    if at < len(text):
        yield Run(text=text[at:])


def _link(address: str) -> Inline:
    """A web address as a link; as words alone if it leads nowhere."""
    words = Run(text=address)
    try:
        return Link(href=normalize(address), children=(words,))
    except WrongAddress:
        return words


def _tidy(found: list[Stretch]) -> tuple[Stretch, ...]:
    """The stretches without spaces at the ends or twice in a row; what a style sets on lines of its own is set on."""
    kept: list[Stretch] = []
    before = " "
    for stretch in found:
        text = re.sub(r"\u00a0? +|[\t\n]+", " ", stretch.text)
        text = text.lstrip(" ") if before == " " else text
        if kept and before == "," and text.startswith((".", ",")):
            kept[-1] = replace(kept[-1], text=kept[-1].text[:-1])
        if text:
            kept.append(replace(stretch, text=text))
            before = text[-1]
    while kept and not kept[-1].text.rstrip(" "):
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    return tuple(kept)


class _Reader(HTMLParser):
    """Gathers stretches as the elements come."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Stretch] = []
        self._open: list[tuple[str, frozenset[Emphasis], str | None]] = [("", frozenset(), None)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if tag == "br":
            self.handle_data(" ")
            return
        _, styles, cites = self._open[-1]
        if tag in _ON:
            styles = styles | {_ON[tag]}
        styles = styles.difference(_OFF.get(tag, ()))
        self._open.append((tag, styles, dict(attrs).get("i") if tag == "c" else cites))

    def handle_endtag(self, tag: str) -> None:
        """End the innermost element of this name."""
        if any(name == tag for name, _, _ in self._open[1:]):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Add words."""
        _, styles, cites = self._open[-1]
        self.found.append(Stretch(text=data, styles=styles, cites=cites))
