"""What booksellers, libraries and shops read: each record is judged by the tool or by the rules of its format."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import onixcheck
import pymarc
import pytest
from lxml import etree
from tests.exports.conftest import EDITION, RECORDS, Diagnoses, Runs

ONIX = "{http://ns.editeur.org/onix/3.1/reference}"
CROSSREF = "{http://www.crossref.org/schema/5.3.1}"
Altered = Callable[..., Path]
Records = Mapping[str, bytes]


def onix_faults(content: bytes) -> list[str]:
    """What onixcheck reports, by the RELAX NG and the XML schemas of ONIX 3.1."""
    file = io.BytesIO(content)
    file.name = "records.xml"
    return [str(item) for item in onixcheck.validate(file, schemas=("rng", "xsd"))]


def products(content: bytes) -> dict[str, etree._Element]:
    """The product records of a message, by their ISBN."""
    found = etree.fromstring(content).iter(f"{ONIX}Product")
    return {element.findtext(f"{ONIX}ProductIdentifier/{ONIX}IDValue", ""): element for element in found}


def features(product: etree._Element, kind: str = "09") -> list[tuple[str, str | None]]:
    """The codes of the features of one type, with their descriptions."""
    return [
        (
            element.findtext(f"{ONIX}ProductFormFeatureValue", ""),
            element.findtext(f"{ONIX}ProductFormFeatureDescription"),
        )
        for element in product.iter(f"{ONIX}ProductFormFeature")
        if element.findtext(f"{ONIX}ProductFormFeatureType") == kind
    ]


def texts(product: etree._Element, name: str) -> list[str]:
    """The texts of all elements of a name."""
    return [element.text or "" for element in product.iter(f"{ONIX}{name}")]


def test_onixcheck_finds_no_fault_in_the_message(records: Records) -> None:
    assert onix_faults(records["proofs.onix.xml"]) == []


def test_onixcheck_finds_a_fault_that_is_put_in() -> None:
    """The judge judges: a code that is in no list, and an element out of its place, are faults."""
    bad = b'<ONIXMessage xmlns="http://ns.editeur.org/onix/3.1/reference" release="3.1"><Product/></ONIXMessage>'
    assert onix_faults(bad) != []


def test_each_format_has_a_record_with_its_isbn_and_the_others_as_alternatives(records: Records) -> None:
    found = products(records["proofs.onix.xml"])
    assert sorted(found) == ["9780306406157", "9781402894626", "9783161484100"]
    for isbn, product in found.items():
        related = [text for text in texts(product, "IDValue") if text in found and text != isbn]
        assert sorted(related) == sorted(set(found) - {isbn})
    forms = {
        isbn: (*texts(element, "ProductForm"), *texts(element, "ProductFormDetail")) for isbn, element in found.items()
    }
    assert forms == {
        "9781402894626": ("ED", "E101"),
        "9780306406157": ("ED", "E107"),
        "9783161484100": ("BC",),
    }


def test_list_196_has_the_claims_that_were_measured(records: Records) -> None:
    book = products(records["proofs.onix.xml"])["9781402894626"]
    said = dict(features(book))
    assert {"04", "82", "85", "11", "13", "19", "22", "26", "29", "30", "36", "41", "52"} <= said.keys()
    assert "14" not in said, "there are no pictures that could have alternative texts"
    assert (said["00"] or "").startswith("There is a table of contents")
    assert [code for code, _ in features(book, "12")] == ["14", "16", "18"]


def test_the_exemption_and_the_contacts_of_the_accessibility_act_are_named(records: Records) -> None:
    for isbn in ("9781402894626", "9780306406157"):
        said = dict(features(products(records["proofs.onix.xml"])[isbn]))
        assert said["99"] == "access@example.org"
        assert said["96"] == "https://www.example.org/accessibility"
        assert "75" in said
    assert features(products(records["proofs.onix.xml"])["9783161484100"]) == []


def test_a_claim_that_was_not_earned_is_in_no_record(altered: Altered, runs: Runs, tmp_path: Path) -> None:
    folder = altered()
    (folder / "styles").mkdir()
    (folder / "styles" / "own.css").write_text("p { color: #aaa; }", encoding="utf-8")
    assert runs("export", "onix", folder, "-o", tmp_path / "out").exit_code == 0
    content = (tmp_path / "out" / "proofs.onix.xml").read_bytes()
    said = dict(features(products(content)["9781402894626"]))
    assert onix_faults(content) == []
    assert not {"04", "26", "82", "85"} & said.keys()
    assert "11" in said


def test_prices_are_those_of_their_format(records: Records) -> None:
    found = products(records["proofs.onix.xml"])
    priced = {
        isbn: list(zip(texts(element, "PriceAmount"), texts(element, "PriceType"), strict=True))
        for isbn, element in found.items()
    }
    assert priced["9783161484100"] == [("14.99", "02")]
    assert priced["9781402894626"] == [("9.99", "02"), ("11", "01")]
    assert texts(found["9781402894626"], "CountriesIncluded") == ["DE FR NO"]
    assert texts(found["9781402894626"], "RegionsIncluded") == ["WORLD"]


def test_subjects_have_their_schemes_and_one_main_subject_each(records: Records) -> None:
    (book, *_) = products(records["proofs.onix.xml"]).values()
    found = [
        (
            element.findtext(f"{ONIX}SubjectSchemeIdentifier"),
            element.findtext(f"{ONIX}SubjectCode"),
            element.find(f"{ONIX}MainSubject") is not None,
        )
        for element in book.iter(f"{ONIX}Subject")
    ]
    assert found == [
        ("93", "KNTP2", True),
        ("94", "1DDU", False),
        ("96", "3MG", False),
        ("10", "LAN027000", True),
        ("10", "ANT005000", False),
        ("20", None, False),
    ]


@pytest.mark.parametrize("availability", ["available", "forthcoming", "out-of-print", "withdrawn"])
def test_every_availability_is_valid(availability: str, altered: Altered, runs: Runs, tmp_path: Path) -> None:
    folder = altered(("availability: available", f"availability: {availability}"))
    assert runs("export", "onix", folder, "-o", tmp_path / "out").exit_code == 0
    assert onix_faults((tmp_path / "out" / "proofs.onix.xml").read_bytes()) == []


def test_marc_records_are_read_by_another_program(records: Records) -> None:
    found: Any = pymarc.parse_xml_to_array(io.BytesIO(records["proofs.marc.xml"]), strict=True)  # type: ignore[no-untyped-call]
    assert [item["020"]["a"] for item in found] == ["9781402894626", "9780306406157", "9783161484100"]
    assert all(item.title == "On Reading Proofs : A small edition" for item in found)
    assert all(len(item["008"].data) == 40 for item in found)
    assert [item["008"].data[23] for item in found] == ["o", "o", " "]
    assert {item["700"]["1"] for item in found} == {"https://orcid.org/0000-0002-1825-0097"}
    assert "532" in found[0]
    assert "532" not in found[2]


ORDER = {
    "doi_batch": ("head", "body"),
    "head": ("doi_batch_id", "timestamp", "depositor", "registrant"),
    "depositor": ("depositor_name", "email_address"),
    "body": ("book",),
    "book": ("book_metadata", "book_series_metadata"),
    "book_metadata": ("contributors", "titles", "publication_date", "isbn", "noisbn", "publisher", "doi_data"),
    "book_series_metadata": (
        *("series_metadata", "contributors", "titles", "volume", "publication_date", "isbn", "noisbn", "publisher"),
        "doi_data",
    ),
    "series_metadata": ("titles", "issn"),
    "contributors": ("organization", "person_name"),
    "person_name": ("given_name", "surname", "ORCID"),
    "titles": ("title", "subtitle"),
    "publication_date": ("month", "day", "year"),
    "publisher": ("publisher_name", "publisher_place"),
    "doi_data": ("doi", "resource"),
}
"""The sequences of schema 5.3.1, as far as a deposit of ours has them."""
UNORDERED = frozenset({"contributors"})


def out_of_order(element: etree._Element) -> Iterator[str]:
    """Each element whose parts are not those of the schema, or not in its order."""
    name = etree.QName(element).localname
    parts = [etree.QName(item).localname for item in element]
    known = ORDER.get(name, ())
    places = [known.index(part) if part in known else -1 for part in parts]
    if -1 in places or (name not in UNORDERED and places != sorted(places)):
        yield f"{name}: {parts}"
    for child in element:
        yield from out_of_order(child)


def test_the_deposit_has_the_parts_of_its_schema_in_their_order(
    records: Records, altered: Altered, runs: Runs, tmp_path: Path
) -> None:
    folder = altered(("  series: {title: Specimens of Printing, issn: 0317-8471, number: 3}\n", ""))
    assert runs("export", "crossref", folder, "-o", tmp_path / "out").exit_code == 0
    for content in (records["proofs.crossref.xml"], (tmp_path / "out" / "proofs.crossref.xml").read_bytes()):
        deposit = etree.fromstring(content)
        assert list(out_of_order(deposit)) == []
        assert deposit.findtext(f".//{CROSSREF}doi_data/{CROSSREF}doi") == "10.5555/proofs.2026"
        assert len(deposit.findall(f".//{CROSSREF}isbn")) == 3


def test_opds_catalogues_say_where_the_files_are(
    records: Records, altered: Altered, runs: Runs, tmp_path: Path
) -> None:
    feed = json.loads(records["proofs.opds.json"])
    (publication,) = feed["publications"]
    assert {"title", "identifier", "language", "modified"} <= publication["metadata"].keys()
    assert publication["links"][0]["properties"]["price"] == {"value": 9.99, "currency": "EUR"}
    assert feed["links"][0]["rel"] == "self"
    folder = altered(
        ("    - {amount: 9.99, currency: EUR, territory: [DE, FR, NO]}\n", ""),
        ("    - {amount: 11, currency: USD, tax: excluded}\n", ""),
    )
    assert runs("export", "opds", folder, "-o", tmp_path / "out").exit_code == 0
    free = json.loads((tmp_path / "out" / "proofs.opds.json").read_bytes())["publications"][0]["links"]
    assert [(item["rel"], item["href"]) for item in free] == [
        ("http://opds-spec.org/acquisition/open-access", "proofs.epub"),
        ("http://opds-spec.org/acquisition/open-access", "proofs.pdf"),
    ]
    atom = etree.fromstring(records["proofs.opds.xml"])
    names = {etree.QName(element).localname for element in atom}
    assert {"id", "title", "updated", "author", "entry", "link"} <= names


def test_json_ld_has_an_example_for_each_format_and_the_measured_claims(records: Records) -> None:
    book = json.loads(records["proofs.jsonld"])
    assert book["@type"] == "Book"
    assert [item["isbn"] for item in book["workExample"]] == ["9781402894626", "9780306406157", "9783161484100"]
    assert "tableOfContents" in book["workExample"][0]["accessibilityFeature"]
    assert "accessibilityFeature" not in book["workExample"][2]


def test_the_same_edition_gives_the_same_bytes(records: Records, runs: Runs, tmp_path: Path) -> None:
    for name in RECORDS:
        assert runs("export", name, EDITION, "-o", tmp_path).exit_code == 0
    again = {path.name: path.read_bytes() for path in tmp_path.iterdir() if not path.name.startswith(".")}
    assert again == records


def test_a_file_of_somebody_else_is_not_written_over(runs: Runs, tmp_path: Path) -> None:
    (tmp_path / "proofs.onix.xml").write_text("mine", encoding="utf-8")
    assert runs("export", "onix", EDITION, "-o", tmp_path).exit_code == 4
    assert (tmp_path / "proofs.onix.xml").read_text(encoding="utf-8") == "mine"


CHANGES = {
    "no ISBN at all": (
        (("isbn: 978-3-16-148410-0\n", ""), ("  isbns: {epub: 978-1-4028-9462-6, pdf: 978-0-306-40615-7}\n", "")),
        "U-001",
    ),
    "of which format": ((("  isbns: {epub: 978-1-4028-9462-6, pdf: 978-0-306-40615-7}\n", ""),), "U-001"),
    "wrong check digit": ((("978-1-4028-9462-6", "978-1-4028-9462-7"),), "J-001"),
    "one ISBN twice": ((("978-1-4028-9462-6", "978-3-16-148410-0"),), "U-002"),
    "no currency": ((("currency: GBP, ", ""),), "U-004"),
    "wrong currency": ((("currency: GBP", "currency: GPB"),), "E-006"),
    "wrong country": ((("[GB, IE]", "[UK, IE]"),), "E-006"),
    "wrong subject": ((("LAN027000", "LAN02700"),), "U-003"),
    "no publisher": ((("publisher: Specimen Press\n", ""),), "U-005"),
    "wrong ORCID": ((("0000-0002-1825-0097", "0000-0002-1825-0098"),), "E-007"),
    "wrong ISSN": ((("0317-8471", "0317-8472"),), "E-007"),
    "no exemption of this name": ((("micro-enterprise", "micro"),), "E-006"),
    "unknown key": ((("  doi:", "  dio:"),), "E-003"),
}


@pytest.mark.parametrize(
    ("written", "wrong", "meant"),
    [
        ("currency: GBP", "currency: GPB", "GBP"),
        ("doi: 10.5555/proofs.2026", "doi: https://doi.org/10.5555/proofs.2026", "10.5555/proofs.2026"),
        ("doi: 10.5555/proofs.2026", "doi: doi:10.5555/proofs.2026", "10.5555/proofs.2026"),
        ("url: https://www.example.org/proofs", "url: www.example.org/proofs", "https://www.example.org/proofs"),
    ],
)
def test_a_usual_way_of_writing_is_answered_with_the_right_one(
    written: str, wrong: str, meant: str, altered: Altered, runs: Runs, tmp_path: Path
) -> None:
    done = runs("export", "onix", altered((written, wrong)), "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert f"did you mean “{meant}”?" in done.output


@pytest.mark.parametrize("name", CHANGES)
def test_a_mistake_is_shown_where_it_was_made(
    name: str, altered: Altered, diagnoses: Diagnoses, tmp_path: Path
) -> None:
    changes, code = CHANGES[name]
    found = [
        diagnose
        for diagnose in diagnoses("export", "onix", altered(*changes), "-o", tmp_path / "out")
        if diagnose[0] != "R-006"
    ]
    assert [pair[0] for pair in found] == [code]
    assert all(line for _, line in found)
    assert not (tmp_path / "out").exists()
