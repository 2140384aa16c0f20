"""What an ONIX record says of accessibility: the measured claims, in the codes of lists 79, 143 and 196."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.exports.onix import codes
from publisher.model.accessibility import AccessibilityStatement, Claim
from publisher.model.pdf_standard import ScreenStandard
from publisher.model.publication import Publication
from publisher.model.trade import SaleFormat, Trade

ACCESSIBILITY, VERSION, HAZARD = "09", "15", "12"
EPUB_3_3 = "101G"
Feature = tuple[str, str, str | None]
"""Its type in list 79, its code, and words."""


def features(publication: Publication, form: SaleFormat) -> Iterator[Feature]:
    """The features of one format: nothing of a printed book, whose accessibility was not measured."""
    statement, trade = publication.accessibility, publication.metadata.trade
    if form is SaleFormat.PRINT:
        return
    if statement is None:
        yield ACCESSIBILITY, codes.UNKNOWN_ACCESSIBILITY, None
    elif form is SaleFormat.EPUB:
        yield from _of_epub(statement, generator=publication.metadata.generator)
    else:
        foreign = any(section.foreign for section in publication.sections)
        tagged = not foreign and not publication.unverified
        yield from _of_pdf(statement, publication.output.pdf_standard, is_tagged=tagged)
    yield from _of_publisher(trade)
    if statement is not None:
        free = Claim.NO_HAZARDS in statement.measured.earned
        yield from ((HAZARD, code, None) for code in (codes.NO_HAZARDS if free else codes.UNKNOWN_HAZARDS))


def _of_epub(statement: AccessibilityStatement, *, generator: str) -> Iterator[Feature]:
    measured = statement.measured
    yield ACCESSIBILITY, codes.SUMMARY, statement.summary
    if measured.conforms:
        for code in (codes.EPUB_ACCESSIBILITY, codes.WCAG_2_2, codes.LEVEL_AA):
            yield ACCESSIBILITY, code, None
        yield ACCESSIBILITY, codes.CERTIFIED_BY, generator
    yield from _claims(measured.earned)
    if not measured.pictures or Claim.ALTERNATIVE_TEXT in measured.earned:
        yield ACCESSIBILITY, codes.NO_SIGHT_NEEDED, None


def _of_pdf(statement: AccessibilityStatement, standard: ScreenStandard, *, is_tagged: bool) -> Iterator[Feature]:
    """Of the PDF: that it is PDF/UA, as the file itself says, and the claims that it shares with the EPUB.

    A PDF with pages of other programs, which may have no tags, has none of these.
    """
    measured = statement.measured
    if not is_tagged:
        yield ACCESSIBILITY, codes.UNKNOWN_ACCESSIBILITY, None
        return
    yield ACCESSIBILITY, codes.PDF_UA[standard], None
    yield from _claims(tuple(claim for claim in measured.earned if claim in codes.OF_PDF))
    if not measured.pictures or Claim.ALTERNATIVE_TEXT in measured.earned:
        yield ACCESSIBILITY, codes.NO_SIGHT_NEEDED, None


def _claims(earned: tuple[Claim, ...]) -> Iterator[Feature]:
    found = sorted({code for claim in earned for code in codes.CLAIMS.get(claim, ())})
    yield from ((ACCESSIBILITY, code, None) for code in found)


def _of_publisher(trade: Trade) -> Iterator[Feature]:
    """The exemption from the European Accessibility Act, and whom to ask."""
    if trade.exemption:
        yield ACCESSIBILITY, codes.EXEMPTIONS[trade.exemption], None
    if trade.contacts.accessibility_page:
        yield ACCESSIBILITY, codes.PUBLISHER_PAGE, trade.contacts.accessibility_page
    if trade.contacts.accessibility:
        yield ACCESSIBILITY, codes.PUBLISHER_CONTACT, trade.contacts.accessibility
