"""What is imported, how, and what comes of it: values that a child process can be asked with."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from enum import StrEnum

from publisher.importers.docx.reading import Changes


class Format(StrEnum):
    """What a file is."""

    DOCX = "docx"
    TEI = "tei"
    GUTENBERG = "gutenberg"
    TEXT = "text"
    XHTML = "xhtml"
    """A text of Standard Ebooks, or one of our own EPUBs."""
    PANDOC = "pandoc"
    """The syntax tree that Pandoc made of another format."""
    OWN_EPUB = "own-epub"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file to be imported, with its bytes."""

    name: str
    content: bytes
    digest: str
    """Its SHA-256."""
    format: Format
    kind: str
    """For people, with its article: `a Word document`."""
    tree: bytes = b""
    """What Pandoc made of it."""
    pictures: tuple[tuple[str, bytes], ...] = ()
    """Files next to it that it shows, by the names it has for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Everything that the import depends on."""

    files: tuple[SourceFile, ...]
    changes: Changes = Changes.ACCEPT
    footnotes: str = "author"
    """`author`, `notes`, or the id of a series."""
    title: str | None = None
    author: str | None = None
    language: str | None = None
    date: str = ""
    """The day of the import, ISO 8601."""
    tool: str = ""
    """The program with its version."""
    references: str = "[]"
    """Records of CSL-JSON that were imported with the documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The files of the edition, and what to say about them."""

    files: tuple[tuple[str, bytes], ...]
    lines: tuple[str, ...]
    """What was made, for the terminal."""
    lost: tuple[str, ...]
    """Words of the source that are in none of the files."""


def encoded_request(request: Request) -> bytes:
    """A request as bytes."""
    value = {name: getattr(request, name) for name in Request.__slots__ if name != "files"}
    value["files"] = [
        {
            "name": file.name,
            "content": base64.b64encode(file.content).decode(),
            "digest": file.digest,
            "format": file.format,
            "kind": file.kind,
            "tree": base64.b64encode(file.tree).decode(),
            "pictures": [[name, base64.b64encode(content).decode()] for name, content in file.pictures],
        }
        for file in request.files
    ]
    return json.dumps(value).encode()


def decoded_request(content: bytes) -> Request:
    """A request from bytes."""
    value = json.loads(content)
    files = tuple(
        SourceFile(
            name=item["name"],
            content=base64.b64decode(item["content"]),
            digest=item["digest"],
            format=Format(item["format"]),
            kind=item["kind"],
            tree=base64.b64decode(item["tree"]),
            pictures=tuple((name, base64.b64decode(content)) for name, content in item["pictures"]),
        )
        for item in value.pop("files")
    )
    return Request(files=files, **(value | {"changes": Changes(value["changes"])}))


def encoded_answer(answer: Answer) -> bytes:
    """An answer as bytes."""
    files = [[name, base64.b64encode(content).decode()] for name, content in answer.files]
    return json.dumps({"files": files, "lines": answer.lines, "lost": answer.lost}).encode()


def decoded_answer(content: bytes) -> Answer:
    """An answer from bytes."""
    value = json.loads(content)
    return Answer(
        files=tuple((name, base64.b64decode(item)) for name, item in value["files"]),
        lines=tuple(value["lines"]),
        lost=tuple(value["lost"]),
    )
