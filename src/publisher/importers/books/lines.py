"""Lines of words in XHTML: emphasis, languages, links, calls of notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from publisher.importers.books.kinds import date_of, words_kind
from publisher.importers.books.names import BLOCKS, Element, language, local, tokens
from publisher.importers.books.places import Place, place_of
from publisher.importers.document import PLAIN, Break, Call, Edge, Format, Line, Piece, Point, Words, further_call
from publisher.importers.formulas import formula_of_mathml
from publisher.model.addresses import WrongAddress, normalize
from publisher.model.language import fault

_STYLES: dict[str, dict[str, bool]] = {
    "em": {"italic": True},
    "var": {"italic": True},
    "strong": {"bold": True},
    "b": {"bold": True},
    "sup": {"raised": True},
    "sub": {"lowered": True},
    "code": {"code": True},
    "kbd": {"code": True},
    "samp": {"code": True},
}
_UNREAD = frozenset(
    (
        *("paragraph-number", "line-number", "verse-number", "cited-lemma", "page-reference"),
        *("note-mark", "note-way-back", "doc-backlink", "backlink"),
    )
)
"""What the program makes itself: numbers, and links back."""


@dataclass(slots=True, kw_only=True)
class Picture:
    """A picture in a line."""

    source: str
    alternative: str


@dataclass(slots=True, kw_only=True)
class BookLines:
    """Reads lines, and gathers the pictures in them and what is left out."""

    is_standard: bool
    """Whether the book is one of Standard Ebooks, in which bold means small capitals."""
    generated: list[str] = field(default_factory=list)
    """Numbers and marks that the program makes itself."""
    counts: dict[str, int] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    called: Counter[str] = field(default_factory=Counter)
    """How often each note of a series is called."""
    notes: set[str] = field(default_factory=set)
    """The ids of the author's footnotes that are called."""
    here: str = ""
    """The path of the document that is being read."""
    places: Mapping[Place, str] = field(default_factory=dict)
    """The names of what links lead to."""
    targets: dict[str, str] = field(default_factory=dict)
    """What Markdown calls the notes and agreements that links lead to, by their ids: `agreement:istanbul-1999#8`."""

    def name_of(self, element: Element) -> str | None:
        """The name of an element that a link leads to; None if none does."""
        id = element.get("id")
        return self.places.get((self.here, str(id))) if id else None

    def of(self, element: Element, style: Format = PLAIN) -> Line:
        """The words in an element, those of blocks in it left out."""
        found: list[Piece] = list(self._text(element.text, style))
        for child in element:
            found += self.with_tail(child, style)
        return tuple(found)

    def with_tail(self, element: Element, style: Format) -> Line:
        """The words of an element that is no block, and those after it."""
        inner = () if local(element) in BLOCKS else tuple(self._piece(element, style))
        tail = element.tail.lstrip() if element.tail and "verse-number" in tokens(element) else element.tail
        return (*inner, *self._text(tail, style))

    def _text(self, given: str | None, style: Format) -> Line:
        return (Words(text=re.sub(r"[ \t\n\r]+", " ", given), format=style),) if given else ()

    def _piece(self, element: Element, style: Format) -> Iterator[Piece]:
        name, said = local(element), tokens(element)
        place = None if name in BLOCKS or name == "a" else self.name_of(element)
        style = style if place is None else replace(style, place=place)
        found = language(element)
        if found and fault(found) is None:
            style = replace(style, language=found)
        if said & _UNREAD:
            self.generated.append("".join(str(text) for text in element.itertext()))
            return
        match name:
            case "br":
                yield Break()
            case "img":
                self.pictures.append(
                    Picture(source=str(element.get("src") or ""), alternative=str(element.get("alt") or ""))
                )
            case "a":
                yield from self._link(element, said, style)
            case "math":
                yield from self._formula(element, style)
            case "":
                return
            case "time" if (date := date_of(element)) is not None:
                yield from self.of(element, replace(style, date=date))
            case _:
                style = replace(style, **self._style(name, said))  # type: ignore[arg-type]
                if style.kind == "italic" and (found or style.language or "foreign" in said):
                    style = replace(style, kind="foreign")
                yield from self.of(element, style)

    def _formula(self, element: Element, style: Format) -> Iterator[Piece]:
        found = formula_of_mathml(element, display=element.get("display") == "block")
        if found is not None:
            yield found
            return
        what = "equations that cannot be written in TeX are words in the text"
        self.counts[what] = self.counts.get(what, 0) + 1
        yield Words(text=element.get("alttext") or "".join(str(text) for text in element.itertext()), format=style)

    def _style(self, name: str, said: frozenset[str]) -> Mapping[str, object]:
        if kind := words_kind(name, said):
            return kind
        if self.is_standard and name in ("b", "strong"):
            return {"small_caps": True}
        if "small-caps" in said or "smallcaps" in said:
            return {"small_caps": True}
        return _STYLES.get(name, {})

    def _link(self, element: Element, said: frozenset[str], style: Format) -> Iterator[Piece]:
        href = str(element.get("href") or "")
        target = href.rpartition("#")[2]
        if "noteref" in said or "doc-noteref" in said:
            self.generated.append("".join(str(text) for text in element.itertext()))
            series = next((word.removeprefix("series-") for word in said if word.startswith("series-")), "author")
            if series == "author":
                self.notes.add(target)
                yield Call(label=target)
            else:
                self.called[target] += 1
                count = self.called[target]
                comment = target if count == 1 else further_call(target, count)
                yield Point(comment=comment, edge=Edge.START)
                yield Point(comment=comment, edge=Edge.END)
            return
        try:
            link: str | None = normalize(href) if href else None
        except WrongAddress:
            if target in self.targets:
                yield from self.of(element, replace(style, link=self.targets[target]))
                return
            place = place_of(href, self.here)
            name = None if place is None else self.places.get(place)
            if name is not None:
                yield from self.of(element, replace(style, link=f"#{name}"))
                return
            what = "links inside the book lead nowhere now; their words are in the text"
            self.counts[what] = self.counts.get(what, 0) + 1
            link = None
        yield from self.of(element, replace(style, link=link))
