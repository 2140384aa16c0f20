"""The files inside a PDF for the archive: those that the edition was made from, byte for byte, and no others."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Diagnostic
from publisher.model.publication import Publication
from publisher.pdf.read.document import PdfDocument, named_entries
from publisher.pdf.read.syntax import Value
from publisher.verify.diagnose import wrong


def source_file_faults(document: PdfDocument, publication: Publication, *, artifact: str) -> Iterator[Diagnostic]:
    """Files of the edition that are not attached, and attached files that are not the edition's."""
    wanted = {file.path: file.content for file in publication.files}
    tree = document.file.dictionary(document.catalogue.get("Names")).get("EmbeddedFiles")
    there = {name: _content(document, value) for name, value in named_entries(document.file, tree)}
    for path in sorted(wanted.keys() - there.keys()):
        yield wrong("V-002", f"the source {path} is not attached", artifact=artifact)
    for path in sorted(there.keys() - wanted.keys()):
        yield wrong("V-003", f"a file is attached that is no source of the edition: {path}", artifact=artifact)
    for path in sorted(there.keys() & wanted.keys()):
        if there[path] != wanted[path]:
            yield wrong("V-001", f"the attached source {path} is not the file of the edition", artifact=artifact)
    if len(document.file.array(document.catalogue.get("AF"))) != len(there):
        yield wrong("V-003", "the files that belong to the document are not those that are attached", artifact=artifact)


def _content(document: PdfDocument, value: Value) -> bytes:
    """The bytes of a file that is attached."""
    embedded = document.file.dictionary(document.file.dictionary(value).get("EF"))
    return document.file.stream(embedded.get("F"))
