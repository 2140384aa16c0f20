"""Files of references as reference managers write them: BibTeX, BibLaTeX, RIS, CSL-JSON of Better BibTeX."""

from __future__ import annotations

import json
import random
from time import process_time
from typing import Any

import pytest

from publisher.diagnostics import Source
from publisher.load.findings import Findings
from publisher.load.references import references
from publisher.model.inline import Reference

BIB = r"""
@string{oup = "Oxford University Press"}
@comment{not read}
% nor this
@book{moxon1683, author = {Moxon, Joseph and {The Royal Society} and others},
  title = {The {NATO} \emph{Story} of G{\"o}del \& Co.}, subtitle = {Or, the Doctrine}, publisher = oup,
  address = {London}, year = 1683, month = mar, edition = {2nd}, isbn = {978-0}}
@incollection{part, author = {Ludwig van Beethoven and Smith, Jr, Bob and de la Fontaine, Jean}, title = {A Part},
  pages = {11--19}, crossref = {whole}}
@collection{whole, title = {The Whole}, editor = {family=Berg, given=Anna, prefix=von der},
  date = {1999-05/2001}, publisher = {Press}}
@article{paper, author = {M\"uller, \'Elise}, title = {``Quotes'' -- and dashes},
  journaltitle = {A Journal}, number = {3}, volume = 12,
  date = {2001-21}, doi = {10.1000/a\_b}, ids = {old-key, older}, langid = {ngerman}, keywords = {x}}
@online{site, title = {A Site}, url = {https://example.org/a_b}, urldate = {2020-01-02}, date = {2019~},
  note = {Read in part}}
@phdthesis{thesis, author = {One, Only}, title = {Thesis}, school = {A School}, year = {in press}}
@thing{odd, title = {Odd}, colour = {red}}
"""
RIS = """TY  - CHAP
AU  - Smith, Bob, Jr
A1  - A Body
A2  - Berg, Anna
TI  - A Chapter
T2  - A Book
PY  - 1999/05/03/
SP  - 11
EP  - 19
SN  - 978-0
UR  - https://example.org/
XX  - odd
ER  -

TY  - RPRT
ID  - own-key
AU  - The Ministry
TI  - A Report
IS  - 7
DA  - 2001
ER  -
"""


def read(text: str, name: str) -> tuple[dict[str, dict[str, Any]], tuple[Reference, ...], Findings]:
    findings = Findings()
    found = references(Source(name=name, text=text), findings=findings)
    return {reference.key: json.loads(reference.record) for reference in found}, found, findings


@pytest.fixture(scope="module")
def bib() -> dict[str, dict[str, Any]]:
    records, _, findings = read(BIB, "references.bib")
    assert findings.diagnostics == []
    return records


def test_book_of_bibtex(bib: dict[str, dict[str, Any]]) -> None:
    assert bib["moxon1683"] == {
        "id": "moxon1683",
        "type": "book",
        "author": [{"family": "Moxon", "given": "Joseph"}, {"literal": "The Royal Society"}],
        "title": 'The <span class="nocase">NATO</span> <i>Story</i> of Gödel & Co.: Or, the Doctrine',
        "publisher": "Oxford University Press",
        "publisher-place": "London",
        "issued": {"date-parts": [[1683, 3]]},
        "edition": "2nd",
        "ISBN": "978-0",
    }


