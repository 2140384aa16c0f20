"""A story of a DOCX (the text, a note, a comment) to items: paragraphs with their roles, tables, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from publisher.importers.document import PLAIN, Block, Kind, Line, Piece, Point, Rule, text_of
from publisher.importers.docx.groups import Item, group_paragraphs
from publisher.importers.docx.names import Element, attribute, child, is_on, name, value
from publisher.importers.docx.numbering import UNNUMBERED, ListMark
from publisher.importers.docx.reading import Changes, Reading, Relation
from publisher.importers.docx.runs import Runs, alternative
from publisher.importers.docx.styles import Role
from publisher.importers.line import is_blank

_STARS = re.compile(r"\s*(?:[*⁂]\s*){3,}|\s*⁂\s*")
_DEEPEST = 60
_RULE = Rule()


@dataclass(slots=True, kw_only=True)
class Story:
    """Reads one story; its paragraphs are counted for the report."""

    reading: Reading
    relations: dict[str, Relation]
    title: str
    """Its name for people: `text`, `footnote 3`."""
    runs: Runs = field(init=False)
    count: int = 0
    waiting: list[Piece] = field(default_factory=list)
    """Words of a paragraph whose end was deleted, or of a drop cap: they begin the next one."""
    depth: int = 0

    def __post_init__(self) -> None:
        """Make the reader of runs."""
        self.runs = Runs(reading=self.reading, relations=self.relations, story=self.title, inner_blocks=self._text_box)

    def blocks(self, container: Element) -> tuple[Block, ...]:
        """The blocks of the story."""
        return group_paragraphs(self.items(container))

    def items(self, container: Element) -> list[Item]:
        """The items of a container, in order."""
        found = list(self._items(container))
        if self.waiting:
            found.append(Item(role=Role.BODY, line=tuple(self.waiting), where=self._where()))
            self.waiting = []
        return found

    def _items(self, container: Element) -> Iterator[Item]:
        from publisher.importers.docx.tables import table_items  # noqa: PLC0415 - each reads what is in the other

        for element in container:
            match name(element):
                case "w:p":
                    yield from self._paragraph(element)
                case "w:tbl":
                    yield from table_items(element, self)
                case "w:sdt":
                    inner = child(element, "w:sdtContent")
                    yield from self.deeper(inner)
                case "w:customXml" | "w:smartTag" | "w:ins" | "w:moveTo" | "w:txbxContent":
                    yield from self.deeper(element)
                case "w:del" | "w:moveFrom" if self.reading.changes is Changes.REJECT:
                    yield from self.deeper(element)
                case "mc:AlternateContent":
                    yield from self.deeper(alternative(element))
                case "w:altChunk":
                    self.reading.report(Kind.DROPPED, self._where(), "a document inside the document")
                case "w:commentRangeStart" | "w:commentRangeEnd" | "m:oMathPara":
                    yield from self._loose(element)
                case _:
                    pass

    def deeper(self, element: Element | None) -> Iterator[Item]:
        """The items of an element inside another."""
        if element is None:
            return
        if self.depth > _DEEPEST:
            words = "".join(str(item.text or "") for item in element.iter("{*}t"))
            self.reading.report(Kind.DROPPED, self._where(), f"what is more than {_DEEPEST} deep in others", words)
            return
        self.depth += 1
        yield from self._items(element)
        self.depth -= 1

    def _loose(self, element: Element) -> Iterator[Item]:
        """The range of a comment, or an equation, between paragraphs."""
        pieces, self.runs.pieces, self.runs.where = self.runs.pieces, [], self._where()
        self.runs.read(element, PLAIN, 0)
        found, self.runs.pieces = self.runs.pieces, pieces
        if is_blank(tuple(found)):
            self.waiting += found
        else:
            yield Item(role=Role.BODY, line=tuple(found), where=self._where())

    def _where(self) -> str:
        return f"{self.title}, paragraph {max(self.count, 1)}"

    def _text_box(self, container: Element) -> tuple[Block, ...]:
        """The blocks of a text box, which is a story within the story."""
        if self.depth > _DEEPEST:
            return ()
        inner = Story(
            reading=self.reading, relations=self.relations, title=f"{self.title}, text box", depth=self.depth + 1
        )
        return inner.blocks(container)

    def _paragraph(self, element: Element) -> Iterator[Item]:
        self.count += 1
        where = self._where()
        properties = child(element, "w:pPr")
        pieces, blocks = self.runs.paragraph(element, where)
        line: Line = (*self.waiting, *pieces)
        self.waiting = []
        if self._goes_on(properties):
            self.waiting = list(line)
        else:
            yield from self._classify(properties, line, where)
        yield from (Item(role=Role.BODY, block=block, where=where) for block in blocks)

    def _goes_on(self, properties: Element | None) -> bool:
        """Whether the next paragraph continues this one: a drop cap, or a paragraph whose end is deleted."""
        if attribute(child(properties, "w:framePr"), "w:dropCap") in ("drop", "margin"):
            return True
        mark = child(properties, "w:rPr")
        gone = "w:ins" if self.reading.changes is Changes.REJECT else "w:del"
        ended = child(mark, gone) is not None
        if child(mark, "w:del") is not None or child(mark, "w:ins") is not None:
            self.reading.tracked["w:p"] += 1
        return ended

    def _classify(self, properties: Element | None, line: Line, where: str) -> Iterator[Item]:
        """A paragraph as an item, by its style, its level and its numbering."""
        styles = self.reading.styles
        style = value(properties, "w:pStyle") or styles.default_paragraph or None
        role, level = styles.role(style), styles.heading_level(properties, style)
        if is_on(properties, "w:pageBreakBefore") and not is_blank(line):
            self.reading.count("page breaks left out: the program makes the pages", where)
        if is_blank(line):
            is_rule = child(properties, "w:pBdr", "w:bottom") is not None
            self.waiting = [piece for piece in line if isinstance(piece, Point)]
            yield Item(role=role, where=where, block=_RULE if is_rule else None)
            return
        if _STARS.fullmatch(text_of(line)) and role is not Role.CODE:
            yield Item(role=Role.BODY, block=_RULE, where=where)
            return
        if level is not None and role is not Role.TITLE:
            yield Item(role=Role.HEADING, line=line, level=level, where=where)
            return
        mark = self._mark(properties, style, where)
        indent = styles.indentation(properties, style)
        if mark is not None and role not in (Role.VERSE, Role.CODE, Role.TITLE, Role.CONTENTS):
            role = Role.BODY
        yield Item(role=role, line=line, mark=mark, indent=indent, where=where)

    def _mark(self, properties: Element | None, style: str | None, where: str) -> ListMark | None:
        own = child(properties, "w:numPr")
        given = self.reading.styles.numbering(style)
        if own is None or (value(own, "w:numId") is None and given is not None):
            found = self.reading.numbering.mark(given)
        else:
            found = self.reading.numbering.mark(own)
        if found is not None and found.ordered and found.format not in ("decimal", *UNNUMBERED):
            self.reading.count(f"entries of lists numbered otherwise ({found.format}) have figures", where)
        return found
