"""A course reader with a canary in each place where something can be marked for instructors, and how to find them."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2

from publisher.model.rendition import Artifact

CANARY = re.compile(r"canary[a-z]+")
PLACES = (
    "canarynote",
    "canarynoteblock",
    "canarytext",
    "canaryheading",
    "canarycell",
    "canaryintroduction",
    "canaryback",
    "canaryfootnote",
    "canaryagreement",
    "canaryprovision",
    "canaryreader",
    "canarydocument",
    "canarypicture",
    "canaryfile",
    "canaryreference",
    "canarytitle",
    "canarycitation",
    "canaryquestion",
    "canaryauthor",
    "canaryrights",
)
"""One for each place in which something can be for instructors alone."""


def block(words: str) -> str:
    """A block for instructors."""
    return f"\n::: {{audience=instructor}}\n{words}\n:::\n"


TEXT = f"""# A text

The first paragraph is for all.
{
    block(
        "The canarytext is for some."
        + chr(10) * 2
        + "### The canaryheading"
        + chr(10) * 2
        + "| a | b |"
        + chr(10)
        + "|---|---|"
        + chr(10)
        + "| c | canarycell |"
    )
}
The last paragraph is for all.[^1]

[^1]: A footnote.

    ::: {{audience=instructor}}
    With a canaryfootnote.
    :::
"""
NOTES = f"""## open

> first paragraph

For everybody.
{block("And a canarynoteblock.")}
## on-hidden-words

> for some

A note on words that students do not have.

## hidden {{audience=instructor}}

> last paragraph

The canarynote cites [@canaryreference].
"""
AGREEMENT = f"""---
id: berne-1886
title: Berne Convention
short: Berne Convention
date: 1886-09-09
place: Berne
parties: Ten states
kind: Multilateral treaty
force: treaty-in-force
published: In many places
---
It protects works.
{block("A canaryagreement.")}
## Article 2 {{#2}}

What a work is.
{block("A canaryprovision.")}"""
READING = """      - document: readings/guide-two.md
        audience: instructor
        title: The canarytitle
        contributors: [{name: canaryauthor, role: aut}]
        citation: The canarycitation.
        questions: [The canaryquestion?]
        rights: {status: public-domain, statement: The canaryrights.}
"""


def plant(course: Path) -> None:
    """Put canaries into the clean reader."""
    write(course, "edition/text.md", TEXT)
    write(course, "edition/notes/editorial.md", NOTES)
    write(course, "edition/agreements/berne-1886.md", AGREEMENT)
    write(course, "edition/front.md", "# Before\n\nFor all.\n" + block("A canaryintroduction."))
    write(course, "edition/back.md", "# After\n\nFor all.\n" + block("A canaryback."))
    write(
        course, "edition/references.json", '[{"id": "canaryreference", "type": "book", "title": "The canaryreference"}]'
    )
    settings = course.joinpath("edition/edition.yaml").read_text()
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    settings = re.sub("sha256: .*", f"sha256: {digest}", settings).replace("text.txt", "text.md")
    settings = settings.replace("  first-paragraph-is-title: true\n", "")
    write(
        course, "edition/edition.yaml", settings + "front: [front.md]\nback: [back.md]\nreferences: references.json\n"
    )
    write(course, "readings/guide-two.md", "# Two\n\nWords.\n")
    guide = course.joinpath("readings/guide.md").read_text()
    picture = "![The canarypicture](images/canaryfile.png)"
    write(course, "readings/guide.md", guide + block(f"A canarydocument.\n\n{picture}"))
    course.joinpath("images/canaryfile.png").write_bytes(course.joinpath("images/grey.png").read_bytes())
    introduction = course.joinpath("introduction.md").read_text().replace("#ways", "")
    write(course, "introduction.md", introduction.replace("guide#", "guide") + block("A canaryreader."))
    reader = course.joinpath("reader.yaml").read_text().replace("paragraphs: 2-3", "paragraphs: 1")
    write(course, "reader.yaml", reader.replace("      - pdf: pdfs", READING + "      - pdf: pdfs"))


def write(folder: Path, name: str, text: str) -> None:
    folder.joinpath(name).write_text(text, encoding="utf-8")


def canaries(artifacts: tuple[Artifact, ...]) -> set[str]:
    """The canaries in files: in their names, words, metadata, outline, attachments, structure."""
    found: set[str] = set()
    for artifact in artifacts:
        read = _epub if artifact.name.endswith(".epub") else _pdf if artifact.name.endswith(".pdf") else bytes.decode
        found |= {name for name in CANARY.findall(read(artifact.content)) if name in PLACES}
    return found


def _epub(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(name + archive.read(name).decode("latin-1") for name in archive.namelist())


def _pdf(content: bytes) -> str:
    """The words on the pages of a PDF, and every string and stream of its objects."""
    document = pypdfium2.PdfDocument(content)
    found = ["".join(page.get_textpage().get_text_bounded().split("\x02\r\n")) for page in document]
    document.close()
    with pikepdf.open(io.BytesIO(content)) as file:
        for thing in file.objects:
            found += _strings(thing, depth=0)
            if isinstance(thing, pikepdf.Stream):
                found.append(thing.read_bytes().decode("latin-1"))
    return "\n".join(found)


def _strings(thing: object, *, depth: int) -> list[str]:
    """The strings in an object and in what stands directly in it."""
    if isinstance(thing, pikepdf.String):
        return [str(thing)]
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) and depth < 3:
        return [text for key in thing.keys() for text in _strings(thing[key], depth=depth + 1)]  # noqa: SIM118
    if isinstance(thing, pikepdf.Array) and depth < 3:
        return [text for at in range(len(thing)) for text in _strings(thing[at], depth=depth + 1)]
    return []
