"""A PDF for a printer → nothing, or what the printer would send it back for: PDF/X, from the bytes.

ISO 15930-1 and -4 (PDF/X-1a), ISO 15930-3 and -6 (PDF/X-3), ISO 15930-7 (PDF/X-4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from publisher.diagnostics import ExitCode, PublisherError
from publisher.model.pdf_standard import PrintStandard
from publisher.preflight.document import UNREADABLE, Fault, Printed, open_printed
from publisher.preflight.identity import fixed_identity, says_what_it_is
from publisher.preflight.inks import colours, pictures, pure_black, transparency
from publisher.preflight.intent import output_intent
from publisher.preflight.older import cross_references, features, forbidden_features
from publisher.preflight.sheets import bleed, boxes, laid_over, marks
from publisher.preflight.typefaces import embed

__all__ = ["CHECKS", "LEAST_BLEED", "preflight"]

LEAST_BLEED = 3 * 72 / 25.4
"""In points: what most printers ask for."""
Check = Callable[[Printed], Iterator[Fault]]
CHECKS: tuple[Check, ...] = (
    says_what_it_is,
    fixed_identity,
    output_intent,
    boxes,
    bleed,
    marks,
    laid_over,
    colours,
    pictures,
    pure_black,
    transparency,
    embed,
    cross_references,
    features,
    forbidden_features,
)


def preflight(
    content: bytes, *, name: str, least_bleed: float = LEAST_BLEED, standard: PrintStandard | None = None
) -> PrintStandard:
    """Return the standard that a PDF follows: the one that is asked for, else the one that it claims.

    Raises `PublisherError` with exit code 5 and everything found, each fault once with all its pages.
    """
    with open_printed(content, name=name, least_bleed=least_bleed, standard=standard) as printed:
        followed = printed.standard
        found = printed.told((*printed.unread, *(fault for check in CHECKS for fault in _find(check, printed))))
    if found:
        raise PublisherError(*found, exit_code=ExitCode.UNPROVED)
    return followed


def _find(check: Check, printed: Printed) -> Iterator[Fault]:
    """What a check finds; X-015 if it meets something that does not follow ISO 32000."""
    try:
        yield from check(printed)
    except UNREADABLE:
        about = check.__name__.replace("_", " ")
        yield printed.fault("X-015", f"it does not follow ISO 32000, and cannot be checked for: {about}")
