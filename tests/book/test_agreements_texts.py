"""The thirteen agreements of the edition: complete, in order of time, sparing with quotations, well cross-referred."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from ruamel.yaml import YAML

FOLDER = Path(__file__).parents[2] / "book" / "agreements"
FILES = tuple(sorted(FOLDER.glob("*.md")))
REQUIRED = ("id", "title", "short", "date", "place", "parties", "kind", "force", "published")
FORCES = {
    "treaty-in-force",
    "political-commitment",
    "political-declaration",
    "negotiated-settlement",
    "endorsed-settlement",
    "disputed",
    "draft",
    "non-paper",
}
PROVISIONS = {
    "north-atlantic-treaty-1949": {"10"},
    "helsinki-1975": {"I", "II-IV"},
    "paris-1990": {"security"},
    "budapest-1994": {"1", "2", "3", "4"},
    "founding-act-1997": {"preamble", "I", "IV"},
    "istanbul-1999": {"8"},
    "bucharest-2008": {"23"},
    "astana-2010": {"1", "2", "3"},
    "minsk-protocol-2014": {"1-2", "3", "4", "9", "10"},
    "minsk-memorandum-2014": {"1-3", "4", "9"},
    "minsk-package-2015": {"1-3", "4", "9", "10", "11"},
    "russian-drafts-2021": {"us", "nato"},
    "western-replies-2022": {"us", "nato", "follow-up"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One agreement as its file holds it."""

    fields: dict[str, str]
    """The front matter, every value as text."""
    body: str

    @property
    def provisions(self) -> list[str]:
        """The ids of its provisions, in order."""
        return re.findall(r"^## .+ \{#([\w-]+)\}$", self.body, re.MULTILINE)


def sheet(path: Path) -> Sheet:
    """The agreement that a file holds."""
    _, front, body = re.split(r"^---\n", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.MULTILINE)
    fields = {str(name): str(value) for name, value in YAML(typ="safe").load(front).items()}
    return Sheet(fields=fields, body=body)


SHEETS = tuple(sheet(path) for path in FILES)
each_sheet = pytest.mark.parametrize("agreement", SHEETS, ids=[path.stem for path in FILES])


def prose_of(body: str) -> str:
    """A body without headings and citations, and with the words of its links only."""
    without_headings = re.sub(r"^## .*$", "", body, flags=re.MULTILINE)
    without_citations = re.sub(r"\[@[^\]]*\]", "", without_headings)
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", without_citations)


def test_there_are_thirteen_agreements_with_ids_of_their_own() -> None:
    assert len(FILES) == 13
    assert {agreement.fields["id"] for agreement in SHEETS} == set(PROVISIONS)


def test_the_files_are_numbered_in_order_of_time() -> None:
    assert [path.name[:3] for path in FILES] == [f"{number:02}-" for number in range(1, 14)]
    dates = [agreement.fields["date"] for agreement in SHEETS]
    assert dates == sorted(dates)


@each_sheet
def test_every_field_that_a_reader_needs_is_filled(agreement: Sheet) -> None:
    assert [name for name in REQUIRED if not agreement.fields.get(name, "").strip()] == []


@each_sheet
def test_its_force_is_one_of_the_eight_kinds(agreement: Sheet) -> None:
    assert agreement.fields["force"] in FORCES


@each_sheet
def test_its_date_is_an_iso_date(agreement: Sheet) -> None:
    assert re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?", agreement.fields["date"])


@each_sheet
def test_its_provisions_are_there_and_unique(agreement: Sheet) -> None:
    assert set(agreement.provisions) >= PROVISIONS[agreement.fields["id"]]
    assert len(agreement.provisions) == len(set(agreement.provisions))
    assert len(agreement.provisions) == len(re.findall(r"^## ", agreement.body, re.MULTILINE))


@each_sheet
def test_it_quotes_its_agreement_at_most_once(agreement: Sheet) -> None:
    written = " ".join(agreement.fields.values()) + agreement.body
    assert written.count("“") == written.count("”") <= 1
    assert not set(agreement.body) & {'"', "'"}


@each_sheet
def test_it_is_neither_a_stub_nor_an_essay(agreement: Sheet) -> None:
    assert 150 <= len(prose_of(agreement.body).split()) <= 350


@each_sheet
def test_what_the_editors_add_stands_apart_at_its_end(agreement: Sheet) -> None:
    assert agreement.provisions[-1] == "comment"
    assert "article" not in agreement.body.partition("{#comment}")[2]


@each_sheet
def test_it_cites_its_sources(agreement: Sheet) -> None:
    assert re.search(r"\[@\w", agreement.body)


@each_sheet
def test_it_refers_to_agreements_and_provisions_that_are_there(agreement: Sheet) -> None:
    written = " ".join(agreement.fields.values()) + agreement.body
    provisions = {other.fields["id"]: set(other.provisions) for other in SHEETS}
    lost = [
        f"{target}#{provision}" if provision else target
        for target, provision in re.findall(r"\(agreement:([\w-]+)(?:#([\w-]+))?\)", written)
        if target not in provisions or (provision and provision not in provisions[target])
    ]
    assert lost == []
    assert "](note:" not in written


@each_sheet
def test_address_of_its_official_text_can_be_read_on_paper(agreement: Sheet) -> None:
    for words, address in re.findall(r"\[([^\]@]+)\]\((https?:[^)]+)\)", agreement.fields["published"]):
        assert words == re.sub(r"^https?://(www\.)?", "", address)
