"""What a validator finds fault with."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.diagnostics import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a validator objects to."""

    validator: str
    """The name of the program: `epubcheck`, `publisher`, `ace`, `nu`, `qpdf`, `page-validation`, `verapdf`."""
    rule: str
    """Its own code for the rule: `RSC-005`, `image-alt`, `7.1-3`."""
    message: str
    """What it says, in its own words."""
    where: str
    """File, line and column, selector or object, as far as it reports; empty where it reports nothing."""
    severity: Severity
