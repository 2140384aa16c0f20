"""Sections joined into the volume: PDF/UA-1 and PDF/A-3a in one file, or PDF/UA-2 and PDF/A-4, for a printer PDF/X.

Pages, parts of the structure tree, named destinations and typefaces are put together; the volume gets its page
numbers, labels, bookmarks and metadata. ISO 32000-1, ISO 14289-1, ISO 19005-3.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.pdf_standard import ScreenStandard
from publisher.model.rendition import LayoutResources, PageStart, PdfOutput, PdfRendition
from publisher.pdf.assemble.attach import attach
from publisher.pdf.assemble.folios import set_folio
from publisher.pdf.assemble.font_subsets import fill_typefaces
from publisher.pdf.assemble.foreign_fonts import font_faults
from publisher.pdf.assemble.foreign_pages import ForeignDrawer, drawer
from publisher.pdf.assemble.labels import write_labels
from publisher.pdf.assemble.links import loosen
from publisher.pdf.assemble.note_numbers import number_fonts, set_numbers
from publisher.pdf.assemble.order import Order
from publisher.pdf.assemble.outline import write_outline
from publisher.pdf.assemble.page_starts import page_starts
from publisher.pdf.assemble.pdf_2 import elements_by_place, write_as_pdf_2
from publisher.pdf.assemble.section_pdf import SectionPdf, Start
from publisher.pdf.assemble.sequences import off_page_error
from publisher.pdf.assemble.srgb import srgb_profile
from publisher.pdf.assemble.xmp import write_metadata
from publisher.pdf.press.make import make_ready
from publisher.pdf.press.older import object_streams


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What is joined."""

    sections: tuple[SectionPdf, ...]
    empty: tuple[SectionPdf, ...]
    """What an empty page carries, on a right-hand and on a left-hand one; nothing where there is none."""
    order: Order
    numbers: tuple[tuple[str, ...], ...] = ()
    """The numbers of notes of each section; none if all are in its pages already."""

    def with_numbers(self) -> Iterator[tuple[SectionPdf, tuple[str, ...]]]:
        """Yield each section with its numbers; what it uses of fonts has their figures."""
        for section, numbers in zip(self.sections, self.numbers or ((),) * len(self.sections), strict=True):
            yield replace(section, fonts=number_fonts(section, numbers)), numbers


def join(
    bound: Bound, rendition: PdfRendition, *, finish: PdfOutput, moment: str
) -> tuple[bytes, tuple[PageStart, ...]]:
    """The finished PDF, and the word at which each page begins.

    Raises `PublisherError` with everything that is wrong with the sections: what the layout complained of, F-001 where
    a glyph comes from a typeface that is not the edition's, D-004 where words run off a page; for a printer D-007
    where something cannot be printed as it is, E-014 where the ICC profile is of no use.
    """
    sections, order = bound.sections, bound.order
    _demand_sound(sections, order, rendition.dress)
    with pikepdf.new() as pdf:
        modern = finish.press is None and finish.standard is ScreenStandard.UA_2
        joiner = _Joiner(
            pdf=pdf, order=order, empty=bound.empty, foreign=drawer(pdf, rendition.foreign), finds_elements=modern
        )
        numbered = tuple(bound.with_numbers())
        for (section, numbers), first in zip(numbered, order.firsts, strict=True):
            joiner.append(section, first, numbers)
        fonts = (*(section for section, _ in numbered), *bound.empty)
        fill_typefaces(pdf, joiner.fonts, fonts, rendition.dress.assets)
        joiner.write_tree()
        joiner.write_destinations()
        if finish.piece:
            loosen(pdf, joiner.places_named)
        attach(pdf, finish.attachments, moment=moment)
        write_metadata(
            pdf,
            rendition.metadata,
            moment=moment,
            producer=joiner.producer,
            standard=finish.press.standard if finish.press else finish.standard,
            claims=joiner.foreign.claims,
            holds_files=bool(finish.attachments),
        )
        write_outline(pdf, rendition.contents, joiner.places(sections), joiner.elements)
        write_labels(pdf, order.numbered)
        if modern:
            write_as_pdf_2(pdf, joiner.elements)
        if finish.press:
            make_ready(pdf, finish.press, labels=order.labels)
        return _save(pdf, finish), page_starts(_starts(sections, order), order.labels, first=sections[0].id)


