"""A TEI document to the document model: its blocks, and what its header says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

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
    Metadata,
    Paragraph,
    Part,
    Picture,
    Quotation,
    Row,
    Stanza,
    Table,
    Terms,
    Words,
    lines_of,
    with_format,
)
from publisher.importers.failures import damage_error
from publisher.importers.ids import edition_id
from publisher.importers.languages import localize
from publisher.importers.line import is_blank
from publisher.importers.mapping import ids_in, map_blocks, unlink_all
from publisher.importers.package import xml_root
from publisher.importers.pictures import picture_kind
from publisher.importers.source import SourceFile
from publisher.importers.tei.kinds import first_date, paragraph_kind, part_kind
from publisher.importers.tei.lines import Lines, squeeze, verse
from publisher.importers.tei.names import UNREAD, Element, attribute, is_block, is_entity, language, local, words
from publisher.importers.titles import give_title
from publisher.model.kinds import DATED

_SECTIONS = frozenset(("div", "div1", "div2", "div3", "div4", "div5", "div6", "div7"))
_DEEPEST = 60


def read_tei(file: SourceFile) -> Document:
    """The document in a TEI file. Raises `PublisherError` (W-002)."""
    root = xml_root(file.content, name=file.name, dtd=True)
    texts = [
        item for item in root.iter("{*}text") if not any(local(ancestor) == "text" for ancestor in item.iterancestors())
    ]
    if not texts:
        raise damage_error(file.name, "it has no text element")
    reader = Reader(file=file)
    reader.lines.names = _names(root)
    blocks = tuple(block for text in texts for block in reader.blocks(text))
    there = frozenset(ids_in(blocks))

    def line(given: Line) -> Line:
        return unlink_all(squeeze(given), there)

    header = next(iter(root.iter("{*}teiHeader")), None)
    metadata = _metadata(header, language(texts[0]) or language(root))
    for element in root.iter("{*}teiHeader"):
        reader.lines.report(
            Kind.CHANGED, "teiHeader", "the header is in edition.yaml, as far as that has keys", words(element)
        )
    counted = (
        Entry(kind=Kind.CHANGED, where="text", what=f"{what}: {count}") for what, count in reader.lines.counts.items()
    )
    document = Document(
        blocks=give_title(map_blocks(blocks, line)),
        metadata=metadata,
        footnotes=tuple(
            replace(footnote, blocks=map_blocks(footnote.blocks, line)) for footnote in reader.lines.footnotes
        ),
        comments=tuple(reader.lines.readings),
        pictures=tuple(reader.pictures.items()),
        entries=(*reader.lines.entries, *counted),
    )
    return localize(document, metadata.language)


def _names(root: Element) -> dict[str, str]:
    """The ids that references lead to, as the edition has them."""
    names: dict[str, str] = {}
    for element in root.iter("{*}ref", "{*}ptr"):
        target = attribute(element, "target")
        if target.startswith("#") and target[1:] not in names:
            names[target[1:]] = edition_id(target[1:], names.values(), otherwise="tei")
    return names


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads the blocks of a text."""

    file: SourceFile
    lines: Lines = field(init=False)
    pictures: dict[str, bytes] = field(default_factory=dict)
    level: int = 1
    depth: int = 0

    def __post_init__(self) -> None:
        """Make the reader of lines."""
        self.lines = Lines(inner_blocks=self.blocks)

    def blocks(self, element: Element, style: Format = PLAIN) -> tuple[Block, ...]:
        """The blocks in an element; words next to blocks are paragraphs, and lines of verse are a stanza."""
        if self.depth > _DEEPEST:
            return (Paragraph(line=self.lines.text(words(element), style)),)
        self.depth += 1
        found = tuple(_stanzas(self._parts(element, style)))
        self.depth -= 1
        return found

    def _parts(self, element: Element, style: Format) -> Iterator[Block]:
        line: Line = self.lines.text(element.text, style)
        for child in element:
            if not is_entity(child) and is_block(child):
                if not is_blank(line):
                    yield Paragraph(line=line)
                yield from self._block(child, style)
                line = self.lines.text(child.tail, style)
            else:
                line = (*line, *self.lines.with_tail(child, style))
        if any(not isinstance(piece, Words) or piece.text.strip() for piece in line):
            yield Paragraph(line=line)

    def _block(self, element: Element, style: Format) -> Iterator[Block]:
        match local(element):
            case name if name in _SECTIONS:
                self.level += 1
                yield from self._division(element)
                self.level -= 1
            case "head":
                own = self.lines.name_of(element) or self._section_name(element)
                yield Heading(level=max(self.level, 2), line=self.lines.of(element), id=own)
            case "l":
                yield Stanza(lines=(verse(self.lines.of(element)),))
            case "p" | "ab":
                yield from self._named(element, style)
            case "dateline" | "salute" | "signed":
                kind = paragraph_kind(element)
                yield Paragraph(line=self.lines.of(element, style), kind=kind, id=self.lines.name_of(element))
            case "postscript":
                within = self.blocks(element, style)
                yield from (
                    replace(paragraph, kind="postscript") if isinstance(paragraph, Paragraph) else paragraph
                    for paragraph in within
                )
            case "sp":
                yield from self._speech(element)
            case "stage":
                yield Paragraph(line=self.lines.of(element, style), kind="stage-direction")
            case "quote" | "q" | "said" | "epigraph" | "cit":
                yield from self._quotation(element)
            case "list" | "castList" | "listBibl" | "castGroup":
                yield from self._list(element)
            case "table":
                yield self._table(element)
            case "figure":
                yield from self._figure(element)
            case name if name in UNREAD:
                if said := words(element):
                    self.lines.report(Kind.DROPPED, f"line {element.sourceline}", f"the content of {name}", said)
            case _:
                yield from self.blocks(element, style)

    def _division(self, element: Element) -> Iterator[Block]:
        """The blocks of a division; a letter, an entry or a scene is a part of its own."""
        kind = part_kind(element)
        within = self.blocks(element)
        if kind is None or not within:
            yield from within
            return
        date = first_date(element) if kind in DATED else None
        yield Part(kind=kind, blocks=within, id=self.lines.name_of(element), date=date)

    def _named(self, element: Element, style: Format) -> Iterator[Block]:
        """The blocks of a paragraph; the first has its id."""
        name = self.lines.name_of(element)
        for block in self.blocks(element, style):
            if name and isinstance(block, Paragraph):
                yield replace(block, id=name)
                name = None
            else:
                yield block

    def _section_name(self, head: Element) -> str | None:
        """The id of the division that a heading begins, if it is no part of its own."""
        parent = head.getparent()
        return None if parent is None or part_kind(parent) else self.lines.name_of(parent)

    def _speech(self, element: Element) -> Iterator[Block]:
        """A speech: its speaker, before the first words if these are prose."""
        speaker: Line = ()
        for child in element:
            if local(child) == "speaker":
                speaker = (*speaker, *self.lines.of(child))
        rest = [block for item in element if local(item) not in ("speaker", "") for block in self._speech_part(item)]
        found = tuple(_stanzas(iter(rest)))
        first = found[0] if found else None
        if isinstance(first, Paragraph) and not is_blank(speaker):
            named = with_format(speaker, kind="speaker")
            yield replace(first, line=(*named, Words(text=" "), *first.line))
            yield from found[1:]
        else:
            if not is_blank(speaker):
                yield Paragraph(line=speaker, kind="speaker")
            yield from found

    def _speech_part(self, element: Element) -> Iterator[Block]:
        if is_block(element) or local(element) == "stage":
            yield from self._block(element, PLAIN)
        else:
            line = self.lines.piece(element, PLAIN)
            if not is_blank(line):
                yield Paragraph(line=line)

    def _quotation(self, element: Element) -> Iterator[Block]:
        """A quotation set off, with its source if it names one."""
        sources = (
            [child for child in element if local(child) in ("bibl", "ref")]
            if local(element) in ("cit", "epigraph")
            else []
        )
        attribution: Line = ()
        for source in sources:
            attribution = (*attribution, *((Words(text=", "),) if attribution else ()), *self.lines.of(source))
            tail, parent = source.tail, source.getparent()
            if parent is not None:
                before = source.getprevious()
                if before is not None:
                    before.tail = (before.tail or "") + (tail or "")
                else:
                    parent.text = (parent.text or "") + (tail or "")
                parent.remove(source)
        inner: list[Block] = []
        for block in self.blocks(element):
            inner += block.blocks if isinstance(block, Quotation) and local(element) == "cit" else (block,)
        attribution = (Words(text="— "), *attribution) if attribution else ()
        yield Quotation(blocks=tuple(inner), attribution=attribution)

    def _list(self, element: Element) -> Iterator[Block]:
        kind = attribute(element, "type") or attribute(element, "rend")
        entries: list[tuple[Block, ...]] = []
        terms: list[tuple[Line, tuple[tuple[Block, ...], ...]]] = []
        label: Line | None = None
        for child in element:
            match local(child):
                case "":
                    pass
                case "head":
                    yield Paragraph(line=self.lines.of(child, replace(PLAIN, bold=True)))
                case "label":
                    label = self.lines.of(child)
                case "castGroup" | "listBibl":
                    entries.append(tuple(self._list(child)))
                case "castItem":
                    entries.append((Paragraph(line=self._cast(child)),))
                case _ if label is not None:
                    terms.append((label, (self.blocks(child),)))
                    label = None
                case _:
                    entries.append(self.blocks(child) or tuple(self._block(child, PLAIN)))
        if terms:
            yield Terms(entries=tuple(terms))
        if entries:
            yield Listing(ordered=kind in ("ordered", "numbered"), entries=tuple(entries))

    def _cast(self, element: Element) -> Line:
        """A member of the cast: the parts that nothing divides have a space between them."""
        line = self.lines.text(element.text, PLAIN)
        for child in element:
            line = (*line, *((Words(text=" "),) if line else ()), *self.lines.with_tail(child, PLAIN))
        return line

    def _table(self, element: Element) -> Table:
        caption: Line = ()
        rows: list[tuple[bool, Row]] = []
        for child in element:
            if local(child) == "head":
                caption = self.lines.of(child)
            elif local(child) == "row":
                cells = tuple(self._cell(item) for item in child if local(item) == "cell")
                rows.append((attribute(child, "role") == "label", cells))
        heads = 0
        while heads < len(rows) - 1 and rows[heads][0]:
            heads += 1
        return Table(
            head=tuple(row for _, row in rows[:heads]),
            bodies=(tuple(row for _, row in rows[heads:]),),
            alignments=(),
            caption=caption,
        )

    def _cell(self, element: Element) -> Cell:
        line: Line = ()
        for block in self.blocks(element):
            for item in lines_of(block):
                line = (*line, *((Words(text=" "),) if line else ()), *item)
        return Cell(line=line, columns=_number(attribute(element, "cols")), rows=_number(attribute(element, "rows")))

    def _figure(self, element: Element) -> Iterator[Block]:
        """A picture with its description; the words of one that is not there are paragraphs."""
        graphic = next(iter(element.iter("{*}graphic")), None)
        url = "" if graphic is None else attribute(graphic, "url")
        content = dict(self.file.pictures).get(url)
        kind = None if content is None else picture_kind(content)
        described = next(iter(element.iter("{*}figDesc")), None)
        caption: Line = ()
        for child in element:
            if local(child) in ("head", "p", "ab"):
                caption = (*caption, *((Words(text=" "),) if caption else ()), *self.lines.of(child))
        said = "" if described is None else words(described)
        if content is None or kind is None:
            what = f"a picture that cannot be used ({url or 'none is named'}): {said}".rstrip(": ")
            self.lines.report(Kind.DROPPED, f"line {element.sourceline}", what, said)
            if not is_blank(caption):
                yield Paragraph(line=caption)
            return
        name = f"images/{PurePosixPath(url).stem or 'picture'}-{len(self.pictures) + 1}.{kind}"
        self.pictures[name] = content
        if not said:
            self.lines.report(Kind.ADDED, f"line {element.sourceline}", f"the words that describe {name}: write them")
        yield Picture(file=name, alternative=said or f"A picture ({url})", caption=caption)


