"""The import of documents: each file to the document model, all of them to one edition; runs in a child with limits."""

from __future__ import annotations

import json
from dataclasses import replace

from publisher.importers.books.own import read_own_book
from publisher.importers.books.reader import read_book
from publisher.importers.combining import combine
from publisher.importers.document import Document
from publisher.importers.docx.reader import read_docx
from publisher.importers.edition import edition_files
from publisher.importers.failures import damage_error, too_much
from publisher.importers.pandoc.blocks import read_tree
from publisher.importers.plain_texts import read_plain_text
from publisher.importers.source import (
    Answer,
    Format,
    Request,
    SourceFile,
    decoded_answer,
    decoded_request,
    encoded_answer,
    encoded_request,
)
from publisher.importers.tei.reader import read_tei
from publisher.workers.limited import ChildFailed, Limit, LimitExceeded, Limits, run_limited

SECONDS = 120
"""Seconds of CPU that an import may take."""
MEMORY = 2 << 30
"""Bytes of memory."""
OUTPUT = 1 << 30
"""Bytes that the edition may have."""
_FUNCTION = "publisher.importers.importing:answer"


def import_file(request: Request) -> Answer:
    """The edition that documents make, read in a child process. Raises `PublisherError`: W-001 to W-008."""
    names = ", ".join(file.name for file in request.files)
    try:
        content = run_limited(
            _FUNCTION, encoded_request(request), limits=Limits(seconds=SECONDS, memory=MEMORY, output=OUTPUT)
        )
    except LimitExceeded as error:
        reasons = {
            Limit.TIME: f"reading it takes more than {SECONDS} seconds",
            Limit.MEMORY: "it takes too much memory",
        }
        raise too_much(names, reasons.get(error.limit, "it makes an edition of more than a gigabyte")) from error
    except ChildFailed as error:
        raise damage_error(names, f"it cannot be read ({error.message[:200]})") from error
    return decoded_answer(content)


def answer(content: bytes) -> bytes:
    """The answer to a request; both as bytes."""
    request = decoded_request(content)
    documents = tuple(read(file, request) for file in request.files)
    records = tuple((str(load["id"]), json.dumps(load)) for load in json.loads(request.references))
    document = combine(documents)
    document = replace(document, references=tuple(dict((*document.references, *records)).items()))
    return encoded_answer(edition_files(document, request))


def read(file: SourceFile, request: Request) -> Document:
    """The document in a file."""
    match file.format:
        case Format.DOCX:
            return read_docx(file.content, name=file.name, changes=request.changes)
        case Format.TEI:
            return read_tei(file)
        case Format.PANDOC:
            keys = frozenset(str(load["id"]) for load in json.loads(request.references))
            return read_tree(file, keys)
        case Format.GUTENBERG | Format.TEXT:
            return read_plain_text(file)
        case Format.XHTML:
            return read_book(file)
        case Format.OWN_EPUB:
            return read_own_book(file)
