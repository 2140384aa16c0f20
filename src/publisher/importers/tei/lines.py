"""Words of TEI in a line: highlighted phrases, names, notes, readings of source, editorial marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from publisher.importers.document import (
    PLAIN,
    Block,
    Break,
    Call,
    Comment,
    Edge,
    Entry,
    Footnote,
    Format,
    Kind,
    Line,
    Paragraph,
    Piece,
    Point,
    Words,
)
from publisher.importers.tei.kinds import words_kind
from publisher.importers.tei.names import (
    BLOCKS,
    EITHER,
    UNREAD,
    Element,
    attribute,
    entity,
    is_entity,
    language,
    local,
    words,
)
from publisher.model.addresses import WrongAddress, normalize
from publisher.model.language import fault

_RENDS: tuple[tuple[str, str], ...] = (
    (r"\b(i|it|ital|italics?|slanted|emph)\b", "italic"),
    (r"\b(b|bo|bold)\b|font-weight:\s*bold", "bold"),
    (r"\b(sc|small-?caps|smcap|caps)\b|small-caps", "small_caps"),
    (r"\b(sup|super|superscript)\b", "raised"),
    (r"\b(sub|subscript)\b", "lowered"),
)
_ITALIC = frozenset(("emph", "mentioned"))
_QUOTED = frozenset(("q", "said", "soCalled", "quote"))
_FIRST = {"choice": ("sic", "orig", "abbr", "unclear"), "subst": ("add",)}
"""Which of several forms is in the text: that of the source."""
_DEEPEST = 100


@dataclass(slots=True, kw_only=True)
class Lines:
    """Reads lines, and gathers notes, readings and what there is to report."""

    inner_blocks: Callable[[Element], tuple[Block, ...]]
    entries: list[Entry] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    footnotes: list[Footnote] = field(default_factory=list)
    readings: list[Comment] = field(default_factory=list)
    depth: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    """The ids that links lead to, as the edition has them."""

    def name_of(self, element: Element) -> str | None:
        """The id of an element, if a link leads to it."""
        return self.names.get(attribute(element, "{http://www.w3.org/XML/1998/namespace}id"))

    def report(self, kind: Kind, where: str, what: str, said: str = "") -> None:
        """Add an entry to the report."""
        self.entries.append(Entry(kind=kind, where=where, what=what, words=said))

    def count(self, what: str) -> None:
        """Count a change that can be frequent."""
        self.counts[what] = self.counts.get(what, 0) + 1

    def of(self, element: Element, style: Format = PLAIN) -> Line:
        """The words in an element."""
        return (
            *self.text(element.text, style),
            *(piece for child in element for piece in self.with_tail(child, style)),
        )

    def with_tail(self, element: Element, style: Format) -> Line:
        """The words in an element and those after it."""
        return (*self.piece(element, style), *self.text(element.tail, style))

    def text(self, given: str | None, style: Format) -> Line:
        """Characters with each run of white space as one space."""
        return (Words(text=re.sub(r"\s+", " ", given), format=style),) if given else ()

    def piece(self, element: Element, style: Format) -> Line:
        """The words of an element in a line."""
        if self.depth > _DEEPEST:
            return self.text(words(element), style)
        self.depth += 1
        style = self._language(element, style)
        if not is_entity(element) and (name := self.name_of(element)) and local(element) not in BLOCKS | EITHER:
            style = replace(style, place=name)
        found = self._piece(element, style)
        self.depth -= 1
        return found

    def _piece(self, element: Element, style: Format) -> Line:
        if is_entity(element):
            return self._entity(element, style)
        name = local(element)
        where = _where(element)
        match name:
            case "":
                return ()
            case "title" | "rs" if marked := words_kind(element):
                return self.of(element, replace(style, **marked))  # type: ignore[arg-type]
            case "hi" | "rs" | "seg" | "speaker" | "title" | "head" | "foreign" | "code" | "ident":
                return self.of(element, self._highlight(element, name, style))
            case "ref" | "ptr":
                return self._reference(element, style)
            case "note":
                return self._note(element)
            case "app":
                return self._apparatus(element, style)
            case "choice" | "subst":
                return self._choice(element, name, style)
            case "lb" | "cb":
                return () if attribute(element, "break") == "no" else self._line_end(name, style)
            case "pb" | "milestone" | "gb":
                self.count(f"marks of pages and other places of the source ({name}) left out")
                return ()
            case "gap":
                self.report(Kind.CHANGED, where, f"a gap ({attribute(element, 'reason') or 'no reason given'}) is […]")
                return self.text("[…]", style)
            case "del":
                self.report(Kind.DROPPED, where, "deleted words", words(element))
                return ()
            case "space":
                return self.text(" ", style)
            case _ if name in _QUOTED:
                return self._quote(element, style)
            case _ if name in UNREAD:
                if said := words(element):
                    self.report(Kind.DROPPED, where, f"the content of {name}", said)
                return ()
            case _ if marked := words_kind(element):
                return self.of(element, replace(style, **marked))  # type: ignore[arg-type]
            case _:
                return self.of(element, replace(style, italic=True) if name in _ITALIC else style)

    def _line_end(self, name: str, style: Format) -> Line:
        self.count(f"line ends of the source ({name}) are spaces")
        return self.text(" ", style)

    def _language(self, element: Element, style: Format) -> Format:
        found = language(element) if not is_entity(element) else ""
        return replace(style, language=found) if found and fault(found) is None else style

    def _entity(self, element: Element, style: Format) -> Line:
        found = entity(element)
        if found is None:
            self.report(Kind.DROPPED, _where(element), f"the entity {element.text}: the file does not say what it is")
            return ()
        return self.text(found, style)

    def _highlight(self, element: Element, name: str, style: Format) -> Format:
        rend = f"{attribute(element, 'rend')} {attribute(element, 'rendition')} {attribute(element, 'style')}".lower()
        given = {field: True for pattern, field in _RENDS if re.search(pattern, rend)}
        if name in ("code", "ident"):
            given = {"code": True}
        if name == "hi" and not given and rend.strip():
            self.count(f"words highlighted otherwise ({rend.strip()}) are plain")
        return replace(style, **given)  # type: ignore[arg-type]

    def _reference(self, element: Element, style: Format) -> Line:
        target = attribute(element, "target")
        try:
            link: str | None = normalize(target) if target else None
        except WrongAddress:
            if name := self.names.get(target.removeprefix("#")):
                return self.of(element, replace(style, link=f"#{name}"))
            self.count("references inside the document lead nowhere now; their words are in the text")
            link = None
        return self.of(element, replace(style, link=link))

    def _note(self, element: Element) -> Line:
        blocks = self.inner_blocks(element)
        label = str(len(self.footnotes) + 1)
        if not blocks:
            return ()
        is_end = attribute(element, "place") in ("end", "back", "endnote")
        self.footnotes.append(Footnote(label=label, blocks=blocks, is_endnote=is_end))
        return (Call(label=label),)

    def _quote(self, element: Element, style: Format) -> Line:
        """A quotation in a line, between quotation marks if it has none."""
        inner = self.of(element, style)
        said = words(element)
        if not said or said[0] in "“\"‘'«„‚" or attribute(element, "rend") in ("none", "noquotes"):
            return inner
        self.count("quotations without marks have “ ” now")
        return (Words(text="“", format=style), *inner, Words(text="”", format=style))

    def _choice(self, element: Element, name: str, style: Format) -> Line:
        """One of several forms; the others are reported."""
        wanted = _FIRST[name]
        kept = next((item for item in element if local(item) in wanted), next(iter(element), None))
        for child in element:
            if child is not kept and (said := words(child)):
                self.report(
                    Kind.DROPPED, _where(element), f"the other form ({local(child)}) of “{_describe(kept)}”", said
                )
        return () if kept is None else self.piece(kept, style)

    def _apparatus(self, element: Element, style: Format) -> Line:
        """The lemma, with a note that has the other readings."""
        lemma = next((child for child in element if local(child) == "lem"), None)
        others = [child for child in element if local(child) in ("rdg", "rdgGrp", "note", "witDetail")]
        if lemma is None and others:
            lemma, others = others[0], others[1:]
        label = f"reading-{len(self.readings) + 1}"
        said: list[Piece] = []
        for item in others:
            witnesses = attribute(item, "wit").replace("#", "")
            said += [Words(text="; ")] if said else []
            said += self.of(item) if words(item) else (Words(text="om.", format=Format(italic=True)),)
            said += [Words(text=f" {witnesses}", format=Format(italic=True))] if witnesses else []
        if said:
            blocks = (Paragraph(line=tuple(said)),)
            self.readings.append(
                Comment(id=label, author="Apparatus", date="", blocks=blocks, title="Variant readings")
            )
        inner = () if lemma is None else self.of(lemma, style)
        start, end = (Point(comment=label, edge=edge) for edge in (Edge.START, Edge.END))
        return (start, *inner, end)


def verse(line: Line) -> Line:
    """A line of verse without line ends in it."""
    return tuple(Words(text=" ") if isinstance(item, Break) else item for item in line)


def squeeze(line: Line) -> Line:
    """A line with one space where its parts have several."""
    found: list[Piece] = []
    is_space = True
    for piece in line:
        if isinstance(piece, Words) and not piece.format.code:
            text = re.sub(r" {2,}", " ", piece.text)
            text = text[1:] if is_space and text.startswith(" ") else text
            is_space = text.endswith(" ") if text else is_space
            piece = replace(piece, text=text)  # noqa: PLW2901 - the same words
        elif not isinstance(piece, Point):
            is_space = False
        found.append(piece)
    return tuple(found)


def _where(element: Element) -> str:
    return f"line {element.sourceline}" if element.sourceline else "text"


def _describe(element: Element | None) -> str:
    return "" if element is None else words(element)[:60]