def _stanzas(blocks: Iterator[Block]) -> Iterator[Block]:
    """The blocks; lines of verse that follow each other are one stanza."""
    waiting: list[Line] = []
    for block in blocks:
        if isinstance(block, Stanza) and len(block.lines) == 1:
            waiting += block.lines
            continue
        if waiting:
            yield Stanza(lines=tuple(waiting))
            waiting = []
        yield block
    if waiting:
        yield Stanza(lines=tuple(waiting))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 1


def _metadata(header: Element | None, text_language: str) -> Metadata:
    """What the header says (TEI P5, 2.2 The File Description)."""
    if header is None:
        return Metadata(language=text_language)

    def said(*path: str) -> tuple[str, ...]:
        found = (
            header.findall("/".join(("{*}fileDesc", *(f"{{*}}{step}" for step in path)))) if header is not None else ()
        )
        return tuple(filter(None, map(words, found)))

    idents = [attribute(element, "ident") for element in header.iter("{*}language")]
    titles = said("titleStmt", "title")
    return Metadata(
        title=titles[0] if titles else "",
        authors=said("titleStmt", "author"),
        language=text_language or next(iter(idents), ""),
        publisher=", ".join(said("publicationStmt", "publisher")),
        date=" ".join(said("publicationStmt", "date")),
        statement=". ".join(text.rstrip(".") for text in said("sourceDesc"))[:1000],
        rights=" ".join(said("publicationStmt", "availability"))[:1000],
    )
