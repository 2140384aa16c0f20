"""What an import makes of files, without a child process."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from publisher.importers.docx.reading import Changes
from publisher.importers.importing import answer
from publisher.importers.kinds import kind_of
from publisher.importers.pandoc import syntax_tree
from publisher.importers.source import Request, SourceFile, decoded_answer, encoded_request
from publisher.workspace import digest


class Made(NamedTuple):
    """The files of an edition."""

    files: dict[str, str]
    """Those with words."""
    pictures: dict[str, bytes]
    report: dict[str, Any]
    lost: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text."""
        return self.files["text.md"]

    @property
    def entries(self) -> list[str]:
        """What the report says, a line for each entry."""
        return [f"{item['kind']}: {item['what']}: {item['words']}".rstrip(": ") for item in self.report["entries"]]


def made(
    content: bytes,
    name: str = "report.docx",
    *,
    footnotes: str = "author",
    changes: Changes = Changes.ACCEPT,
    references: str = "[]",
) -> Made:
    """The edition that a file makes."""
    kind = kind_of(content, name)
    tree = syntax_tree(content, name, kind) if kind.pandoc else b""
    file = SourceFile(name=name, content=content, digest=digest(content), format=kind.format, kind=kind.name, tree=tree)
    request = Request(
        files=(file,),
        footnotes=footnotes,
        changes=changes,
        date="2026-11-30",
        tool="publisher 0",
        references=references,
    )
    found = decoded_answer(answer(encoded_request(request)))
    files = {path: item.decode() for path, item in found.files if not path.startswith("images/")}
    pictures = {path: item for path, item in found.files if path.startswith("images/")}
    return Made(files, pictures, json.loads(files["import-report.json"]), found.lost)
