"""The structure tree of a PDF as blocks: which pieces of which pages belong to one paragraph, heading, note, cell.

ISO 32000-1, 14.7 and 14.8. The blocks are those that `verify` reads as lines, in the same order.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from publisher.pdf.read.document import PdfDocument
from publisher.pdf.read.file import Dictionary
from publisher.pdf.read.syntax import Malformed, Ref, Value
from publisher.verify.pdf.lines import INSIDE_LINES

DEEPEST = 200


@dataclass(slots=True)
class Branch:
    """A block, and the marked sequences that it consists of."""

    path: tuple[str, ...]
    """The types of the elements around it, outer before inner, its own last."""
    note: bool = False
    """Whether it is part of a note."""
    sequences: list[tuple[int, int]] = field(default_factory=list)
    """Pages, by index, and numbers of sequences."""


def branches(document: PdfDocument) -> tuple[Branch, ...]:
    """Every block in reading order, those of a note where the note is; none where there is no tree."""
    root = document.file.dictionary(document.catalogue.get("StructTreeRoot"))
    climber = _Climber(document)
    for kid in document.file.array(root.get("K")):
        climber.element(kid, ())
    climber.end()
    return tuple(climber.done)


class _Climber:
    """Goes through the tree, element by element."""

    def __init__(self, document: PdfDocument) -> None:
        self.done: list[Branch] = []
        self._document = document
        self._file = document.file
        self._growing = Branch(path=())
        self._in_note = False
        self._joins_label = False
        """Whether the next block continues with the line of a label: that of a note."""

    def element(self, value: Value, path: tuple[str, ...]) -> None:
        """Reads an element; `path` are the types of those around it."""
        known = self._file.dictionary(value)
        own = str(self._file.resolve(known.get("S")))
        own = "Note" if own == "FENote" else own
        if len(path) > DEEPEST:
            raise Malformed("the structure tree is too deep")
        if own == "Note":
            self._note(known, path)
        elif own in INSIDE_LINES or (own == "P" and self._joins_label):
            self._joins_label = self._joins_label and own != "P"
            self._kids(known, path)
        elif own == "Lbl" and path[-1:] == ("Note",):
            self._begin((*path, "P"))
            self._kids(known, (*path, "P"))
            self._joins_label = True
        elif own == "Lbl" and path[-1:] != ("LI",):
            self._kids(known, path)
        else:
            self._joins_label = False
            self._begin((*path, own))
            self._kids(known, (*path, own))
            self._begin(path)

    def end(self) -> None:
        """Ends the block, if there is anything in it."""
        if self._growing.sequences:
            self.done.append(self._growing)
        self._growing = Branch(path=())

    def _begin(self, path: tuple[str, ...]) -> None:
        self.end()
        self._growing = Branch(path=path, note=self._in_note)

    def _kids(self, known: Dictionary, path: tuple[str, ...]) -> None:
        for kid in self._file.array(known.get("K")):
            found = self._file.resolve(kid)
            if isinstance(found, int):
                self._sequence(known.get("Pg"), found)
            elif isinstance(found, dict) and found.get("Type") == "MCR":
                self._sequence(found.get("Pg", known.get("Pg")), found.get("MCID"))
            elif isinstance(found, dict) and found.get("Type") != "OBJR":
                self.element(kid, path)

    def _sequence(self, page: Value, mcid: Value) -> None:
        index = self._document.numbers.get(page.number) if isinstance(page, Ref) else None
        if index is None or not isinstance(mcid, int):
            raise Malformed("an element holds content of no page")
        self._growing.sequences.append((index, mcid))

    def _note(self, known: Dictionary, path: tuple[str, ...]) -> None:
        """A note: its blocks come before the one that it is in, which continues after it."""
        kept, self._growing = self._growing, Branch(path=())
        around, self._in_note, joins, self._joins_label = self._in_note, True, self._joins_label, False
        self._begin((*path, "Note"))
        self._kids(known, (*path, "Note"))
        self.end()
        self._growing, self._in_note, self._joins_label = kept, around, joins
