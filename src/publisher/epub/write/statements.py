"""What a package document says of a book, statement by statement.

EPUB 3.3, §5.5 Metadata section, https://www.w3.org/TR/epub-33/#sec-pkg-metadata; roles and kinds of
identifier, title and source from its Appendix D; conformance and discovery from EPUB Accessibility 1.1,
https://www.w3.org/TR/epub-a11y-11/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic
from publisher.model.publication import Metadata
from publisher.model.rendition import EpubRendition
from publisher.model.settings import Contributor
from publisher.model.trade import BookSeries, Exemption, SaleFormat, Trade

IDENTIFIER_ID = "meta.identifier"
"""Id of the unique identifier; full stops keep our ids apart from those of sections."""
COVER_ID = "cover.image"
AUTHORS = frozenset({"aut", "att", "cre", "dub"})
"""Roles that make a person a creator: author, attributed name, creator, dubious author."""
ISBN_13 = "15"
"""In ONIX code list 5."""
DOI = "06"
"""In the same list."""
EXEMPTIONS = {
    Exemption.MICRO_ENTERPRISE: "eaa-microenterprise",
    Exemption.DISPROPORTIONATE_BURDEN: "eaa-disproportionate-burden",
    Exemption.FUNDAMENTAL_ALTERATION: "eaa-fundamental-alteration",
}
"""The values of `a11y:exemption`, https://www.w3.org/TR/epub-a11y-exemption/."""
POSITION = re.compile(r"[0-9]+(\.[0-9]+)*")
"""What `group-position` may hold (EPUB 3.3, D.3.5)."""
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write, https://www.w3.org/TR/xml/#charsets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One element of the metadata section."""

    element: str
    """`meta`, `link`, or a Dublin Core element: `dc:title`."""
    text: str | None
    attributes: tuple[tuple[str, str], ...] = ()


def statements(rendition: EpubRendition, *, moment: str) -> tuple[Statement, ...]:
    """Everything that the package document says, each refinement right after what it refines."""
    metadata = rendition.metadata
    return (
        *_identifiers(metadata),
        *_titles(metadata),
        _dublin_core("language", metadata.language),
        *_contributors(metadata.contributors),
        *_imprint(metadata),
        *_rights(metadata),
        _meta("dcterms:modified", moment),
        *_page_source(rendition.page_break_source),
        *_accessibility(rendition.accessibility),
        *_exemption(metadata.trade),
        Statement(element="meta", text=None, attributes=(("name", "generator"), ("content", metadata.generator))),
        Statement(element="meta", text=None, attributes=(("name", "cover"), ("content", COVER_ID))),
    )


def statement_faults(statements: tuple[Statement, ...]) -> tuple[Diagnostic, ...]:
    """O-011 for each statement with a character that XML has no way to write."""
    return tuple(
        Diagnostic(
            code="O-011",
            message=f"{_describe(statement)} holds the character U+{ord(found[0]):04X}, which no EPUB can hold",
            hint="delete it in edition.yaml; it is invisible, so type the words around it again",
        )
        for statement in statements
        for value in (statement.text or "", *(value for _, value in statement.attributes))
        if (found := UNWRITABLE.search(value))
    )


def _describe(statement: Statement) -> str:
    """The statement as an editor knows it: `title`, `schema:accessibilitySummary`."""
    attributes = dict(statement.attributes)
    return attributes.get("property") or attributes.get("rel") or statement.element.removeprefix("dc:")


def _identifiers(metadata: Metadata) -> Iterator[Statement]:
    yield _dublin_core("identifier", metadata.identifier, id=IDENTIFIER_ID)
    isbn, doi = metadata.isbn_of(SaleFormat.EPUB), metadata.trade.doi
    if isbn:
        digits = re.sub("[^0-9Xx]", "", isbn).upper()
        yield _dublin_core("identifier", f"urn:isbn:{digits}", id="meta.isbn")
        if len(digits) == 13:
            yield _meta("identifier-type", ISBN_13, refines="meta.isbn", scheme="onix:codelist5")
    if doi:
        yield _dublin_core("identifier", f"doi:{doi}", id="meta.doi")
        yield _meta("identifier-type", DOI, refines="meta.doi", scheme="onix:codelist5")


def _titles(metadata: Metadata) -> Iterator[Statement]:
    """The title, then the subtitle; reading systems that know one title only take the first."""
    titles = (("main", metadata.title), ("subtitle", metadata.subtitle))
    for order, (kind, title) in enumerate(titles, start=1):
        if title:
            yield _dublin_core("title", title, id=f"meta.title-{kind}")
            yield _meta("title-type", kind, refines=f"meta.title-{kind}")
            yield _meta("display-seq", str(order), refines=f"meta.title-{kind}")


