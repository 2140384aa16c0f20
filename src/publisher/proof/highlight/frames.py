"""Frames around what was found on a page, each with a label in the margin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publisher.diagnostics import Severity
from publisher.proof.finding import Finding
from publisher.proof.highlight.typeface import Typeface
from publisher.proof.reading.geometry import Box
from publisher.proof.reading.painted import Sheet

INKS = {
    Severity.ERROR: b"0.80 0.08 0.12",
    Severity.WARNING: b"0.85 0.45 0.00",
    Severity.NOTE: b"0.10 0.35 0.75",
}
"""The colour of each severity, as RGB."""
SIZE = 7.0
"""Of the labels, in points."""
PAD = 2.0
EDGE = 4.0
"""Points between a label and the edge of the page."""

Numbered = tuple[int, Finding]
"""A finding with its number in the legend."""


def label(numbered: Numbered) -> str:
    """What is in the margin: `3 P-007`."""
    number, finding = numbered
    return f"{number} {finding.code}"


def frames(found: Sequence[Numbered], sheet: Sheet, typeface: Typeface) -> bytes:
    """The instructions that draw the frames and labels of a page.

    They need the resources `ProofFont` and, for frames that the text is read through, `ProofTint`.
    """
    parts = [b"/Artifact BMC q /ProofTint gs"]
    for _, finding in found:
        parts += (_fill(box, INKS[finding.severity]) for box in finding.boxes)
    parts.append(b"Q q 0.6 w")
    for _, finding in found:
        parts += (_frame(box, INKS[finding.severity]) for box in finding.boxes)
    parts += _labels(found, sheet, typeface)
    return b"\n".join((*parts, b"Q EMC\n"))


def _labels(found: Sequence[Numbered], sheet: Sheet, typeface: Typeface) -> Iterator[bytes]:
    """The labels from the head of the page to its foot, none over another, each joined to its frame."""
    free, on_the_left = sheet.trim.top - EDGE, _has_room_on_the_left(sheet)
    for number, finding in sorted(found, key=lambda pair: -_foot(pair[1], sheet)):
        words = label((number, finding))
        ink, width = INKS[finding.severity], typeface.width(words, SIZE) + 2 * PAD
        top = min(free, _foot(finding, sheet) + (SIZE + PAD) / 2)
        left = sheet.trim.left + EDGE if on_the_left else sheet.trim.right - EDGE - width
        place = Box(left=left, right=left + width, bottom=top - SIZE - PAD, top=top)
        free = place.bottom - 1
        yield from (_join(finding.boxes[0], place, ink) for _ in finding.boxes[:1])
        yield ink + b" rg %s re f" % _edges(place)
        yield b"1 1 1 rg BT /ProofFont %.1f Tf %.2f %.2f Td %s Tj ET" % (
            SIZE,
            place.left + PAD,
            place.bottom + PAD,
            typeface.spelt(words),
        )


def _foot(finding: Finding, sheet: Sheet) -> float:
    """The height at which a label is joined to its frame: below the words, which it would strike out."""
    return finding.boxes[0].bottom if finding.boxes else sheet.trim.top


def _has_room_on_the_left(sheet: Sheet) -> bool:
    """Whether the left margin is wider than the right one, as where notes are in that."""
    boxes = [stretch.box for stretch in sheet.stretches if not stretch.artifact]
    right = sheet.trim.right - max((box.right for box in boxes), default=0)
    return min((box.left for box in boxes), default=0) - sheet.trim.left > right


def _fill(box: Box, ink: bytes) -> bytes:
    return ink + b" rg %s re f" % _edges(box)


def _frame(box: Box, ink: bytes) -> bytes:
    return ink + b" RG %s re S" % _edges(box)


def _join(box: Box, place: Box, ink: bytes) -> bytes:
    """A line from the foot of a frame to its label, on whichever side that is."""
    y = (place.bottom + place.top) / 2
    ends = (box.right, box.bottom, place.left, y) if place.left > box.left else (box.left, box.bottom, place.right, y)
    return ink + b" RG %.2f %.2f m %.2f %.2f l S" % ends


def _edges(box: Box) -> bytes:
    return b"%.2f %.2f %.2f %.2f" % (box.left, box.bottom, box.width, box.height)
