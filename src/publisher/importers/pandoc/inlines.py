"""Inlines of Pandoc's syntax tree to pieces: https://hackage.haskell.org/package/pandoc-types (API 1.23)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from publisher.importers.document import (
    PLAIN,
    Block,
    Break,
    Call,
    Cite,
    Entry,
    Footnote,
    Format,
    Kind,
    Piece,
    Words,
    text_of,
)
from publisher.importers.formulas import formula_of_tex
from publisher.model.addresses import WrongAddress, normalize
from publisher.model.date import WrongDate, standard
from publisher.model.inline import CitedReference
from publisher.model.kinds import ABBREVIATIONS
from publisher.model.language import fault

Node = dict[str, Any]
_STYLED: Mapping[str, Callable[[Format], Format]] = {
    "Emph": lambda style: replace(style, italic=True),
    "Strong": lambda style: replace(style, bold=True),
    "SmallCaps": lambda style: replace(style, small_caps=True),
    "Superscript": lambda style: replace(style, raised=True),
    "Subscript": lambda style: replace(style, lowered=True),
}
"""What each kind of style adds to that around it."""
KINDS = frozenset(
    ("title", "source", "ship", "foreign", "italic", "term", "roman", "speaker", "stage-direction", "all-small-caps")
)
"""The classes of spans that say what words are, as in the Markdown of editions."""
_QUOTES = {"SingleQuote": "‘’", "DoubleQuote": "“”"}


@dataclass(slots=True, kw_only=True)
class Picture:
    """A picture in a line."""

    address: str
    alternative: str
    width: str | None


@dataclass(slots=True, kw_only=True)
class Inlines:
    """Reads inlines, and gathers what does not belong in a line."""

    keys: frozenset[str]
    """The keys of the references that there are."""
    inner_blocks: Callable[[list[Node]], tuple[Block, ...]]
    entries: list[Entry] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    footnotes: list[Footnote] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    where: str = "text"
    names: Mapping[str, str] = field(default_factory=dict)
    """The ids that links lead to, as the edition has them."""

    def line(self, nodes: list[Node], style: Format = PLAIN) -> tuple[Piece, ...]:
        """The pieces of inlines."""
        return tuple(piece for node in nodes for piece in self._piece(node, style))

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def _piece(self, node: Node, style: Format) -> Iterator[Piece]:
        content: Any = node.get("c")
        match node["t"]:
            case "Str":
                yield Words(text=content, format=style)
            case "Space" | "SoftBreak":
                yield Words(text=" ", format=style)
            case "LineBreak":
                yield Break()
            case "Emph" | "Strong" | "SmallCaps" | "Superscript" | "Subscript" as name:
                yield from self.line(content, _STYLED[name](style))
            case "Underline" | "Strikeout":
                self._count("words no longer underlined" if node["t"] == "Underline" else "words no longer struck out")
                yield from self.line(content, style)
            case "Quoted":
                marks = _QUOTES[content[0]["t"]]
                yield Words(text=marks[0], format=style)
                yield from self.line(content[1], style)
                yield Words(text=marks[1], format=style)
            case "Code":
                yield Words(text=content[1], format=replace(style, code=True))
            case "Math":
                yield self._formula(content, style)
            case "Link":
                yield from self._link(content, style)
            case "Span":
                yield from self._span(content, style)
            case "Image":
                self._image(content)
            case "Note":
                label = str(len(self.footnotes) + 1)
                self.footnotes.append(Footnote(label=label, blocks=()))
                blocks = self.inner_blocks(content)
                self.footnotes[int(label) - 1] = Footnote(label=label, blocks=blocks)
                yield Call(label=label)
            case "Cite":
                yield from self._cite(content, style)
            case "RawInline":
                self.entries.append(
                    Entry(kind=Kind.DROPPED, where=self.where, what=f"raw {content[0]}", words=content[1])
                )
            case _:
                pass

    def _formula(self, content: list[Any], style: Format) -> Piece:
        """A formula; the TeX as words if the program cannot set it."""
        found = formula_of_tex(content[1], display=content[0]["t"] == "DisplayMath")
        if found is None:
            self._count("equations that cannot be set are words in the text, as they are written in TeX")
            return Words(text=content[1], format=style)
        if found.tex != " ".join(content[1].split()):
            self.entries.append(
                Entry(
                    kind=Kind.CHANGED,
                    where=self.where,
                    what="an equation is written otherwise in TeX",
                    words=content[1],
                )
            )
        return found

    def _link(self, content: list[Any], style: Format) -> Iterator[Piece]:
        address = content[2][0]
        try:
            link: str | None = normalize(address)
        except WrongAddress:
            if address.startswith("#") and (name := self.names.get(address[1:])):
                yield from self.line(content[1], replace(style, link=f"#{name}"))
                return
            self._count("links inside the document, or to files, lead nowhere now; their words are in the text")
            link = None
        yield from self.line(content[1], replace(style, link=link))

    def _span(self, content: list[Any], style: Format) -> Iterator[Piece]:
        id, classes, pairs = content[0]
        given = dict(pairs)
        style = _mark(style, classes, given)
        if (name := self.names.get(id)) is not None:
            style = replace(style, place=name)
        if (language := language_of(given)) is not None:
            style = replace(style, language=language)
        if "smallcaps" in classes or "small-caps" in classes:
            style = replace(style, small_caps=True)
        yield from self.line(content[1], style)

    def _image(self, content: list[Any]) -> None:
        words = text_of(self.line(content[1]))
        given = dict(content[0][2])
        self.pictures.append(Picture(address=content[2][0], alternative=words, width=_width(given.get("width", ""))))

    def _cite(self, content: list[Any], style: Format) -> Iterator[Piece]:
        """A citation of references that there are; else the words that represent it."""
        shown = text_of(self.line(content[1], style))
        if any(item["citationId"] not in self.keys for item in content[0]):
            what = "a citation of a record that was not imported is words in the text"
            self.entries.append(Entry(kind=Kind.CHANGED, where=self.where, what=f"{what}: {shown}"))
            yield from self.line(content[1], style)
            return
        references = tuple(
            CitedReference(
                key=item["citationId"],
                prefix=_words(self.line(item["citationPrefix"])),
                locator=_words(self.line(item["citationSuffix"])).lstrip(", ") or None,
                suppress_author=item["citationMode"]["t"] == "SuppressAuthor",
            )
            for item in content[0]
        )
        is_narrative = content[0][0]["citationMode"]["t"] == "AuthorInText"
        self.entries.append(
            Entry(kind=Kind.CHANGED, where=self.where, what="a citation is made from its references", words=shown)
        )
        yield Cite(references=references, narrative=is_narrative, shown=shown)


def _words(line: tuple[Piece, ...]) -> str:
    return text_of(line).strip()


def _mark(style: Format, classes: list[str], given: dict[str, str]) -> Format:
    """The format with what classes and keys of a span say its words are."""
    if (kind := next((text for text in classes if text in KINDS), None)) is not None:
        style = replace(style, kind=kind)
    if given.get("abbr") in ABBREVIATIONS:
        style = replace(style, abbreviation=given["abbr"])
    if (date := date_in(given)) is not None:
        style = replace(style, date=date)
    return style


def date_in(given: dict[str, str]) -> str | None:
    """The date that attributes have; None if they have none."""
    try:
        return standard(given["date"]) if "date" in given else None
    except WrongDate:
        return None


def language_of(given: dict[str, str]) -> str | None:
    """The language that attributes name; None if they name none, or what is no language tag."""
    found = given.get("lang") or given.get("xml:lang")
    return found if found and fault(found) is None else None


def _width(given: str) -> str | None:
    """The width of a picture as Markdown has it."""
    units = {"cm": 10.0, "mm": 1.0, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96, "": 25.4 / 96}
    number = given.rstrip("abcdefghijklmnopqrstuvwxyz% ")
    unit = given[len(number) :].strip()
    try:
        size = float(number)
    except ValueError:
        return None
    if unit == "%":
        return f"{round(size)}%" if 1 <= size <= 100 else None
    whole = round(size * units.get(unit, 0))
    return f"{whole}mm" if 1 <= whole <= 200 else None
