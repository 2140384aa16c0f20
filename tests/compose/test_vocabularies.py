"""The vocabularies of the languages: every key in every file, with the forms and the places that it needs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

import publisher.compose.i18n
from publisher.compose.i18n import LANGUAGES, words_for
from publisher.compose.i18n.dates import count
from publisher.model.agreement import DocumentKind, Force
from publisher.model.relators import TERMS
from publisher.model.settings import RightsStatus

FOLDER = Path(publisher.compose.i18n.__file__).parent / "languages"
FORMS = ("cited_notes", "accessibility.pages_from_elsewhere")
"""Keys whose forms follow the plural rules; that of ordinals follows those of ordinals."""
FREE = ("roles", "dates.ordinal", *FORMS)
"""Tables whose keys differ from language to language."""
NAMED = {"trl", "adp", "abr", "win", "aui", "wfw", "wpr", "waw", "aft", "ann", "cmm", "ill", "pht", "ctg", "ctb", "prt"}
"""Roles that books often name."""
NO_CASE = ("ar", "fa", "he", "ja", "zh")
"""Languages whose scripts have no capitals: no heading loses one inside a sentence."""


def content(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def leaves(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        name = f"{before}{key}"
        if isinstance(value, dict) and name not in FREE:
            yield from leaves(value, f"{name}.")
        else:
            yield name, value


def test_each_file_is_a_language_and_each_language_has_a_file() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == list(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_has_every_key_and_no_other(language: str) -> None:
    assert sorted(dict(leaves(content(language)))) == sorted(dict(leaves(content("en"))))
    words = words_for(language)
    assert words.language == language
    assert (set(words.forces), set(words.rights_status)) == (set(Force), set(RightsStatus))
    for table in (words.document_kinds, words.document_dates, words.document_makers):
        assert set(table) == set(DocumentKind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_words_and_the_places_of_the_english_one(language: str) -> None:
    english = dict(leaves(content("en")))
    for key, value in leaves(content(language)):
        if isinstance(value, bool) or key in ("roles", "dates.ordinal"):
            continue
        texts = value.values() if key in FORMS else [value] if isinstance(value, str) else value
        assert texts or key == "provision_nouns", key
        for text in texts:
            assert text.strip() == text != "", key
            assert "'" not in text, key
            if isinstance(english[key], str) and key != "dates.decade":
                assert set(re.findall(r"{\d}", text)) == set(re.findall(r"{\d}", english[key])), key
    assert (content(language)["provision_nouns"] == []) == (language in NO_CASE or language == "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_are_those_that_the_plural_rules_of_the_language_tell_apart(language: str) -> None:
    table = content(language)
    rare = {"many"} if language in ("es", "fr", "it", "pt") else set()
    expected = (set(Locale.parse(language).plural_form.tags) | {"other"}) - rare
    """In Romance languages `many` is for millions alone."""
    assert set(table["cited_notes"]) == expected
    assert set(table["accessibility"]["pages_from_elsewhere"]) == expected
    assert set(table["dates"]["ordinal"]) <= set(Locale.parse(language).ordinal_form.tags) | {"other"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_roles_of_title_pages_have_labels_of_their_own(language: str) -> None:
    labelled = {code for codes in words_for(language).roles.values() for code in codes}
    assert labelled <= set(TERMS)
    assert labelled >= NAMED


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [
        ("en", 1, "In the PDF, one page from elsewhere is a picture, with where it comes from in words."),
        ("ru", 21, "В PDF 21 страница из другого файла представлена изображением с указанием источника."),
        ("ru", 3, "В PDF 3 страницы из других файлов представлены изображениями с указанием источника."),
        ("pl", 12, "W pliku PDF 12 stron z innych plików jest obrazami z opisem ich pochodzenia."),
        ("ar", 2, "في ملف PDF صفحتان من ملفات أخرى هما صورتان، ومصدرهما مبيّن بالكلمات."),
    ],
)
def test_the_form_follows_the_number(language: str, number: int, expected: str) -> None:
    assert count(words_for(language).accessibility.pages_from_elsewhere, number, language) == expected


def test_a_region_has_the_words_of_its_language_and_an_unknown_language_those_of_english() -> None:
    assert words_for("pt-BR").contents == "Índice"
    assert words_for("fi").language == "en"
