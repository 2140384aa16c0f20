"""A laid-out PDF → findings: what a proofreader of pages marks, each with its page, its source and a suggestion."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Severity
from publisher.model.limits import USUAL_INK, Area, Coverage, Limits
from publisher.model.publication import Publication
from publisher.pdf.read.document import UNREADABLE, PdfDocument, read_pdf
from publisher.proof.checks import CHECKS
from publisher.proof.checks.context import Job
from publisher.proof.checks.pictures import coarse_pictures
from publisher.proof.finding import Finding, diagnostic
from publisher.proof.reading.matched import Sourced, match_sources
from publisher.proof.reading.painted import Sheet
from publisher.proof.reading.printing import says_cmyk

__all__ = ["Coverage", "Finding", "Limits", "Proof", "coarse", "proof"]

RANK = tuple(Severity)
Measure = Callable[[int, Sequence[Area]], tuple[Coverage, ...]]
"""Compares the ink of every page with a limit, in the area of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was found in a PDF."""

    findings: tuple[Finding, ...]
    """The gravest first, then in the order of the pages."""
    sheets: tuple[Sheet, ...]

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The findings as they are reported, in their order."""
        return tuple(diagnostic(finding, self.sheets[finding.page]) for finding in self.findings)

    def only(self, told: Collection[Diagnostic]) -> Proof:
        """The proof with those findings only that are reported."""
        pairs = zip(self.findings, self.diagnostics(), strict=True)
        return replace(self, findings=tuple(finding for finding, pair in pairs if pair in told))


def proof(content: bytes, publication: Publication, *, limits: Limits, measure: Measure) -> Proof:
    """Everything that is not right on the pages of a PDF.

    `measure` is asked for the ink where `limits.ink` is given or the file is for CMYK. Raises
    `PublisherError` (P-016, exit code 4) where the file can't be read, and what `measure` raises.
    """
    document, beside = _read(content, publication)
    is_cmyk = limits.cmyk or _says_cmyk(document)
    ink = limits.ink or USUAL_INK
    job = Job(
        sourced=beside,
        limits=limits,
        is_cmyk=is_cmyk,
        ink=ink,
        coverages=measure(ink, _areas(beside.setting.sheets)) if limits.ink or is_cmyk else (),
    )
    try:
        found = sorted((finding for check in CHECKS for finding in check(job)), key=_order)
    except UNREADABLE as error:
        raise _unreadable(error) from error
    return Proof(findings=tuple(found), sheets=job.setting.sheets)


def coarse(content: bytes, publication: Publication, *, limits: Limits) -> tuple[Diagnostic, ...]:
    """The pictures of a PDF that have too few pixels for their size (P-010); raises as `proof`."""
    document, beside = _read(content, publication)
    job = Job(sourced=beside, limits=limits, is_cmyk=says_cmyk(document), ink=limits.ink or USUAL_INK, coverages=())
    return tuple(diagnostic(finding, job.sheet(finding.page)) for finding in coarse_pictures(job))


def _areas(sheets: Sequence[Sheet]) -> tuple[Area, ...]:
    """What is printed of each page, without the printer's marks."""
    pairs = ((sheet.bleed, sheet.media) for sheet in sheets)
    return tuple(
        Area(
            left=bleed.left - media.left,
            bottom=bleed.bottom - media.bottom,
            right=bleed.right - media.left,
            top=bleed.top - media.bottom,
        )
        for bleed, media in pairs
    )


def _read(content: bytes, publication: Publication) -> tuple[PdfDocument, Sourced]:
    try:
        document = read_pdf(content)
        return document, match_sources(document, publication)
    except (PublisherError, *UNREADABLE) as error:
        raise _unreadable(error) from error


def _says_cmyk(document: PdfDocument) -> bool:
    try:
        return says_cmyk(document)
    except UNREADABLE as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> PublisherError:
    return PublisherError(
        Diagnostic(
            code="P-016",
            message=f"the file cannot be read as a PDF: {_reason(error)}",
            hint="build it again; if it comes from elsewhere, save it without a password",
        ),
        exit_code=ExitCode.FILES,
    )


def _reason(error: Exception) -> str:
    """Why it can't be read, without what `verify` says of files of the program's own."""
    return str(error).rpartition("cannot be read back: ")[2] or "something that every PDF has is missing"


def _order(finding: Finding) -> tuple[int, int, float]:
    """The gravest first; then as the pages come, and from their heads to their feet."""
    top = max((box.top for box in finding.boxes), default=0)
    return RANK.index(finding.severity), finding.page, -top
