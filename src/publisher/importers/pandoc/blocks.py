"""Pandoc's syntax tree to the document model: https://hackage.haskell.org/package/pandoc-types (API 1.23)."""

from __future__ import annotations

import base64
import binascii
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from publisher.importers.document import (
    PLAIN,
    Block,
    Cell,
    Document,
    Entry,
    Format,
    Heading,
    Kind,
    Line,
    Listing,
    Literal,
    Metadata,
    Paragraph,
    Part,
    Picture,
    Quotation,
    Row,
    Rule,
    Stanza,
    Table,
    Terms,
    Words,
    lines_of,
    text_of,
)
from publisher.importers.failures import damage_error
from publisher.importers.ids import edition_id
from publisher.importers.languages import localize
from publisher.importers.line import is_blank
from publisher.importers.mapping import ids_in, map_blocks, unlink_all
from publisher.importers.package import Package
from publisher.importers.pandoc.inlines import Inlines, Node, date_in, language_of
from publisher.importers.pictures import picture_kind
from publisher.importers.source import SourceFile
from publisher.importers.titles import give_title
from publisher.model.block import Alignment
from publisher.model.kinds import DATED, DIVISIONS, GROUP, PARAGRAPHS

_STYLE_NAMES = {"closing": "valediction", "date": "dateline", "envelope-address": "addressee"}
"""The kinds of paragraphs that styles of word processors are, by the names of these."""
_ALIGNMENTS = {"AlignCenter": Alignment.CENTER, "AlignRight": Alignment.END}


def read_tree(file: SourceFile, keys: frozenset[str] = frozenset()) -> Document:
    """The document whose syntax tree Pandoc has made; citations are of records with these keys."""
    try:
        tree = json.loads(file.tree)
        reader = Blocks(file=file, keys=keys)
        reader.inlines.names = _names(tree["blocks"])
        blocks = reader.blocks(tree["blocks"])
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise damage_error(file.name, f"Pandoc's reading of it is not understood ({type(error).__name__})") from error
    metadata = reader.metadata(tree.get("meta", {}))
    there = frozenset(ids_in(blocks))
    footnotes = (
        replace(footnote, blocks=map_blocks(footnote.blocks, lambda line: unlink_all(line, there)))
        for footnote in reader.inlines.footnotes
    )
    document = Document(
        blocks=give_title(reader.with_title(map_blocks(blocks, lambda line: unlink_all(line, there)), metadata)),
        metadata=metadata,
        footnotes=tuple(footnotes),
        pictures=tuple(reader.pictures.items()),
        entries=(*reader.inlines.entries, *reader.counted()),
    )
    return localize(document, metadata.language)


def _names(tree: object) -> dict[str, str]:
    """The ids that links lead to, as the edition has them."""
    names: dict[str, str] = {}
    waiting: list[object] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            content = node.get("c")
            if node.get("t") == "Link" and isinstance(content, list) and str(content[2][0]).startswith("#"):
                target = str(content[2][0])[1:]
                names.setdefault(target, edition_id(target, names.values(), otherwise="tree"))
            waiting.append(content)
        elif isinstance(node, list):
            waiting += node
    return names


