"""Generated volumes with notes in every place, of every kind; built in all profiles, and what programs say of them."""

from __future__ import annotations

import hashlib
import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

VOCABULARY = """peace security agreement ministers conference representatives internationally considered of and the in
    to that with which by from every neighbouring cooperation self-determination confidence-building arms"""
WORDS = tuple(VOCABULARY.split())
SERIES = (
    ("foot", "decimal", "{pdf: foot}"),
    ("margin", "lower-alpha", "{pdf: margin}"),
    ("section", "lower-roman", "{pdf: section}"),
    ("end", "decimal", "{pdf: end, epub: end}"),
)
"""Id, marks and placement of each series."""
LEMMAS = {
    "foot": "**Paragraph {0}** speaks",
    "margin": "Paragraph {0} **speaks**",
    "section": "Paragraph {0} speaks",
    "end": "Paragraph **{0} speaks**",
}
RICH = """
Second paragraph of remark {0}:

- an entry of a list,
- and another.

> Quoted in remark {0}.

| mark | meaning |
| --- | --- |
| stet | let it stand |
"""


def _sentence(chance: random.Random, length: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(length)).capitalize() + "."


def write_edition(
    folder: Path,
    *,
    count: int,
    series: tuple[str, ...],
    page: str = "A5",
    more: str = "",
    words: tuple[int, int] = (4, 14),
    sentences: int = 8,
) -> Path:
    """An edition of so many paragraphs, each with a note of every series; every seventh note holds more than words."""
    chance = random.Random(20261124)
    paragraphs = [
        f"Paragraph {at} speaks. " + " ".join(_sentence(chance, chance.randint(8, 24)) for _ in range(sentences))
        for at in range(1, count + 1)
    ]
    text = "# Volume\n\n" + "\n\n".join(paragraphs) + "\n"
    folder.mkdir(parents=True)
    (folder / "text.md").write_text(text, encoding="utf-8")
    for name in series:
        lemma = LEMMAS[name]
        notes = (
            f"## {name}-{at}\n\n> {lemma.format(at)}.\n\n"
            f"Remark {at} ({name}). {_sentence(chance, chance.randint(*words))}\n"
            + (RICH.format(at) if at % 7 == 0 else "")
            for at in range(1, count + 1)
        )
        (folder / f"{name}.md").write_text("\n".join(notes), encoding="utf-8")
    chosen = (item for item in SERIES if item[0] in series)
    listed = "".join(
        f"\n  - {{id: {name}, title: Notes {name}, file: {name}.md, marks: {marks}, placement: {place}}}"
        for name, marks, place in chosen
    )
    (folder / "edition.yaml").write_text(
        f"""title: A generated volume
language: en-GB
date: 2026-01-02
contributors: [{{name: Some Writer, role: aut}}]
source: {{file: text.md, sha256: {hashlib.sha256(text.encode()).hexdigest()}}}
rights: {{status: public-domain, statement: None are claimed.}}
series:{listed}
output: {{name: volume, page: {page}{more}}}
""",
        encoding="utf-8",
    )
    return folder


Write = Callable[..., Path]


@pytest.fixture(scope="session")
def edition() -> Write:
    """Writes an edition into a folder."""
    return write_edition


@pytest.fixture(scope="session")
def said() -> Callable[..., str]:
    """Everything that a program says, on both its streams; fails where it fails."""

    def run(*command: str | Path) -> str:
        outcome = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        assert outcome.returncode == 0, outcome.stderr
        return outcome.stdout + outcome.stderr

    return run
