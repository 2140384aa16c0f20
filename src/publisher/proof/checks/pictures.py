"""Pictures with too few pixels for the size in which they are printed."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Severity
from publisher.proof.checks.context import Job
from publisher.proof.finding import Finding
from publisher.proof.reading.painted import Picture


def coarse_pictures(job: Job) -> Iterator[Finding]:
    """P-010 for a picture with fewer pixels an inch than the limit."""
    for sheet in job.setting.sheets:
        for picture in sheet.pictures:
            if picture.resolution < job.limits.resolution - 0.5:
                yield _finding(picture, job)


def _finding(picture: Picture, job: Job) -> Finding:
    source = next((block.source for block in job.setting.blocks if picture in block.pictures), None)
    wanted = round(picture.width * job.limits.resolution / picture.resolution)
    return Finding(
        code="P-010",
        severity=Severity.WARNING,
        page=picture.page,
        boxes=(picture.box,),
        message=(
            f"the picture has {picture.resolution:.0f} pixels an inch where {job.limits.resolution} are wanted: "
            f"{picture.width} × {picture.height} pixels on {_millimetres(picture.across)} × "
            f"{_millimetres(picture.upward)} mm"
        ),
        words="" if source is None else source.text.lstrip("\N{OBJECT REPLACEMENT CHARACTER}"),
        span=source.span() if source else None,
        suggestion=(
            f"use a picture that is {wanted} pixels wide, or print it smaller, in edition.yaml: "
            f"typesetting: {{picture-widths: {{{source.picture if source and source.picture else 'images/map.png'}: "
            f"{max(int(_millimetres(picture.across) * picture.resolution / job.limits.resolution), 1)}mm}}}}"
        ),
    )


def _millimetres(points: float) -> int:
    return round(points / 72 * 25.4)
