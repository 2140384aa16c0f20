"""An edition with four times as much of anything takes about four times as long to check."""

from __future__ import annotations

import gc
import json
import math
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.build.pipeline import check
from publisher.build.request import BuildRequest
from publisher.diagnostics import PublisherError
from publisher.diagnostics.report import caret
from publisher.workspace import Folder

Files = dict[str, bytes]
LayDown = Callable[[Path, Files], Path]

FEW, TIMES = 400, 4
MOST = 8.0
"""How many times as long it may take; what is quadratic takes 16 times as long, what is linear about 4 times."""
NOISE = 0.15
"""Seconds that say nothing, since everything else that the machine does disturbs them."""
ATTEMPTS = 3

TOP = b"# A text\n\nThe first words of the text, and others.\n\n"
DOCUMENT = b"---\nid: d%d\ntitle: A letter\nkind: letter\ndate: 1946-02-22\n---\nWhat it is.\n"
PROVISION = b"\n## Paragraph {#p%d}\nA provision.\n"


def text(written: bytes) -> Files:
    """An edition whose text holds this."""
    return {"text.md": TOP + written}


def each(written: bytes, count: int) -> bytes:
    """Something written so often, with its number for each `%d`."""
    numbers = written.count(b"%d")
    return b"".join(written % ((at,) * numbers) for at in range(count))


def note(lemma: bytes, said: bytes = b"Said.", more: bytes = b"") -> bytes:
    """A note to be written often."""
    return b"## n%d" + more + b"\n\n> " + lemma + b"\n\n" + said + b"\n\n"


def notes(written: bytes, count: int, words: bytes = b"") -> Files:
    """An edition with so many notes on a text."""
    return {"notes.md": each(written, count), **(text(each(words, count)) if words else {})}


def records(count: int) -> bytes:
    """So many references."""
    made = [{"id": f"b{at}", "type": "book", "title": f"Book {at}"} for at in range(count)]
    return json.dumps([*made, {"id": "book", "type": "book", "title": "A book"}]).encode()


def settings(small: Files, more: bytes) -> Files:
    """An edition whose edition.yaml says this as well."""
    return {"edition.yaml": small["edition.yaml"] + more}


