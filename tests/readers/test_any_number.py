"""However many editions are bound, each one's text and notes stand there exactly once, and nothing collides."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.model.inline import Inline, InternalLink, NoteCall
from publisher.model.publication import Publication, Section
from publisher.model.walk import blocks_of, inlines_of, nest, plain

Composes = Callable[..., Publication]
WORDS = ("peace", "force", "treaty", "security", "article", "promise", "state", "border")
AGREEMENT = """---
id: same-id
title: A treaty
short: A treaty
date: 1949-04-04
place: Somewhere
parties: Some
kind: Treaty
force: treaty-in-force
published: Nowhere
---
It says {said}.
"""


def write_edition(folder: Path, chance: random.Random) -> list[str]:
    """An edition with as many paragraphs and notes as chance will have; its paragraphs."""
    folder.joinpath("notes").mkdir(parents=True)
    folder.joinpath("agreements").mkdir()
    paragraphs = [
        f"Paragraph{at} {' '.join(chance.choices(WORDS, k=chance.randint(1, 30)))}."
        for at in range(chance.randint(1, 6))
    ]
    text = "\n\n".join(("A title", *paragraphs))
    folder.joinpath("text.txt").write_text(text, encoding="utf-8")
    quoted = chance.sample(range(len(paragraphs)), k=chance.randint(0, len(paragraphs)))
    notes = "\n".join(
        f"## note-{at}\n\n> Paragraph{at}\n\nSee [](agreement:same-id) and [](note:note-{at}).\n" for at in quoted
    )
    folder.joinpath("notes/editorial.md").write_text(notes or "\n", encoding="utf-8")
    said = AGREEMENT.format(said=chance.choice(WORDS[:2]))
    folder.joinpath("agreements/treaty.md").write_text(said, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    folder.joinpath("edition.yaml").write_text(
        "title: A title\nlanguage: en\ndate: 2026-11-24\ncontributors: [{name: The editors, role: edt}]\n"
        f"source: {{file: text.txt, sha256: {digest}, first-paragraph-is-title: true}}\n"
        "rights: {status: public-domain, statement: Free.}\nagreements: agreements/*.md\n"
        "series: [{id: editorial, title: Notes, file: notes/editorial.md}]\n",
        encoding="utf-8",
    )
    return paragraphs


def inlines(sections: tuple[Section, ...]) -> list[Inline]:
    found: list[Inline] = []
    for section in sections:
        found += [*nest(section.title), *inlines_of(section.blocks)]
        for note in section.notes:
            found += inlines_of(note.blocks)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_each_text_and_each_note_stands_there_once(tmp_path: Path, composes: Composes, seed: int) -> None:
    chance = random.Random(seed)
    count = chance.randint(1, 5)
    texts = [write_edition(tmp_path / f"edition-{at}", chance) for at in range(count)]
    readings = "".join(f"      - edition: edition-{at}\n" for at in range(count))
    tmp_path.joinpath("reader.yaml").write_text(
        f"title: Any\nlanguage: en\ndate: 2026-11-24\nunits:\n  - title: One\n    readings:\n{readings}",
        encoding="utf-8",
    )
    sections = composes(tmp_path).sections
    by_id = {item.id: item for item in sections}
    for at, paragraphs in enumerate(texts):
        section = by_id[f"reading-edition-{at}--text"]
        assert [plain((block,)) for block in section.blocks] == paragraphs
        calls = Counter(note_call.note_id for note_call in inlines((section,)) if isinstance(note_call, NoteCall))
        assert calls == Counter(note.id for note in section.notes)
    links = {internal_link.target_id for internal_link in inlines(sections) if isinstance(internal_link, InternalLink)}
    ids = [name for item in sections for name in (item.id, *(note.id for note in item.notes))]
    ids += [str(name) for item in sections for block in blocks_of(item.blocks) if (name := getattr(block, "id", None))]
    ids += [note_call.id for note_call in inlines(sections) if isinstance(note_call, NoteCall)]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    assert links <= {*ids}
