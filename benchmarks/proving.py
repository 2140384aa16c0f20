"""How long the proof of a volume takes beside its build: the edition in book/, and volumes of about 200 and 900 pages.

Run from the project's folder: `python -m benchmarks.proving`; with `--short`, the longest volume is left out.
"""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.rendition import Volume
from publisher.verify import verify
from publisher.workspace import Folder

SEED = 1999
MOST = 1 / 5
"""How much of the time of a build its proof may take."""
PARAGRAPHS = {"about 200 pages": 400, "about 900 pages": 1800}
VOCABULARY = """peace security agreement ministers conference representatives internationally responsibilities
    considered undertaking obligations sovereignty the of and in to that with which by from every neighbouring
    cooperation self-determination confidence-building arms"""
WORDS = tuple(VOCABULARY.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How long a volume took, in seconds of the clock."""

    build: float
    """The whole build, its proof included."""
    proof: float

    @property
    def share(self) -> float:
        """The proof's part of the build."""
        return self.proof / self.build


def edition(folder: Path, *, paragraphs: int) -> Path:
    """A folder with an edition of so many paragraphs, every fourth with a note, made from a fixed seed."""
    chance = random.Random(SEED)
    folder.mkdir(parents=True)
    blocks = [_paragraph(chance, number) for number in range(1, paragraphs + 1)]
    notes = [f"## n{at}\n\n> **Paragraph {at} speaks.**\n\n{_sentence(chance)}\n" for at in range(3, paragraphs, 4)]
    for at in range(10, paragraphs, 20):
        blocks[at] = f"## Part {at}\n\n{blocks[at]}"
    text = "# Volume\n\n" + "\n\n".join(blocks) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    (folder / "text.md").write_text(text, encoding="utf-8")
    (folder / "notes.md").write_text("\n".join(notes), encoding="utf-8")
    (folder / "edition.yaml").write_text(
        f"title: A generated volume\nlanguage: en-GB\ndate: 2026-01-02\n"
        f"contributors: [{{name: Some Writer, role: aut}}]\nsource: {{file: text.md, sha256: {digest}}}\n"
        "rights: {status: public-domain, statement: None are claimed.}\n"
        "series: [{id: editorial, title: Notes, file: notes.md}]\n",
        encoding="utf-8",
    )
    return folder


def _paragraph(chance: random.Random, number: int) -> str:
    sentences = (_sentence(chance) for _ in range(chance.randint(2, 9)))
    return f"Paragraph {number} speaks. {' '.join(sentences)}"


def _sentence(chance: random.Random) -> str:
    words = chance.choices(WORDS, k=chance.randint(6, 24))
    return f"{' '.join(words).capitalize()}."


def measured(folder: Path) -> tuple[Measured, Volume]:
    """How long a volume took to build and to prove, and the volume."""
    begun = time.perf_counter()
    volume = pipeline.build(BuildRequest(folder=Folder(folder))).volume
    built = time.perf_counter()
    verify(volume.publication, volume.artifacts)
    return Measured(build=built - begun, proof=time.perf_counter() - built), volume


def main() -> None:
    """Nothing; a line for each volume is printed. Ends with 1 where a proof takes more than a fifth of its build."""
    slow = False
    with tempfile.TemporaryDirectory() as scratch:
        for name, count in {"book/": 0, **PARAGRAPHS}.items():
            if "--short" in sys.argv and count > 1000:
                continue
            item, _ = measured(edition(Path(scratch, str(count)), paragraphs=count) if count else Path("book"))
            slow = slow or item.share > MOST
            sys.stdout.write(
                f"{name:<16} build {item.build:7.2f} s  proof {item.proof:6.2f} s  {item.share:6.1%} of the build\n"
            )
            sys.stdout.flush()
    sys.exit(slow)


if __name__ == "__main__":
    main()
