"""What is said of a file that was verified."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from publisher import __version__, workspace
from publisher.build.verification.recall import Recalled
from publisher.diagnostics import Diagnostic, Source
from publisher.model.proof_file import Making
from publisher.model.target import Format, format_of
from publisher.sanitize.sheets import unlisted_properties
from publisher.workspace import read_file

OWN_SHEETS = "EPUB/styles/own-"
"""How the names of an edition's own style sheets begin."""
PROGRAM = f"publisher {__version__}"
"""What the files say that has made them."""


class Verdict(StrEnum):
    """What is said of a file."""

    IDENTICAL = "identical"
    EQUIVALENT = "equivalent"
    """Another program has saved it again."""
    PROVED = "proved"
    """It was made by another version, and carries what the sources say."""
    SKIPPED = "skipped"
    """It cannot be verified here, which is no fault of the file."""
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    """It is nothing that this program writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A difference as it is reported: the error, and a picture of both sides if there is one."""

    diagnostic: Diagnostic
    picture: bytes | None = None
    """A PNG."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was found of one file."""

    name: str
    verdict: Verdict
    line: str = ""
    """What is said of it, in one line."""
    shown: tuple[Shown, ...] = ()
    """Every difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file to verify."""

    path: Path
    content: bytes
    digest: str

    @property
    def name(self) -> str:
        """Its name without the folder."""
        return self.path.name

    @property
    def kind(self) -> Format | None:
        """Its format, by its name; None if it is no EPUB, PDF or web edition."""
        return format_of(self.name)


def read_given(path: Path) -> Given:
    """The file at a path. Raises `PublisherError` with exit code 4 if it cannot be read."""
    content = read_file(path)
    return Given(path=path, content=content, digest=workspace.digest(content))


def identical(item: Given, making: Making | None) -> Outcome:
    """The outcome for a file that has the bytes of a build."""
    how = f" ({making.described()})" if making is not None and item.kind is not None else ""
    line = f"identical to the output of {PROGRAM} for this edition{how}{_appearance_note(item)}"
    return Outcome(name=item.name, verdict=Verdict.IDENTICAL, line=line)


def _appearance_note(item: Given) -> str:
    """What is said of an EPUB whose own style sheets have properties that only waivers allow."""
    if item.kind is not Format.EPUB:
        return ""
    with ZipFile(BytesIO(item.content)) as book:
        names = [name for name in book.namelist() if name.startswith(OWN_SHEETS)]
        sheets = [Source(name=name, text=book.read(name).decode()) for name in names]
    unlisted = unlisted_properties(sheets)
    return f"; appearance not verified ({', '.join(unlisted)})" if unlisted else ""


def recalled_outcome(item: Given, volumes: tuple[Recalled, ...]) -> Outcome | None:
    """The outcome for a file that was built before from the same sources; None if it was not."""
    for volume in volumes:
        for name, digest in volume.digests().items():
            if digest == item.digest and (name == item.name or item.kind is not None):
                return identical(item, volume.making())
    return None
