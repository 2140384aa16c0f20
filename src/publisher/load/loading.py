"""One pass through a folder: the files that it names, read, and why some of them cannot be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from publisher.diagnostics import Source
from publisher.load.decode import decode
from publisher.load.findings import Findings, suggestion
from publisher.load.kinds import Placed
from publisher.model.block import Figure
from publisher.model.material import SourceFile
from publisher.workspace import NotThere, OutsideFolder, RememberedFolder


@dataclass(slots=True, kw_only=True)
class Loading:
    """One pass through a folder."""

    folder: RememberedFolder
    findings: Findings = field(default_factory=Findings)
    figures: list[Figure] = field(default_factory=list)

    def source(self, placed: Placed) -> Source | None:
        """A file that edition.yaml names; None after noting why it cannot be read."""
        content = self.read(placed)
        return None if content is None else self.decode(content, name=placed.text)

    def decode(self, content: bytes, *, name: str) -> Source | None:
        """The text of a file; None after noting why it is none."""
        return decode(content, name=self.folder.shown(name), findings=self.findings)

    def read(self, placed: Placed) -> bytes | None:
        """The bytes of a file that edition.yaml names. Notes E-010 (not there) and E-011 (outside the folder)."""
        if not placed.text:
            return None
        try:
            return self.folder.read(placed.text)
        except OutsideFolder:
            self.note_outside(placed)
        except NotThere:
            self.note_missing(placed)
        return None

    def note_outside(self, placed: Placed) -> None:
        """Nothing; the error is noted."""
        self.findings.error(
            "E-011",
            f"“{placed.text}” lies outside the edition's folder",
            span=placed.span,
            hint="copy the file into the folder and name it from there, with /",
        )

    def note_missing(self, placed: Placed) -> None:
        """Nothing; the error is noted, with the nearest name."""
        suffix = PurePosixPath(placed.text).suffix
        there = self.folder.matching(f"**/*{suffix}") if re.fullmatch(r"\.\w+", suffix) else ()
        self.findings.error(
            "E-010",
            f"there is no file “{placed.text}”",
            span=placed.span,
            hint=suggestion(placed.text, there) if there else "write the file, or correct the name",
        )

    def files(self) -> tuple[SourceFile, ...]:
        """Every file that was read, in the order of their names."""
        found = sorted(self.folder.contents.items())
        return tuple(SourceFile(path=path, content=content) for path, content in found)
