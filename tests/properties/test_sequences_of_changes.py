"""Builds that use what earlier ones have stored give the bytes of clean ones, whatever is changed in between."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.cache.store import Store
from publisher.workers.cached_executor import CachedExecutor
from publisher.workers.executor import SerialExecutor
from publisher.workspace import Folder

SETTINGS = """title: A volume
language: en
date: 2026-01-02
contributors: [{name: Somebody, role: aut}]
source: {file: text.md, sha256: %s}
rights: {status: public-domain, statement: Free.}
series: [{id: notes, title: Notes, file: notes.md}, {id: letters, title: Letters, file: letters.md, marks: lower-alpha}]
agreements: agreements/*.md
output: {name: volume, chapters: true, page: [%s]}
"""
AGREEMENT = """---
id: charter
title: A Charter
short: Charter
date: 1999-11
place: Anywhere
parties: Some states
kind: Document
force: draft
published: A gazette
---
What it is.

## Paragraph 8 {#8}
A provision.
"""
PAGES = ("156mm, 234mm", "120mm, 180mm")
CHAPTERS, PARAGRAPHS = 3, 5


@dataclass(slots=True)
class Edited:
    """An edition as its editor changes it."""

    chance: random.Random
    words: dict[tuple[int, int], str] = field(default_factory=dict)
    """What each paragraph says after its first words."""
    notes: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: {"notes": [], "letters": []})
    """On which paragraphs each series has notes, in the order of their ids."""
    said: dict[tuple[int, int], str] = field(default_factory=dict)
    style: str = ""
    page: str = PAGES[0]

    def change(self) -> None:
        """Change one thing."""
        place = self.chance.randrange(CHAPTERS), self.chance.randrange(PARAGRAPHS)
        series = self.chance.choice(("notes", "notes", "letters"))
        match self.chance.randrange(7):
            case 0 | 1:
                self.notes[series].append(place) if place not in self.notes[series] else None
            case 2 if self.notes[series]:
                self.notes[series].remove(self.chance.choice(self.notes[series]))
            case 3 if self.notes[series]:
                self.notes[series].remove(moved := self.chance.choice(self.notes[series]))
                self.notes[series].append(place if place not in self.notes[series] else moved)
            case 4:
                self.words[place] = " ".join(self.chance.choices(["sea", "harbour", "treaty", "peace"], k=12))
            case 5:
                self.said[place] = self.chance.choice(("See [](agreement:charter#8).", "A longer note. " * 9))
            case _ if self.chance.random() < 0.5:
                self.style = self.chance.choice(("", "p { color: #222 }", ".note-mark { letter-spacing: 0 }"))
            case _:
                self.page = self.chance.choice(PAGES)

    def write(self, folder: Path) -> Path:
        """The edition in a folder."""
        (folder / "agreements").mkdir(parents=True, exist_ok=True)
        (folder / "styles").mkdir(exist_ok=True)
        parts = ["# A volume"]
        for chapter in range(CHAPTERS):
            parts.append(f"## Chapter {'abc'[chapter]}")
            parts += [self._paragraph((chapter, at)) for at in range(PARAGRAPHS)]
        text = "\n\n".join(parts) + "\n"
        (folder / "text.md").write_text(text)
        (folder / "agreements" / "charter.md").write_text(AGREEMENT)
        (folder / "styles" / "own.css").write_text(self.style)
        for series, places in self.notes.items():
            lemmas = (
                (place, f"In {self._name(place)} {'it was' if series == 'notes' else ''}".strip()) for place in places
            )
            written = (f"## {self._name(at)}\n\n> {lemma}\n\n{self.said.get(at, 'Said.')}\n" for at, lemma in lemmas)
            (folder / f"{series}.md").write_text("\n".join(written))
        (folder / "edition.yaml").write_text(SETTINGS % (hashlib.sha256(text.encode()).hexdigest(), self.page))
        return folder

    def _paragraph(self, place: tuple[int, int]) -> str:
        return f"In {self._name(place)} it was said: {self.words.get(place, 'nothing')}. " + "And so on. " * 8

    def _name(self, place: tuple[int, int]) -> str:
        return f"place{'abc'[place[0]]}{'vwxyz'[place[1]]}"


def built(folder: Path, store: Path | None) -> dict[str, bytes]:
    """The files of an edition by their names."""
    executor = CachedExecutor(SerialExecutor(), Store(store, secret=b"0" * 32)) if store else SerialExecutor()
    made = pipeline.build(BuildRequest(folder=Folder(folder), executor=executor))
    return {artifact.name: artifact.content for artifact in made.files}


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in range(2, 68))])
def test_a_build_after_changes_gives_the_bytes_of_a_clean_one(seed: int, tmp_path: Path) -> None:
    """Three builds with some changes before each: 201 in all."""
    edited = Edited(random.Random(seed))
    for _ in range(4):
        edited.change()
    for round_ in range(3):
        for _ in range(edited.chance.randint(1, 3)):
            edited.change()
        folder = edited.write(tmp_path / "edition")
        found = built(folder, tmp_path / "store")
        if round_:
            assert found == built(folder, None), f"after round {round_} of seed {seed}"
