"""One pass through a folder: the files that it names, read, and why some of them cannot be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.load.decode import decode
from publisher.load.encodings import UTF_8
from publisher.load.findings import Findings
from publisher.load.yaml.types import Placed
from publisher.model.assets import SourceFile
from publisher.model.block import Figure
from publisher.selectors.names import LISTED, KnownNames
from publisher.workspace import NotThere, OutsideFolder, RememberedFolder

NO_FILE = "write the file, or correct the name"
"""What to do about a name like which no file has one."""


@dataclass(slots=True, kw_only=True)
class Loading:
    """One pass through a folder."""

    folder: RememberedFolder
    findings: Findings = field(default_factory=Findings)
    about_record: list[Diagnostic] = field(default_factory=list)
    """Those of the findings that are about the recorded sha256 of the text, and leave the edition usable."""
    figures: list[Figure] = field(default_factory=list)
    there: dict[str, KnownNames] = field(default_factory=dict)
    """The names of the files that are there, by how they end: for hints."""

    def source(self, placed: Placed) -> Source | None:
        """A file that edition.yaml names; None after noting why it cannot be read."""
        content = self.read(placed)
        return None if content is None else self.decode(content, name=placed.text)

    def decode(self, content: bytes, *, name: str, encoding: str = UTF_8, is_text: bool = False) -> Source | None:
        """The text of a file; None after noting why it is none."""
        shown = self.folder.shown(name)
        return decode(content, name=shown, findings=self.findings, encoding=encoding, is_text=is_text)

    def read(self, placed: Placed) -> bytes | None:
        """The bytes of a file that edition.yaml names. Notes E-010 (not there) and E-011 (outside the folder)."""
        if not placed.text:
            return None
        try:
            return self.folder.read(placed.text)
        except OutsideFolder:
            self.note_outside(placed)
        except NotThere as error:
            if error.instead:
                self.note_irregular(placed, error.instead)
            else:
                self.note_missing(placed)
        return None

    def demand_settings(self, name: str, *, hint: str) -> bytes:
        """The bytes of the file with which loading begins; raises `PublisherError` (E-001) if there is none."""
        shown = self.folder.shown(name)
        try:
            return self.folder.read(name)
        except NotThere as error:
            message = f"{shown} is {error.instead}, not a file" if error.instead else f"there is no {shown}"
            raise PublisherError(Diagnostic(code="E-001", message=message, hint=hint)) from error
        except OutsideFolder as error:
            message = f"{shown} is a link to a file outside of its folder"
            hint = "copy the file into the folder"
            raise PublisherError(Diagnostic(code="E-011", message=message, hint=hint)) from error

    def note_outside(self, placed: Placed) -> None:
        """Nothing; the error is noted."""
        self.findings.error(
            "E-011",
            f"“{placed.text}” lies outside the edition's folder",
            span=placed.span,
            hint="copy the file into the folder and name it from there, with /",
        )

    def note_irregular(self, placed: Placed, kind: str) -> None:
        """Nothing; the error is noted."""
        self.findings.error(
            "E-010",
            f"“{placed.text}” is {kind}, not a file",
            span=placed.span,
            hint="put a file in its place, or name another one",
        )

    def note_missing(self, placed: Placed) -> None:
        """Nothing; the error is noted, with the nearest name."""
        suffix = PurePosixPath(placed.text).suffix
        if suffix not in self.there:
            self.there[suffix] = KnownNames(self._ending(suffix))
        there = self.there[suffix].names
        otherwise = (
            f"write the file, or use one of: {', '.join(there)}"
            if len(there) <= LISTED
            else "see the list of allowed values"
        )
        self.findings.error(
            "E-010",
            f"there is no file “{placed.text}”",
            span=placed.span,
            hint=self.there[suffix].hint(placed.text, otherwise=otherwise if there else NO_FILE),
        )

    def _ending(self, suffix: str) -> tuple[str, ...]:
        """The names in the folder that end so; none if there are more than anyone could have meant."""
        if not re.fullmatch(r"\.\w+", suffix):
            return ()
        try:
            return self.folder.matching(f"**/*{suffix}")
        except PublisherError:
            return ()

    def files(self) -> tuple[SourceFile, ...]:
        """Every file that was read, in the order of their names."""
        found = sorted(self.folder.contents.items())
        return tuple(SourceFile(path=path, content=content) for path, content in found)
