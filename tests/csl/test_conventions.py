"""What a volume's language changes in styles written for American English: sorting and the order of dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from publisher.csl import Request, format_citations, locale_text, style_text
from publisher.csl.conventions import with_dates_of
from publisher.csl.engine import tree

DATED: Mapping[str, Any] = {
    "type": "article-newspaper",
    "title": "Zebras",
    "author": [{"literal": "The Kyiv Independent"}],
    "issued": {"date-parts": [[2022, 1, 26]]},
}


def entries(locale: str, *records: Mapping[str, Any], conform: bool = True) -> list[str]:
    """The list of references that Chicago makes, without markup."""
    style = style_text("chicago-author-date")
    assert style is not None
    citations = [
        {"citationID": f"c{number}", "citationItems": [{"id": str(number)}], "properties": {"noteIndex": 0}}
        for number in range(len(records))
    ]
    numbered = [{**record, "id": str(number)} for number, record in enumerate(records)]
    request = Request(style=style, locale=locale, records=numbered, citations=citations, marks={}, conform=conform)
    return [re.sub("<[^>]+>", "", entry) for entry in format_citations(request).entries]


def book(title: str, **fields: object) -> Mapping[str, Any]:
    return {"type": "book", "title": title, "issued": {"date-parts": [[1973]]}, **fields}


def test_articles_are_passed_over_in_sorting_and_printed_all_the_same() -> None:
    found = entries(
        "en-GB",
        book("Marrow"),
        book("The Zoo"),
        book("A Kite"),
        book("“An Owl”"),
        book("L’Étranger", language="fr"),
        book("Das Boot", language="de-DE"),
        book("Der Alpha"),
        book("The"),
        book("Theory"),
        book("Novel", author=[{"family": "The", "given": "Ann"}]),
        book("Report", author=[{"literal": "The Society"}]),
        book("Los Angeles"),
    )
    order = ("Das B", "Der A", "L’É", "A K", "Los", "Mar", "“An", "The S", "The.", "The, Ann", "Theory", "The Z")
    assert [next(name for name in order if entry.startswith(name)) for entry in found] == list(order)


@pytest.mark.parametrize(
    ("locale", "date"),
    [
        ("en-US", "January 26."),
        ("en-GB", "26 January."),
        ("de-DE", "26. Januar."),
        ("fr-FR", "26 janvier."),
        ("hu-HU", "január 26."),
        ("es-ES", "26 de enero."),
    ],
)
def test_month_and_day_are_in_the_order_of_the_language(locale: str, date: str) -> None:
    (entry,) = entries(locale, DATED)
    assert entry.endswith(date)


def test_style_of_the_edition_keeps_its_order_of_dates() -> None:
    (entry,) = entries("en-GB", DATED, conform=False)
    assert entry.endswith("January 26.")


def test_only_american_dates_are_changed() -> None:
    locale = tree(locale_text("en-GB"))
    for names in (["day", "month"], ["year", "month", "day"], ["month"], ["month", "year"], []):
        style = tree("<s><date>" + "".join(f'<date-part name="{name}"/>' for name in names) + "</date></s>")
        assert with_dates_of(style, locale) == style
    style = tree('<s><date prefix="("><date-part name="month" form="short"/><date-part name="day"/></date></s>')
    (date,) = with_dates_of(style, locale)["children"]
    assert [part["attrs"] for part in date["children"]] == [
        {"name": "day", "suffix": " "},
        {"name": "month", "form": "short"},
    ]
