"""Headings: each is marked as one, at its level, by which readers find their way (WCAG 2.2, 1.3.1 and 2.4.6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publisher.diagnostics import Diagnostic
from publisher.verify.diagnose import whole, wrong
from publisher.verify.line import Expected, Found


def heading_faults(pairs: Iterable[tuple[Expected, Found]], *, artifact: str, levels: bool) -> Iterator[Diagnostic]:
    """V-064 for each heading that is none, or at another level if `levels` are those of the sources."""
    for expected, found in pairs:
        if bool(expected.level) is bool(found.level) and (not levels or expected.level == found.level):
            continue
        if expected.level and not found.level:
            message = f"({found.place}) {expected.name} is not marked as a heading: {whole(found)}"
        elif expected.level:
            message = (
                f"({found.place}) {expected.name} is marked as a heading of level {found.level}, "
                f"and should be at level {expected.level}: {whole(found)}"
            )
        else:
            continue
        yield wrong("V-064", message, artifact=artifact, line=expected)
