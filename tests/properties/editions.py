"""Whole editions, drawn by hypothesis: everything that an editor can write, in every combination, most of it right."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass, field
from functools import cache

from hypothesis import strategies as st
from PIL import Image
from tests.properties.blocks import Holder, Writer, hung
from tests.properties.words import IDEOGRAPHS, Passage, Pen, Room, written
from tests.robustness.font_files import small_font

Texts = dict[str, str]
"""The files of an edition that an editor writes, by name."""

SERIES = ("foot", "margin", "section", "end")
EPUB_PLACES = ("pop-up", "end")
MARKS = ("decimal", "lower-alpha", "lower-roman", "symbols")
SMALLEST = "[90mm, 120mm]"
PAGES = ("[105mm, 148mm]", SMALLEST, "A5", "129x198mm", "6x9in", "A4")
STYLES = ("default", "compact", "accessible")
CITATION_STYLES = ("chicago-author-date", "ieee", "modern-language-association")
TONGUES = ("en-GB", "de", "fr", "en", "it")
REFERENCES = [
    {"id": "first", "type": "book", "title": "A *first* book", "author": [{"family": "Writer", "given": "Some"}],
     "issued": {"date-parts": [[1999]]}},
    {"id": "second", "type": "article-journal", "title": "A second title", "container-title": "Some journal",
     "page": "3–9", "volume": "2"},
]  # fmt: skip
SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20">
<rect x="1" y="1" width="38" height="18" fill="#ddd" stroke="#333"/></svg>"""


@cache
def pictures() -> dict[str, bytes]:
    """Pictures of several shapes."""
    sizes = {"square": (60, 60), "tall": (20, 600), "wide": (900, 30), "tiny": (1, 1)}
    found = {"images/drawing.svg": SVG}
    for name, size in sizes.items():
        written_to = io.BytesIO()
        Image.new("RGB", size, (200, 10, 10)).save(written_to, "PNG")
        found[f"images/{name}.png"] = written_to.getvalue()
    return found


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of the text: from one in a passage to another, there or in the next passage."""

    passage: int
    first: int
    end: int
    """The first word after it, counted in the next passage if it is past the end of this one."""

    def crosses(self, other: Stretch) -> bool:
        """Whether each of two stretches has words of the other, and none has all."""
        mine, its = self.places, other.places
        return bool(mine & its) and not (mine <= its or its <= mine)

    @property
    def places(self) -> frozenset[tuple[int, int]]:
        """Every word."""
        return frozenset((self.passage, at) for at in range(self.first, self.end))


@dataclass(slots=True)
class Maker:
    """Makes the files of one edition."""

    draw: st.DrawFn
    files: Texts = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    chooser: Pen = field(init=False)
    agreements: tuple[str, ...] = field(init=False)
    series: list[str] = field(init=False)
    note_ids: dict[str, list[str]] = field(init=False)
    own_font: bool = field(init=False)
    style: str = field(init=False)

    def __post_init__(self) -> None:
        self.chooser = Pen(self.draw)
        self.style = self.chooser.one(STYLES)
        self.own_font = self.chooser.often(5)
        self.agreements = ("charter",) if self.chooser.often(3) else ()
        self.series = [name for name in SERIES if self.chooser.often(2)]
        self.note_ids = {name: [f"{name}-{at}" for at in range(1 + self.chooser.among(4))] for name in self.series}

    def pen(self, footnotes: int = 0) -> Pen:
        """A pen whose words are not yet in the edition."""
        self.chooser.distinct += 10_000
        notes = [one for ids in self.note_ids.values() for one in ids]
        return Pen(self.draw, self.agreements, notes, footnotes, self.own_font, distinct=self.chooser.distinct)

    def matter(self, name: str, *, most: int) -> list[Passage]:
        """A text with its footnotes; its passages."""
        pen = self.pen(self.chooser.among(3))
        writer = Writer(pen, Holder.TEXT)
        title = f"# {writer.leaf(Room.LINE)}\n\n"
        text = title + writer.blocks(most=most) + "\n"
        aside = self.pen()
        for number in sorted(pen.called):
            said = Writer(aside, Holder.FOOTNOTE).blocks(1, most=2)
            text += f"\n[^f{number}]: {aside.word()}\n\n{hung(said, '    ')}\n"
        self.files[name] = text
        return writer.passages

    def notes(self) -> None:
        """The files of all series."""
        for name, ids in self.note_ids.items():
            there: list[Stretch] = []
            written_notes = [self._note(one, there) for one in ids]
            self.files[f"{name}.md"] = "\n".join(written_notes)

    def _note(self, note_id: str, there: list[Stretch]) -> str:
        calls = 2 if self.chooser.often(6) else 1
        lemmas = [self._lemma(there) for _ in range(calls)]
        said = Writer(self.pen(), Holder.NOTE).blocks(1, most=2)
        heading = f"## {note_id} {{calls={calls}}}"
        return "\n\n".join((heading, *lemmas, said)) + "\n"

    def _lemma(self, there: list[Stretch]) -> str:
        """A quotation of the text that crosses no other of the series; the first word of a passage is distinct."""
        full = [at for at, one in enumerate(self.passages) if one.words]
        at = self.chooser.one(full)
        words = self.passages[at].words
        stretch = Stretch(at, 0, 1 + self.chooser.among(len(words)))
        if any(stretch.crosses(one) for one in there):
            stretch = Stretch(at, 0, len(words))
        there.append(stretch)
        quoted = [*words[: stretch.end]]
        if self.chooser.often(3):
            first = self.chooser.among(len(quoted))
            last = first + self.chooser.among(len(quoted) - first)
            quoted[first] = "**" + quoted[first]
            quoted[last] += "**"
        lemma = "> " + " ".join(quoted)
        following = next((one for one in full if one > at), None)
        if "**" not in lemma and stretch.end == len(words) and following is not None and self.chooser.often(3):
            lemma += f"\n>\n> {self.passages[following].words[0]}"
        return lemma

    def agreement(self) -> None:
        """An agreement with provisions."""
        writer = Writer(self.pen(), Holder.NOTE)
        parties = written(self.pen().line(Room.LINE, calls=False)).replace("\\", "\\\\").replace('"', '\\"')
        text = f"""---
