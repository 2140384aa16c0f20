"""Validators run side by side, and their findings are shown in the source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from publisher.annotate import annotate
from publisher.compose import compose
from publisher.diagnostics import ExitCode, PublisherError, Severity
from publisher.load import load_edition
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.render import render_epub
from publisher.validators.conformance import verdicts
from publisher.validators.finding import Finding
from publisher.validators.process import Need, failure
from publisher.validators.registry import Validator
from publisher.validators.trace import trace
from publisher.workspace import Folder

Check = Callable[[Path], tuple[Finding, ...]]


@pytest.fixture(scope="module")
def publication(everything: Path) -> Publication:
    return compose(annotate(load_edition(Folder(everything))), moment="2026-01-02T00:00:00Z")


@pytest.fixture(scope="module")
def epub(publication: Publication) -> Artifact:
    """The documents of the edition in a ZIP."""
    documents = render_epub(publication, cover=b"", page_break_source=None).documents
    content = BytesIO()
    with ZipFile(content, "w") as book:
        for document in documents:
            book.writestr(f"EPUB/{document.href}", document.content)
    return Artifact(name="book.epub", content=content.getvalue())


def position(epub: Artifact, name: str, words: str) -> str:
    """`EPUB/text/name:line:column` of some words in a document."""
    with ZipFile(BytesIO(epub.content)) as book:
        text = book.read(f"EPUB/text/{name}").decode()
    before = text[: text.index(words)]
    return f"EPUB/text/{name}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def finding(where: str) -> Finding:
    return Finding(
        validator="epubcheck", rule="RSC-005", message="not allowed here.", where=where, severity=Severity.ERROR
    )


def sources(epub: Artifact, publication: Publication, where: str) -> str:
    """The file and line to which a finding is traced."""
    (diagnostic,) = trace((finding(where),), artifact=epub, publication=publication)
    assert diagnostic.code == "V-030"
    return str(diagnostic.span).rpartition(":")[0].rpartition("everything/")[2]


def test_every_paragraph_and_note_of_the_text_is_traced_to_its_line(epub: Artifact, publication: Publication) -> None:
    text = next(section for section in publication.sections if section.id == "text")
    for name in (*(f"p{number}" for number in range(1, 4)), *(note.id for note in text.notes)):
        where = position(epub, "notes.xhtml" if "sources" in name else "text.xhtml", f'id="{name}"')
        document, line, column = where.split(":")
        after = f"{document}:{line}:{int(column) + len(name) + 6}"
        place = sources(epub, publication, after)
        assert place == sources(epub, publication, f"EPUB/text/text.xhtml #{name} > p")
        by_editors = name.startswith("note-") and "author" not in name
        assert place.startswith("notes/" if by_editors else "text.md:"), name


def test_an_agreement_is_traced_to_its_file(epub: Artifact, publication: Publication) -> None:
    section = next(section for section in publication.sections if section.id == "agreements")
    assert sources(epub, publication, f"EPUB/text/agreements.xhtml #{section.entries[-1].target_id}").startswith(
        "agreements/"
    )


def test_a_document_without_a_position_is_traced_to_its_first_words(epub: Artifact, publication: Publication) -> None:
    assert sources(epub, publication, "EPUB/text/introduction.xhtml").startswith("introduction.md:")


@pytest.mark.parametrize("where", ["", "object 12 0", "EPUB/content.opf:3:4", "EPUB/text/colophon.xhtml:9999:9999"])
def test_what_no_editor_wrote_has_no_place(epub: Artifact, publication: Publication, where: str) -> None:
    (diagnostic,) = trace((finding(where),), artifact=epub, publication=publication)
    assert diagnostic.span is None
    assert diagnostic.message == "epubcheck objects to book.epub: not allowed here (RSC-005)"
    by = ", which the built-in template epub-section.xhtml.j2 writes" if "colophon" in where else ""
    assert diagnostic.hint == (f"in the built file: {where}{by}" if where else None)


def validator(name: str, check: Check, *, needs: tuple[Need, ...] = ()) -> Validator:
    return Validator(name=name, extensions=(".epub",), needs=needs, version=lambda: "1", validate=check)


def silent(path: Path) -> tuple[Finding, ...]:
    raise failure("silent", f"{path.name} is too long")


def strict(path: Path) -> tuple[Finding, ...]:
    return (replace(finding("EPUB/text/text.xhtml #p1"), message=f"read {len(path.read_bytes()) > 0}"),)


ABSENT = validator("absent", strict, needs=(Need(name="Chromium", locate=lambda: None, remedy="get chromium"),))


def test_every_validator_that_is_there_is_heard(epub: Artifact, publication: Publication) -> None:
    panel = (ABSENT, validator("silent", silent), validator("strict", strict))
    other = Artifact(name="book.accessibility.json", content=b"{}")
    missing, failed, objection = verdicts((epub, other), publication=publication, panel=panel)
    assert (missing.code, missing.severity, missing.hint) == ("L-012", Severity.WARNING, "get chromium")
    assert failed.code == "L-011"
    assert objection.message == "epubcheck objects to book.epub: read True (RSC-005)"


def test_where_all_are_required_a_missing_one_is_an_error(epub: Artifact, publication: Publication) -> None:
    with pytest.raises(PublisherError) as raised:
        verdicts((epub,), publication=publication, panel=(ABSENT,), all_required=True)
    assert raised.value.exit_code is ExitCode.MISSING
    assert [diagnostic.code for diagnostic in raised.value.diagnostics] == ["L-012"]
