"""Comparison of a file with the one that it should be: nothing if it was only saved again, else every difference.

`compare` works on bytes and knows nothing of editions. docs/verification.md says what is compared.
"""

from __future__ import annotations

from publisher.model.target import Format
from publisher.verify.comparison.difference import Difference, Kind, diagnostic
from publisher.verify.comparison.epub import content_differences, epub_differences, web_differences
from publisher.verify.comparison.pdf import pdf_differences

__all__ = ["Difference", "Kind", "compare", "content_differences", "diagnostic"]


def compare(expected: bytes, found: bytes, kind: Format, *, drawn: bool = True) -> tuple[Difference, ...]:
    """Where a file differs from the one that it should be; empty if it is the same, or was only saved again.

    `expected` is what a build has made. Without `drawn`, pages of PDFs are not drawn, only their objects are compared.
    """
    if expected == found:
        return ()
    try:
        if kind is Format.EPUB:
            return epub_differences(expected, found)
        if kind is Format.WEB:
            return web_differences(expected, found)
        return pdf_differences(expected, found, drawn=drawn)
    except RecursionError:
        message = "it is nested too deep to be read"
        return (Difference(kind=Kind.LIMIT, place="", message=message),)
