"""`agreements: {each: page}`: each agreement begins a page; without it they follow each other."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from publisher.diagnostics import PublisherError

AGREEMENT = """\
---
id: {name}
title: The {name} treaty
short: {name}
date: 19{year}-05-27
place: Paris
parties: Two states
kind: Treaty
force: none
document: Printed
published: Printed
---

## Article 1 {{#1}}

Words.
"""
FILES = {
    f"agreements__{name}.md": AGREEMENT.format(name=name, year=year)
    for name, year in (("first", 20), ("second", 30), ("third", 40))
}


@pytest.mark.parametrize(
    ("wanted", "pages"),
    [
        ("agreements: agreements/*.md", 2),
        ("agreements: {files: agreements/*.md}", 2),
        ("agreements: {files: agreements/*.md, each: page}", 3),
        ("agreements: {each: page}", 3),
        ("agreements: {files: [agreements/first.md, agreements/third.md], each: page}", 2),
    ],
)
def test_each_agreement_begins_a_page_if_that_is_wanted(
    composed: Callable[..., Any], measured: ModuleType, wanted: str, pages: int
) -> None:
    found = measured.lines_of(measured.pages_of(composed(wanted + "\n", **FILES)))
    titles = [at for at, page in enumerate(found) if any(" treaty" in line.text for line in page)]
    assert len(set(titles)) == pages


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("agreements: {each: column}", "E-006"),
        ("agreements: {each: page, file: a.md}", "E-003"),
        ("agreements: {files: nowhere/*.md}", "E-013"),
    ],
)
def test_what_the_key_does_not_know_is_reported(composed: Callable[..., Any], wanted: str, code: str) -> None:
    with pytest.raises(PublisherError) as raised:
        composed(wanted + "\n", **FILES)
    assert code in {diagnostic.code for diagnostic in raised.value.diagnostics}
