"""Lines to inline Markdown that reads back as the same words in the same formats.

The usual writing is tried first. If the parser reads it otherwise, each emphasis gets brackets of its own (`[*a*]{}b`),
which any neighbour allows. See https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import chain, groupby, pairwise
from typing import assert_never

from publisher.diagnostics import Source
from publisher.importers.document import PLAIN, Break, Call, Cite, Format, Formula, Line, Piece, Point, Words
from publisher.importers.line import formats_of, join
from publisher.load.findings import Findings
from publisher.load.markdown.document import markdown
from publisher.load.markdown.escaping import escape
from publisher.mathematics.dollars import formula_at
from publisher.model import block, inline
from publisher.model.inline import CitedReference

_PICTURES = re.compile(r"\\.|(`+)(?:.|\n)*?(?<!`)\1(?!`)|!(?=\[)")
"""Escapes and code, which stay as they are, and what would make pictures of brackets."""
_SPAN = re.compile(r"\[(?P<words>(?:[^\[\]\\`]|\\.)*)\]\{(?P<said>[^{}]*)\}", re.DOTALL)
"""Words in brackets with their attributes, which can have more of them."""
_UNCITED = re.compile(r"[\[\]@;*_{}\\<>`]+")
_KEY = re.compile(r"\w(?:[\w:.#$%&+?<>~/-]*\w)?")

Within = Callable[[list[tuple[Piece, Format]]], str]


def inline_markdown(line: Line, *, at_start: bool = True) -> tuple[str, Line]:
    """Return a tidied line as Markdown, and the line as it is written: without emphasis if none can be written."""
    for way in Way:
        given = line if way in (Way.USUAL, Way.STARRED) else _without_blank_links(line)
        text = _Inlines(way=way).write(given, at_start=at_start)
        if _is_plain(given) or _reads_as(text, given, at_start=at_start):
            return text, given
    bare = tuple(_bare(piece) for piece in line)
    return _Inlines(way=Way.GUARDED).write(bare, at_start=at_start), bare


def _bare(piece: Piece) -> Piece:
    """A piece without its format; a formula as words."""
    if isinstance(piece, Formula):
        return Words(text=piece.words)
    return replace(piece, format=PLAIN) if isinstance(piece, Words) else piece


def _without_blank_links(line: Line) -> Line:
    """The line; spaces that have a format of their own are in no link, which would have no words."""
    return join(
        replace(piece, format=replace(piece.format, link=None))
        if isinstance(piece, Words) and piece.text.isspace()
        else piece
        for piece in line
    )


def _is_plain(line: Line) -> bool:
    return all(isinstance(piece, Words | Break | Point) and _format(piece) == PLAIN for piece in line)


def _format(piece: Piece) -> Format:
    return piece.format if isinstance(piece, Words) else PLAIN


class Way(Enum):
    """How formats are nested in each other."""

    USUAL = auto()
    """Emphasis in links, and nothing around it."""
    STARRED = auto()
    """The same, with asterisks for italics in bold."""
    INNER = auto()
    """Links in emphasis: brackets in the words of a link would end it."""
    GUARDED = auto()
    """The same, and each emphasis in brackets of its own."""


@dataclass(slots=True)
class _Inlines:
    """Writes one line."""

    way: Way
    at_start: bool = True
    last: str = ""
    """The last character that was written."""
    bracketed: tuple[Piece, ...] = ()
    """The citations that a bracket follows, and the formulas that words do, which would make something else of them."""

    def write(self, line: Line, *, at_start: bool) -> str:
        self.at_start = at_start
        line = join(piece for piece in line if not isinstance(piece, Point))
        self.bracketed = tuple(
            item
            for item, other in pairwise(line)
            if (isinstance(item, Cite) and not _is_plain((other,))) or (isinstance(item, Formula) and _goes_on(other))
        )
        pairs = list(zip(line, formats_of(line), strict=True))
        text = self._links(pairs) if self.way in (Way.USUAL, Way.STARRED) else self._languages(pairs)
        return _PICTURES.sub(lambda found: "\\!" if found[0] == "!" else found[0], text)

    def _links(self, pairs: list[tuple[Piece, Format]]) -> str:
        within = self._languages if self.way in (Way.USUAL, Way.STARRED) else self._pieces
        parts = []
        for link, group in groupby(pairs, key=lambda pair: pair[1].link):
            members = list(group)
            parts.append(within(members) if link is None else self._link(members, link, within))
        return "".join(parts)

    def _link(self, pairs: list[tuple[Piece, Format]], link: str, within: Within) -> str:
        if all(isinstance(piece, Point) for piece, _ in pairs):
            return ""
        self._put("[")
        words = within(pairs)
        address = link if link.startswith("#") else f"<{link}>"
        return f"[{words}]{self._put(f'({address})')}"

    def _languages(self, pairs: list[tuple[Piece, Format]]) -> str:
        return self._grouped(pairs, lambda style: style.place, self._in_language, lambda name: f"#{name}")

    def _in_language(self, pairs: list[tuple[Piece, Format]]) -> str:
        return self._grouped(pairs, lambda style: style.language, self._dates, lambda name: f"lang={name}")

    def _dates(self, pairs: list[tuple[Piece, Format]]) -> str:
        return self._grouped(pairs, lambda style: style.date, self._abbreviations, _date)

    def _abbreviations(self, pairs: list[tuple[Piece, Format]]) -> str:
        return self._grouped(pairs, lambda style: style.abbreviation, self._kinds, lambda kind: f"abbr={kind}")

    def _kinds(self, pairs: list[tuple[Piece, Format]]) -> str:
        return self._grouped(pairs, lambda style: style.kind, self._small_caps, lambda kind: f".{kind}")

    def _small_caps(self, pairs: list[tuple[Piece, Format]]) -> str:
        return self._with_class(pairs, lambda style: style.small_caps, self._raise_with, ".small-caps")

    def _raise_with(self, pairs: list[tuple[Piece, Format]]) -> str:
        return self._with_class(pairs, lambda style: style.raised, self._lower, ".superscript")

    def _lower(self, pairs: list[tuple[Piece, Format]]) -> str:
        return self._with_class(pairs, lambda style: style.lowered, self._bold, ".subscript")

    def _with_class(
        self,
        pairs: list[tuple[Piece, Format]],
        has: Callable[[Format], bool],
        within: Within,
        name: str,
    ) -> str:
        return self._grouped(pairs, lambda style: name if has(style) else None, within, str)

    def _grouped(
        self,
        pairs: list[tuple[Piece, Format]],
        value: Callable[[Format], str | None],
        within: Within,
        attribute: Callable[[str], str],
    ) -> str:
        parts = []
        for given, group in groupby(pairs, key=lambda pair: value(pair[1])):
            if given is None:
                parts.append(within(list(group)))
            else:
                members = list(group)
                if all(isinstance(piece, Point) for piece, _ in members):
                    continue
                self._put("[")
                words = within(members)
                whole = _SPAN.fullmatch(words)
                inner, said = (whole["words"], f"{whole['said']} ") if whole and whole["said"] else (words, "")
                parts.append(f"[{inner}]{self._put('{' + said + attribute(given) + '}')}")
        return "".join(parts)

    def _bold(self, pairs: list[tuple[Piece, Format]]) -> str:
        parts = []
        for is_bold, group in groupby(pairs, key=lambda pair: pair[1].bold):
            members = list(group)
            parts.append(self._set_apart(members, "**", self._italic) if is_bold else self._italic(members))
        return "".join(parts)

    def _italic(self, pairs: list[tuple[Piece, Format]]) -> str:
        parts = []
        within = self._pieces if self.way in (Way.USUAL, Way.STARRED) else self._links
        for is_italic, group in groupby(pairs, key=lambda pair: pair[1].italic):
            mark = "_" if pairs[0][1].bold and self.way in (Way.USUAL, Way.INNER) else "*"
            members = list(group)
            parts.append(self._set_apart(members, mark, within) if is_italic else within(members))
        return "".join(parts)

    def _set_apart(
        self,
        pairs: list[tuple[Piece, Format]],
        mark: str,
        within: Within,
    ) -> str:
        if all(isinstance(piece, Point) for piece, _ in pairs):
            return ""
        is_guarded = self.way is Way.GUARDED
        self._put("[" if is_guarded else mark)
        words = within(pairs)
        self._put("}" if is_guarded else mark)
        return f"[{mark}{words}{mark}]{{}}" if is_guarded else f"{mark}{words}{mark}"

    def _pieces(self, pairs: list[tuple[Piece, Format]]) -> str:
        return "".join(self._piece(piece, style) for piece, style in pairs)

    def _piece(self, piece: Piece, style: Format) -> str:
        match piece:
            case Words():
                return self._words(piece, style)
            case Break():
                self.at_start, self.last = True, "\n"
                return "\\\n"
            case Call():
                return self._put(f"[^{piece.label}]")
            case Cite():
                text = cite_markdown(piece)
                return self._put(f"[{text}]{{}}" if piece in self.bracketed else text)
            case Formula():
                return self._formula(piece)
            case Point():
                return ""
            case _ as never:
                assert_never(never)

    def _formula(self, formula: Formula) -> str:
        """A formula; in brackets if a letter or figure is next to it, which would make a price of it."""
        text = formula_markdown(formula)
        is_guarded = self.last.isalnum() or self.last in ("$", "}") or formula in self.bracketed
        return self._put(f"[{text}]{{}}" if is_guarded else text)

    def _words(self, words: Words, style: Format) -> str:
        if style.code:
            return self._put(_code(words.text))
        text = escape(words.text, at_start=self.at_start)
        if self.last in ("]", "}") and text[:1] in ("(", ":"):
            text = "\\" + text
        return self._put(text)

    def _put(self, text: str) -> str:
        if text:
            self.at_start, self.last = False, text[-1]
        return text


def _goes_on(piece: Piece) -> bool:
    """Whether a piece has something behind a dollar sign that this could belong to."""
    return not isinstance(piece, Break | Point) and not (isinstance(piece, Words) and piece.text[:1] in " .,;:)")


def formula_markdown(formula: Formula) -> str:
    """A formula between dollar signs; with words behind it if it could be a price."""
    sign = "$$" if formula.display else "$"
    text = f"{sign}{formula.tex}{sign}"
    if formula_at(text, 0) is not None and not formula.is_worded:
        return text
    words = re.sub('["{}]', " ", formula.words)
    return f'{text}{{alt="{words}"}}'


def _date(date: str) -> str:
    return f'date="{date}"' if " " in date else f"date={date}"


def _code(text: str) -> str:
    """A code span, see https://spec.commonmark.org/0.31.2/#code-spans ."""
    longest = max((len(found) for found in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def cite_markdown(cite: Cite) -> str:
    """A citation as Pandoc writes it: `[see @key, p. 3; @other]`."""
    if cite.narrative and len(cite.references) == 1:
        cited_reference = cite.references[0]
        return (
            f"@{{{cited_reference.key}}}"
            if not cited_reference.locator
            else f"{_key(cited_reference)} [{_affix(cited_reference.locator)}]"
        )
    return "[" + "; ".join(map(_reference, cite.references)) + "]"


def _key(cited_reference: CitedReference) -> str:
    return f"@{cited_reference.key}" if _KEY.fullmatch(cited_reference.key) else f"@{{{cited_reference.key}}}"


def _reference(cited_reference: CitedReference) -> str:
    prefix = f"{before} " if (before := _affix(cited_reference.prefix)) else ""
    locator = f", {after}" if (after := _affix(cited_reference.locator or "")) else ""
    return f"{prefix}{'-' if cited_reference.suppress_author else ''}{_key(cited_reference)}{locator}"


def _affix(text: str) -> str:
    """Words before a key or after it, without the signs that would end them."""
    return " ".join(_UNCITED.sub(" ", text).split()).strip(" ,")


def _reads_as(text: str, line: Line, *, at_start: bool) -> bool:
    """Whether the parser reads the words and formats of a line in a text, at the start of a paragraph or later."""
    before = "" if at_start else "x "
    read = markdown(Source(name="", text=before + text), figures=[], findings=Findings())
    if len(read.blocks) != 1 or not isinstance(read.blocks[0], block.Paragraph):
        return False
    formats = zip(line, formats_of(line), strict=True)
    wanted = (
        (piece.text if isinstance(piece, Words) else f" ${piece.words}$ ", style)
        for piece, style in formats
        if isinstance(piece, Words | Formula)
    )
    first = ((before, PLAIN),) if before else ()
    return _characters(_flat(read.blocks[0].children, PLAIN)) == _characters(chain(first, wanted))


def _characters(stretches: Iterable[tuple[str, Format]]) -> list[tuple[str, Format]]:
    """The stretches with neighbours of one format joined."""
    return [
        ("".join(text for text, _ in group), style) for style, group in groupby(stretches, key=lambda pair: pair[1])
    ]


def _flat(nodes: tuple[inline.Inline, ...], style: Format) -> Iterator[tuple[str, Format]]:
    """The stretches of words with their formats."""
    for node in nodes:
        match node:
            case inline.Run():
                yield node.text, style
            case inline.Code():
                yield node.text, replace(style, code=True)
            case inline.Formula():
                yield f" ${node.text}$ ", style
            case inline.Styled():
                yield from _flat(node.children, _with_style(node, style))
            case inline.Foreign():
                yield from _flat(node.children, replace(style, language=node.language))
            case inline.Link():
                yield from _flat(node.children, replace(style, link=node.href))
            case inline.CrossReference():
                yield from _flat(node.children, replace(style, link=_address(node)))
            case _:
                pass


def _address(node: inline.CrossReference) -> str:
    """Where a cross-reference leads to, as Markdown has it."""
    if node.target is inline.Target.PLACE:
        return f"#{node.id}"
    return f"{node.target}:{node.id}" + (f"#{node.fragment}" if node.fragment else "")


def _with_style(node: inline.Styled, style: Format) -> Format:
    """The format of words in a style."""
    match node.style:
        case inline.Emphasis.DATE:
            return replace(style, date=node.value)
        case inline.Emphasis.ABBREVIATION:
            return replace(style, abbreviation=node.value)
        case inline.Emphasis.PLACE:
            return replace(style, place=node.id)
        case found if found in _STYLES:
            return replace(style, **{_STYLES[found]: True})  # type: ignore[arg-type]
        case found:
            return replace(style, kind="italic" if found is inline.Emphasis.ITALIC_TYPE else found.value)


_STYLES = {
    inline.Emphasis.ITALIC: "italic",
    inline.Emphasis.BOLD: "bold",
    inline.Emphasis.SMALL_CAPS: "small_caps",
    inline.Emphasis.SUPERSCRIPT: "raised",
    inline.Emphasis.SUBSCRIPT: "lowered",
}