def _contributors(contributors: tuple[Contributor, ...]) -> Iterator[Statement]:
    """Authors as creators (where there are none, those who share the first one's role), all others as contributors."""
    roles = {contributor.role for contributor in contributors}
    leading = roles & AUTHORS or {contributor.role for contributor in contributors[:1]}
    for number, contributor in enumerate(contributors, start=1):
        subject = f"meta.contributor-{number}"
        element = "creator" if contributor.role in leading else "contributor"
        yield _dublin_core(element, contributor.name, id=subject)
        yield _meta("role", contributor.role, refines=subject, scheme="marc:relators")
        yield _meta("file-as", contributor.sort, refines=subject)
        if contributor.orcid:
            yield _meta("schema:identifier", f"https://orcid.org/{contributor.orcid}", refines=subject)


def _imprint(metadata: Metadata) -> Iterator[Statement]:
    if metadata.publisher:
        yield _dublin_core("publisher", metadata.publisher)
    yield _dublin_core("date", metadata.date)
    if metadata.statement:
        yield _meta("schema:bookEdition", metadata.statement)
    source = metadata.provenance.url or metadata.provenance.statement
    if source:
        yield _dublin_core("source", source)
    if metadata.description:
        yield _dublin_core("description", metadata.description)
    for subject in metadata.subjects:
        yield _dublin_core("subject", subject)
    yield from _subject_codes(metadata.trade)
    if metadata.trade.series:
        yield from _series(metadata.trade.series)


def _subject_codes(trade: Trade) -> Iterator[Statement]:
    """Each code with its scheme; the code is its own heading, since headings may not be distributed."""
    codes = (*(("Thema", code) for code in trade.thema), *(("BISAC", code) for code in trade.bisac))
    for number, (scheme, code) in enumerate(codes, start=1):
        yield _dublin_core("subject", code, id=f"meta.subject-{number}")
        yield _meta("authority", scheme, refines=f"meta.subject-{number}")
        yield _meta("term", code, refines=f"meta.subject-{number}")


def _series(series: BookSeries) -> Iterator[Statement]:
    yield _meta("belongs-to-collection", series.title, id="meta.series")
    yield _meta("collection-type", "series", refines="meta.series")
    if series.number and POSITION.fullmatch(series.number):
        yield _meta("group-position", series.number, refines="meta.series")
    if series.issn:
        yield _meta("dcterms:identifier", f"urn:issn:{series.issn}", refines="meta.series")


def _rights(metadata: Metadata) -> Iterator[Statement]:
    for statement in (metadata.rights.statement, metadata.rights.apparatus):
        if statement:
            yield _dublin_core("rights", statement)
    if metadata.rights.licence_url:
        yield _link("dcterms:license", metadata.rights.licence_url)


def _page_source(source: str | None) -> Iterator[Statement]:
    """What the page list follows, https://w3c.github.io/publ-a11y/drafts/page-source-id/; no prefix."""
    if source:
        yield _meta("pageBreakSource", source)


def _accessibility(properties: tuple[tuple[str, str], ...]) -> Iterator[Statement]:
    """The properties in their order; a claim of conformance and who certifies it refer to each other."""
    claimed = certified = None
    for name, value in properties:
        if name == "dcterms:conformsTo" and not _is_address(value):
            yield _meta(name, value, id="meta.conformance")
            claimed = "meta.conformance"
        elif name == "a11y:certifiedBy":
            yield _meta(name, value, id="meta.certifier", refines=claimed)
            certified = "meta.certifier"
        elif name in ("a11y:certifierReport", "a11y:certifierCredential", "dcterms:conformsTo"):
            refined = None if name == "dcterms:conformsTo" else certified
            yield _link(name, value, refines=refined) if _is_address(value) else _meta(name, value, refines=refined)
        else:
            yield _meta(name, value)


def _exemption(trade: Trade) -> Iterator[Statement]:
    if trade.exemption:
        yield _meta("a11y:exemption", EXEMPTIONS[trade.exemption])


def _is_address(value: str) -> bool:
    return value.startswith(("https://", "http://"))


def _dublin_core(element: str, text: str, *, id: str | None = None) -> Statement:
    return Statement(element=f"dc:{element}", text=text, attributes=(("id", id),) if id else ())


def _meta(
    name: str,
    text: str,
    *,
    id: str | None = None,
    refines: str | None = None,
    scheme: str | None = None,
) -> Statement:
    attributes = (("id", id), ("refines", refines and f"#{refines}"), ("property", name), ("scheme", scheme))
    return Statement(element="meta", text=text, attributes=tuple((key, value) for key, value in attributes if value))


def _link(relation: str, address: str, *, refines: str | None = None) -> Statement:
    attributes = (("refines", refines and f"#{refines}"), ("rel", relation), ("href", address))
    return Statement(element="link", text=None, attributes=tuple((key, value) for key, value in attributes if value))
