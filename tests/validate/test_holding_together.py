"""What an edition names is there, and what must be alone of its name is; doubts are warnings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from publisher.diagnostics import Diagnostic, PublisherError, Severity, Source
from publisher.model.agreement import Agreement
from publisher.model.apparatus import Lemma, Note, Selector
from publisher.model.edition import Edition
from publisher.model.inline import Reference
from publisher.model.text import Text
from publisher.validate import validate, warnings

Markdown = Callable[[str], Text]


def errors(edition: Edition) -> list[str]:
    """The code and place of each error."""
    try:
        assert validate(edition) is edition
    except PublisherError as error:
        return [shown(found) for found in error.diagnostics]
    return []


def shown(found: Diagnostic) -> str:
    assert found.hint
    return f"{found.code} {found.span}"


def doubts(edition: Edition) -> list[str]:
    """The code and place of each warning."""
    found = warnings(edition)
    assert all(diagnostic.severity is Severity.WARNING for diagnostic in found)
    return [shown(diagnostic) for diagnostic in found]


def test_a_sound_edition_is_handed_on_unchanged(edition: Edition) -> None:
    assert errors(edition) == []
    assert doubts(edition) == []


def test_two_notes_with_one_id_are_an_error_even_in_two_series(edition: Edition, note: Callable[[str], Note]) -> None:
    twice = replace(edition, notes=(*edition.notes, replace(note("Words."), series="other")))
    with pytest.raises(PublisherError) as caught:
        validate(twice)
    (found,) = caught.value.diagnostics
    assert found.code == "N-001"
    assert [words for words, _ in found.related] == ["first here"]


def test_two_agreements_with_one_id_are_an_error(edition: Edition, agreement: Agreement) -> None:
    assert errors(replace(edition, agreements=(agreement, agreement))) == ["A-004 agreement.md:1:1"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("See [](agreement:istambul).", ["A-005 text.md:1:5"]),
        ("See [](agreement:istanbul#9).", ["A-006 text.md:1:5"]),
        ("See [](agreement:istanbul#8), [](note:one).", []),
        ("See [](note:two).", ["N-012 text.md:1:5"]),
        ("See [@key; @kay, p. 3].", ["R-005 text.md:1:12"]),
        ("*See [so [@kay]]{lang=en}.*", ["R-005 text.md:1:11"]),
        ("Said.[^1] Again.[^1]\n\n[^1]: Foot.", []),
        ("Said.[^2]\n\n[^1]: Foot.", ["M-009 text.md:1:6"]),
        ("Said.[^1]\n\n[^1]: Foot.[^1]", ["M-009 text.md:3:12"]),
        ("Said.[^1]\n\n[^1]: Foot [@kay].", ["R-005 text.md:3:13"]),
        ("## One {#a}\n\n> ## Two {#a}", ["M-015 text.md:3:1"]),
        ("## One {#contents}\n\n## Two {#p12}", ["M-015 text.md:1:1", "M-015 text.md:3:1"]),
        ("| a |\n|---|\n| [@kay] |", ["R-005 text.md:3:4"]),
    ],
)
def test_what_leads_nowhere_is_shown(edition: Edition, markdown: Markdown, words: str, found: list[str]) -> None:
    assert errors(replace(edition, text=markdown(words))) == found


def test_notes_and_agreements_are_searched_too(
    edition: Edition, agreement: Agreement, note: Callable[[str], Note], markdown: Markdown
) -> None:
    wrong = replace(
        edition,
        notes=(note("See [](note:two).[^1]"),),
        agreements=(replace(agreement, blocks=markdown("[@kay]").blocks),),
    )
    assert [found.split()[0] for found in errors(wrong)] == ["N-012", "R-005", "M-009"]


def test_the_nearest_name_is_hinted_at(edition: Edition, markdown: Markdown) -> None:
    with pytest.raises(PublisherError) as caught:
        validate(replace(edition, text=markdown("See [](agreement:istambul).")))
    assert caught.value.diagnostics[0].hint == "did you mean “istanbul”?"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("A zero\u200bwidth space.", ["T-006 text.md:1:7"]),
        ("A \u202eturn.", ["T-006 text.md:1:3"]),
        ("A lost \ufffd letter.", ["T-006 text.md:1:8"]),
        ("The word שלום.", ["T-007 text.md:1:10"]),
        ("## One\n\n#### Two", ["M-014 text.md:3:1"]),
        ("Said.\n\n[^1]: Foot.", ["M-012 text.md:3:1"]),
    ],
)
def test_what_may_be_a_slip_is_a_warning(edition: Edition, markdown: Markdown, words: str, found: list[str]) -> None:
    doubtful = replace(edition, text=markdown(words))
    assert errors(doubtful) == []
    assert doubts(doubtful) == found


def test_many_invisible_characters_are_told_in_a_few_lines(edition: Edition, markdown: Markdown) -> None:
    assert len(doubts(replace(edition, text=markdown("a\u200b" * 1000)))) == 10


def test_a_reference_that_nothing_cites_is_a_warning(edition: Edition, reference: Reference) -> None:
    more = replace(edition, references=(*edition.references, replace(reference, key="unused")))
    assert [found.split()[0] for found in doubts(more)] == ["R-006"]


@pytest.mark.parametrize(
    ("quoted", "hint"),
    [
        (("met  again",), "{calls=2}"),
        (("met again", "went home"), "{calls=3}"),
        (("met again", "stayed", "went home"), "{calls=2}"),
        (("stayed", "met again"), None),
        ((), None),
    ],
)
def test_a_note_that_goes_on_with_words_of_the_text_is_asked_how_often_it_is_called(
    edition: Edition, markdown: Markdown, quoted: tuple[str, ...], hint: str | None
) -> None:
    source = Source(name="notes.md", text="> met again\n")
    lemmas = tuple(Lemma(selector=Selector(exact=words), span=source.line_span(1)) for words in quoted)
    note = replace(edition.notes[0], quoted=lemmas)
    found = warnings(replace(edition, text=markdown("They met again\nand went home."), notes=(note,)))
    assert [(diagnostic.code, str(diagnostic.span), str(hint) in str(diagnostic.hint)) for diagnostic in found] == (
        [("N-016", "notes.md:1:1", True)] if hint else []
    )


def test_a_series_without_notes_is_a_warning(edition: Edition) -> None:
    assert "N-013 edition.yaml:2:1" in doubts(replace(edition, notes=()))
