"""What every judge that is installed says of built files, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Severity, Source, Span
from publisher.judges import pagevalidation, verapdf
from publisher.judges.panel import PANEL, Judge
from publisher.judges.run import scratch
from publisher.judges.tracing import traced
from publisher.model.profile import Profile, profile_of
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact

FOR_SCREENS = frozenset({pagevalidation.NAME, verapdf.NAME})
"""Judges of what a file for the printer does not claim to be: accessible, and an archive's."""


def verdicts(
    artifacts: Sequence[Artifact],
    *,
    publication: Publication,
    all_required: bool = False,
    panel: Sequence[Judge] = PANEL,
    elements: Mapping[int, Span] = MappingProxyType({}),
    settings: Source | None = None,
) -> tuple[Diagnostic, ...]:
    """V-030 for everything that a judge objects to, at its source; L-012 for each judge that is not there.

    `elements` says where in the sources the words of a structure element of the PDF stand, by the number of its object;
    `settings` is the file that asked for everything, `edition.yaml`.
    Where all are required, raises `PublisherError` (exit code 3) with L-012 as errors before anything is judged.
    """
    missing = tuple(_missing(judge, severe=all_required) for judge in panel if judge.missing)
    if missing and all_required:
        raise PublisherError(*missing, exit_code=ExitCode.MISSING)
    sessions = tuple(
        (judge, artifact)
        for judge in panel
        for artifact in artifacts
        if not judge.missing and artifact.name.endswith(judge.judges)
        if judge.name not in FOR_SCREENS or not _is_for_the_printer(artifact, publication)
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


def _is_for_the_printer(artifact: Artifact, publication: Publication) -> bool:
    return profile_of(artifact.name, name=publication.output.name) is Profile.PRINT


def _heard(
    judge: Judge,
    artifact: Artifact,
    *,
    folder: Path,
    publication: Publication,
    elements: Mapping[int, Span],
    settings: Source | None,
) -> tuple[Diagnostic, ...]:
    """What one judge says of one file; that it came to no verdict is told too."""
    try:
        findings = judge.judge(folder / artifact.name)
    except PublisherError as error:
        return error.diagnostics
    return traced(findings, artifact=artifact, publication=publication, elements=elements, settings=settings)


def _missing(judge: Judge, *, severe: bool) -> Diagnostic:
    names = ", ".join(need.name for need in judge.missing)
    return Diagnostic(
        code="L-012",
        message=f"{judge.name} did not judge: it needs {names}",
        hint="; ".join(need.remedy for need in judge.missing),
        severity=Severity.ERROR if severe else Severity.WARNING,
    )
