"""A PDF's structure tree as lines: every word in the order in which it is read (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from publisher.model.language import RTL, direction
from publisher.pdf.read.bidi import RIGHT_TO_LEFT, lines_as_written
from publisher.pdf.read.chunks import Chunk
from publisher.pdf.read.document import PdfDocument, unreadable
from publisher.pdf.read.file import Dictionary
from publisher.pdf.read.syntax import Malformed, Ref, Value, text_string
from publisher.verify.line import PICTURE, Bond, CellPlace, Link
from publisher.verify.pdf.found import FoundInPdf, FoundLink, PdfReading
from publisher.verify.pdf.growing import Growing, apart, wraps
from publisher.verify.tables import TableGrid, span_cells

INSIDE_LINES = frozenset(
    {"Span", "Link", "Reference", "Em", "Strong", "Code", "Quote", "BibEntry", "Annot", "Ruby", "RB", "RT", "RP"}
    | {"Formula", "Warichu", "WT", "WP", "NonStruct", "Private", "Sub"}
)
"""Elements that don't begin a line of their own; every other one does."""
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
HEADING = re.compile(r"H[1-6]?")
OF_ELEMENTS = frozenset({"Type", "S", "P", "K", "Pg", "ID", "A", "Alt", "Lang", "ActualText", "E", "NS", "Ref"})
SAME = {"FENote": "Note"}
"""Types of PDF 2.0 and what they are in PDF 1.7."""
DEEPEST = 200


def read_tree(document: PdfDocument) -> PdfReading:
    """Every line of a PDF; raises `PublisherError` (V-011) where its tree is none."""
    root = document.file.dictionary(document.catalogue.get("StructTreeRoot"))
    reader = _Reader(document)
    try:
        for kid in document.file.array(root.get("K")):
            reader.element(kid, depth=0)
    except (Malformed, RecursionError) as error:
        raise unreadable(error) from error
    reader.end()
    return reader.reading


