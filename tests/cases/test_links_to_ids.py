"""Links lead to what has an id, wherever it is: in the text, notes, footnotes, agreements, documents, captions."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

from tests.cases.conftest import Make, demand_built

from publisher.pdf.read.document import read_pdf

LINKS = ("in-note", "in-footnote", "of-table", "of-verse", "parties", "in-agreement", "paragraph", "in-document")
TEXT = f"""\
# A title

Word one: {" ".join(f"[to {name}](#{name})" for name in LINKS)}, and [](#of-table).[^1]

| a | b |
|---|---|
| c | d |

: A table of the text {{#of-text}}

[^1]: A footnote [with a place]{{#in-footnote}}. See [](#in-note) and [the table](#of-text).
"""
NOTES = """\
## n

> Word **one**

A note with [a place]{#in-note}. See [](#paragraph) and [](#in-document).

| e | f |
|---|---|
| g | h |

: A table of a note {#of-table}

| Verse of
| a note {#of-verse}

::: epitaph
In the middle.
:::

::: epitaph
Below it.
:::
"""
AGREEMENT = """\
---
id: charter
title: A Charter
short: Charter
date: 1999-11
place: Anywhere
parties: "[Both]{#parties} parties"
kind: Document
published: A gazette
---
It says [something]{#in-agreement}. See [the table](#of-table), [](#of-verse).

## Paragraph 8 {#8}

A paragraph of it. {#paragraph}
"""
DOCUMENT = "---\nid: wire\ntitle: A wire\nkind: letter\ndate: 1946\ntext: documents/wire.md\n---\nDescribed.\n"
FILES = {
    "agreements/charter.md": AGREEMENT,
    "documents/about.md": DOCUMENT,
    "documents/wire.md": "## The wire {#in-document}\n\nStop. See [](#in-note).\n",
}
MORE = "agreements: agreements/*.md\ndocuments: [documents/about.md]\noutput: {formats: [epub, pdf, web]}\n"


def test_links_lead_to_every_id(small: Make) -> None:
    edition = small(TEXT, notes=NOTES, more=MORE, files=FILES)
    demand_built(edition.build("--strict"))
    (epub,) = (edition.folder / "output").glob("*.epub")
    with zipfile.ZipFile(epub) as held:
        documents = {name.rpartition("/")[2]: held.read(name).decode() for name in held.namelist() if "xhtml" in name}
    for name in (*LINKS, "of-text"):
        (holder,) = (file for file, content in documents.items() if f'id="{name}"' in content)
        links = re.findall(rf'href="([^"]*)#{name}"', "".join(documents.values()))
        assert set(links) <= {holder, ""}
        assert links


def test_a_link_to_a_table_leads_to_its_caption(small: Make) -> None:
    edition = small("# T\n\nSee [it](#of-text).\n\n: A caption {#of-text}\n\n| a |\n|---|\n| b |\n")
    demand_built(edition.build())
    (file,) = (edition.folder / "output").glob("*.pdf")
    found = read_pdf(file.read_bytes())
    caption = next(word for word in _words(file) if word[2] == "caption")
    place = found.places["of-text"]
    assert place.y is not None
    assert place.y >= caption[1]


def _words(file: Path) -> list[tuple[int, float, str]]:
    """The words of a PDF, each with its page and the distance of its lower edge from the foot of the page."""
    read = subprocess.run(["pdftotext", "-bbox", str(file), "-"], check=True, capture_output=True, text=True).stdout
    words, page, height = [], -1, 0.0
    for line in read.splitlines():
        if size := re.search(r'<page width="[\d.]+" height="([\d.]+)"', line):
            page, height = page + 1, float(size[1])
        if word := re.search(r'yMax="([\d.]+)">([^<]*)<', line):
            words.append((page, height - float(word[1]), word[2]))
    return words
