"""Where lines end: dashes stay behind their words, and French marks beside theirs."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from publisher.model.output import Style
from publisher.write.pdf.line_ends import unbroken

WHOEVER = "proofs are read by whoever has the time and the patience that the author had not"
WORDS = tuple(WHOEVER.split())
FRENCH = ("« {} »,", "il écrit {} ;", "qui le dit {} – ou non –", "le fait {} !", "pourquoi {} ?", "voici {} :")
GERMAN = ("wer es {} ändert –", "auch nur ein {} –, fälscht es,", "und so – wie {} – steht es")


def passage(patterns: tuple[str, ...]) -> str:
    """A long paragraph of such phrases, each with other words in it, so that lines end at every place in them."""
    return " ".join(patterns[at % len(patterns)].format(WORDS[at * 7 % len(WORDS)]) for at in range(300))


@pytest.mark.parametrize("style", Style)
def test_no_line_begins_with_a_mark_that_belongs_to_the_words_before(
    composed: Callable[..., Any], measured: ModuleType, style: Style
) -> None:
    text = f"# Passages\n\n[{passage(FRENCH)}]{{lang=fr}}\n\n[{passage(GERMAN)}]{{lang=de}}\n"
    publication = composed(f"style: {style}\nfront: [passages.md]\n", **{"passages.md": text})
    lines = [line.text for page in measured.lines_of(measured.pages_of(publication)) for line in page]
    assert len([line for line in lines if "–" in line]) > 40
    assert [line for line in lines if line[0] in "–»;:!?" or line.endswith("«")] == []


@pytest.mark.parametrize(
    ("text", "language", "held"),
    [
        ("ändert – auch", "de", [" –"]),
        ("ein Komma –, der", "de", [" –"]),
        ("so — it stands", "en-GB", [" —"]),
        ("and so –", "en", [" –"]),
        ("así —inciso— sigue", "es", []),
        ("the years 1914–1918", "en", []),
        ("Pourquoi ?", "en", []),
        ("Pourquoi ? « Le texte »", "fr-CA", [" ?", "« L", " »"]),
        ("ändert – auch", None, [" –"]),
    ],
)
def test_what_is_held_together(text: str, language: str | None, held: list[str]) -> None:
    content = text.encode()
    assert [content[start:end].decode() for start, end in unbroken(text, language)] == held
