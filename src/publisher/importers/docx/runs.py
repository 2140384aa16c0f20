"""Runs of a DOCX to pieces: formats, fields, links, tracked changes, calls of notes, ranges of comments."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from publisher.importers.csl_fields import is_bibliography, is_citation
from publisher.importers.document import PLAIN, Block, Break, Call, Edge, Format, Kind, Piece, Point, Words, text_of
from publisher.importers.docx.drawings import Drawn, draw
from publisher.importers.docx.equations import equation
from publisher.importers.docx.names import Element, attribute, child, is_on, name, value
from publisher.importers.docx.omml import mathml_of
from publisher.importers.docx.reading import Changes, Reading, Relation
from publisher.importers.docx.symbols import symbol
from publisher.importers.formulas import formula_of_mathml
from publisher.model.addresses import WrongAddress, normalize
from publisher.model.language import fault

_DROPPED_FIELDS = re.compile(r"(TOC|INDEX|TOA)\b")
_LINK = re.compile(r'HYPERLINK\s+(?:\\[lmnot]\s+)*"([^"]*)"|HYPERLINK\s+([^\s"\\]+)')
_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_DEEPEST = 100
_WRAPPERS = frozenset(
    {"w:smartTag", "w:customXml", "w:sdtContent", "w:dir", "w:bdo", "w:subDoc", "w:rt", "w:rubyBase", "mc:Choice"}
)


@dataclass(slots=True)
class Field:
    """A complex field that is being read."""

    instruction: str = ""
    in_result: bool = False
    result: list[Piece] = field(default_factory=list)
    """The words of a result that is not passed on: that of a citation, of a table of contents."""

    @property
    def is_held(self) -> bool:
        """Whether its result is held back: something else comes in its place, or nothing."""
        words = self.instruction.strip()
        return is_citation(words) or is_bibliography(words) or _DROPPED_FIELDS.match(words) is not None

    @property
    def link(self) -> str | None:
        """Where its result leads to."""
        found = _LINK.search(self.instruction)
        return None if found is None else found[1] or found[2]


@dataclass(slots=True, kw_only=True)
class Runs:
    """Reads the runs of one story (text, note, comment); fields may begin in one paragraph and end in another."""

    reading: Reading
    relations: dict[str, Relation]
    story: str
    """Its name for people: `text`, `footnote 3`."""
    inner_blocks: Callable[[Element], tuple[Block, ...]]
    """Reads the blocks of a text box."""
    fields: list[Field] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    """Pictures and text boxes of the paragraph."""
    where: str = ""
    starts: set[str] = field(default_factory=set)
    """The comments whose ranges have begun."""

    def paragraph(self, element: Element, where: str) -> tuple[tuple[Piece, ...], tuple[Block, ...]]:
        """The pieces of a paragraph, and the pictures and text boxes in it."""
        self.pieces, self.blocks, self.where = [], [], where
        for inner in element:
            self.read(inner, PLAIN, 0)
        return tuple(self.pieces), tuple(self.blocks)

    def read(self, element: Element, style: Format, depth: int) -> None:
        """Read an element inside a paragraph."""
        if depth > _DEEPEST:
            return
        match name(element):
            case "w:r":
                self._run(element, style, depth)
            case "w:hyperlink":
                self._each(element, replace(style, link=self._address(element)), depth)
            case "w:ins" | "w:moveTo":
                self._find_changed(element, style, depth, is_kept=self.reading.changes is not Changes.REJECT)
            case "w:del" | "w:moveFrom":
                self._find_changed(element, style, depth, is_kept=self.reading.changes is Changes.REJECT)
            case "w:commentRangeStart":
                self.starts.add(attribute(element, "w:id") or "")
                self._put(Point(comment=attribute(element, "w:id") or "", edge=Edge.START))
            case "w:commentRangeEnd":
                self._put(Point(comment=attribute(element, "w:id") or "", edge=Edge.END))
            case "w:fldSimple":
                self._simple_field(element, style, depth)
            case "m:oMath" | "m:oMathPara":
                self._equation(element, style)
            case "mc:AlternateContent":
                self._each(alternative(element), style, depth)
            case "w:sdt":
                self._each(child(element, "w:sdtContent"), style, depth)
            case wrapper if wrapper in _WRAPPERS:
                self._each(element, style, depth)
            case "w:pict" | "w:object" | "w:drawing":
                self._drawing(element)
            case _:
                pass

    def _each(self, element: Element | None, style: Format, depth: int) -> None:
        for inner in element if element is not None else ():
            self.read(inner, style, depth + 1)

    def _find_changed(self, element: Element, style: Format, depth: int, *, is_kept: bool) -> None:
        """Tracked words: retained, or left out and reported."""
        self.reading.tracked[name(element)] += 1
        if is_kept:
            self._each(element, style, depth)
            return
        outside, self.pieces = self.pieces, []
        self._each(element, style, depth)
        words = text_of(tuple(self.pieces))
        points = [piece for piece in self.pieces if isinstance(piece, Point)]
        calls = [piece.label for piece in self.pieces if isinstance(piece, Call)]
        self.pieces = [*outside, *points]
        what = {"w:del": "deleted", "w:ins": "inserted", "w:moveFrom": "moved away", "w:moveTo": "moved here"}
        who = attribute(element, "w:author") or "somebody"
        if words.strip() or calls:
            about = f", with the call of note {', '.join(calls)}" if calls else ""
            self.reading.report(Kind.DROPPED, self.where, f"words {what[name(element)]} by {who}{about}", words)

    def _address(self, element: Element) -> str | None:
        relation = self.relations.get(attribute(element, "r:id") or "")
        anchor = attribute(element, "w:anchor")
        if relation is None:
            self.reading.count("links inside the document lead nowhere now; their words are in the text", self.where)
            return None
        return self._outward(relation.target + (f"#{anchor}" if anchor else ""))

    def _outward(self, address: str) -> str | None:
        """An address as the program links to it; None, after reporting it, if it cannot."""
        try:
            return normalize(address)
        except WrongAddress:
            self.reading.report(Kind.DROPPED, self.where, f"the link to “{address[:200]}”; its words are in the text")
            return None

    def _put(self, piece: Piece) -> None:
        """Pass a piece on: to the paragraph, or to the field whose result is held back."""
        for item in self.fields:
            if not item.in_result:
                return
            if item.is_held and not isinstance(piece, Point):
                item.result.append(piece)
                return
        self.pieces.append(piece)

    def _run(self, element: Element, around: Format, depth: int) -> None:
        properties = child(element, "w:rPr")
        words = "".join(item.text or "" for item in element if name(item) in ("w:t", "w:delText"))
        style = replace(self._format(properties, around), language=self._language(properties, words))
        is_hidden = is_on(properties, "w:vanish")
        for inner in element:
            if is_hidden and name(inner) == "w:t":
                self.reading.report(Kind.DROPPED, self.where, "hidden words", inner.text or "")
            else:
                self._content(inner, style, depth)

    def _content(self, element: Element, style: Format, depth: int) -> None:
        """Something inside a run."""
        match name(element):
            case "w:t" | "w:delText":
                self._words(element.text or "", style)
            case "w:tab" | "w:ptab":
                self._words("\t", style)
            case "w:br" | "w:cr":
                self._line_end(element, style)
            case "w:noBreakHyphen":
                self._words("\u2011", style)
            case "w:softHyphen":
                self._words("\u00ad", style)
            case "w:sym":
                self._symbol(element, style)
            case "w:instrText" | "w:delInstrText":
                if self.fields and not self.fields[-1].in_result:
                    self.fields[-1].instruction += element.text or ""
            case "w:fldChar":
                self._field_character(attribute(element, "w:fldCharType"))
            case "w:footnoteReference":
                self._put(Call(label=attribute(element, "w:id") or ""))
            case "w:endnoteReference":
                self._put(Call(label=f"e{attribute(element, 'w:id') or ''}"))
            case "w:commentReference":
                self._comment(attribute(element, "w:id") or "")
            case "w:ruby":
                self._ruby(element, style, depth)
            case _:
                self.read(element, style, depth + 1)

    def _words(self, text: str, style: Format) -> None:
        self.reading.languages[style.language or ""] += len(text)
        link = next((item.link for item in self.fields[::-1] if item.in_result and item.link), None)
        if link and style.link is None:
            style = replace(style, link=self._outward(link))
        self._put(Words(text=text, format=style))

    def _line_end(self, element: Element, style: Format) -> None:
        kind = attribute(element, "w:type")
        if kind in ("page", "column"):
            self.reading.count(f"{kind} breaks left out: the program makes the pages", self.where)
            self._put(Words(text=" "))
        else:
            self._put(Break())

    def _symbol(self, element: Element, style: Format) -> None:
        code, font = attribute(element, "w:char") or "", attribute(element, "w:font") or ""
        found = symbol(code, font)
        if found is None:
            self.reading.report(Kind.DROPPED, self.where, f"the character {code} of the font {font}")
        else:
            self._words(found, style)

    def _comment(self, identity: str) -> None:
        if identity not in self.starts:
            self.starts.add(identity)
            self._put(Point(comment=identity, edge=Edge.START))
            self._put(Point(comment=identity, edge=Edge.END))

    def _ruby(self, element: Element, style: Format, depth: int) -> None:
        """Words with what is written above them, in parentheses after them."""
        self.reading.count("words above others (ruby) are in parentheses after them", self.where)
        self._each(child(element, "w:rubyBase"), style, depth)
        self._words(" (", style)
        self._each(child(element, "w:rt"), style, depth)
        self._words(")", style)

    def _equation(self, element: Element, style: Format) -> None:
        """The equations in an element as formulas, with the comments in them around them."""
        display = name(element) == "m:oMathPara"
        points = [entry for entry in element.iter() if name(entry) in ("w:commentRangeStart", "w:commentRangeEnd")]
        for point in points:
            if name(point) == "w:commentRangeStart":
                self.read(point, style, 0)
        for item in (inner for inner in element.iter() if name(inner) == "m:oMath"):
            formula = formula_of_mathml(mathml_of(item), display=display)
            if formula is not None:
                self.reading.count("equations are formulas in TeX: look at them", self.where)
                self._put(formula)
            else:
                self._equation_words(item, style)
        for item in element.iter():
            if name(item) in ("w:commentRangeEnd", "w:commentReference", "w:footnoteReference", "w:endnoteReference"):
                self._content(item, style, 0)

    def _equation_words(self, element: Element, style: Format) -> None:
        words = tuple(equation(element))
        if any(item.text.strip() for item in words):
            what = "equations that cannot be written in TeX are words in the text, with a slash for fractions"
            self.reading.count(what, self.where)
        for word in words:
            self._words(word.text, replace(style, raised=word.format.raised, lowered=word.format.lowered))

    def _field_character(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].in_result = True
        elif kind == "end" and self.fields:
            self._end_field(self.fields.pop())

    def _simple_field(self, element: Element, style: Format, depth: int) -> None:
        self.fields.append(Field(instruction=attribute(element, "w:instr") or "", in_result=True))
        self._each(element, style, depth)
        self._end_field(self.fields.pop())

    def _end_field(self, ended: Field) -> None:
        words = ended.instruction.strip()
        if not ended.is_held:
            if re.match(r"XE\b", words):
                self.reading.count("marks for an index left out", self.where)
            return
        shown = text_of(tuple(ended.result))
        if is_bibliography(words):
            self.reading.report(Kind.DROPPED, self.where, "a printed list of references: the program makes one", shown)
        elif not is_citation(words):
            self.reading.report(Kind.DROPPED, self.where, "a table of contents: the program makes one", shown)
        elif (cite := self.reading.references.cite(words, shown)) is not None:
            keys = ", ".join(reference.key for reference in cite.references)
            self.reading.report(Kind.CHANGED, self.where, f"a citation is made from its references ({keys})", shown)
            self._put(cite)
        else:
            self.reading.report(Kind.CHANGED, self.where, "a citation that cannot be read is words in the text")
            for piece in ended.result:
                self._put(piece)

    def _format(self, properties: Element | None, around: Format) -> Format:
        """The format of a run: its own properties, else those of its character style."""
        styles, style = self.reading.styles, value(properties, "w:rStyle")

        def on(wanted: str) -> bool:
            own = is_on(properties, wanted)
            return styles.run_property(style, wanted) if own is None else own

        vertical = value(properties, "w:vertAlign") or styles.run_value(style, "w:vertAlign")
        for lost, what in (("w:strike", "struck out"), ("w:dstrike", "struck out"), ("w:u", "underlined")):
            mark = value(properties, lost) if lost == "w:u" else is_on(properties, lost)
            if mark and mark != "none" and around.link is None and not self.fields:
                self.reading.count(f"words no longer {what}", self.where)
        return replace(
            around,
            italic=on("w:i"),
            bold=on("w:b"),
            small_caps=on("w:smallCaps"),
            raised=vertical == "superscript",
            lowered=vertical == "subscript",
            code=styles.is_code(style),
        )

    def _language(self, properties: Element | None, words: str) -> str | None:
        """The language of a run, if it has one of its own; the whole document decides later which one that is."""
        given, styles = child(properties, "w:lang"), self.reading.styles
        if is_on(properties, "w:rtl"):
            found = attribute(given, "w:bidi") or styles.right_language
        elif _ASIAN.search(words):
            found = attribute(given, "w:eastAsia") or styles.asian_language
        else:
            found = attribute(given, "w:val") or ""
        return found if found and fault(found) is None and found.lower() != "x-none" else None

    def _drawing(self, element: Element) -> None:
        if any(not item.in_result or item.is_held for item in self.fields):
            return
        for found in draw(element, self.reading, self.relations, self.where):
            self.blocks += self.inner_blocks(found) if not isinstance(found, Drawn) else [found.block]


def alternative(element: Element) -> Element | None:
    """The content to read of several: the first choice, else what represents it (ECMA-376, part 3, 7.6)."""
    choice = child(element, "mc:Choice")
    return choice if choice is not None else child(element, "mc:Fallback")
