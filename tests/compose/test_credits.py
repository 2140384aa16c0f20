"""Who is named where, and with which words: title page, imprint, cover."""

from __future__ import annotations

import pytest

from publisher.compose.i18n import LANGUAGES, fix, words_for
from publisher.compose.i18n.dates import joints
from publisher.model.credits import cover_credits, imprint_credits, join_names, title_page_credits
from publisher.model.relators import TERMS
from publisher.model.settings import Contributor


def person(name: str, role: str) -> Contributor:
    return Contributor(name=name, role=role, sort=name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_is_named_once_on_the_title_page_or_in_the_imprint(language: str) -> None:
    said = fix(words_for(language), language=language)
    people = tuple(person(f"Name {code}", code) for code in TERMS)
    credits = (*title_page_credits(people, said), *imprint_credits(people, said))
    assert sorted(contributor.role for credit in credits for contributor in credit.people) == sorted(TERMS)
    assert [credit.people for credit in credits if not credit.label.strip(": ：")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_role_has_two_labels(language: str) -> None:
    codes = [code for codes in words_for(language).roles.values() for code in codes]
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(TERMS)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en-GB", ["By A", "Translated by T, U and V", "Introduction by W and X", "Illustrated by I"]),
        ("en-US", ["By A", "Translated by T, U, and V", "Introduction by W and X", "Illustrated by I"]),
        ("de", ["Von A", "Übersetzt von T, U und V", "Einleitung von W und X", "Illustriert von I"]),
        ("fr", ["Par A", "Traduit par T, U et V", "Introduction par W et X", "Illustré par I"]),
        ("pl", ["Autor: A", "Przekład: T, U i V", "Wstęp: W i X", "Ilustracje: I"]),
        ("zh", ["作者： A", "翻译： T、U和V", "导言： W和X", "插图： I"]),
        ("fi", ["By A", "Translated by T, U and V", "Introduction by W and X", "Illustrated by I"]),
    ],
)
def test_names_are_joined_as_the_language_joins_them(language: str, lines: list[str]) -> None:
    words = fix(words_for(language), language=language)
    roles = (("T", "trl"), ("W", "win"), ("U", "trl"), ("A", "aut"), ("I", "ill"), ("V", "trl"), ("X", "aui"))
    people = tuple(person(name, role) for name, role in roles)
    credits = title_page_credits(people, words)
    assert [f"{credit.label} {join_names(credit.people, words)}" for credit in credits] == lines


def test_a_cover_names_few_besides_the_author() -> None:
    words = fix(words_for("en"), language="en")
    people = (person("A", "aut"), *(person(f"T{at}", "trl") for at in range(4)), person("I", "ill"), person("P", "prt"))
    assert [credit.label for credit in cover_credits(people, words)] == ["", "Illustrated by"]


@pytest.mark.parametrize(("language", "two"), [("ar", " و"), ("ja", "、"), ("zh-Hant", "和"), ("x-zumm", " and ")])
def test_lists_follow_the_patterns_of_the_cldr(language: str, two: str) -> None:
    assert joints(language)[0] == two


def test_several_authors_have_a_label_of_their_own() -> None:
    people = (person("A", "aut"), person("B", "aut"))
    assert [credit.label for credit in title_page_credits(people, fix(words_for("ru"), language="ru"))] == ["Авторы:"]
    assert [credit.label for credit in title_page_credits(people[:1], fix(words_for("ru"), language="ru"))] == [
        "Автор:"
    ]