id: charter
title: A Charter
short: Charter
date: 1999-11
place: Anywhere
parties: "{parties}"
kind: Document
force: {self.chooser.one(("draft", "treaty-in-force", "disputed"))}
published: A gazette
---
{writer.blocks(1, most=2)}

## Paragraph 8 {{#8}}

{writer.blocks(1, most=2)}
"""
        self.files["agreements/charter.md"] = text

    def settings(self, *, front: bool, back: bool) -> None:
        """`edition.yaml`."""
        one, often = self.chooser.one, self.chooser.often
        digest = hashlib.sha256(self.files["text.md"].encode()).hexdigest()
        lines = [
            "title: A title", f"language: {one(TONGUES)}", "date: 2026-01-02",
            "contributors: [{name: Somebody, role: aut}]", f"source: {{file: text.md, sha256: {digest}}}",
            "rights: {status: public-domain, statement: Free.}", "references: references.json",
            f"citation-style: {one(CITATION_STYLES)}", f"style: {self.style}",
        ]  # fmt: skip
        lines += ["agreements: agreements/*.md"] * bool(self.agreements)
        lines += ["front: [front.md]"] * front + ["back: [back.md]"] * back
        lines += ["series:"] * bool(self.series)
        for name in self.series:
            placement = f"{{pdf: {name}, epub: {one(EPUB_PLACES)}}}"
            cite = one(("nothing", "nothing", "lines"))
            lines.append(
                f"  - {{id: {name}, title: Notes {name}, file: {name}.md, marks: {one(MARKS)}, cite: {cite},"
                f" placement: {placement}}}"
            )
        lines += ["output:", "  name: book", f"  page: {self._page()}", f"  sides: {one(('two', 'one'))}"]
        lines += [f"  line-numbers: {{every: {one((5, 1, 2))}, by: {one(('page', 'section'))}}}"] * often(3)
        lines += ["  paragraph-numbers: false"] * often(2) + ["  chapters: true"] * often(3)
        lines += self._profiles() if often(5) else []
        self.files["edition.yaml"] = "\n".join(lines) + "\n"

    def _page(self) -> str:
        """A trim; one with room for notes if there are some, and for large type."""
        roomy = self.style == "accessible" or "margin" in self.series
        return self.chooser.one([one for one in PAGES if one != SMALLEST or not roomy])

    def _profiles(self) -> list[str]:
        """Pages of their own for the printer."""
        one, often = self.chooser.one, self.chooser.often
        lines = ["  profiles:", f"    print: {{inks: {one(('cmyk', 'black'))}, page: {self._page()}}}"]
        return lines + [f"    screen: {{references: {one(('false', 'true'))}}}"] * often(2)


@st.composite
def editions(draw: st.DrawFn, *, most: int = 7) -> Texts:
    """The files of an edition, whose text has so many blocks at most."""
    maker = Maker(draw)
    maker.passages = maker.matter("text.md", most=most)
    front, back = maker.chooser.often(3), maker.chooser.often(4)
    if front:
        maker.matter("front.md", most=2)
    if back:
        maker.matter("back.md", most=2)
    maker.notes()
    if maker.agreements:
        maker.agreement()
    maker.files["references.json"] = json.dumps(REFERENCES)
    maker.settings(front=front, back=back)
    return maker.files


def brought(texts: Texts) -> dict[str, bytes]:
    """All files of an edition: what an editor writes, the pictures, and a typeface if words need one."""
    written_there = {name: text.encode() for name, text in texts.items()}
    own_font = {"fonts/own.ttf": small_font()} if any(IDEOGRAPHS in text for text in texts.values()) else {}
    return {**written_there, **pictures(), **own_font}
