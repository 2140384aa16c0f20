"""The edition itself is proved against the bytes of its source, and what is undone on pages is undone by rule."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from publisher import annotate, compose, load
from publisher.diagnostics import Source
from publisher.model.block import Block, Paragraph
from publisher.model.inline import Run
from publisher.model.publication import Publication, Role, TextSource
from publisher.verify.line import Expected, Found
from publisher.verify.own_templates import without_own_words
from publisher.verify.pdf.print_difference import print_difference
from publisher.verify.source import source_faults
from publisher.workspace import Folder

PLAIN = "The title\n\nFirst line\nsecond line.\n\n  Indented, and a space at the end. \n\n\nLast"


def composed(folder: Path) -> Publication:
    """The publication of an edition."""
    edition = load.load_edition(Folder(folder))
    return compose.compose(annotate.annotate(edition), moment="2026-11-24T00:00:00Z")


@pytest.fixture
def plain(tmp_path: Path) -> Callable[[str], Publication]:
    """The publication of a plain text."""

    def publication(text: str) -> Publication:
        (tmp_path / "text.txt").write_bytes(text.encode())
        digest = sha256(text.encode()).hexdigest()
        (tmp_path / "edition.yaml").write_text(
            "title: T\nlanguage: en\ndate: 2026-11-24\ncontributors: [{name: A, role: aut}]\n"
            f"source: {{file: text.txt, sha256: {digest}, first-paragraph-is-title: true}}\n"
            "rights: {status: public-domain, statement: Free.}\n",
            encoding="utf-8",
        )
        return composed(tmp_path)

    return publication


def codes(publication: Publication) -> list[str]:
    """What is wrong with the text of a publication."""
    return [diagnostic.code for diagnostic in source_faults(publication)]


def with_blocks(publication: Publication, change: Callable[[tuple[Block, ...]], tuple[Block, ...]]) -> Publication:
    """The publication with other blocks in its text."""
    sections = tuple(
        replace(section, blocks=change(section.blocks)) if section.role is Role.TEXT else section
        for section in publication.sections
    )
    return replace(publication, sections=sections)


@pytest.mark.parametrize("text", [PLAIN, PLAIN + "\n", PLAIN.replace("\n", "\r\n"), PLAIN + "\n \n\n"])
def test_a_plain_text_is_its_source(plain: Callable[[str], Publication], text: str) -> None:
    assert codes(plain(text)) == []


def test_a_changed_paragraph_is_not_the_source(plain: Callable[[str], Publication]) -> None:
    changed = with_blocks(plain(PLAIN), lambda blocks: (*blocks[:-1], _said(blocks[-1], "last")))
    (fault,) = source_faults(changed)
    assert (fault.code, str(fault.span).rpartition("text.txt")[2]) == ("V-009", ":9:1")
    assert "expected “Last”, found “last”" in fault.message


def _said(block: Block, text: str) -> Block:
    """A paragraph that says something else, from the same place."""
    assert isinstance(block, Paragraph)
    (run,) = block.children
    assert isinstance(run, Run)
    return replace(block, children=(replace(run, text=text),))


def test_a_lost_paragraph_is_not_the_source(plain: Callable[[str], Publication]) -> None:
    assert codes(with_blocks(plain(PLAIN), lambda blocks: blocks[:-1])) == ["V-009"]
    assert set(codes(with_blocks(plain(PLAIN), lambda blocks: blocks[1:]))) == {"V-009"}


def test_another_checksum_is_not_the_source(plain: Callable[[str], Publication]) -> None:
    publication = plain(PLAIN)
    provenance = replace(publication.metadata.provenance, sha256="0" * 64)
    source = TextSource(provenance=provenance)
    sections = tuple(replace(section, source=source if section.source else None) for section in publication.sections)
    assert codes(replace(publication, sections=sections)) == ["V-009"]


def test_a_markdown_text_is_its_source() -> None:
    assert codes(composed(Path(__file__).parent / "edition")) == []


@pytest.mark.parametrize("dropped", range(9))
def test_a_block_lost_from_a_markdown_text_is_missed(dropped: int) -> None:
    publication = composed(Path(__file__).parent / "edition")
    lost = with_blocks(publication, lambda blocks: (*blocks[:dropped], *blocks[dropped + 1 :]))
    assert set(codes(lost)) == {"V-009"}


MARKUP = """# A *title* & more

