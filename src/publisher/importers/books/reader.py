"""A book in XHTML to the document model, document by document in the order of its spine (EPUB 3.3, 5.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from publisher.importers.books.elements import (
    audience,
    column_alignments,
    divided_lines,
    is_whole,
    joined_lines,
    span_number,
    speak,
)
from publisher.importers.books.kinds import first_date, is_speech, on_stage, paragraph_kind, part_kind
from publisher.importers.books.lines import BookLines
from publisher.importers.books.metadata import book_metadata
from publisher.importers.books.names import BLOCKS, GENERATED, VERSE, Element, local, tokens, words
from publisher.importers.books.places import Place, is_first, linked_places, spine_of
from publisher.importers.document import (
    PLAIN,
    Block,
    Cell,
    Comment,
    Document,
    Entry,
    Footnote,
    Format,
    Heading,
    Kind,
    Line,
    Listing,
    Literal,
    Paragraph,
    Part,
    Picture,
    Piece,
    Point,
    Quotation,
    Row,
    Rule,
    Stanza,
    Table,
    Terms,
    Words,
    lines_of,
)
from publisher.importers.failures import damage_error
from publisher.importers.languages import localize
from publisher.importers.line import is_blank
from publisher.importers.mapping import ids_in, map_blocks
from publisher.importers.package import Package, joined_path, xml_root
from publisher.importers.pictures import picture_kind
from publisher.importers.source import SourceFile
from publisher.model.kinds import DATED

_DEEPEST = 60


def read_book(file: SourceFile) -> Document:
    """The document in a book of Standard Ebooks. Raises `PublisherError`: W-002, W-004."""
    reader, root, spine = opened_book(file)
    blocks = tuple(block for part in spine for block in reader.document(part))
    document = Document(
        blocks=reader.linked(blocks)[0], metadata=book_metadata(root, is_standard=reader.lines.is_standard)
    )
    return finish(document, reader)


def opened_book(file: SourceFile) -> tuple[Book, Element, list[str]]:
    """The reader of a book, its package document, and its spine. Raises `PublisherError`: W-002, W-004."""
    package = Package.of(file.content, file.name)
    place = next((name for name in sorted(package.names) if name.endswith(".opf")), None)
    root = None if place is None else package.xml(place)
    if place is None or root is None:
        raise damage_error(file.name, "it has no package document")
    is_standard = b"standardebooks.org" in (package.read(place) or b"")
    spine = spine_of(root, place)
    book = Book(package=package, lines=BookLines(is_standard=is_standard, places=_places(package, spine)))
    return book, root, spine


def finish(document: Document, reader: Book) -> Document:
    """The document with the notes, pictures and report entries that its reader has gathered."""
    entries = [*reader.entries]
    if reader.lines.generated:
        what = "numbers of paragraphs, and marks and calls of notes: the program makes its own"
        entries.append(Entry(kind=Kind.DROPPED, where="text", what=what, words=" ".join(reader.lines.generated)))
    entries += (
        Entry(kind=Kind.CHANGED, where="text", what=f"{what}: {count}") for what, count in reader.lines.counts.items()
    )
    whole = replace(
        document,
        footnotes=tuple(reader.footnotes),
        comments=tuple(reader.comments),
        pictures=tuple(reader.pictures.items()),
        entries=tuple(entries),
    )
    return localize(whole, document.metadata.language, is_stated=True)


def _places(package: Package, spine: list[str]) -> Mapping[Place, str]:
    """The names of everything that links in the book lead to."""
    contents = ((part, package.read(part)) for part in spine)
    return linked_places(
        (part, xml_root(content, name=f"{package.name}, {part}", dtd=True)) for part, content in contents if content
    )


@dataclass(slots=True, kw_only=True)
class Book:
    """Reads the documents of a book."""

    package: Package
    lines: BookLines
    entries: list[Entry] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    place: str = ""
    depth: int = 0
    marks: dict[str, str] = field(default_factory=dict)
    """The first mark of each series of notes."""
    begins: str | None = None
    """The name of the document that is being read, until something has it."""

    def linked(self, *groups: tuple[Block, ...]) -> list[tuple[Block, ...]]:
        """The blocks of each group; links to what is in none of them are words, in notes too."""
        there = frozenset(name for blocks in groups for name in ids_in(blocks))

        def change(line: Line) -> Line:
            return tuple(self._unlink_all(piece, there) for piece in line)

        self.footnotes = [replace(footnote, blocks=map_blocks(footnote.blocks, change)) for footnote in self.footnotes]
        self.comments = [replace(comment, blocks=map_blocks(comment.blocks, change)) for comment in self.comments]
        return [map_blocks(blocks, change) for blocks in groups]

    def _unlink_all(self, piece: Piece, there: frozenset[str]) -> Piece:
        link = piece.format.link if isinstance(piece, Words) else None
        if link is None or not link.startswith("#") or link[1:] in there:
            return piece
        what = "links inside the book lead nowhere now; their words are in the text"
        self.lines.counts[what] = self.lines.counts.get(what, 0) + 1
        assert isinstance(piece, Words)
        return replace(piece, format=replace(piece.format, link=None))

    def _name(self, element: Element) -> str | None:
        """The name of a block that links lead to; the first block of a document has that of the document."""
        found = self.lines.name_of(element)
        if found is None and self.begins is not None and is_first(element):
            found, self.begins = self.begins, None
        return found

    def document(self, place: str) -> tuple[Block, ...]:
        """The blocks of a document; none of one that the program makes itself."""
        content = self.package.read(place)
        if content is None:
            return ()
        root = xml_root(content, name=f"{self.package.name}, {place}", dtd=True)
        body = next(iter(root.iter("{*}body")), None)
        if body is None:
            return ()
        self.place = self.lines.here = place
        self.begins = self.lines.places.get((place, ""))
        first = next((child for child in body if local(child)), body)
        said = tokens(body) | tokens(first) | {PurePosixPath(place).stem}
        if said & GENERATED:
            self._report(Kind.DROPPED, "a page that the program makes itself", words(body))
            return ()
        return self.blocks(body)

    def _report(self, kind: Kind, what: str, said: str = "") -> None:
        self.entries.append(Entry(kind=kind, where=PurePosixPath(self.place).name, what=what, words=said))

    def blocks(self, element: Element, style: Format = PLAIN) -> tuple[Block, ...]:
        """The blocks in an element; words next to blocks are paragraphs."""
        if self.depth > _DEEPEST:
            return (Paragraph(line=(Words(text=words(element), format=style),)),)
        self.depth += 1
        style = speak(element, style)
        found: list[Block] = []
        line: Line = (Words(text=element.text or "", format=style),)
        for child in element:
            if local(child) in BLOCKS:
                found += self._paragraph(line)
                found += self._block(child, speak(child, style))
                line = (Words(text=child.tail or "", format=style),)
            else:
                line = (*line, *self.lines.with_tail(child, style))
        found += self._paragraph(line)
        self.depth -= 1
        return tuple(found)

    def _paragraph(self, line: Line, *, kind: str | None = None, id: str | None = None) -> Iterator[Block]:
        has_points = any(isinstance(item, Point) for item in line)
        if has_points or not all(isinstance(item, Words) and not item.text.strip() for item in line):
            yield Paragraph(line=line, kind=kind, id=id)
        yield from self._waiting()

    def _waiting(self) -> Iterator[Block]:
        waiting, self.lines.pictures = self.lines.pictures, []
        for picture in waiting:
            yield from self._picture(picture.source, picture.alternative, ())

    def _block(self, element: Element, style: Format) -> Iterator[Block]:
        said = tokens(element)
        match local(element):
            case "p" if "verse" in said:
                name = self._name(element)
                yield Stanza(lines=divided_lines(self.lines.of(element, style)), id=name)
            case "p":
                name = self._name(element) or self._anchor(element)
                yield from self._paragraph(self.lines.of(element, style), kind=paragraph_kind(said), id=name)
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                name = self._name(element) or self._section_name(element)
                yield Heading(level=int(local(element)[1]), line=self.lines.of(element, style), id=name)
            case "hgroup":
                yield self._heading_group(element, style)
            case "blockquote" if part_kind(said) == "epitaph":
                yield from self._part(element, style, "epitaph")
            case "blockquote" if (kind := part_kind(said)) in ("letter", "entry", "scene"):
                yield Quotation(blocks=tuple(self._part(element, style, kind)))
            case "blockquote":
                yield from self._quotation(element, style, said)
            case _ if said & {"endnotes", "footnotes"}:
                self._endnotes(element)
            case "ul" | "ol":
                entries = tuple(self.blocks(child, style) for child in element if local(child) == "li")
                start = str(element.get("start") or "1")
                yield Listing(
                    ordered=local(element) == "ol", entries=entries, start=int(start) if start.isdecimal() else 1
                )
            case "dl":
                yield self._terms(element, style)
            case "table":
                yield from self._table(element, style, said)
            case "figure":
                yield from self._figure(element, style)
            case "hr":
                yield Rule()
            case "div" if "page-break" in said:
                yield Rule(is_page_break=True)
            case "pre":
                yield Literal(text="".join(str(text) for text in element.itertext()))
            case "aside" if said & {"footnote", "doc-footnote", "endnote"}:
                self._note(element)
            case "section" if "notes" in said:
                self._series(element)
            case "nav":
                self._report(Kind.DROPPED, "navigation: the program makes its own", words(element))
            case "article" | "section" if part_kind(said) == "poem" and not is_whole(element):
                name = self._name(element)
                yield Part(kind="poem", blocks=tuple(self._poem(element, style)), id=name)
            case "section" if (whom := audience(element)) is not None:
                yield from self._addressed(element, style, whom)
            case _ if said & set(VERSE):
                yield from self._poem(element, style)
            case "article" | "section" | "div" if (kind := part_kind(said)) is not None and not is_whole(element):
                yield from self._part(element, style, kind)
            case _:
                yield from self.blocks(element, style)

    def _addressed(self, element: Element, style: Format, whom: str) -> Iterator[Block]:
        """Blocks that this program has for an audience alone; the line that names it is left out."""
        label, *rest = [child for child in element if local(child)]
        self.lines.generated.append(words(label))
        within = tuple(block for item in rest for block in self._block(item, style))
        if within:
            yield Part(kind=f"{{audience={whom}}}", blocks=within)

    def _part(self, element: Element, style: Format, kind: str) -> Iterator[Block]:
        """A letter, an entry, a scene, with its id and its date."""
        name = self._name(element)
        date = first_date(element) if kind in DATED else None
        within = self.blocks(element, style)
        if within:
            yield Part(kind=kind, blocks=within, id=name, date=date)

    def _anchor(self, paragraph: Element) -> str | None:
        """The name of an element without words with which a paragraph begins."""
        first = next((child for child in paragraph if local(child) and "paragraph-number" not in tokens(child)), None)
        is_empty = first is not None and not len(first) and not (first.text or "").strip()
        return self.lines.name_of(first) if first is not None and is_empty else None

    def _section_name(self, heading: Element) -> str | None:
        """The name of the section that a heading begins, if links lead to that."""
        parent = heading.getparent()
        while parent is not None and local(parent) in ("section", "header", "hgroup", "div", "article"):
            found = self.lines.name_of(parent)
            if found is not None and part_kind(tokens(parent)) is None:
                return found
            parent = parent.getparent()
        return None

    def _heading_group(self, element: Element, style: Format) -> Heading:
        """A number and a title as one heading."""
        line: Line = ()
        level = 2
        for child in element:
            level = int(local(child)[1]) if re.fullmatch("h[1-6]", local(child)) else level
            line = (*line, *((Words(text=". "),) if line else ()), *self.lines.of(child, style))
        return Heading(level=level, line=line)

    def _quotation(self, element: Element, style: Format, said: frozenset[str]) -> Iterator[Block]:
        if said & set(VERSE):
            yield Quotation(blocks=tuple(self._poem(element, style)))
            return
        attribution: Line = ()
        inner: list[Block] = []
        for block, is_source in self._find_source(element, style):
            if is_source and isinstance(block, Paragraph):
                is_dashed = (
                    "".join(item.text for item in block.line if isinstance(item, Words)).lstrip().startswith("—")
                )
                attribution = block.line if is_dashed else (Words(text="— "), *block.line)
            else:
                inner.append(block)
        yield Quotation(blocks=tuple(inner), attribution=attribution)

    def _find_source(self, element: Element, style: Format) -> Iterator[tuple[Block, bool]]:
        """The blocks of a quotation, and whether each says where it is from."""
        for child in element:
            if local(child) == "cite" or "attribution" in tokens(child):
                yield Paragraph(line=self.lines.of(child, style)), True
            elif local(child) in BLOCKS:
                for block in self._block(child, speak(child, style)):
                    yield block, False

    def _poem(self, element: Element, style: Format) -> Iterator[Block]:
        """Verse as Standard Ebooks writes it: a paragraph for each stanza, a span for each line."""
        for child in element:
            if local(child) == "p":
                spans = [item for item in child if local(item) == "span"]
                lines = tuple(self._verse_line(span, style) for span in spans)
                yield Stanza(lines=lines if lines else divided_lines(self.lines.of(child, style)))
            elif local(child) in ("section", "div", "header"):
                yield from self._poem(child, style)
            elif local(child) in BLOCKS:
                yield from self._block(child, style)
            elif local(child) == "cite":
                yield Paragraph(line=self.lines.of(child, style))

    def _verse_line(self, element: Element, style: Format) -> Line:
        indent = next((int(token[1:]) for token in tokens(element) if re.fullmatch(r"i[1-9]", token)), 0)
        return (Words(text="\u00a0" * 2 * indent), *self.lines.of(element, speak(element, style)))

    def _terms(self, element: Element, style: Format) -> Terms:
        entries: list[tuple[Line, tuple[tuple[Block, ...], ...]]] = []
        inner = (entry for child in element for entry in (child if local(child) == "div" else (child,)))
        for item in inner:
            if local(item) == "dt":
                entries.append((self.lines.of(item, style), ()))
            elif entries and local(item) == "dd":
                term, said = entries[-1]
                entries[-1] = (term, (*said, self.blocks(item, style)))
        return Terms(entries=tuple(entries))

    def _table(self, element: Element, style: Format, said: frozenset[str]) -> Iterator[Block]:
        if "z3998:drama" in said:
            for row in element.iter("{*}tr"):
                yield from self._speech(row, style)
            return
        head: list[Row] = []
        bodies: list[tuple[Row, ...]] = []
        caption: Line = ()
        for part in element:
            if local(part) == "caption":
                caption = self.lines.of(part, style)
            elif local(part) == "thead":
                head += (self._row(row, style) for row in part if local(row) == "tr")
            elif local(part) in ("tbody", "tfoot"):
                bodies.append(tuple(self._row(row, style) for row in part if local(row) == "tr"))
            elif local(part) == "tr":
                bodies.append((self._row(part, style),))
        yield Table(head=tuple(head), bodies=tuple(bodies), alignments=column_alignments(element), caption=caption)

    def _speech(self, row: Element, style: Format) -> Iterator[Block]:
        """A speech: the speaker, then the words; a row without a speaker says what happens on the stage."""
        for cell in row:
            if "z3998:persona" in tokens(cell):
                yield from self._paragraph(self.lines.of(cell, style), kind="speaker")
                continue
            for block in self.blocks(cell, style):
                is_stage = isinstance(block, Paragraph) and not is_speech(row)
                yield on_stage(block) if is_stage and isinstance(block, Paragraph) else block

    def _row(self, row: Element, style: Format) -> Row:
        return tuple(self._cell(child, style) for child in row if local(child) in ("td", "th"))

    def _cell(self, element: Element, style: Format) -> Cell:
        line: Line = ()
        for block in self.blocks(element, style):
            for item in lines_of(block):
                line = (*line, *((Words(text=" "),) if line else ()), *item)
        return Cell(line=line, columns=span_number(element.get("colspan")), rows=span_number(element.get("rowspan")))

    def _figure(self, element: Element, style: Format) -> Iterator[Block]:
        caption = next(iter(element.iter("{*}figcaption")), None)
        line: Line = () if caption is None else self.lines.of(caption, style)
        if caption is not None:
            line = line if not is_blank(line) else tuple(joined_lines(self.blocks(caption, style)))
        images = list(element.iter("{*}img"))
        inner = [
            child
            for child in element
            if local(child) == "figure" and next(iter(child.iter("{*}img")), None) is not None
        ]
        if len(inner) > 1:
            yield from self._group(element, inner, style)
            return
        for number, image in enumerate(images):
            source, said = str(image.get("src") or ""), str(image.get("alt") or "")
            name = self._name(element) if not number else None
            found = self._picture(source, said, line if not number else ())
            is_plate = bool(tokens(element) & {"plate", "z3998:plate", "full-page"})
            yield from (
                replace(picture, id=name, is_plate=is_plate) if isinstance(picture, Picture) else picture
                for picture in found
            )
        if not images:
            yield from self.blocks(element, style)

    def _group(self, element: Element, inner: list[Element], style: Format) -> Iterator[Block]:
        """Several pictures in one figure, with the caption of them all."""
        name = self._name(element)
        found = [block for item in inner for block in self._figure(item, style)]
        own = next((child for child in element if local(child) == "figcaption"), None)
        line = () if own is None else self.lines.of(own, style)
        caption = () if is_blank(line) else (Paragraph(line=line, kind="caption"),)
        if all(isinstance(item, Picture) for item in found):
            yield Part(kind="pictures", blocks=(*found, *caption), id=name)
        else:
            yield from (*found, *(replace(paragraph, kind=None) for paragraph in caption))

    def _picture(self, source: str, said: str, caption: Line) -> Iterator[Block]:
        target = joined_path(self.place, source)
        content = self.package.read(target)
        kind = None if content is None else picture_kind(content)
        if content is None or kind is None:
            self._report(Kind.DROPPED, f"the picture {source}, which cannot be used", said)
            if not is_blank(caption):
                yield Paragraph(line=caption)
            return
        name = f"images/{PurePosixPath(target).stem}.{kind}"
        if self.pictures.get(name, content) != content:
            name = f"images/{PurePosixPath(target).stem}-{len(self.pictures) + 1}.{kind}"
        self.pictures[name] = content
        if not said:
            self._report(Kind.ADDED, f"the words that describe {name}: the source has none, so write them")
        yield Picture(file=name, alternative=said or f"A picture ({PurePosixPath(name).name})", caption=caption)

    def _endnotes(self, element: Element) -> None:
        """Read the author's notes at the end of a book; what is next to them is left out."""
        for child in element:
            if tokens(child) & {"endnote", "footnote"}:
                self._note(child)
            elif "notes" in tokens(child):
                self._series(child)
            elif local(child) in ("ol", "ul", "section", "div"):
                self._endnotes(child)
            elif local(child):
                self.lines.generated.append(words(child))

    def _series(self, element: Element) -> None:
        """The notes of a series at the end of a section, as this program writes them."""
        title = ""
        for child in element:
            if re.fullmatch("h[1-6]", local(child)):
                title = words(child)
                self.lines.generated.append(title)
            elif "notes" in tokens(child):
                self._series(child)
            elif local(child):
                self._note(child, title=title)

    def _note(self, element: Element, *, title: str = "") -> None:
        """A note: one of the author's, or one of a series."""
        identity = str(element.get("id") or "")
        said = tokens(element)
        series = next((text.removeprefix("series-") for text in said if text.startswith("series-")), "author")
        blocks = self.blocks(element)
        if not identity or not blocks:
            return
        if series == "author":
            self.footnotes.append(Footnote(label=identity, blocks=blocks))
            return
        kind = next((text.removeprefix("kind-") for text in said if text.startswith("kind-")), "")
        quoted = next((words(item) for item in element.iter("{*}span") if "cited-lemma" in tokens(item)), "")
        mark = next((words(item) for item in element.iter("{*}a") if "note-mark" in tokens(item)), "")
        self.marks.setdefault(series, mark)
        self.comments.append(
            Comment(id=identity, author=series, date="", blocks=blocks, title=title or series, kind=kind, quoted=quoted)
        )
