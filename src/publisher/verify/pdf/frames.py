"""The pages of a PDF next to the size that the edition asks for: none is cropped, turned or enlarged."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Diagnostic
from publisher.model.profile import points
from publisher.model.publication import Publication
from publisher.pdf.read.frame import Frame
from publisher.verify.allowed import OTHER_SIZES, is_allowed
from publisher.verify.diagnose import wrong

SLACK = 0.5
"""Points by which a page may be larger or smaller than it should be."""


def frame_faults(
    frames: tuple[Frame, ...], labels: tuple[str, ...], publication: Publication, *, artifact: str
) -> Iterator[Diagnostic]:
    """V-063 for each page that has another size than the edition asks for, or is turned, cropped or enlarged.

    `publication` is made for the profile of the file. A waiver of the edition may allow other sizes (D-022).
    """
    output = publication.output
    size = None if is_allowed(publication, OTHER_SIZES) else (points(output.page_width), points(output.page_height))
    for frame, label in zip(frames, labels, strict=True):
        for words in _faults(frame, size):
            yield wrong("V-063", f"(page {label}) {words}", artifact=artifact)


def _faults(frame: Frame, size: tuple[float, float] | None) -> Iterator[str]:
    left, bottom, right, top = frame.trimmed
    if size and (abs(right - left - size[0]) > SLACK or abs(top - bottom - size[1]) > SLACK):
        yield (
            f"the page is {right - left:g} by {top - bottom:g} points large, and should be {size[0]:g} by {size[1]:g}"
        )
    if frame.cropped != frame.media:
        yield "the page is cropped"
    if frame.rotation % 360:
        yield f"the page is turned by {frame.rotation:g} degrees"
    if frame.unit != 1:
        yield f"the page is enlarged {frame.unit:g} times (UserUnit)"
    if frame.more:
        yield f"the page has entries that no page of a book has: {', '.join(frame.more)}"