Some `code`, [a link](https://example.org/a_(b)), <https://example.org/x>, an entity &amp; an escape \\*.
Hard\\
break, **bold *and* italic**, ~~no~~ 2 < 3.

* * *

1) one
2) two
   - deeper

        literal lines

```python
print("x")
```

Term
: What it means.

> quoted `twice`

[ref]: https://example.org/ref

See [this][ref] and [ref].
"""


def test_markup_is_no_word_of_a_markdown_text(tmp_path: Path) -> None:
    (tmp_path / "text.md").write_text(MARKUP, encoding="utf-8")
    digest = sha256(MARKUP.encode()).hexdigest()
    (tmp_path / "edition.yaml").write_text(
        "title: T\nlanguage: en\ndate: 2026-11-24\ncontributors: [{name: A, role: aut}]\n"
        f"source: {{file: text.md, sha256: {digest}}}\nrights: {{status: public-domain, statement: Free.}}\n",
        encoding="utf-8",
    )
    assert [fault.message for fault in source_faults(composed(tmp_path))] == []


@pytest.mark.parametrize(
    ("source", "printed", "same"),
    [
        ("a b", "a b", True),
        ("a b", "a\nb", True),
        ("ab", "a\nb", True),
        ("a-b", "a-\nb", True),
        ("a b", "ab", False),
        ("ab", "a b", False),
        ("a  b", "a b", True),
        ("a b", "a  b", False),
        ("a\u00a0b", "a b", True),
        ("a\u00a0b", "a\nb", False),
        ("a b\u00a0", "a b", True),
        (" a", "a", True),
        ("a\u200bb", "ab", True),
        ("ab", "a\u200bb", False),
        ("ab", "a\u00adb", False),
        ("a\u2011b", "a\u2010b", True),
        ("a\u2013b", "a-b", False),
        ("cafe\u0301", "caf\u00e9", True),
        ("a\nb", "a\nb", True),
        ("a\nb", "ab", False),
        ("a\nb", "a b", False),
        ("a\n  b", "a\n  b", True),
        ("a\n  b", "a\n b", True),
        ("abc", "ab", False),
        ("ab", "abc", False),
    ],
)
def test_what_setting_does_is_undone_and_nothing_else(source: str, printed: str, same: bool) -> None:
    difference = print_difference(Expected(text=source, name="x"), Found(text=printed, place="x"))
    assert (difference is None) is same


def test_words_of_own_templates_are_known_and_only_they() -> None:
    template = Source(name="templates/x.j2", text='<p class="motto">Festina {{ x }}</p>{# no #}<p>{{ x }}&amp; so</p>')
    lines = [Found(text=text, place="x") for text in ("Festina", "& so", "no", "The text")]
    kept = without_own_words(lines, [], [template])
    assert [line.text for line in kept] == ["no", "The text"]


def test_words_of_own_templates_do_not_hide_what_is_expected() -> None:
    template = Source(name="templates/x.j2", text="<p>The text</p>")
    lines = [Found(text="The text", place="x")]
    assert without_own_words(lines, [Expected(text="The text", name="x")], [template]) == lines


def test_a_template_of_beginnings_without_ends_is_read_in_one_pass() -> None:
    template = Source(name="templates/x.j2", text="{#{{<{%" * 100_000 + "<p>Festina")
    began = time.process_time()
    assert without_own_words([Found(text="The text", place="x")], [], [template])
    assert time.process_time() - began < 5
