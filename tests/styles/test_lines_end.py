"""Where lines end: dashes stay behind their words, and French marks beside theirs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from publisher.layout.weasyprint.features.no_break import unbroken
from publisher.model.profile import Style

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


@pytest.mark.parametrize("place", ["foot", "margin"])
def test_no_line_begins_with_the_call_of_a_note(composed: Callable[..., Any], measured: ModuleType, place: str) -> None:
    """A full stop and the figure of a call are two words to the engine."""
    sentences = (f"Then the sentence {'o' * (at % 13 + 1)} ends at {at}." for at in range(101, 181))
    text = " ".join(sentences) + "\n"
    settings = measured.SETTINGS.replace("SHA256", hashlib.sha256(text.encode()).hexdigest())
    series = f"series: [{{id: n, title: Notes, file: n.md, marks: decimal, placement: {{pdf: {place}}}}}]\n"
    notes = "\n".join(f"## n{at}\n\n> ends at {at}.\n\nA note.\n" for at in range(101, 181))
    publication = composed(**{"edition.yaml": settings + series, "text.txt": text, "n.md": notes})
    lines = [line.text for page in measured.lines_of(measured.pages_of(publication)) for line in page]
    assert sum(len(re.findall(r"1\d\d\.\d", line)) for line in lines) > 60
    assert [line for line in lines if re.match(r"\d+ (Then|the|sentence)", line)] == []
