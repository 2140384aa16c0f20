"""PDFs from elsewhere: whether they can be bound, how many pages they have, and what words are on these.

Faults are reported where `reader.yaml` names the file; a file that has to be repaired is not guessed at. The files are
read in a child process, see `publisher.pdf.foreign.reading`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from publisher.diagnostics import Span
from publisher.load.findings import Findings
from publisher.load.yaml.ranges import PlacedRanges
from publisher.model.reader import ForeignBody, LeftOut
from publisher.pdf.foreign.reading import HINT, Fault, PagesRead, read_pages
from publisher.pdf.foreign.reading import Wanted as WantedPages

Range = tuple[str, int | None, int | None]
"""The name of a file and the first and last page that are wanted of it; None for all pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What `reader.yaml` says of a PDF."""

    name: str
    """The file, as people see it."""
    named: str
    """The same as `reader.yaml` writes it."""
    within: str
    """Path of the folder of the reader."""
    sha256: str
    count: int
    """How many pages the whole file has."""
    span: Span
    """Where it is named."""
    pages: PlacedRanges | None
    first_folio: int | None
    with_text: bool | None
    recognised: bool = False
    """Whether the words of scanned pages are to be recognised."""


def range_of(name: str, pages: PlacedRanges | None) -> Range:
    """The pages that are wanted of a file."""
    first, last = pages.ranges[0] if pages else (None, None)
    return name, first, last


def read(wanted: Mapping[Range, WantedPages]) -> Mapping[Range, PagesRead]:
    """What was read of PDFs: all of them in one child process."""
    return dict(zip(wanted, read_pages(list(wanted.values())), strict=True))


def foreign(found: PagesRead, wanted: Wanted, *, findings: Findings) -> ForeignBody | None:
    """The pages that are wanted of a PDF; None after noting why they cannot be used."""
    if found.fault is not None:
        _note(found.fault, found.count, wanted, findings)
    if not found.content:
        return None
    first = wanted.pages.ranges[0][0] if wanted.pages else 1
    return ForeignBody(
        name=wanted.name,
        named=wanted.named,
        within=wanted.within,
        sha256=wanted.sha256,
        content=found.content,
        content_sha256=hashlib.sha256(found.content).hexdigest(),
        first=first,
        last=first + len(found.sizes) - 1,
        count=wanted.count,
        first_folio=wanted.first_folio,
        texts=found.texts,
        sizes=found.sizes,
        with_text=wanted.with_text,
        recognised=wanted.recognised,
        left_out=tuple(
            LeftOut(code=fault.code, message=fault.shown(wanted.name), hint=fault.hint or HINT) for fault in found.notes
        ),
    )


def _note(fault: Fault, count: int, wanted: Wanted, findings: Findings) -> None:
    match fault.code:
        case "C-011":
            _note_damaged(wanted, findings, fault.message)
        case "C-012":
            _note_encrypted(wanted, findings)
        case "C-013":
            hint = "save it again, with its pages"
            findings.error("C-013", f"{wanted.name} has no pages", span=wanted.span, hint=hint)
        case "C-014":
            _note_short(wanted, findings, count)
        case _:
            findings.error(fault.code, fault.shown(wanted.name), span=wanted.span, hint=fault.hint)


def _note_short(wanted: Wanted, findings: Findings, count: int) -> None:
    assert wanted.pages is not None
    pages = f"{count} page{'' if count == 1 else 's'}"
    findings.error(
        "C-014",
        f"{wanted.name} has {pages}, and page {wanted.pages.ranges[0][1]} is asked for",
        span=wanted.pages.span or wanted.span,
        hint=f"pages are counted from the first of the file, whatever is printed on them: pages: 1-{count}",
    )


def _note_encrypted(wanted: Wanted, findings: Findings) -> None:
    findings.error(
        "C-012",
        f"{wanted.name} is encrypted, and its pages cannot be bound",
        span=wanted.span,
        hint="ask the rights holder for a file without a password; or give a link instead: link: https://…",
    )


def _note_damaged(wanted: Wanted, findings: Findings, why: str) -> None:
    reason = re.sub(r"^.*?: ", "", why.partition("\n")[0]).rstrip(".") or "it cannot be read"
    findings.error(
        "C-011",
        f"{wanted.name} is damaged: {reason}",
        span=wanted.span,
        hint="get the file once more from where it comes from",
    )