class _Reader:
    """Goes through the tree, element by element."""

    def __init__(self, document: PdfDocument) -> None:
        self.reading = PdfReading()
        self._document = document
        self._file = document.file
        self._line = Growing()
        self._note: str | None = None
        self._label = False
        self._ids: list[str] = []
        self._after = -1
        self._level = 0
        """Of the heading that is being read; 0 outside of headings."""
        self._joins_label = False
        """Whether the next block continues with the line of a label: that of a note."""
        self._in_contents = False
        self._waiting: list[int] = []
        """The objects of elements that have begun and whose line has not ended."""
        language = self._file.resolve(document.catalogue.get("Lang"))
        self._language = text_string(language) if isinstance(language, bytes) else ""
        self._block_language = self._language
        """The language of the innermost element around that is no part of a line."""
        self._rows: dict[int, defaultdict[int, list[Chunk]]] = {}
        """The words of each page by the height of their baseline, where letters run from right to left."""
        self._drawn: list[str] | None = None
        """The words of the picture that is being read; None outside of pictures."""
        self._grid: TableGrid | None = None
        """The table that is being read."""
        self._cell: CellPlace | None = None
        """Where in it the cell is that is being read."""

    def element(self, value: Value, *, depth: int, kind: str = "", list_: str = "") -> None:
        """Reads an element; `kind` is that of the element around it, `list_` the numbering of the list around it."""
        known = self._file.dictionary(value)
        own = str(self._file.resolve(known.get("S")))
        own = SAME.get(own, own)
        if depth > DEEPEST:
            raise Malformed("the structure tree is too deep")
        self._note_replaced(known, own)
        around, block = self._language, self._block_language
        self._language = self._language_of(known)
        if own not in INSIDE_LINES and own != "Lbl":
            self._block_language = self._language
        self._element(value, known, own, depth=depth, kind=kind, list_=list_)
        self._language, self._block_language = around, block

    def _language_of(self, known: Dictionary) -> str:
        """The language of an element, which is that around it unless it names another."""
        language = self._file.resolve(known.get("Lang"))
        return text_string(language) if isinstance(language, bytes) else self._language

    def _element(self, value: Value, known: Dictionary, own: str, *, depth: int, kind: str, list_: str) -> None:
        if own == "Figure" or not (own in INSIDE_LINES or own in ("Note", "Lbl", "P")):
            self.end()
        if isinstance(value, Ref):
            self._waiting.append(value.number)
        table = self._grid, self._cell
        self._step_in_table(known, own)
        if own == "Note":
            self._read_note(known, depth)
        elif own == "Figure":
            self._read_figure(known)
        elif own == "RT":
            self._read_reading(known, depth)
        elif own == "Link":
            self._read_link(known, depth, kind)
        elif own == "Lbl":
            self._read_label(known, depth, kind, list_)
        else:
            inline = own in INSIDE_LINES or (own == "P" and self._joins_label)
            self._joins_label = False if own not in INSIDE_LINES else self._joins_label
            if not inline:
                self.end()
                self._level = int(own[1:] or 1) if HEADING.fullmatch(own) else 0
            around, self._in_contents = self._in_contents, self._in_contents or own == "TOCI"
            self._read_kids(known, depth, own, self._numbering(known) if own == "L" else list_)
            if own not in INSIDE_LINES:
                self.end()
            self._in_contents = around
        if own in ("Table", "TH", "TD", "Note"):
            self._grid, self._cell = table

    def _step_in_table(self, known: Dictionary, own: str) -> None:
        """Follows the rows and cells of a table; a note that is called in a cell may hold a table of its own."""
        if own == "Table":
            self._grid, self._cell = TableGrid(), None
        elif own == "Note":
            self._grid = self._cell = None
        elif self._grid is None:
            return
        elif own in ("THead", "TBody", "TFoot"):
            self._grid.next_part()
        elif own == "TR":
            self._grid.next_row()
        elif own in ("TH", "TD"):
            columns, rows = self._spanned(known, "ColSpan"), self._spanned(known, "RowSpan")
            self._cell = self._grid.place(columns=columns, rows=rows, header=own == "TH")

    def _spanned(self, known: Dictionary, key: str) -> int:
        """How many rows or columns a cell spans."""
        for item in self._file.array(known.get("A")):
            span = self._file.resolve(self._file.dictionary(item).get(key))
            if isinstance(span, int):
                return span_cells(str(span))
        return 1

    def end(self) -> None:
        """Ends the line, if there is one."""
        line, self._line = self._line, Growing()
        first = line.first
        if first is None or not "".join(line.parts).strip():
            return
        if self._drawn is not None:
            self._drawn += line.parts
            return
        text, folio = "".join(line.parts) if line.is_actual else lines_as_written(line.parts), ""
        if self._in_contents and line.links:
            text, folio = text[: line.links[-1].end], text[line.links[-1].end :].strip()
        found = FoundInPdf(
            text=text,
            links=tuple(line.links),
            place=self._place(first),
            ids=tuple(self._ids),
            page=first.page,
            x=first.x,
            y=first.y,
            words=tuple(line.words),
            languages=tuple(line.languages),
            language=line.language,
            calls=tuple(line.calls),
            after=self._after,
            folio=folio,
            drawn=line.drawn,
            tongues=tuple(line.tongues),
            level=self._level,
            cell=self._cell,
        )
        self._ids.clear()
        self.reading.elements |= dict.fromkeys(self._waiting, found)
        self._waiting.clear()
        if self._label:
            self.reading.labels.append(found)
        else:
            (self.reading.lines if self._note is None else self.reading.notes).append(found)

    def _place(self, chunk: Chunk) -> str:
        return f"page {self._document.labels[chunk.page]}"

    def _read_kids(self, known: Dictionary, depth: int, kind: str, list_: str) -> None:
        for kid in self._file.array(known.get("K")):
            found = self._file.resolve(kid)
            if isinstance(found, int):
                self._sequence(known.get("Pg"), found)
            elif isinstance(found, dict) and found.get("Type") == "MCR":
                self._sequence(found.get("Pg", known.get("Pg")), found.get("MCID"))
            elif isinstance(found, dict) and found.get("Type") != "OBJR":
                self.element(kid, depth=depth + 1, kind=kind, list_=list_)

    def _note_replaced(self, known: Dictionary, kind: str) -> None:
        """What an element says in place of its words; pictures alone have an alternative text."""
        for key in ("ActualText", "E") if kind in ("Figure", "Formula") else ("ActualText", "Alt", "E"):
            told = self._file.resolve(known.get(key))
            if isinstance(told, bytes):
                self.reading.replaced.append((kind, text_string(told)))
        self.reading.more.update((kind, key) for key in known.keys() - OF_ELEMENTS)

    def _sequence(self, page: Value, mcid: Value) -> None:
        """The words of a marked sequence."""
        index = self._document.numbers.get(page.number) if isinstance(page, Ref) else None
        if index is None or not isinstance(mcid, int):
            raise Malformed("an element holds content of no page")
        if (index, mcid) in self.reading.read:
            self.reading.twice.append((index, mcid))
        self.reading.read.add((index, mcid))
        if self._drawn is not None:
            self.reading.figures.add((index, mcid))
        chunks = self._document.contents[index].sequences.get(mcid, [])
        for chunk in chunks:
            self._add(chunk)

    def _add(self, chunk: Chunk) -> None:
        line = self._line
        last = line.last
        turns = line.is_turned = (
            line.is_turned or RIGHT_TO_LEFT.search(chunk.text) is not None or direction(self._language) == RTL
        )
        if last is not None and apart(last, chunk, beside=self._beside(chunk) if turns else None):
            if line.parts and line.parts[-1].endswith(SOFT_HYPHEN) and last.actual and wraps(last, chunk, turns=turns):
                line.parts[-1] = line.parts[-1][:-1]
                line.say(-1, line.tongues[-1].language)
            line.parts.append("\n")
            line.say(1, line.tongues[-1].language if line.tongues else self._language)
        if self._drawn is not None:
            self.reading.in_pictures.add(id(chunk))
        elif not chunk.seen:
            self.reading.unseen.append(chunk)
        line.is_actual = line.is_actual or (chunk.actual and RIGHT_TO_LEFT.search(chunk.text) is not None)
        line.parts += chunk.glyphs or (chunk.text,)
        line.say(len(chunk.text), self._language)
        line.first, line.last = line.first or chunk, chunk
        line.words.append(chunk)
        line.languages.append(self._language)
        line.language = line.language or self._block_language

    def _beside(self, chunk: Chunk) -> list[Chunk]:
        """The words on the line of a word."""
        if chunk.page not in self._rows:
            rows = self._rows[chunk.page] = defaultdict(list)
            for sequence in chain(*self._document.contents[chunk.page].sequences.values()):
                rows[round(sequence.y)].append(sequence)
        rows = self._rows[chunk.page]
        return [row for y in range(round(chunk.y) - 1, round(chunk.y) + 2) for row in rows.get(y, ())]

    def _read_note(self, known: Dictionary, depth: int) -> None:
        """A note: its lines go apart, wherever in the text it is."""
        kept, note, joins = self._line, self._note, self._joins_label
        id = self._file.resolve(known.get("ID"))
        self._line, self._note = Growing(), text_string(id) if isinstance(id, bytes) else ""
        self._ids.append(self._note)
        self._joins_label = False
        self._after = len(self.reading.lines) - (kept.first is None)
        self._read_kids(known, depth, "Note", "")
        self.end()
        self._line, self._note, self._joins_label = kept, note, joins

    def _read_figure(self, known: Dictionary) -> None:
        """A picture: a line of its alternative text, with the words that are drawn in it apart."""
        self.end()
        self._drawn = []
        self._read_kids(known, 0, "Figure", "")
        self.end()
        words, self._drawn = "".join(self._drawn), None
        alternative = self._file.resolve(known.get("Alt"))
        page = known.get("Pg")
        index = self._document.numbers.get(page.number, 0) if isinstance(page, Ref) else 0
        self._line.first = Chunk(text="", page=index, x=0, end=0, y=0, size=0, seen=True)
        self._line.parts.append(PICTURE if words.strip() or self._is_drawn(known) else "")
        self._line.parts.append(text_string(alternative) if isinstance(alternative, bytes) else "")
        self._line.say(sum(map(len, self._line.parts)), self._language)
        self._line.drawn = words
        self.end()

    def _is_drawn(self, known: Dictionary) -> bool:
        """Whether an element, or one in it, draws something that is no text."""
        for kid in self._file.array(known.get("K")):
            found = self._file.resolve(kid)
            part = self._file.dictionary(found) if isinstance(found, dict) else known
            mcid = found if isinstance(found, int) else part.get("MCID")
            page = part.get("Pg", known.get("Pg"))
            if isinstance(mcid, int) and isinstance(page, Ref) and page.number in self._document.numbers:
                if mcid in self._document.contents[self._document.numbers[page.number]].pictures:
                    return True
            elif isinstance(found, dict) and "S" in found and self._is_drawn(found):
                return True
        return False

    def _read_reading(self, known: Dictionary, depth: int) -> None:
        """A reading above characters: it belongs to their line, and what follows it follows these."""
        line = self._line
        base, line.last, before = line.last, None, len(line.words)
        self._read_kids(known, depth, "RT", "")
        if base is not None and line is self._line:
            self.reading.readings += ((base, word) for word in line.words[before:])
            del line.words[before:], line.languages[before:]
        line.last = base or line.last

    def _read_link(self, known: Dictionary, depth: int, kind: str) -> None:
        line = self._line
        start, first, before = line.length, len(line.parts), len(line.words)
        self._read_kids(known, depth, "Link", "")
        if self._line is not line or line.last is None:
            return
        words = "".join(line.parts[first:])
        start += len(words) - len(words.lstrip("\n"))
        numbers = tuple(self._hold(known))
        target = self._target(numbers)
        self.reading.links.append(FoundLink(words=tuple(line.words[before:]), annotations=numbers))
        is_mark = kind == "Lbl" or (kind == "Reference" and not self._in_contents)
        bond = Bond.NOTE if is_mark else Bond.OTHER
        line.links.append(Link(start=start, text=words.lstrip("\n"), target=target, bond=bond))
        if bond is Bond.NOTE:
            line.calls.append(line.last)

    def _hold(self, known: Dictionary) -> Iterator[int]:
        """The annotations that an element holds, by the numbers of their objects."""
        for kid in self._file.array(known.get("K")):
            found = self._file.resolve(kid)
            if isinstance(found, dict) and found.get("Type") == "OBJR":
                annotated = found.get("Obj")
                yield annotated.number if isinstance(annotated, Ref) else -1

    def _target(self, numbers: Iterable[int]) -> str:
        """What the annotations of a link lead to; more than one thing where they disagree."""
        targets: dict[str, None] = {}
        for number in numbers:
            self.reading.annotations.add(number)
            annotation = self._document.annotations.get(number)
            targets["" if annotation is None else annotation.target] = None
        return " and ".join(targets)

    def _read_label(self, known: Dictionary, depth: int, kind: str, list_: str) -> None:
        """The label of a note begins the line of its words; that of a list's entry occurs apart; others are words."""
        if kind == "Note":
            self.end()
            self._read_kids(known, depth, "Lbl", "")
            self._joins_label = True
        elif kind == "LI" and list_ != "None":
            self.end()
            self._label = True
            self._read_kids(known, depth, "Lbl", "")
            self.end()
            self._label = False
        elif kind == "LI":
            self.end()
            self._read_kids(known, depth, "dt", "")
            self.end()
        else:
            self._read_kids(known, depth, "Lbl", "")

    def _numbering(self, known: Dictionary) -> str:
        """How the entries of a list are numbered; `None` where they are not, as those of a list of terms."""
        for item in self._file.array(known.get("A")):
            numbering = self._file.dictionary(item).get("ListNumbering")
            if numbering is not None:
                named = str(self._file.resolve(numbering))
                return "None" if named == "Description" else named
        return "None"