def _demand_sound(sections: Sequence[SectionPdf], order: Order, dress: LayoutResources) -> None:
    """Raises `PublisherError` with what is wrong with the sections."""
    strange: defaultdict[str, set[str]] = defaultdict(set)
    missing: set[str] = set()
    found: list[Diagnostic] = []
    for section, first in zip(sections, order.firsts, strict=True):
        found += section.found
        missing.update(section.missing)
        for family, served in section.strange:
            strange[family].update(served)
        found += (off_page_error(order.labels[first + page], words) for page, words in section.lost)
    found = [*dict.fromkeys(found), *font_faults(strange, missing, assets=dress.assets, sheets=dress.stylesheets)]
    if found:
        raise PublisherError(*found, exit_code=ExitCode.CONTENT)


def _starts(sections: Sequence[SectionPdf], order: Order) -> tuple[Start | None, ...]:
    """Where every page begins; None for the empty ones."""
    found: list[Start | None] = [None] * order.count
    for section, first in zip(sections, order.firsts, strict=True):
        found[first : first + section.count] = section.starts
    return tuple(found)


@dataclass(kw_only=True)
class _Joiner:
    """The volume as it grows."""

    pdf: pikepdf.Pdf
    order: Order
    empty: tuple[SectionPdf, ...]
    foreign: ForeignDrawer
    fonts: list[tuple[str, pikepdf.Object]] = field(default_factory=list)
    """Every font of the pages with the name of its resource."""
    finds_elements: bool = False
    """Whether `elements` are needed."""
    elements: dict[str, pikepdf.Object] = field(default_factory=dict)
    """The elements of the structure tree by their ids."""
    producer: str = ""
    """The program that laid the sections out."""
    _kids: list[pikepdf.Object] = field(default_factory=list)
    """The elements below the Document."""
    _parents: list[int | pikepdf.Object] = field(default_factory=list)
    """Keys and values of the ParentTree."""
    _ids: dict[bytes, pikepdf.Object] = field(default_factory=dict)
    places_named: dict[bytes, pikepdf.Object] = field(default_factory=dict)
    """The named destinations."""
    _next: int = 0
    """The next key of the ParentTree."""

    def append(self, section: SectionPdf, first: int, numbers: Sequence[str] = ()) -> None:
        """Puts the pages of a section behind those that are there, from the page with this index on."""
        with pikepdf.open(io.BytesIO(section.content)) as source:
            set_numbers(source, section.numbers, numbers)
            while len(self.pdf.pages) < first:
                self._append_empty(source.pages[0], len(self.pdf.pages))
            held = source.make_indirect(_section_object(source))
            for page in source.pages:
                self.pdf.pages.append(page)
            taken = self.pdf.copy_foreign(held)
            if not self.producer:
                self.producer = str(source.docinfo.get("/Producer", ""))
                self.pdf.Root.OutputIntents = taken.Intents
                self._simplify_profile()
        pages = self.pdf.pages[first : first + section.count]
        self._take(taken, pages)
        if self.finds_elements:
            found = elements_by_place(taken.Kids, dict(section.places))
            self.elements = found | self.elements
        for spot in section.foreign:
            self.foreign.draw(spot, pages[spot.page])
        self._set_folios(section, first, pages)
        self._note_fonts(pages)

    def _simplify_profile(self) -> None:
        """Gives the output intent a profile of sRGB that is quick to read."""
        profile = self.pdf.make_stream(srgb_profile(), N=3)
        for intent in self.pdf.Root.OutputIntents:
            intent.DestOutputProfile = profile

    def _append_empty(self, like: pikepdf.Page, at: int) -> None:
        """An empty page, as large as another; it carries what empty pages of its side do."""
        if self.empty:
            self.append(self.empty[self.order.index(at) % len(self.empty)], at)
            return
        page = Dictionary(Type=Name.Page, MediaBox=Array([*like.mediabox]), Resources=Dictionary())
        self.pdf.pages.append(pikepdf.Page(self.pdf.make_indirect(page)))

    def _take(self, taken: pikepdf.Object, pages: Sequence[pikepdf.Page]) -> None:
        """Takes a section's part of the tree over, under numbers that no other user has."""
        self._kids.extend(taken.Kids)
        numbers = taken.Parents
        for at in range(0, len(numbers), 2):
            self._parents += (int(numbers[at]) + self._next, numbers[at + 1])
        for page in pages:
            page.obj.StructParents = int(page.obj.StructParents) + self._next
            for annotation in page.obj.get("/Annots", ()):
                annotation.StructParent = int(annotation.StructParent) + self._next
        self._next += int(taken.Next)
        self._ids.update(_pairs(taken.Ids))
        self.places_named.update(_pairs(taken.Places))

    def _set_folios(self, section: SectionPdf, first: int, pages: Sequence[pikepdf.Page]) -> None:
        numbers = self.order.numbered
        for folio in section.folios:
            page = pages[folio.page]
            content = set_folio(folio, numbers[first + folio.page][1])
            before = page.obj.Contents
            streams = list(before) if isinstance(before, Array) else [before]
            page.obj.Contents = Array([*streams, self.pdf.make_stream(content)])

    def _note_fonts(self, pages: Sequence[pikepdf.Page]) -> None:
        """Keeps the fonts of pages that share their resources."""
        seen: set[tuple[int, int]] = set()
        for page in pages:
            resources = page.obj.Resources
            if resources.objgen not in seen:
                seen.add(resources.objgen)
                self.fonts += ((str(name), font) for name, font in resources.get("/Font", Dictionary()).items())

    def write_tree(self) -> None:
        """Writes the structure tree of the volume: one Document with what every section has."""
        pdf = self.pdf
        root = pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
        for kid in self._kids:
            kid.P = document
        document.K = Array(self._kids)
        root.K = Array([document])
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(self._parents)))
        root.ParentTreeNextKey = self._next
        if self._ids:
            root.IDTree = pdf.make_indirect(Dictionary(Names=_names(self._ids)))

    def write_destinations(self) -> None:
        """Writes the named destinations of the volume."""
        tree = self.pdf.make_indirect(Dictionary(Names=_names(self.places_named)))
        self.pdf.Root.Names = Dictionary(Dests=tree)

    def places(self, sections: Sequence[SectionPdf]) -> dict[str, Array]:
        """Explicit destinations by the ids of elements: the page, scrolled to a line where it is known."""
        pages = [page.obj for page in self.pdf.pages]
        return {
            id_: Array([pages[first + spot.page], Name.XYZ, 0, spot.top, None])
            for section, first in zip(sections, self.order.firsts, strict=True)
            for id_, spot in section.spots
        }


