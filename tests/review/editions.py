"""Random editions with every kind of block, and notes of several series about their words."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

WORDS = (
    *("the", "minister", "wrote", "a", "long", "letter", "about", "winter", "to", "nobody", "in", "Vienna", "who"),
    *("answered", "slowly", "with", "ink", "&", "paper,", "<signed>", "on", "3.5", "pages;", "naïve", "“friends”"),
    *("(some", "of", "them)", "were", "—", "as", "ever", "late:", "*no", "one*", "[really]", "cared_much", "100%"),
)
SETTINGS = """title: {title}
language: en
contributors: [{{name: A Writer, role: aut}}, {{name: An Editor, role: edt}}]
date: 2026-11-24
source: {{file: text.md, sha256: {digest}}}
rights: {{status: unknown, statement: Not known.}}
front: [before.md]
series:
  - {{id: ed, title: Notes, file: notes/ed.md}}
  - {{id: tex, title: Textual notes, file: notes/tex.md, marks: lower-alpha}}
output: {{formats: [epub], name: random}}
"""


def plain(chance: random.Random, least: int = 4, most: int = 14) -> str:
    """Some words, without markup."""
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(least, most)))


def escaped(words: str) -> str:
    """The words as Markdown takes them for words."""
    return "".join(f"\\{word}" if word in "\\`*_[]<&|" else word for word in words)


def styled(chance: random.Random, words: str) -> str:
    """The words as Markdown, some of them in italics, bold or another language."""
    parts = words.split(" ")
    made = []
    for part in parts:
        way = chance.random()
        word = escaped(part)
        if part.isalpha() and way < 0.08:
            word = f"*{word}*"
        elif part.isalpha() and way < 0.12:
            word = f"**{word}**"
        elif part.isalpha() and way < 0.15:
            word = f"[{word}]{{lang=de}}"
        elif part.isalpha() and way < 0.17:
            word = f"[{word}](https://www.example.org/{len(part)})"
        made.append(word)
    return " ".join(made)


class Edition:
    """One random edition, as files."""

    def __init__(self, seed: int) -> None:
        """Make the text, then notes about stretches of words that it has once."""
        self.chance = random.Random(seed)
        self.lines: list[str] = []
        self.footnotes = 0
        blocks = [self.block(number) for number in range(self.chance.randint(4, 9))]
        notes = "".join(
            f"\n[^f{number}]: {styled(self.chance, plain(self.chance))}\n" for number in range(self.footnotes)
        )
        self.text = f"# Title {seed} of it\n\n" + "\n\n".join(blocks) + "\n" + notes

    def line(self, number: int) -> str:
        """A line of the text with a word of its own, which notes are about."""
        words = f"{plain(self.chance)} unique{number}x{len(self.lines)} {plain(self.chance, 1, 4)}"
        self.lines.append(f"unique{number}x{len(self.lines)}")
        return styled(self.chance, words)

    def block(self, number: int) -> str:
        """A block of the text."""
        match self.chance.randrange(8):
            case 0:
                return f"## {self.line(number)}"
            case 1:
                return "\n".join(f"> {text}" for text in (self.line(number), "", self.line(number)))
            case 2:
                return "\n".join(f"- {self.line(number)}" for _ in range(3))
            case 3:
                return "\n".join(f"| {self.line(number)}" for _ in range(2))
            case 4:
                return f"| a | b |\n|---|---|\n| {self.line(number)} | {self.line(number)} |"
            case 5:
                self.footnotes += 1
                return f"{self.line(number)}[^f{self.footnotes - 1}]"
            case _:
                return f"{self.line(number)}\n{self.line(number)}"

    def notes(self, series: str) -> str:
        """The notes of a series."""
        parts = []
        for number, word in enumerate(self.lines):
            if self.chance.random() < 0.5:
                body = [styled(self.chance, plain(self.chance, 3, 20)) for _ in range(self.chance.randint(1, 2))]
                if self.chance.random() < 0.3:
                    body.append(
                        f"- {styled(self.chance, plain(self.chance))}\n- {styled(self.chance, plain(self.chance))}"
                    )
                said = "\n\n".join(body)
                parts.append(f"## {series}-{number}\n\n> {word}\n\n{said}\n")
        return "\n".join(parts) or f"## {series}-x\n\n> Title\n\nSaid.\n"

    def write(self, folder: Path) -> Path:
        """The folder with its files."""
        (folder / "notes").mkdir(parents=True)
        (folder / "text.md").write_text(self.text, encoding="utf-8")
        (folder / "before.md").write_text(f"# Before\n\n{styled(self.chance, plain(self.chance))}\n", encoding="utf-8")
        for series in ("ed", "tex"):
            (folder / f"notes/{series}.md").write_text(self.notes(series), encoding="utf-8")
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        (folder / "edition.yaml").write_text(SETTINGS.format(title="Random", digest=digest), encoding="utf-8")
        return folder
