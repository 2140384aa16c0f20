"""A volume as a Word document for review: its text, notes and appendix, with hidden ids to bring remarks back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from lxml import etree

from publisher.model.apparatus import AUTHOR_SERIES
from publisher.model.assets import Image
from publisher.model.inline import NoteCall
from publisher.model.publication import PlacedNote, Publication, Role, Section
from publisher.model.target import Audience
from publisher.review.blocks import Setting, Writer
from publisher.review.ids import OTHER, note_id
from publisher.review.ooxml import (
    CONTENT,
    OFFICE,
    PACKAGE,
    Element,
    Relation,
    element,
    package,
    relationships_part,
    write,
)
from publisher.review.rendered import render, state
from publisher.review.styles import MARK, note_style, styles_part
from publisher.review.words import Hooks, Look, hide, run

LEFT_OUT = frozenset(
    {Role.COVER, Role.HALF_TITLE, Role.TITLE_PAGE, Role.IMPRINT, Role.CONTENTS, Role.NOTES, Role.COLOPHON}
    | {Role.ACCESSIBILITY, Role.INDEX}
)
"""Sections that the program makes of what is elsewhere in the document, or of `edition.yaml`."""
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
DIGEST, MODE, AUDIENCE = "publisher-text-sha256", "publisher-notes", "publisher-audience"
STATES = "publisher-note-states"
"""Properties of the document: which text it has, how it has the notes, whom it is for, what the notes said."""


class Notes(StrEnum):
    """How a document has the notes of editors."""

    FOOTNOTES = "footnotes"
    COMMENTS = "comments"


@dataclass(slots=True, kw_only=True)
class _Parts:
    """What is collected while the document is written."""

    footnotes: list[Element] = field(default_factory=list)
    comments: list[Element] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    notes_relations: dict[str, list[Relation]] = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)
    links: dict[tuple[str, str], str] = field(default_factory=dict)


def document(publication: Publication, *, notes: Notes, audience: Audience, person: str = "") -> bytes:
    """The DOCX of a volume; in comments, notes are by `person`, or by their series if that is empty."""
    return _Document(publication, notes, person, audience).packaged()


class _Document:
    """One document while it is written."""

    def __init__(self, publication: Publication, notes: Notes, person: str, audience: Audience) -> None:
        self._publication, self._notes, self._person, self._audience = publication, notes, person, audience
        self._placed = {note.id: note for section in publication.sections for note in section.notes}
        self._titles = {item.id: item.title for item in publication.series}
        self._parts = _Parts()
        self._called: set[str] = set()
        self._gathered: list[PlacedNote] = []
        self._in_note = 0
        self._marks: list[tuple[int, int, int]] = []
        self._images = {image.path: image for image in publication.images}
        self._writer = self._new_writer("document")

    def _new_writer(self, part: str) -> Writer:
        hooks = Hooks(
            call=self._call, link=lambda href: self._link(href, part), marks=self._between, pages=part == "document"
        )
        return Writer(hooks=hooks, picture=self._picture, images=self._images)

    def packaged(self) -> bytes:
        """The bytes of the package."""
        body = element("body", *self._body())
        size = element("pgSz", w="11906", h="16838")
        body.append(element("sectPr", size, element("pgMar", top="1418", right="1418", bottom="1418", left="1418")))
        metadata = self._publication.metadata
        parts = {
            "word/document.xml": write(element("document", body)),
            "word/styles.xml": styles_part(self._titles.items(), metadata.language),
            "word/numbering.xml": self._numbering(),
            "word/footnotes.xml": self._footnotes_part(),
        }
        if self._parts.comments:
            parts["word/comments.xml"] = write(element("comments", *self._parts.comments))
        types = {name: f"{CONTENT}.{name[5:-4]}+xml" for name in parts if name != "word/document.xml"}
        types["word/document.xml"] = f"{CONTENT}.document.main+xml"
        relations = [
            Relation(id=f"p{number}", kind=f"{OFFICE}{name[5:-4]}", target=name[5:])
            for number, name in enumerate(parts)
            if name != "word/document.xml"
        ]
        parts["word/_rels/document.xml.rels"] = relationships_part((*relations, *self._parts.relations))
        for part, found in self._parts.notes_relations.items():
            parts[f"word/_rels/{part}.xml.rels"] = relationships_part(found)
        parts |= self._parts.media
        parts["docProps/core.xml"], parts["docProps/custom.xml"] = self._core(), self._custom()
        types["docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
        types["docProps/custom.xml"] = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
        core = f"{PACKAGE}/relationships/metadata/core-properties"
        return package(
            parts,
            types,
            (
                Relation(id="r1", kind=f"{OFFICE}officeDocument", target="word/document.xml"),
                Relation(id="r2", kind=core, target="docProps/core.xml"),
                Relation(id="r3", kind=f"{OFFICE}custom-properties", target="docProps/custom.xml"),
            ),
        )

    def _body(self) -> Iterator[Element]:
        metadata = self._publication.metadata
        yield self._plain(metadata.title, "Title")
        if metadata.subtitle:
            yield self._plain(metadata.subtitle, "Subtitle")
        for contributor in metadata.contributors:
            yield self._plain(contributor.name, "Author")
        for section in self._publication.sections:
            if section.role not in LEFT_OUT and (section.blocks or section.role is Role.TEXT):
                yield from self._section(section)
        yield from self._authors_notes()

    def _authors_notes(self) -> Iterator[Element]:
        """The author's notes of a document with comments, and notes on notes, as paragraphs.

        LibreOffice 7 loses footnotes near comments, and opens no document with a footnote in another.
        """
        if self._gathered:
            series = {placed_note.series for placed_note in self._gathered}
            title = self._titles.get(next(iter(series)), "Notes") if len(series) == 1 else "Notes"
            yield self._plain(title, "Heading1")
        for note in self._gathered:
            for number, block in enumerate(self._note_blocks(note, "document", note_style(note.series))):
                if block.tag.endswith("}p") and number:
                    old = next(item for item in block if item.tag.endswith("}r"))
                    block.replace(old, hide(note_id(note.series, note.note_id)))
                elif block.tag.endswith("}p"):
                    block.insert(2, run(f"{note.mark} ", Look(style=MARK)))
                yield block

    def _plain(self, words: str, style: str) -> Element:
        return element("p", element("pPr", element("pStyle", val=style)), hide(OTHER), run(words, Look()))

    def _section(self, section: Section) -> Iterator[Element]:
        is_text = section.role is Role.TEXT
        if is_text and self._notes is Notes.COMMENTS:
            self._marks = sorted(self._ranges(section))
        setting = Setting(is_text=is_text)
        for page in section.page_breaks[:1]:
            yield element("p", hide(OTHER), run(f"[{page.label}]", Look(style="PublisherPage")))
        if section.title:
            yield self._writer.paragraph(section.title, Setting(style="Heading1", is_text=is_text))
        elif section.label and not is_text:
            yield self._plain(section.label, "Heading1")
        yield from self._writer.blocks(section.blocks, setting)
        self._marks = []

    def _ranges(self, section: Section) -> Iterator[tuple[int, int, int]]:
        """The notes that become comments: where their words begin and end, and the number of the comment."""
        for note in section.notes:
            if note.series != AUTHOR_SERIES and note.id not in self._called and note.end > note.start:
                self._called.add(note.id)
                yield note.start, note.end, self._comment(note)

    def _between(self, start: int, end: int) -> Iterator[tuple[int, Element]]:
        """The begins and ends of comments in a stretch of the text, in order."""
        found: list[tuple[int, int, Element]] = []
        for first, last, number in self._marks:
            if start <= first < end:
                found.append((first, 1, element("commentRangeStart", id=str(number))))
            if start < last <= end:
                found.append((last, 0, element("commentRangeEnd", id=str(number))))
                reference = element("r", element("commentReference", id=str(number)))
                found.append((last, 0, reference))
        yield from ((offset, mark) for offset, _, mark in sorted(found, key=lambda item: item[:2]))

    def _comment(self, note: PlacedNote) -> int:
        """The number of the comment that a note becomes."""
        number = len(self._parts.comments)
        self._parts.comments.append(element("comment"))
        author = self._person or self._titles.get(note.series, note.series)
        date = self._publication.metadata.modified
        initials = "".join(part[0] for part in author.split()[:3])
        made = element("comment", id=str(number), author=author, date=date, initials=initials)
        self._in_note += 1
        made.extend(self._note_blocks(note, "comments", "CommentText"))
        self._in_note -= 1
        self._parts.comments[number] = made
        return number

    def _call(self, node: NoteCall) -> list[Element]:
        """The runs of a call: a footnote where it is called first, its mark again later.

        With comments, notes on words of the text have their ranges, those on other parts are comments at their calls,
        and those on notes are at the end.
        """
        note = self._placed.get(node.note_id)
        if note is None:
            return []
        if self._notes is Notes.COMMENTS and note.series != AUTHOR_SERIES and not self._in_note:
            return self._commented(note)
        if note.id in self._called:
            return [] if self._in_note else [run(node.mark, Look(style=MARK))]
        self._called.add(note.id)
        if self._notes is Notes.COMMENTS or self._in_note:
            self._gathered.append(note)
            return [] if self._in_note else [run(node.mark, Look(style=MARK))]
        number = len(self._parts.footnotes) + 1
        made = element("footnote", id=str(number))
        self._parts.footnotes.append(made)
        self._in_note += 1
        made.extend(self._note_blocks(note, "footnotes", note_style(note.series)))
        self._in_note -= 1
        paragraph = next((item for item in made if item.tag.endswith("}p")), None)
        if paragraph is not None:
            mark = run(f"{note.mark} ", Look(style=MARK))
            paragraph.insert(2, mark)
        reference = element("footnoteReference", customMarkFollows="1", id=str(number))
        properties = element("rPr", element("rStyle", val="FootnoteReference"))
        call = element("r", properties, reference)
        call.append(run(node.mark, Look())[-1])
        return [call]

    def _commented(self, note: PlacedNote) -> list[Element]:
        """A comment where a note is called; nothing if it is one already."""
        if note.id in self._called:
            return []
        self._called.add(note.id)
        number = str(self._comment(note))
        ends = (element("commentRangeStart", id=number), element("commentRangeEnd", id=number))
        return [*ends, element("r", element("commentReference", id=number))]

    def _note_blocks(self, note: PlacedNote, part: str, style: str) -> Iterator[Element]:
        """What a note says; its first paragraph has its id."""
        writer = self._new_writer(part)
        writer.lists, writer.drawings = self._writer.lists, self._writer.drawings
        found = list(writer.blocks(note.blocks, Setting(style=style)))
        own = hide(note_id(note.series, note.note_id))
        if found and found[0].tag.endswith("}p"):
            old = next(item for item in found[0] if item.tag.endswith("}r"))
            found[0].replace(old, own)
        else:
            found.insert(0, element("p", element("pPr", element("pStyle", val=style)), own))
        return iter(found)

    def _link(self, href: str, part: str) -> str:
        """The id of the relation to an address."""
        known = self._parts.links.get((part, href))
        if known is None:
            known = f"h{len(self._parts.links) + 1}"
            self._parts.links[part, href] = known
            relation = Relation(id=known, kind=f"{OFFICE}hyperlink", target=href, is_external=True)
            found = self._parts.relations if part == "document" else self._parts.notes_relations.setdefault(part, [])
            found.append(relation)
        return known

    def _picture(self, image: Image) -> str:
        """The id of the relation to a picture."""
        ending = image.media_type.partition("/")[2]
        known = next(
            (relation.id for relation in self._parts.relations if relation.target == f"media/{image.path}.{ending}"),
            None,
        )
        if known is None:
            number = len(self._parts.media) + 1
            name = f"media/image{number}.{ending}"
            known = f"i{number}"
            self._parts.media[f"word/{name}"] = image.content
            self._parts.relations.append(Relation(id=known, kind=f"{OFFICE}image", target=name))
        return known

    def _footnotes_part(self) -> bytes:
        separators = (
            element("footnote", element("p", element("r", element(kind))), id=number, type=kind)
            for number, kind in (("-1", "separator"), ("0", "continuationSeparator"))
        )
        return write(element("footnotes", *separators, *self._parts.footnotes))

    def _numbering(self) -> bytes:
        """`word/numbering.xml`: one definition of bullets, one of numbers, and each list with its first number."""
        root = element("numbering")
        for number, ordered in enumerate((False, True)):
            levels = (_level(level, ordered=ordered) for level in range(9))
            root.append(element("abstractNum", *levels, abstractNumId=str(number)))
        for number, (ordered, start) in enumerate(self._writer.lists, 1):
            made = element("num", element("abstractNumId", val=str(int(ordered))), numId=str(number))
            if ordered:
                for level in range(9):
                    made.append(element("lvlOverride", element("startOverride", val=str(start)), ilvl=str(level)))
            root.append(made)
        return write(root)

    def _core(self) -> bytes:
        metadata = self._publication.metadata
        core = f"{PACKAGE}/metadata/core-properties"
        dc, terms = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
        xsi = "http://www.w3.org/2001/XMLSchema-instance"
        root = etree.Element(f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": dc, "dcterms": terms, "xsi": xsi})
        etree.SubElement(root, f"{{{dc}}}title").text = metadata.title
        etree.SubElement(root, f"{{{dc}}}creator").text = "; ".join(
            contributor.name for contributor in metadata.contributors
        )
        etree.SubElement(root, f"{{{dc}}}language").text = metadata.language
        for name in ("created", "modified"):
            made = etree.SubElement(root, f"{{{terms}}}{name}")
            made.set(f"{{{xsi}}}type", "dcterms:W3CDTF")
            made.text = metadata.modified
        return write(root)

    def _states(self) -> str:
        """What each note said when the document was made: `series/id:digest`."""
        notes = (placed_note for placed_note in self._placed.values() if placed_note.id in self._called)
        return " ".join(f"{note.series}/{note.note_id}:{state(render(note.blocks).text)}" for note in notes)

    def _custom(self) -> bytes:
        root = etree.Element(f"{{{CUSTOM}}}Properties", nsmap={"op": CUSTOM, "vt": VALUES})
        values = (
            (DIGEST, self._publication.metadata.provenance.sha256),
            (MODE, str(self._notes)),
            (AUDIENCE, str(self._audience)),
            (STATES, self._states()),
        )
        for number, (name, value) in enumerate(values, 2):
            made = etree.SubElement(root, f"{{{CUSTOM}}}property", fmtid=FORMAT_ID, pid=str(number), name=name)
            etree.SubElement(made, f"{{{VALUES}}}lpwstr").text = value
        return write(root)


def _level(level: int, *, ordered: bool) -> Element:
    """A level of a list."""
    form, sign = ("decimal", f"%{level + 1}.") if ordered else ("bullet", "•")
    indent = element("pPr", element("ind", left=str(567 + 360 * level), hanging="360"))
    children = (element("start", val="1"), element("numFmt", val=form), element("lvlText", val=sign))
    return element("lvl", *children, element("lvlJc", val="left"), indent, ilvl=str(level))
