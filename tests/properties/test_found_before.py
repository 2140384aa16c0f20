"""What random editions have found, as small editions of their own: each is built, and verified as every build is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from tests.properties.editions import pictures

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import PublisherError
from publisher.model.rendition import Artifact, Volume
from publisher.model.target import Format
from publisher.verify import verify
from publisher.workspace import Folder

Build = Callable[..., Volume]
SETTINGS = """\
title: A title
language: fr
date: 2026-01-02
contributors: [{{name: Somebody, role: aut}}]
source: {{file: text.md, sha256: {digest}}}
rights: {{status: public-domain, statement: Free.}}
{more}
"""
LONG = "of the others with what was said of them and of those who came after"
ROWS = "\n".join(f"| row {number} | what is in row {number} |" for number in range(40))
HEADS = f"""\
# Title

See the [address](https://a.example/).

| first [link](note:one) | second [out](https://b.example/) |
|---|---|
{ROWS}
"""
CELLS = """\
# Title

| headword | headcell |
|---|---|
| cellword | next cell |
| last cell | end |

After the table.
"""
IN_MARGIN = f"""\
## one

> **headword**

- {LONG} {LONG}

- {LONG} {LONG} {LONG}

| {LONG} | and {LONG} |
|---|---|
| {LONG} | and {LONG} |

## two

> **cellword**

The second note.
"""
ALONE = """\
# Title

Word.

> - ![A picture](images/tall.png)

> * * *

1. * * *
"""


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Builds the PDF of an edition from its text, its notes and more settings."""

    def built(text: str, *, notes: str = "", more: str = "") -> Volume:
        files = {"text.md": text.encode(), "notes.md": notes.encode(), **pictures()}
        settings = SETTINGS.format(digest=hashlib.sha256(text.encode()).hexdigest(), more=more)
        for name, content in {**files, "edition.yaml": settings.encode()}.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        return pipeline.build(BuildRequest(folder=Folder(tmp_path), formats=(Format.PDF,))).volume

    return built


def pdf_of(volume: Volume) -> Artifact:
    """The PDF of a volume."""
    return next(artifact for artifact in volume.artifacts if artifact.name.endswith(".pdf"))


def heights(pdf: bytes, words: str) -> Iterator[tuple[int, float]]:
    """The page of some words, and how far above the foot of it they are, wherever they occur."""
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        textpage = page.get_textpage()
        search = textpage.search(words, match_case=True)
        while found := search.get_next():
            yield number, textpage.get_charbox(found[0])[1]


def test_head_of_a_table_is_repeated_with_the_pages_and_addresses_after_its_links(build: Build) -> None:
    series = "series: [{id: notes, title: Notes, file: notes.md, placement: {pdf: section}}]"
    profiles = "output: {page: [105mm, 148mm], profiles: {screen: {references: true}}}"
    volume = build(HEADS, notes="## one\n\n> address\n\nA note.\n", more=f"{series}\n{profiles}")
    assert len(list(heights(pdf_of(volume).content, "<b.example>"))) > 1


def test_notes_in_the_margin_that_cells_call_make_no_row_higher_and_are_below_each_other(build: Build) -> None:
    series = "series: [{id: notes, title: Notes, file: notes.md, placement: {pdf: margin}}]"
    pdf = pdf_of(build(CELLS, notes=IN_MARGIN, more=f"{series}\noutput: {{page: A5}}")).content
    (head,), (cell,), (after,) = (list(heights(pdf, words)) for words in ("headcell", "next cell", "After the table"))
    assert head[0] == cell[0] == after[0]
    assert head[1] - after[1] < 150
    last_words, second = max(heights(pdf, "came after")), next(heights(pdf, "The second note"))
    assert second[0] > last_words[0] or second[1] < last_words[1]


def test_breaks_and_quotations_without_words_may_be_far_from_words_and_a_planted_rule_may_not(build: Build) -> None:
    volume = build(ALONE, more="output: {page: A4}")
    pdf = pdf_of(volume)
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf.content)) as changed:
        for page in changed.pages:
            page.contents_add(b"/Artifact BMC q 0 0 0 rg 200 90 30 0.5 re f Q EMC", prepend=True)
        changed.save(out)
    with pytest.raises(PublisherError) as caught:
        verify(volume.publication, (Artifact(name=pdf.name, content=out.getvalue()),))
    assert {diagnostic.code for diagnostic in caught.value.diagnostics} == {"V-064"}
