"""The imprint is prose at the foot of its page, however much it says and however small the page is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from publisher.compose.front import imprint, run
from publisher.compose.i18n import words_for
from publisher.load import load_edition
from publisher.model.block import Paragraph
from publisher.model.publication import Publication, Role
from publisher.model.settings import RightsStatus
from publisher.model.walk import plain
from publisher.workspace import Folder

MORE = "statement: First edition\npublisher: A House\nplace: Vienna\n"
SAID = "Not known to those who made this book, and not for want of asking the heirs. "


def front_pages(publication: Publication, **changed: Any) -> Publication:
    """The volume without its text, its imprint changed."""
    sections = (
        section for section in publication.sections if section.role in (Role.TITLE_PAGE, Role.IMPRINT, Role.CONTENTS)
    )
    return replace(
        publication,
        sections=tuple(
            replace(section, **changed) if section.role is Role.IMPRINT else section for section in sections
        ),
        contents=(),
    )


@pytest.mark.parametrize("trim", ["A5", "90x120mm"])
@pytest.mark.parametrize("sentences", [1, 4])
def test_imprint_ends_on_the_last_line_of_its_page(
    composed: Callable[..., Any], measured: ModuleType, trim: str, sentences: int
) -> None:
    publication = composed(f"{MORE}output: {{page: {trim}}}\n")
    feet = []
    for blocks in ((Paragraph(children=run(SAID * sentences), name="imprint-line"),), ()):
        section = next(item for item in publication.sections if item.role is Role.IMPRINT)
        pages = measured.lines_of(measured.pages_of(front_pages(publication, blocks=(*blocks, *section.blocks))))
        (page,) = (page for page in pages if any(line.text == "Imprint" for line in page))
        assert page[-1].text.endswith("Not known.")
        feet.append(page[-1].baseline)
    assert feet[0] == pytest.approx(feet[1], abs=0.1)


def test_imprint_that_is_longer_than_its_page_continues(composed: Callable[..., Any], measured: ModuleType) -> None:
    publication = composed("output: {page: 90x120mm}\n")
    long = (Paragraph(children=run((SAID * 40).strip()), name="imprint-line"),)
    pages = measured.lines_of(measured.pages_of(front_pages(publication, blocks=long)))
    words = " ".join(line.text for page in pages for line in page)
    assert words.count("the heirs.") == 40


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["First edition. Vienna: A House, 24 November 2026.", "The text is in the public domain. Not known."]),
        ("de", ["First edition. Vienna: A House, 24. November 2026.", "Der Text ist gemeinfrei. Not known."]),
        (
            "fr",
            ["First edition. Vienna: A House, 24 novembre 2026.", "Le texte est dans le domaine public. Not known."],
        ),
    ],
)
def test_imprint_is_sentences_in_the_language_of_the_edition(
    composed: Callable[..., Any], tmp_path: Path, language: str, lines: list[str]
) -> None:
    composed(MORE)
    settings = load_edition(Folder(tmp_path)).settings
    rights = replace(settings.rights, status=RightsStatus.PUBLIC_DOMAIN)
    tag = "en-GB" if language == "en" else language
    section = imprint(replace(settings, language=tag, rights=rights), words_for(language))
    assert plain(section.blocks).split("\n") == lines
