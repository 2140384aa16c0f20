"""ONIX for Books 3.1, reference names: one product record a format (https://www.editeur.org/93/Release-3.1/)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.exports.languages import three_letters
from publisher.exports.onix import codes
from publisher.exports.onix.features import features
from publisher.exports.products import Product, key_span, products
from publisher.exports.xml import child, document, root
from publisher.model.publication import Metadata, Publication
from publisher.model.rendition import Artifact
from publisher.model.settings import Contributor
from publisher.model.trade import BookSeries, Price, SaleFormat, Tax, ean13

NAMESPACE = "http://ns.editeur.org/onix/3.1/reference"
ISBN_13, ORCID = "15", "21"
CONFIRMED = "03"
"""List 1: the record describes a product as it is."""


def onix(publication: Publication, *, settings: Source) -> Artifact:
    """The ONIX message of a publication whose accessibility was measured.

    Raises `PublisherError` if a format that is sold has no ISBN (U-001), or no publisher is named (U-005).
    """
    metadata = publication.metadata
    sold = products(publication, settings=settings)
    if not metadata.publisher:
        raise PublisherError(_no_publisher(settings))
    message = root("ONIXMessage", NAMESPACE)
    message.set("release", "3.1")
    _header(message, metadata)
    for product in sold:
        _product(message, publication, product, others=tuple(item for item in sold if item is not product))
    return Artifact(name=f"{publication.output.name}.onix.xml", content=document(message))


def _no_publisher(settings: Source) -> Diagnostic:
    return Diagnostic(
        code="U-005",
        message="a record for booksellers names the publisher, and there is none",
        span=key_span(settings, "publisher", "institution", "trade"),
        hint="add publisher: … at the top level (institution: … in reader.yaml)",
    )


def _header(message: etree._Element, metadata: Metadata) -> None:
    header, contacts = child(message, "Header"), metadata.trade.contacts
    sender = child(header, "Sender")
    child(sender, "SenderName", contacts.name or metadata.publisher)
    if contacts.email:
        child(sender, "EmailAddress", contacts.email)
    moment = "".join(text for text in metadata.modified if text.isdigit() or text == "T")
    child(header, "SentDateTime", f"{moment}Z")


def _product(
    message: etree._Element, publication: Publication, product: Product, *, others: tuple[Product, ...]
) -> None:
    metadata = publication.metadata
    record = child(message, "Product")
    child(record, "RecordReference", f"{metadata.identifier}:{product.format.value}")
    child(record, "NotificationType", CONFIRMED)
    _identifier(record, "ProductIdentifier", "ProductIDType", ISBN_13, product.isbn)
    if metadata.trade.doi:
        _identifier(record, "ProductIdentifier", "ProductIDType", "06", metadata.trade.doi)
    _description(record, publication, product)
    _collateral(record, metadata)
    _publishing(record, metadata)
    _related_material(record, metadata, others)
    _supply(record, metadata, product)


def _identifier(parent: etree._Element, name: str, kind: str, code: str, value: str) -> None:
    made = child(parent, name)
    child(made, kind, code)
    child(made, "IDValue", value)


def _description(record: etree._Element, publication: Publication, product: Product) -> None:
    """Block 1: what the product is."""
    metadata = publication.metadata
    detail = child(record, "DescriptiveDetail")
    child(detail, "ProductComposition", "00")
    form, form_detail = codes.FORMS[product.format]
    child(detail, "ProductForm", form)
    if form_detail:
        child(detail, "ProductFormDetail", form_detail)
    for kind, code, words in features(publication, product.format):
        feature = child(detail, "ProductFormFeature")
        child(feature, "ProductFormFeatureType", kind)
        child(feature, "ProductFormFeatureValue", code)
        if words:
            child(feature, "ProductFormFeatureDescription", words)
    child(detail, "PrimaryContentType", "10")
    if product.format is not SaleFormat.PRINT:
        child(detail, "EpubTechnicalProtection", "00")
    if metadata.trade.series:
        _series(detail, metadata.trade.series)
    title = child(detail, "TitleDetail")
    child(title, "TitleType", "01")
    element = child(title, "TitleElement")
    child(element, "TitleElementLevel", "01")
    child(element, "TitleText", metadata.title)
    if metadata.subtitle:
        child(element, "Subtitle", metadata.subtitle)
    for number, person in enumerate(metadata.contributors, start=1):
        _contributor(detail, person, number)
    if not metadata.contributors:
        child(detail, "NoContributor")
    if metadata.statement:
        child(detail, "EditionStatement", metadata.statement)
    language = child(detail, "Language")
    child(language, "LanguageRole", "01")
    child(language, "LanguageCode", three_letters(metadata.language))
    for scheme, code, is_main in _subjects(metadata):
        subject = child(detail, "Subject")
        if is_main:
            child(subject, "MainSubject")
        child(subject, "SubjectSchemeIdentifier", scheme)
        child(subject, "SubjectHeadingText" if scheme == codes.KEYWORDS else "SubjectCode", code)


def _series(detail: etree._Element, series: BookSeries) -> None:
    collection = child(detail, "Collection")
    child(collection, "CollectionType", "10")
    if series.issn:
        _identifier(collection, "CollectionIdentifier", "CollectionIDType", "02", series.issn.replace("-", ""))
    title = child(collection, "TitleDetail")
    child(title, "TitleType", "01")
    if series.number:
        part = child(title, "TitleElement")
        child(part, "TitleElementLevel", "01")
        child(part, "PartNumber", series.number)
    element = child(title, "TitleElement")
    child(element, "TitleElementLevel", "02")
    child(element, "TitleText", series.title)


def _contributor(detail: etree._Element, person: Contributor, number: int) -> None:
    made = child(detail, "Contributor")
    child(made, "SequenceNumber", str(number))
    child(made, "ContributorRole", codes.ROLES.get(person.role, codes.OTHER_ROLE))
    if person.orcid:
        _identifier(made, "NameIdentifier", "NameIDType", ORCID, person.orcid.replace("-", ""))
    child(made, "PersonName", person.name)
    family, _, given = (part.strip() for part in person.sort.partition(","))
    if given:
        child(made, "PersonNameInverted", person.sort)
        if person.name == f"{given} {family}":
            child(made, "NamesBeforeKey", given)
            child(made, "KeyNames", family)


def _subjects(metadata: Metadata) -> Iterator[tuple[str, str, bool]]:
    """Scheme and code of each subject, and whether it is the main one of its scheme."""
    seen = set[str]()
    for code in metadata.trade.thema:
        scheme = codes.THEMA_QUALIFIERS.get(code[0], codes.THEMA)
        yield scheme, code, scheme == codes.THEMA and scheme not in seen
        seen.add(scheme)
    for number, code in enumerate(metadata.trade.bisac):
        yield codes.BISAC, code, number == 0
    if metadata.subjects:
        yield codes.KEYWORDS, "; ".join(subject.replace(";", ",") for subject in metadata.subjects), False


def _collateral(record: etree._Element, metadata: Metadata) -> None:
    """Block 2: the description."""
    if metadata.description:
        text = child(child(record, "CollateralDetail"), "TextContent")
        child(text, "TextType", "03")
        child(text, "ContentAudience", "00")
        child(text, "Text", metadata.description)


def _publishing(record: etree._Element, metadata: Metadata) -> None:
    """Block 4: who publishes it, and when."""
    detail = child(record, "PublishingDetail")
    publisher = child(detail, "Publisher")
    child(publisher, "PublishingRole", "01")
    child(publisher, "PublisherName", metadata.publisher)
    if metadata.trade.url:
        site = child(publisher, "Website")
        child(site, "WebsiteRole", "02")
        child(site, "WebsiteLink", metadata.trade.url)
    if metadata.place:
        child(detail, "CityOfPublication", metadata.place)
    status, _ = codes.STATUS[metadata.trade.availability]
    child(detail, "PublishingStatus", status)
    published = child(detail, "PublishingDate")
    child(published, "PublishingDateRole", "01")
    _date(published, metadata.date)


def _date(parent: etree._Element, date: str) -> None:
    digits = date.replace("-", "")
    child(parent, "Date", digits, dateformat={8: "00", 6: "01"}.get(len(digits), "05"))


def _related_material(record: etree._Element, metadata: Metadata, others: tuple[Product, ...]) -> None:
    """Block 5: the other formats, then the products that are named."""
    formats = (("06", item.isbn) for item in others)
    named = (
        (codes.RELATIONS[related_product.relation], ean13(related_product.isbn))
        for related_product in metadata.trade.related
    )
    all_related = tuple(dict.fromkeys((*formats, *named)))
    material = child(record, "RelatedMaterial") if all_related else None
    for code, isbn in all_related:
        assert material is not None
        product = child(material, "RelatedProduct")
        child(product, "ProductRelationCode", code)
        _identifier(product, "ProductIdentifier", "ProductIDType", ISBN_13, isbn)


def _supply(record: etree._Element, metadata: Metadata, product: Product) -> None:
    """Block 6: where it is sold, and for how much."""
    supply = child(record, "ProductSupply")
    detail = child(supply, "SupplyDetail")
    supplier = child(detail, "Supplier")
    child(supplier, "SupplierRole", "01")
    child(supplier, "SupplierName", metadata.publisher)
    if metadata.trade.contacts.email:
        child(supplier, "EmailAddress", metadata.trade.contacts.email)
    _, availability = codes.STATUS[metadata.trade.availability]
    child(detail, "ProductAvailability", availability)
    paid = tuple(item for item in product.prices if not item.is_free)
    if not paid:
        child(detail, "UnpricedItemType", "01" if product.prices else "04")
    for price in paid:
        _price(detail, price)


def _price(detail: etree._Element, price: Price) -> None:
    made = child(detail, "Price")
    child(made, "PriceType", "02" if price.tax is Tax.INCLUDED else "01")
    child(made, "PriceAmount", price.amount)
    child(made, "CurrencyCode", price.currency)
    territory = child(made, "Territory")
    if price.territory:
        child(territory, "CountriesIncluded", " ".join(price.territory))
    else:
        child(territory, "RegionsIncluded", "WORLD")
