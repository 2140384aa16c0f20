"""What every validator that is installed says of built files, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Severity, Source, Span
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.validators import pagevalidation, verapdf
from publisher.validators.process import scratch
from publisher.validators.registry import VALIDATORS, Validator
from publisher.validators.trace import trace, untraced_findings

FOR_SCREENS = frozenset({pagevalidation.NAME, verapdf.NAME})
"""Validators of what a file for the printer does not claim to be: accessible, and an archive's."""


def verdicts(
    artifacts: Sequence[Artifact],
    *,
    publication: Publication | None,
    all_required: bool = False,
    panel: Sequence[Validator] = VALIDATORS,
    elements: Mapping[int, Span] = MappingProxyType({}),
    settings: Source | None = None,
) -> tuple[Diagnostic, ...]:
    """V-030 for everything that a validator objects to, at its source; L-012 for each validator that is not there.

    Without a publication, what finished files hold is checked, and each objection is shown at its place in the file.
    `elements` says where in the sources the words of a structure element of the PDF are, by the number of its object;
    `settings` is the file that asked for everything, `edition.yaml`.
    Where all are required, raises `PublisherError` (exit code 3) with L-012 as errors before anything is checked.
    """
    missing = tuple(_missing(validator, severe=all_required) for validator in panel if validator.missing)
    if missing and all_required:
        raise PublisherError(*missing, exit_code=ExitCode.MISSING)
    sessions = tuple(
        (validator, artifact)
        for validator in panel
        for artifact in artifacts
        if not validator.missing and artifact.name.endswith(validator.extensions)
        if validator.name not in FOR_SCREENS or _is_for_screens(artifact, built=publication is not None)
    )
    with scratch() as folder, ThreadPoolExecutor(max_workers=max(len(sessions), 1)) as pool:
        for artifact in artifacts:
            (folder / artifact.name).write_bytes(artifact.content)
        heard = tuple(
            pool.map(
                lambda session: _heard(
                    *session, folder=folder, publication=publication, elements=elements, settings=settings
                ),
                sessions,
            )
        )
    return (*missing, *(diagnostic for found in heard for diagnostic in found))


def _is_for_screens(artifact: Artifact, *, built: bool) -> bool:
    """Whether a PDF is to be PDF/UA and PDF/A: one of ours unless it is for the printer, another if it says so.

    What a file says of itself is uncompressed in its metadata (ISO 15930-7, 6.2; ISO 19005-3, 6.6.2.1).
    """
    if b"GTS_PDFX" in artifact.content:
        return False
    return built or any(claim in artifact.content for claim in (b"pdfuaid:", b"pdfaid:"))


def _heard(
    validator: Validator,
    artifact: Artifact,
    *,
    folder: Path,
    publication: Publication | None,
    elements: Mapping[int, Span],
    settings: Source | None,
) -> tuple[Diagnostic, ...]:
    """What one validator says of one file; that it came to no verdict is reported too."""
    try:
        findings = validator.validate(folder / artifact.name)
    except PublisherError as error:
        return error.diagnostics
    if publication is None:
        return untraced_findings(findings, artifact=artifact)
    return trace(findings, artifact=artifact, publication=publication, elements=elements, settings=settings)


def _missing(validator: Validator, *, severe: bool) -> Diagnostic:
    names = ", ".join(need.name for need in validator.missing)
    return Diagnostic(
        code="L-012",
        message=f"{validator.name} was skipped: it needs {names}",
        hint="; ".join(need.remedy for need in validator.missing),
        severity=Severity.ERROR if severe else Severity.WARNING,
    )
