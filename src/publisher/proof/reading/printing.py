"""What a PDF says of the printing that it is meant for (ISO 15930-7, 6.2 and 6.3)."""

from __future__ import annotations

from publisher.pdf.read.document import PdfDocument


def says_cmyk(document: PdfDocument) -> bool:
    """Whether it calls itself PDF/X with an output intent of four inks; also where the profile can't be read."""
    file = document.file
    for intent in file.array(document.catalogue.get("OutputIntents")):
        known = file.dictionary(intent)
        if file.resolve(known.get("S")) == "GTS_PDFX":
            components = file.resolve(file.dictionary(known.get("DestOutputProfile")).get("N"))
            return components not in (1, 3)
    return "GTS_PDFXVersion" in file.dictionary(file.trailer.get("Info"))
