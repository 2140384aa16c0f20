"""A course reader composed: readings side by side, each thing once, nothing that collides."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from publisher.build.data.ledger import write_ledger
from publisher.compose import piece, with_page_breaks
from publisher.diagnostics import PublisherError
from publisher.model.block import Division, Paragraph
from publisher.model.excerpt import Wanted
from publisher.model.inline import Foreign, Inline, InternalLink, NoteCall
from publisher.model.publication import ContentsEntry, ForeignPages, MatterKind, Publication, Role, Section
from publisher.model.rendition import PageStart
from publisher.model.target import Format
from publisher.model.walk import blocks_of, inlines_of, nest, plain, plain_of_inlines
from publisher.verify.source import source_faults

Composes = Callable[..., Publication]


def section(publication: Publication, name: str) -> Section:
    return next(item for item in publication.sections if item.id == name)


def everything_inline(publication: Publication) -> list[Inline]:
    inlines: list[Inline] = []
    for item in publication.sections:
        inlines += [*nest(item.title), *inlines_of(item.blocks)]
        for note in item.notes:
            inlines += inlines_of(note.blocks)
    return inlines


def labels(entries: tuple[ContentsEntry, ...]) -> list[object]:
    return [[entry.label, *labels(entry.children)] if entry.children else entry.label for entry in entries]


def test_units_hold_their_readings_in_the_contents(course: Path, composes: Composes) -> None:
    assert labels(composes(course).contents) == [
        "Introduction",
        ["Week 1", "A Short Text", "A part of it"],
        ["Week 2", ["A guide", "Ways"], "Two pages", "Elsewhere"],
        ["Agreements", "A1\u2002Berne Convention"],
        "References",
        "Acknowledgements and permissions",
        "Readings by author",
        "Accessibility of this edition",
        "Colophon",
    ]


def test_ids_are_unique_and_every_link_leads_to_one(course: Path, composes: Composes) -> None:
    publication = composes(course)
    ids = [name for one in publication.sections for name in (one.id, f"{one.id}-title")]
    for item in publication.sections:
        ids += [str(name) for block in blocks_of(item.blocks) if (name := getattr(block, "id", None))]
    calls = [call.id for call in everything_inline(publication) if isinstance(call, NoteCall)]
    notes = [note.id for one in publication.sections for note in one.notes]
    assert [name for name, count in Counter((*ids, *calls, *notes)).items() if count > 1] == []
    links = {
        internal_link.target_id
        for internal_link in everything_inline(publication)
        if isinstance(internal_link, InternalLink)
    }
    assert links <= {*ids, *calls}
    entries = section(publication, "author-index").entries
    assert {entry.target_id for entry in entries} <= {*ids}


def test_each_text_and_each_note_stands_there_once(course: Path, composes: Composes) -> None:
    publication = composes(course)
    whole = section(publication, "reading-edition--text")
    assert [plain((block,)) for block in whole.blocks] == [
        "The first paragraph is short.",
        "The second paragraph is not much longer.",
        "The third paragraph ends it.",
        "A fourth was added later.",
    ]
    assert [note.note_id for note in whole.notes] == ["first", "third"]


def test_notes_are_numbered_anew_in_each_reading(course: Path, composes: Composes) -> None:
    publication = composes(course)
    assert [note.mark for note in section(publication, "reading-edition--text").notes] == ["1", "2"]
    assert [note.mark for note in section(publication, "reading-part--text").notes] == ["1"]


def test_a_reading_is_attributed_wherever_its_author_is_named(course: Path, composes: Composes) -> None:
    reader = course / "reader.yaml"
    words = reader.read_text().replace("{name: The editors, role: aut}", "{name: A Poet, sort: 'Poet, A', role: att}")
    reader.write_text(words)
    publication = composes(course)
    opening = section(publication, "reading-guide")
    assert "Attributed to\nA Poet" in plain(opening.blocks)
    assert "Author\n" not in plain(opening.blocks)
    assert plain(section(publication, "unit-2").blocks).splitlines()[2].endswith(", A Poet (attributed)")
    assert "A Poet (attributed): " in plain(section(publication, "acknowledgements").blocks)
    labels = [entry.label.partition(":")[0] for entry in section(publication, "author-index").entries]
    assert "Poet, A (attributed)" in labels
    line = next(
        item for item in write_ledger(publication.ledger, name="").content.decode().splitlines() if "guide" in item
    )
    assert "A Poet (attributed)" in line
    text = piece(publication, Wanted(reading="3")).metadata
    assert [(contributor.name, contributor.role) for contributor in text.contributors] == [("A Poet", "att")]


def test_a_selection_has_its_paragraphs_its_notes_and_marks_of_what_is_left_out(
    course: Path, composes: Composes
) -> None:
    part = section(composes(course), "reading-part--text")
    said = [
        (block.name, block.number, plain_of_inlines(block.children))
        for block in part.blocks
        if isinstance(block, Paragraph)
    ]
    assert said == [
        ("omission", None, "[…]"),
        (None, 2, "The second paragraph is not much longer."),
        (None, 3, "The third paragraph ends it."),
        ("omission", None, "[…]"),
    ]
    assert [note.note_id for note in part.notes] == ["third"]


@pytest.mark.parametrize(
    ("paragraphs", "calls"),
    [
        ("1-3", ["reading-part--call-editorial-first", "reading-part--call2-editorial-first"]),
        ("2-3", ["reading-part--call-editorial-first"]),
        ("1-2", ["reading-part--call-editorial-first"]),
    ],
)
def test_a_selection_keeps_a_note_as_long_as_one_passage_calls_it(
    course: Path, composes: Composes, paragraphs: str, calls: list[str]
) -> None:
    notes = course / "edition/notes/editorial.md"
    twice = notes.read_text().replace("## first\n\n", "## first {calls=2}\n\n> ends it\n\n")
    notes.write_text(twice)
    reader = course / "reader.yaml"
    reader.write_text(reader.read_text().replace("paragraphs: 2-3", f"paragraphs: {paragraphs}"))
    part = section(composes(course), "reading-part--text")
    (note,) = (placed_note for placed_note in part.notes if placed_note.note_id == "first")
    assert [note.call_id, *note.called_again] == calls
    called = [
        note_call
        for note_call in inlines_of(part.blocks)
        if isinstance(note_call, NoteCall) and note_call.note_id == note.id
    ]
    assert [note_call.id for note_call in called] == calls
    assert {note_call.mark for note_call in called} == {note.mark}


def test_a_reference_to_a_note_that_was_left_out_is_words_alone(course: Path, composes: Composes) -> None:
    notes = course / "edition/notes/editorial.md"
    notes.write_text(notes.read_text().replace("It is about the third", "After [](note:first), it is about the third"))
    (note,) = section(composes(course), "reading-part--text").notes
    assert plain(note.blocks).startswith("After a note that is not in this copy, it is about the third")


def test_a_selection_brings_only_the_agreements_that_belong_to_it(course: Path, composes: Composes) -> None:
    reader = course / "reader.yaml"
    text = reader.read_text().replace("      - edition: edition\n      - edition: edition", "      - edition: edition")
    reader.write_text(text.replace("paragraphs: 2-3", "paragraphs: 1-2").replace("reading:edition#p1", "reading:part"))
    guide = course / "readings/guide.md"
    guide.write_text(guide.read_text().replace(" See [](agreement:berne-1886).", ""))
    assert not [item for item in composes(course).sections if item.role is Role.AGREEMENTS]


def test_an_agreement_that_several_readings_cite_stands_once_with_all_of_them(course: Path, composes: Composes) -> None:
    appendix = section(composes(course), "agreements")
    (agreement,) = [division for division in appendix.blocks if isinstance(division, Division)]
    cited = next(
        paragraph for paragraph in agreement.blocks if isinstance(paragraph, Paragraph) and paragraph.name == "cited-in"
    )
    assert plain_of_inlines(cited.children) == ("Cited in A Short Text (note 2); A part of it (note 1); A guide.")


def second_edition(course: Path) -> Path:
    """A second edition in the reader, so far a copy of the first."""
    shutil.copytree(course / "edition", course / "second")
    reader = course / "reader.yaml"
    reader.write_text(reader.read_text().replace("  - title: Week 2", "      - edition: second\n  - title: Week 2"))
    return course / "second"


def test_agreements_that_say_the_same_are_one(course: Path, composes: Composes) -> None:
    second_edition(course)
    appendix = section(composes(course), "agreements")
    assert [division.id for division in appendix.blocks if isinstance(division, Division)] == ["agreement-berne-1886"]


def test_agreements_that_differ_are_kept_apart_and_each_is_cited_by_its_own(course: Path, composes: Composes) -> None:
    agreement = second_edition(course) / "agreements/berne-1886.md"
    agreement.write_text(agreement.read_text().replace("What a work is.", "What no work is."))
    publication = composes(course)
    entries = [division for division in section(publication, "agreements").blocks if isinstance(division, Division)]
    assert [division.id for division in entries] == ["agreement-berne-1886", "agreement-berne-1886--second"]
    (link,) = [
        internal_link
        for internal_link in inlines_of(section(publication, "reading-second--text").notes[1].blocks)
        if isinstance(internal_link, InternalLink)
    ]
    assert link.target_id == "agreement-berne-1886--second-2"
    assert [entry.label[:2] for entry in section(publication, "agreements").entries] == ["A1", "A2"]


def test_references_of_one_key_that_differ_are_kept_apart(course: Path, composes: Composes) -> None:
    second = second_edition(course)
    record = '[{"id": "guide-1", "type": "book", "title": "Another Guide", "issued": {"date-parts": [[1700]]}}]'
    second.joinpath("references.json").write_text(record)
    with second.joinpath("edition.yaml").open("a") as settings:
        settings.write("references: references.json\n")
    notes = second / "notes/editorial.md"
    notes.write_text(notes.read_text().replace("It is about the first.", "It is about [@guide-1]."))
    listed = section(composes(course), "references")
    words = {str(block.id): plain_of_inlines(block.children) for block in listed.blocks if isinstance(block, Paragraph)}
    assert sorted(words) == ["ref-guide-1", "ref-guide-1--second"]
    assert "A Guide to Guides" in words["ref-guide-1"]
    assert "Another Guide" in words["ref-guide-1--second"]


def test_series_of_one_name_that_differ_are_kept_apart(course: Path, composes: Composes) -> None:
    settings = second_edition(course) / "edition.yaml"
    settings.write_text(
        settings.read_text().replace("title: Editorial notes", "title: Other notes, marks: lower-alpha")
    )
    publication = composes(course)
    assert [item.id for item in publication.series] == ["editorial", "editorial--second", "author"]
    assert [note.mark for note in section(publication, "reading-second--text").notes] == ["a", "b"]


def test_sections_of_readings_belong_to_the_body_and_carry_the_reading_in_their_running_head(
    course: Path, composes: Composes
) -> None:
    readings = [item for item in composes(course).sections if item.id.startswith("reading-")]
    assert {reading.matter for reading in readings} == {MatterKind.BODY}
    assert {reading.running for reading in readings if reading.id.startswith("reading-part")} == {"A part of it"}


def test_an_opening_says_who_wherefrom_by_what_right_and_what_to_discuss(course: Path, composes: Composes) -> None:
    reader = course / "reader.yaml"
    reader.write_text(
        reader.read_text().replace("        pages: 1-2\n", "        pages: 1-2\n        questions: [Why?]\n")
    )
    opening = section(composes(course), "reading-pages")
    assert plain(opening.blocks).split("\n") == [
        "Source of the text",
        "Two pages, made for this.",
        "Extent",
        "Pages 1–2 of the copy used",
        "Rights",
        "By permission.",
        "Permission of 2 October 2026: print. Copies permitted: 30. Until 1 March 2027.",
        "Questions for discussion",
        "Why?",
    ]


def pages(publication: Publication) -> ForeignPages:
    foreign = section(publication, "reading-pages").foreign
    assert foreign is not None
    return foreign


def test_a_foreign_pdf_comes_with_all_that_its_binding_needs(course: Path, composes: Composes) -> None:
    reader = course / "reader.yaml"
    reader.write_text(
        reader.read_text().replace("        pages: 1-2\n", "        pages: 2-3\n        original-page: 45\n")
    )
    foreign = pages(composes(course))
    with pikepdf.open(io.BytesIO(foreign.content)) as pdf:
        assert len(pdf.pages) == 2
    assert foreign.sha256 == hashlib.sha256(foreign.content).hexdigest()
    assert (foreign.first, foreign.last, foreign.folios) == (2, 3, ("45", "46"))
    assert foreign.alternative == "Two pages, made for this."
    assert foreign.page_ids == ("reading-pages--pages-absent",) * 2


@pytest.mark.parametrize(
    ("rights", "words"),
    [
        ("status: public-domain", True),
        ("status: licensed, licence-url: https://www.example.org/licence", True),
        ("status: permission, granted: 2026-10-02, scope: print", False),
        ("status: unknown", False),
    ],
)
def test_the_epub_has_the_words_of_a_pdf_where_the_rights_allow(
    course: Path, composes: Composes, rights: str, words: bool
) -> None:
    reader = course / "reader.yaml"
    text = reader.read_text()
    given = "status: permission, granted: 2026-10-02, scope: print, copies: 30, expires: 2027-03-01"
    reader.write_text(text.replace(given, rights))
    entry = section(composes(course), "reading-pages--pages")
    assert entry.formats == (Format.EPUB,)
    assert ("Words of page 2 of three." in plain(entry.blocks)) is words
    assert ("their words are not reproduced here" in plain(entry.blocks)) is not words


@pytest.mark.parametrize("words", ["true", "false"])
def test_the_page_list_leads_to_each_page_of_a_foreign_pdf(course: Path, composes: Composes, words: str) -> None:
    reader = course / "reader.yaml"
    text = reader.read_text()
    reader.write_text(text.replace("        pages: 1-2\n", f"        pages: 1-2\n        text: {words}\n"))
    publication = composes(course)
    starts = tuple(
        PageStart(page=at, label=str(at + 17), element_id=name, offset=0)
        for at, name in enumerate(("reading-pages", *pages(publication).page_ids))
    )
    targets = with_page_breaks(publication, starts).pages
    assert [(target.page.label, target.section_id) for target in targets] == [
        ("17", "reading-pages"),
        ("18", "reading-pages--pages"),
        ("19", "reading-pages--pages"),
    ]


def test_a_reader_can_take_the_units_of_another(course: Path, composes: Composes) -> None:
    other = course / "other"
    other.mkdir()
    other.joinpath("reader.yaml").write_text(
        "title: Other\nlanguage: en-GB\ndate: 2026-11-24\nunits:\n"
        "  - title: Borrowed\n    readings: [{edition: ../edition, slug: again}]\n"
    )
    reader = course / "reader.yaml"
    reader.write_text(reader.read_text().replace("  - title: Week 2", "  - reader: other\n  - title: Week 2"))
    publication = composes(course)
    assert [item.label for item in publication.sections if item.role is Role.UNIT] == ["Week 1", "Borrowed", "Week 2"]
    assert section(publication, "reading-again--text").notes


def test_the_proof_of_a_reading_misses_a_paragraph_of_a_selection(course: Path, composes: Composes) -> None:
    publication = composes(course)
    assert list(source_faults(publication)) == []
    part = section(publication, "reading-part--text")
    lost = replace(part, blocks=(*part.blocks[:1], *part.blocks[2:]))
    sections = tuple(lost if item is part else item for item in publication.sections)
    codes = {fault.code for fault in source_faults(replace(publication, sections=sections))}
    assert codes == {"V-009"}


def test_an_edition_alone_has_no_readings_to_link_to(course: Path, composes: Composes) -> None:
    notes = course / "edition/notes/editorial.md"
    notes.write_text(notes.read_text().replace("See [](note:third).", "See [](reading:part)."))
    with pytest.raises(PublisherError, match=r"\[C-017\] there is no reading “part”"):
        composes(course / "edition")
    assert section(composes(course), "reading-edition--text").notes


def test_words_in_another_language_than_the_volume_are_marked(course: Path, composes: Composes) -> None:
    reader = course / "reader.yaml"
    reader.write_text(reader.read_text().replace("language: en-GB", "language: de"))
    publication = composes(course)
    text = section(publication, "reading-edition--text")
    assert (text.language, text.notes[0].language) == ("en-GB", "en-GB")
    assert plain(text.notes[0].blocks).endswith("See note\u00a02.")
    opening = section(publication, "reading-edition")
    assert opening.language == "de"
    assert [foreign.language for foreign in opening.title if isinstance(foreign, Foreign)] == ["en-GB"]
    marked = [
        foreign for foreign in inlines_of(section(publication, "agreements").blocks) if isinstance(foreign, Foreign)
    ]
    assert "It protects works." in [plain_of_inlines(foreign.children) for foreign in marked]


def test_a_heading_of_a_provision_may_cite_what_nothing_else_does(course: Path, composes: Composes) -> None:
    agreement = course / "edition/agreements/berne-1886.md"
    agreement.write_text(agreement.read_text().replace("## Article 2 {#2}", "## Article 2 [@only] {#2}"))
    course.joinpath("edition/references.json").write_text('[{"id": "only", "type": "book", "title": "Only here"}]')
    with course.joinpath("edition/edition.yaml").open("a") as settings:
        settings.write("references: references.json\n")
    assert "Only Here" in plain(section(composes(course), "references").blocks)
