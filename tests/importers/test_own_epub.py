"""Random editions → EPUB → import → the same edition, as far as an EPUB carries it.

Equal is what is printed: every document of the text, front and back matter and agreements has the same words in the
same formats, and the same calls of notes at the same places; every note has its series, mark, kind and words; settings
that show in these are the same. An EPUB carries no records of references, so citations come back as words that lead to
the list of references, and no lemmas beyond the words that a note begins with (`cite: lines`): a note is about the last
word before its call.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tests.importers.restoring import documents, epub, rendition, restored
from tests.review.editions import Edition


def demand_restored(folder: Path, again: Path) -> None:
    first = rendition(folder)
    restored(epub(first), again)
    assert documents(rendition(again)) == documents(first)


def test_random_editions_come_back_from_their_epubs(tmp_path: Path) -> None:
    for number in range(30):
        demand_restored(Edition(number).write(tmp_path / f"a{number}"), tmp_path / f"b{number}")


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(1000, 2000, 50))
def test_a_thousand_random_editions_come_back_from_their_epubs(tmp_path: Path, first: int) -> None:
    for number in range(first, first + 50):
        demand_restored(Edition(number).write(tmp_path / f"a{number}"), tmp_path / f"b{number}")


TEXT = """# The *long* letter

They met in *Vienna* in 1999[^1], see $x^2$ and [@reed2001, p. 3]. {#one-x}

> Quoted words.
>
> — Ann

See [paragraph 8](agreement:charter#8), [a note](note:n1) and [above](#one-x).

[^1]: As *said*.
"""
NOTES = """## n1 {kind=context}

> in **Vienna**

Yes, see [@reed2001].

> A quotation.

## n2 {calls=2}

> Quoted words

> see

Twice.

## n3 {in=intro}

> Some words

Of the introduction.
"""
CHARTER = """---
id: charter
title: A Charter of Things
short: The Charter
date: 1999-11-03
place: Anywhere
parties: "Two parties [@reed2001]"
kind: Document
force: treaty-in-force
force-note: "Binding, *really*."
published: A gazette
---
Of it.

## Paragraph 8 {#8}

Said so.

## Comment {#comment}

Added.
"""
SETTINGS = """title: The long letter
subtitle: A test
language: de
contributors: [{name: A Writer, role: aut}, {name: An Editor, role: edt}]
date: 2026-11-24
source: {file: text.md, sha256: DIGEST}
rights: {status: unknown, statement: Not known., apparatus: Of the notes.}
references: refs.json
front: [intro.md]
back: [after.md]
agreements: agreements/*.md
series:
  - {id: ed, title: The notes, file: notes/ed.md, cite: lines, marks: lower-alpha, placement: {epub: end}}
output: {formats: [epub], name: letter, paragraph-numbers: false}
"""
RECORD = '[{"id": "reed2001", "type": "book", "title": "Letters", "author": [{"family": "Reed", "given": "J."}]}]'


def test_an_edition_comes_back_as_its_files(tmp_path: Path) -> None:
    files = {
        "text.md": TEXT,
        "intro.md": "# Introduction\n\nSome words.[^1]\n\n[^1]: A footnote.\n",
        "after.md": "# Afterword\n\nThe end.\n",
        "notes/ed.md": NOTES,
        "agreements/charter.md": CHARTER,
        "refs.json": RECORD,
        "edition.yaml": SETTINGS.replace("DIGEST", hashlib.sha256(TEXT.encode()).hexdigest()),
    }
    for name, text in files.items():
        (tmp_path / "a" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "a" / name).write_text(text)
    demand_restored(tmp_path / "a", tmp_path / "b")
    again = {name: (tmp_path / "b" / name).read_text() for name in files if name not in ("refs.json", "text.md")}
    assert again["intro.md"] == files["intro.md"]
    assert again["after.md"] == files["after.md"]
    assert again["agreements/charter.md"].replace("\u00a0", " ") == CHARTER.replace(
        '"Two parties [@reed2001]"', '"Two parties ([Reed, o. J.](#at-ref-reed2001))"'
    ).replace("1999-11-03", '"1999-11-03"')
    notes = again["notes/ed.md"].replace("\u00a0", " ")
    assert (
        "## n1 {kind=context}\n\n> Vienna\n\nYes, see ([Reed, o. J.](#at-ref-reed2001)).\n\n> A quotation.\n" in notes
    )
    assert "## n2 {calls=2}\n\n> see\n\n> words\n\nTwice.\n" in notes
    assert "## n3 {in=intro}\n\n> Some words\n\nOf the introduction.\n" in notes
    for line in ("  - name: An Editor\n    role: edt", "date: 2026-11-24", "  paragraph-numbers: false", "cite: lines"):
        assert line in again["edition.yaml"].replace('"', "")