def test_chapter_inherits_from_its_book(bib: dict[str, dict[str, Any]]) -> None:
    part = bib["part"]
    assert (part["type"], part["container-title"], part["page"]) == ("chapter", "The Whole", "11–19")
    assert part["publisher"] == "Press"
    assert part["editor"] == [{"family": "Berg", "given": "Anna", "non-dropping-particle": "von der"}]
    assert part["issued"] == {"date-parts": [[1999, 5], [2001]]}
    assert part["author"] == [
        {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
        {"family": "Smith", "given": "Bob", "suffix": "Jr"},
        {"family": "Fontaine", "given": "Jean", "non-dropping-particle": "de la"},
    ]


def test_article_of_biblatex(bib: dict[str, dict[str, Any]]) -> None:
    paper = bib["paper"]
    assert paper["author"] == [{"family": "Müller", "given": "Élise"}]
    assert paper["title"] == "“Quotes” – and dashes"
    assert (paper["issue"], paper["volume"], paper["DOI"], paper["language"]) == ("3", "12", "10.1000/a_b", "de")
    assert paper["issued"] == {"date-parts": [[2001]], "season": 1}


def test_site_thesis_and_dates_in_words(bib: dict[str, dict[str, Any]]) -> None:
    assert bib["site"]["URL"] == "https://example.org/a_b"
    assert bib["site"]["accessed"] == {"date-parts": [[2020, 1, 2]]}
    assert bib["site"]["issued"] == {"date-parts": [[2019]], "circa": True}
    assert (bib["thesis"]["genre"], bib["thesis"]["publisher"]) == ("PhD thesis", "A School")
    assert bib["thesis"]["issued"] == {"literal": "in press"}
    assert bib["odd"]["type"] == "document"


def test_unknown_fields_and_other_keys_are_kept_with_the_reference() -> None:
    _, found, _ = read(BIB, "references.bib")
    by_key = {reference.key: reference for reference in found}
    assert by_key["odd"].passed_over == ("colour", "@thing")
    assert by_key["paper"].aliases == ("old-key", "older")
    assert str(by_key["paper"].span).startswith("references.bib:12:1")


def test_records_of_ris() -> None:
    records, found, findings = read(RIS, "references.ris")
    assert findings.diagnostics == []
    assert list(records) == ["smith1999", "own-key"]
    assert found[0].passed_over == ("XX",)
    assert records["smith1999"] == {
        "id": "smith1999",
        "type": "chapter",
        "author": [{"family": "Smith", "given": "Bob", "suffix": "Jr"}],
        "editor": [{"family": "Berg", "given": "Anna"}],
        "title": "A Chapter",
        "container-title": "A Book",
        "issued": {"date-parts": [[1999, 5, 3]]},
        "page": "11–19",
        "ISBN": "978-0",
        "URL": "https://example.org/",
    }
    assert (records["own-key"]["number"], records["own-key"]["author"]) == ("7", [{"literal": "The Ministry"}])


def test_citation_key_of_better_bibtex_and_id_both_name_the_record() -> None:
    long = "http://zotero.org/users/1/items/ABCD2345"
    text = json.dumps([{"id": long, "citation-key": "moxon1683", "type": "book", "title": "T"}])
    _, (only,), findings = read(text, "references.json")
    assert (only.key, only.aliases, findings.diagnostics) == ("moxon1683", (long,), [])


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.bib", "@book{a, title={x}}\n@book{b, title={x\n@misc{c, title={ok}}", ["B-001:2"]),
        ("a.bib", "@book{a, title={x}, title={y}}", ["B-001:1"]),
        ("a.bib", "@book{a, title={x}}\n\n@book{a, title={y}}", ["R-003:3"]),
        ("a.bib", "@book{a, author={A, B, C, D, E}}", ["B-001:1"]),
        ("a.bib", "@book{a, title={" + "{" * 200 + "x" + "}" * 200 + "}}", ["B-001:1"]),
        ("a.bib", "@book{a, title={" + "x" * 20_001 + "}}", ["B-003:1"]),
        ("a.bib", "@book{a, title={x}, ids={b}}\n@book{b, title={y}}", ["R-003:2"]),
        ("a.ris", "TY  - JOUR\nTI  - x\nTY  - BOOK\nTI  - y\nER  - \n", ["B-001:1"]),
        ("a.ris", "TY  - JOUR\nTI  - x\n", ["B-001:1"]),
        ("a.ris", "words\n", ["B-001:1"]),
        ("a.json", json.dumps([{"id": "a", "type": "book", "author": [{"family": "A"}] * 5_001}]), ["B-003:1"]),
        (
            "a.json",
            '[{"id": "a", "type": "book", "title": "x", "citation-key": "b"},\n{"id": "b", "type": "book"}]',
            ["R-003:2"],
        ),
    ],
)
def test_what_is_wrong_is_reported_with_its_line(name: str, text: str, expected: list[str]) -> None:
    _, _, findings = read(text, name)
    shown = [
        f"{diagnostic.code}:{diagnostic.span.source.position(diagnostic.span.start)[0]}"
        for diagnostic in findings.diagnostics
        if diagnostic.span
    ]
    assert shown == expected


def test_too_many_records_are_an_error_after_a_few_seconds() -> None:
    text = "".join(f"TY  - BOOK\nID  - k{number}\nER  - \n" for number in range(20_001))
    before = process_time()
    _, found, findings = read(text, "a.ris")
    assert [diagnostic.code for diagnostic in findings.diagnostics] == ["B-003"]
    assert found == ()
    assert process_time() - before < 20


DAMAGE = ["", *"{}\\@\"',=#~$%&\n\x00", "\\emph", "\\begin{x}", "TY  - ", "ER  -", "é", " and "]


@pytest.mark.parametrize("seed", range(40))
def test_no_damage_ends_in_a_traceback(seed: int) -> None:
    chance = random.Random(seed)
    for name, text in (("a.bib", BIB), ("a.ris", RIS)):
        characters = list(text)
        for _ in range(chance.randrange(1, 12)):
            at = chance.randrange(len(characters))
            damage = chance.choice(
                ["", *"{}\\@\"',=#~$%&\n\x00", "\\emph", "\\begin{x}", "TY  - ", "ER  -", "é", " and "]
            )
            characters[at : at + chance.randrange(0, 3)] = damage
        read("".join(characters), name)
