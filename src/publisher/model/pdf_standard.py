"""The standards that a PDF can follow: parts of PDF/X for a printer, and what each of them demands; PDF/UA else.

ISO 15930-1 (PDF/X-1a:2001), ISO 15930-3 (PDF/X-3:2002), ISO 15930-4 (PDF/X-1a:2003), ISO 15930-6 (PDF/X-3:2003),
ISO 15930-7 (PDF/X-4).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PrintStandard(StrEnum):
    """What `standard` of the profile `print` may be."""

    X_4 = "x-4"
    X_3 = "x-3"
    X_3_2003 = "x-3-2003"
    X_1A = "x-1a"
    X_1A_2003 = "x-1a-2003"

    @property
    def demands(self) -> Demands:
        """What the standard demands of a file."""
        return DEMANDS[self]


class ScreenStandard(StrEnum):
    """What `pdf-standard` of `output` may be."""

    UA_1 = "ua-1"
    """PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3), in PDF 1.7."""
    UA_2 = "ua-2"
    """PDF/UA-2 (ISO 14289-2), WTPDF 1.0 and PDF/A-4 (ISO 19005-4), in PDF 2.0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """What a part of PDF/X demands of a file."""

    title: str
    """The name of the standard: `PDF/X-1a:2001`."""
    version: str
    """The entry GTS_PDFXVersion."""
    conformance: str | None = None
    """The entry GTS_PDFXConformance of the information dictionary; None if there is none."""
    pdf: str
    """The newest version of PDF that it is written in."""
    profiles: int
    """The newest major version of the ICC profile of its output intent."""
    icc: bool
    """Whether colours may be given through ICC profiles and in CIE-based spaces."""

    @property
    def older(self) -> bool:
        """Whether its version of PDF has no object streams, OpenType programs and optional content."""
        return self.pdf < "1.5"


DEMANDS: dict[PrintStandard, Demands] = {
    PrintStandard.X_4: Demands(title="PDF/X-4", version="PDF/X-4", pdf="1.6", profiles=4, icc=True),
    PrintStandard.X_3: Demands(title="PDF/X-3:2002", version="PDF/X-3:2002", pdf="1.3", profiles=2, icc=True),
    PrintStandard.X_3_2003: Demands(title="PDF/X-3:2003", version="PDF/X-3:2003", pdf="1.4", profiles=2, icc=True),
    PrintStandard.X_1A: Demands(
        title="PDF/X-1a:2001",
        version="PDF/X-1:2001",
        conformance="PDF/X-1a:2001",
        pdf="1.3",
        profiles=2,
        icc=False,
    ),
    PrintStandard.X_1A_2003: Demands(
        title="PDF/X-1a:2003",
        version="PDF/X-1a:2003",
        conformance="PDF/X-1a:2003",
        pdf="1.4",
        profiles=2,
        icc=False,
    ),
}


def standard_of(version: str) -> PrintStandard | None:
    """The standard with this GTS_PDFXVersion; None if it is unknown."""
    return next((print_standard for print_standard, demands in DEMANDS.items() if demands.version == version), None)