def _section_object(source: pikepdf.Pdf) -> Dictionary:
    """What a section has next to its pages, in one object, so that it is copied as a whole."""
    root = source.Root.StructTreeRoot
    names = source.Root.get("/Names", Dictionary())
    if "/Names" in source.Root:
        del source.Root.Names
    return Dictionary(
        Kids=root.K[0].get("/K", Array()),
        Parents=root.ParentTree.Nums,
        Next=root.ParentTreeNextKey,
        Ids=root.get("/IDTree", Dictionary()).get("/Names", Array()),
        Places=names.get("/Dests", Dictionary()).get("/Names", Array()),
        Intents=source.Root.get("/OutputIntents", Array()),
    )


def _pairs(names: pikepdf.Object) -> Iterator[tuple[bytes, pikepdf.Object]]:
    """The entries of a name tree without levels."""
    for at in range(0, len(names), 2):
        yield bytes(names[at]), names[at + 1]


def _names(entries: dict[bytes, pikepdf.Object]) -> Array:
    """A name tree without levels, in the order of its keys (ISO 32000-1, 7.9.6)."""
    return Array([part for name in sorted(entries) for part in (String(name), entries[name])])


def _save(pdf: pikepdf.Pdf, finish: PdfOutput) -> bytes:
    """The bytes of the file; its identifier is made from its content. Standards prescribe the version of PDF."""
    standard = finish.press.standard if finish.press else None
    least = "2.0" if finish.standard is ScreenStandard.UA_2 else "1.7"
    out = io.BytesIO()
    pdf.save(
        out,
        min_version="" if standard else least,
        force_version=standard.demands.pdf if standard else "",
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=object_streams(standard),
    )
    return out.getvalue()