GROWING: dict[str, Callable[[int, Files], Files]] = {
    "equal headings": lambda n, _: text(b"## Heading\n\nw\n\n" * n),
    "headings underlined": lambda n, _: text(b"Heading\n---\n\n" * n),
    "unlike headings": lambda n, _: text(each(b"## Heading %d\n\n", n)),
    "headings with one id": lambda n, _: text(b"## Heading {#a}\n\n" * n),
    "a heading with spaces": lambda n, _: text(b"## Heading" + b" " * 30 * n + b"{#a\n\n"),
    "open braces": lambda n, _: text(b"*a*{" * n + b"\n"),
    "attributes that are none": lambda n, _: text(b"[a]{" * n + b"\n"),
    "spans": lambda n, _: text(b"[a b]{lang=fr} " * n + b"\n"),
    "99 brackets in each other": lambda n, _: text((b"[" * 99 + b"a" + b"]" * 99 + b" ") * (n // 25) + b"\n"),
    "99 open brackets": lambda n, _: text((b"[" * 99 + b"a\n\n") * (n // 5)),
    "addresses that do not end": lambda n, _: text(b"[a](<b " * n + b"\n"),
    "emphasis that does not end": lambda n, _: text(b"*a **b " * n + b"\n"),
    "backticks of every number": lambda n, _: text(b"".join(b"a" + b"`" * at for at in range(math.isqrt(20 * n)))),
    "tags that are none": lambda n, _: text(b"a <b c='" * n + b"\n"),
    "quotations": lambda n, _: text(b"> a\n\nb\n\n" * n),
    "lines of a deep quotation": lambda n, _: text(b"> " * 14 + b"a\n" + (b"> " * 14 + b"b\n") * n),
    "lists": lambda n, _: text(b"- a\n+ b\n" * n),
    "footnotes": lambda n, _: text(each(b"a[^%d]\n\n[^%d]: b\n\n", n)),
    "footnotes with one label": lambda n, _: text(b"a[^1]\n\n" + b"[^1]: b\n\n" * n),
    "calls of no footnote": lambda n, _: text(each(b"[^9%d]: b\n\na[^%d]\n\n", n)),
    "links by reference": lambda n, _: text(each(b"[a%d]: https://a.example/\n\n[a%d]\n\n", n)),
    "definitions": lambda n, _: text(b"a\n: b\n\n" * n),
    "rows of a table": lambda n, _: text(b"|a|b|\n|---|---|\n" + b"|c|d|\n" * n),
    "tables": lambda n, _: text(b"|a|b|\n|---|---|\n|c|d|\n\nx\n\n" * n),
    "verse": lambda n, _: text(b"| a b\n" * n),
    "a long paragraph": lambda n, _: text(b"A line of words\n" * n),
    "spaces": lambda n, _: text(b"a" + b" " * 50 * n + b"b\n"),
    "citations": lambda n, _: text(b"a [@book, 3]\n\n" * n),
    "a citation of many": lambda n, _: text(b"a [@book" + b"; @book , 4" * n + b"]\n"),
    "a citation that does not end": lambda n, _: text(b"[@book" + b"; @book , 4" * 10 * n + b" [\n"),
    "a citation with spaces": lambda n, _: text(b"[@a," + b" " * 20 * n + b"x" + b" " * 20 * n + b"[\n"),
    "citations of nothing": lambda n, _: {**text(each(b"a [@bok%d]\n\n", n)), "references.json": records(n)},
    "references": lambda n, _: {"references.json": records(n)},
    "provisions cited": lambda n, small: {
        **text(each(b"x [](agreement:charter#p%d)\n\n", n)),
        "agreements/charter.md": small["agreements/charter.md"] + each(PROVISION, n),
    },
    "provisions that are not there": lambda n, small: {
        **text(each(b"x [](agreement:charter#q%d)\n\n", n)),
        "agreements/charter.md": small["agreements/charter.md"] + each(PROVISION, n),
    },
    "notes": lambda n, _: notes(note(b"number %d has"), n, b"Paragraph number %d has words.\n\n"),
    "notes on the same words": lambda n, _: notes(note(b"first words"), n),
    "notes not found": lambda n, _: notes(note(b"numbre %d hass"), n, b"Paragraph number %d has words.\n\n"),
    "ambiguous notes": lambda n, _: notes(note(b"equal words"), n, b"Some equal words. "),
    "notes with one id": lambda n, _: notes(note(b"first words").replace(b"%d", b""), n),
    "notes that link to notes": lambda n, _: notes(note(b"first words", b"See [](note:n%d)."), n),
    "notes that link to none": lambda n, _: notes(note(b"first words", b"See [](note:x%d)."), n),
    "unknown keys": lambda n, small: settings(small, each(b"k%d: v\n", n)),
    "subjects": lambda n, small: settings(small, b"subjects:\n" + each(b"  - s%d\n", n)),
    "files that are not there": lambda n, small: settings(small, b"front:\n" + each(b"  - a%d.md\n", n)),
    "formulas": lambda n, _: text(each(b"$x_{%d}^2 + \\frac{a}{b}$ and\n", n)),
    "dollars": lambda n, _: text(b"a $5 and $10 b $ x$ c $y $ d\n" * n),
    "readings above characters": lambda n, _: text('[漢字]{ruby="かん|じ"}は\n'.encode() * n),
    "dated entries": lambda n, small: {
        **text(each(b"::: entry {#f%d date=1666-09-04}\n### Tuesday\n\nUp.\n:::\n\n", n)),
        **settings(small, b"lists: [dates]\n"),
    },
    "letters": lambda n, _: text(b"::: letter\nMy Lord, {.salutation}\n\nText.\n\nSam {.signature}\n:::\n\n" * n),
    "letters that do not end": lambda n, _: text(b"::: letter\nText\n\n" * n),
    "speakers": lambda n, _: text(each(b"ROSE%d {.speaker}\n\nWho's there? [He.]{.stage-direction}\n\n", n)),
    "abbreviations": lambda n, _: text(b"[Mr.]{abbr=title} and\n" * n),
    "ids and links": lambda n, _: text(each(b"[w%d]{#w%d} and [](#w%d)\n\n", n)),
    "links to nothing": lambda n, _: text(each(b"## H%d {#h%d}\n\n[](#x%d) x\n\n", n)),
    "poems": lambda n, _: text(each(b"::: poem {#m%d numbers=5}\n| a b\n| c d\n:::\n\n", n)),
    "groups of pictures": lambda n, _: {
        **text(b'::: pictures\n![A](a.svg "s")\n\n![B](a.svg)\n\nTwo {.caption}\n:::\n\n' * n),
        "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    },
    "a table with spans": lambda n, _: text(b"|a|b|c|\n|---|---|---|\n" + b"|c||e|\n|^^|d|f|\n" * n),
    "notes on notes": lambda n, _: {
        **text(each(b"Paragraph number %d has words.\n\n", n)),
        "notes.md": each(
            b"## a%d\n\n> number %d has\n\nSaid%d x.\n\n## b%d {in=note:a%d}\n\n> Said%d x\n\nOther.\n\n", n
        ),
    },
    "notes in a circle": lambda n, _: {
        "notes.md": b"".join(
            b"## n%d {in=note:n%d}\n\n> Said %d\n\nSaid %d.\n\n" % (at, (at + 1) % n, (at + 1) % n, at)
            for at in range(n)
        ),
    },
    "notes on footnotes": lambda n, _: {
        **text(each(b"a[^%d]\n\n[^%d]: foot f%d x\n\n", n)),
        "notes.md": each(b"## a%d {in=footnote:%d}\n\n> foot f%d x\n\nS.\n\n", n),
    },
    "documents": lambda n, small: {
        **settings(small, b"documents: documents/*.md\n"),
        **{f"documents/{at}.md": DOCUMENT % at for at in range(n // 4)},
    },
    "invisible characters": lambda n, _: text("a\u200bb\n\n".encode() * n),
    "characters without a glyph": lambda n, _: text("".join(f"{chr(0x4E00 + at)}\n\n" for at in range(n)).encode()),
}
"""What an edition may have much of: files by how much, and by those of the small edition."""

RISKY = (
    "formulas",
    "equal headings", "headings underlined", "attributes that are none", "99 open brackets", "footnotes with one label",
    "calls of no footnote", "a citation that does not end", "a citation with spaces", "citations of nothing",
    "provisions that are not there", "notes on the same words", "ambiguous notes", "notes that link to none",
    "files that are not there", "a heading with spaces",
)  # fmt: skip
"""What was slow once."""


def seconds(folder: Path) -> float:
    """The seconds of a processor that it takes to check an edition and to print what is found."""
    gc.collect()
    begin = time.process_time()
    try:
        found = check(BuildRequest(folder=Folder(folder))).warnings
    except PublisherError as error:
        found = error.diagnostics
    caret.render(found)
    return time.process_time() - begin


@pytest.mark.parametrize(
    "name", [item if item in RISKY else pytest.param(item, marks=pytest.mark.nightly) for item in GROWING]
)
def test_four_times_as_much_takes_about_four_times_as_long(
    name: str, tmp_path: Path, small: Files, lay_down: LayDown
) -> None:
    hardly = lay_down(tmp_path / "hardly", GROWING[name](FEW // 10, small))
    few = lay_down(tmp_path / "few", GROWING[name](FEW, small))
    many = lay_down(tmp_path / "many", GROWING[name](TIMES * FEW, small))
    base = seconds(hardly)
    ratios = []
    for _ in range(ATTEMPTS):
        ratios.append((seconds(many) - base) / max(seconds(few) - base, NOISE / TIMES))
        if ratios[-1] <= MOST:
            return
    pytest.fail(f"{TIMES} times as much takes {min(ratios):.1f} times as long")