@dataclass(slots=True, kw_only=True)
class Blocks:
    """Reads the blocks of one file."""

    file: SourceFile
    keys: frozenset[str]
    inlines: Inlines = field(init=False)
    pictures: dict[str, bytes] = field(default_factory=dict)
    count: int = 0
    style: Format = PLAIN
    """What the divisions around a block give its words."""
    package: Package | None = None

    def __post_init__(self) -> None:
        """Make the reader of inlines, and open the file if it is a package."""
        self.inlines = Inlines(keys=self.keys, inner_blocks=self.blocks)
        if zipfile.is_zipfile(io.BytesIO(self.file.content)):
            self.package = Package.of(self.file.content, self.file.name)

    def blocks(self, nodes: list[Node]) -> tuple[Block, ...]:
        """The blocks of nodes."""
        return tuple(block for node in nodes for block in self._block(node))

    def counted(self) -> Iterator[Entry]:
        """An entry for each kind of change that was counted."""
        for what, count in self.inlines.counts.items():
            yield Entry(kind=Kind.CHANGED, where="text", what=f"{what}: {count}")

    def _report(self, kind: Kind, what: str, words: str = "") -> None:
        self.inlines.entries.append(Entry(kind=kind, where=self.inlines.where, what=what, words=words))

    def _line(self, nodes: list[Node]) -> Line:
        return self.inlines.line(nodes, self.style)

    def _block(self, node: Node) -> Iterator[Block]:
        content: Any = node.get("c")
        self.count += 1
        self.inlines.where = f"block {self.count}"
        match node["t"]:
            case "Para" | "Plain":
                yield from self._paragraph(content)
            case "Header":
                name = self.inlines.names.get(content[1][0])
                yield Heading(level=content[0] + 1, line=self._line(content[2]), id=name)
                yield from self._waiting()
            case "BlockQuote":
                yield Quotation(blocks=self.blocks(content))
            case "BulletList":
                yield Listing(ordered=False, entries=tuple(map(self.blocks, content)))
            case "OrderedList":
                self._note_style(content[0][1]["t"])
                yield Listing(ordered=True, entries=tuple(map(self.blocks, content[1])), start=max(content[0][0], 0))
            case "DefinitionList":
                yield Terms(entries=tuple((self._line(term), tuple(map(self.blocks, said))) for term, said in content))
                yield from self._waiting()
            case "LineBlock":
                yield Stanza(lines=tuple(map(self._line, content)))
            case "CodeBlock":
                yield Literal(text=content[1], language=next(iter(content[0][1]), None))
            case "HorizontalRule":
                yield Rule()
            case "Table":
                yield from self._table(content)
            case "Figure":
                yield from self._figure(content)
            case "Div":
                yield from self._division(content)
            case "RawBlock":
                self._report(Kind.DROPPED, f"raw {content[0]}", content[1])
            case _:
                pass

    def _note_style(self, style: str) -> None:
        if style not in ("DefaultStyle", "Decimal", "Example"):
            what = f"lists numbered otherwise ({style}) have figures"
            self.inlines.counts[what] = self.inlines.counts.get(what, 0) + 1

    def _paragraph(self, nodes: list[Node]) -> Iterator[Block]:
        line = self._line(nodes)
        if not is_blank(line):
            if self.inlines.pictures and text_of(line).strip():
                self._report(Kind.CHANGED, "a picture in a line is after its paragraph")
            yield Paragraph(line=line)
        yield from self._waiting()

    def _waiting(self) -> Iterator[Block]:
        """The pictures of the lines that were read."""
        waiting, self.inlines.pictures = self.inlines.pictures, []
        for picture in waiting:
            found = self._picture(picture.address, picture.alternative, picture.width)
            if found is not None:
                yield found

    def _picture(self, address: str, alternative: str, width: str | None) -> Picture | None:
        content = self._content(address)
        kind = None if content is None else picture_kind(content)
        words = " ".join(alternative.split())
        shown = address[:100]
        if content is None or kind is None:
            reason = "it is not in the file" if content is None else "only PNG, JPEG, GIF, WebP and SVG can be used"
            self._report(Kind.DROPPED, f"the picture {shown}: {reason}", words)
            return None
        stem = re.sub(r"[^A-Za-z0-9]+", "-", PurePosixPath(unquote(shown)).stem).strip("-").lower()
        name = next((picture for picture, known in self.pictures.items() if known == content), None)
        name = name or f"images/{(stem or 'picture')[:40]}-{len(self.pictures) + 1}.{kind}"
        self.pictures[name] = content
        if not words:
            self._report(Kind.ADDED, f"the words that describe {name}: the source has none, so write them")
        return Picture(file=name, alternative=words or f"A picture ({PurePosixPath(name).name})", width=width)

    def _content(self, address: str) -> bytes | None:
        """The bytes of a picture: of a data URL, in the package, or next to the file."""
        if address.startswith("data:"):
            head, _, body = address.partition(",")
            try:
                return base64.b64decode(body) if head.endswith(";base64") else unquote_to_bytes(body)
            except (binascii.Error, ValueError):
                return None
        if self.package is not None:
            wanted = unquote(address).lstrip("./")
            found = sorted((name for name in self.package.names if name.endswith(wanted)), key=len)
            return self.package.read(found[0]) if found and wanted else None
        return dict(self.file.pictures).get(address)

    def _figure(self, content: list[Any]) -> Iterator[Block]:
        caption: Line = ()
        for block in self.blocks(content[1][1]):
            for line in lines_of(block):
                caption = (*caption, *((Words(text=" "),) if caption else ()), *line)
        blocks = self.blocks(content[2])
        first = next((picture for picture in blocks if isinstance(picture, Picture)), None)
        for block in blocks:
            if block is first and isinstance(block, Picture):
                said = text_of(caption).strip() == block.alternative
                yield replace(block, caption=() if said else caption)
            else:
                yield block
        if first is None and not is_blank(caption):
            yield Paragraph(line=caption)

    def _division(self, content: list[Any]) -> Iterator[Block]:
        language = language_of(dict(content[0][2]))
        before = self.style
        if language is not None:
            self.style = replace(before, language=language)
        found = self.blocks(content[1])
        self.style = before
        yield from self._of_kind(found, content[0])

    def _of_kind(self, blocks: tuple[Block, ...], attributes: list[Any]) -> Iterator[Block]:
        """The blocks of a division: a part if it is a letter or the like, or paragraphs of the kind that it names."""
        id, classes, pairs = attributes
        name = self.inlines.names.get(id)
        style = dict(pairs).get("custom-style", "").lower().replace(" ", "-")
        part = next((item for item in classes if item in DIVISIONS), None)
        kind = next((item for item in (*classes, _STYLE_NAMES.get(style, style)) if item in PARAGRAPHS), None)
        if part is not None and blocks and (part != GROUP or all(isinstance(item, Picture) for item in blocks)):
            yield Part(kind=part, blocks=blocks, id=name, date=date_in(dict(pairs)) if part in DATED else None)
            return
        for block in blocks:
            if isinstance(block, Paragraph) and (name or kind):
                yield replace(block, id=block.id or name, kind=block.kind or kind)
                name = None
            else:
                yield block

    def _table(self, content: list[Any]) -> Iterator[Block]:
        _, caption, columns, head, bodies, foot = content
        beside: list[Block] = []
        said: Line = tuple(piece for block in self.blocks(caption[1]) for line in lines_of(block) for piece in line)
        rows = self._rows(head[1], beside)
        parts = []
        for body in bodies:
            parts.append((*self._rows(body[2], beside), *self._rows(body[3], beside)))
        parts.append(self._rows(foot[1], beside))
        yield Table(
            head=rows,
            bodies=tuple(part for part in parts if part),
            alignments=tuple(_ALIGNMENTS.get(column[0]["t"], Alignment.START) for column in columns),
            caption=said,
        )
        yield from beside

    def _rows(self, rows: list[Any], beside: list[Block]) -> tuple[Row, ...]:
        return tuple(tuple(self._cell(cell, beside) for cell in row[1]) for row in rows)

    def _cell(self, cell: list[Any], beside: list[Block]) -> Cell:
        line: Line = ()
        blocks = self.blocks(cell[4])
        printed = 0
        for block in blocks:
            if isinstance(block, Table | Picture):
                kind = "table" if isinstance(block, Table) else "picture"
                self._report(Kind.CHANGED, f"a {kind} in a cell is after the table")
                beside.append(block)
                continue
            for item in lines_of(block):
                printed += 1
                line = (*line, *((Words(text=" "),) if line else ()), *item)
        if printed > 1:
            what = "cells with several paragraphs have one line"
            self.inlines.counts[what] = self.inlines.counts.get(what, 0) + 1
        return Cell(line=line, columns=cell[3], rows=cell[2])

    def metadata(self, meta: dict[str, Any]) -> Metadata:
        """What the file says of itself."""

        def words(name: str) -> tuple[str, ...]:
            return tuple(filter(None, (" ".join(text.split()) for text in self._describe(meta.get(name)))))

        authors = words("author") or words("creator")
        return Metadata(
            title=": ".join(words("title")[:1]),
            subtitle=": ".join(words("subtitle")),
            authors=authors,
            language=next(iter(words("lang") or words("language")), ""),
            date=next(iter(words("date")), ""),
            publisher=", ".join(words("publisher")),
            description=" ".join((*words("description"), *words("abstract"))),
            subjects=(*words("keywords"), *words("subject")),
        )

    def _describe(self, value: Any) -> Iterator[str]:
        """The words of a value of the metadata."""
        if not isinstance(value, dict):
            return
        content = value.get("c")
        match value.get("t"):
            case "MetaString":
                yield str(content)
            case "MetaInlines" if isinstance(content, list):
                yield text_of(self.inlines.line(content))
            case "MetaBlocks" if isinstance(content, list):
                yield " ".join(text_of(line) for block in self.blocks(content) for line in lines_of(block))
            case "MetaList" if isinstance(content, list):
                for item in content:
                    yield from self._describe(item)
            case "MetaMap" if isinstance(content, dict):
                for item in content.values():
                    yield from self._describe(item)
            case _:
                pass

    def with_title(self, blocks: tuple[Block, ...], metadata: Metadata) -> tuple[Block, ...]:
        """The blocks with the title of the metadata before them, unless they begin with a heading that says it."""
        first = blocks[0] if blocks else None
        same = isinstance(first, Heading) and " ".join(text_of(first.line).split()) == metadata.title
        if same and isinstance(first, Heading):
            return (replace(first, level=1), *blocks[1:])
        if not metadata.title:
            return blocks
        return (Heading(level=1, line=(Words(text=metadata.title),)), *blocks)
