"""Dates that are not known to the day, and agreements of which no force can be said: built, sorted, printed."""

from __future__ import annotations

import re

import pytest
from tests.cases.conftest import Make, demand_built

AGREEMENT = """\
---
id: {id}
title: Agreement {id}
short: Short {id}
date: {date}
place: Somewhere
parties: Two parties
kind: A letter
published: Nowhere
{force}---
Said of it.
"""
DATES = (
    ("a", "1914/1918", "force: never in force\n"),
    ("b", "c. 1886", "force: lapsed\n"),
    ("c", "1990", "force: superseded\n"),
    ("d", '"1990-09"', ""),
    ("e", "before 1700", "force: none\n"),
    ("f", "1880s", "force: terminated\n"),
)
WORDS = ["before 1700", "1880s", "c. 1886", "1914–1918", "1990", "September 1990"]


def files(force: bool) -> dict[str, str]:
    return {
        f"agreements/{id}.md": AGREEMENT.format(id=id, date=date, force=said if force else "")
        for id, date, said in DATES
    }


@pytest.mark.parametrize("date", ["2026", "2026-11"])
def test_partial_dates_are_sorted_and_printed(small: Make, date: str) -> None:
    edition = small("# T\n\nWords.\n", more="agreements: agreements/*.md\n", files=files(date == "2026"))
    settings = edition.folder / "edition.yaml"
    written = settings.read_text().replace("date: 2026-11-01", f"date: {date}")
    settings.write_text(written.replace("source:\n", "source:\n  published: c. 1600\n"))
    demand_built(edition.build())
    pages = "\n".join(edition.pages())
    table = pages[pages.index("In order of time") :]
    found = [re.search(rf"A{at} +(.+?)  +Short", table) for at in range(1, 7)]
    assert [match[1] if match else None for match in found] == WORDS
    assert "First published: c. 1600." in pages
    assert ("Never in force" in pages, "Force" in pages) == (date == "2026", date == "2026")
    assert (
        edition.run("verify", str(edition.folder), *map(str, (edition.folder / "output").glob("*.[ep][pd]*"))).exit_code
        == 0
    )


def test_a_date_that_is_not_understood_is_reported_with_what_may_be_meant(small: Make) -> None:
    entry = AGREEMENT.format(id="a", date="12 May 1990", force="force: in force\n")
    edition = small("# T\n\nWords.\n", more="agreements: agreements/*.md\n", files={"agreements/a.md": entry})
    found = edition.run("check", str(edition.folder)).output
    assert "agreements/a.md:5:7: error[E-007 invalid-value]: “12 May 1990” is not a date" in found
    assert "hint: write 1990-05-12" in found
    assert "agreements/a.md:10:8: error[E-006 unknown-choice]" in found
