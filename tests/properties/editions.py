"""Whole editions, drawn by hypothesis: everything that an editor can write, in every combination, most of it right."""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from PIL import Image
from tests.properties.blocks import Holder, Writer, hung
from tests.properties.words import FILLER, HEBREW, IDEOGRAPHS, Passage, Pen, Room, written
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
TONGUES = ("en-GB", "de", "fr", "en", "it", "la", "pl", "nl")
ENCODINGS = ("utf-8", "utf-16", "windows-1252", "utf-32")
KINDS = ("treaty", "declaration", "letter", "statute", "case", "decree", "other")
LISTS = ("[illustrations]", "[dates]", "[illustrations, dates]")
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
    passages: dict[str, list[Passage]] = field(default_factory=dict)
    """The words that notes can be about, by what `in=` says of them; nothing for the text."""
    chooser: Pen = field(init=False)
    agreements: tuple[str, ...] = field(init=False)
    series: list[str] = field(init=False)
    note_ids: dict[str, list[str]] = field(init=False)
    own_font: bool = field(init=False)
    hebrew: bool = field(init=False)
    documents: tuple[str, ...] = field(init=False)
    sources: list[str] = field(init=False)
    places: list[str] = field(default_factory=list)
    encoding: str = "utf-8"
    style: str = field(init=False)

    def __post_init__(self) -> None:
        self.chooser = Pen(self.draw)
        self.style = self.chooser.one(STYLES)
        self.own_font = self.chooser.often(5)
        self.hebrew = self.chooser.often(5)
        self.documents = ("telegram",) if self.chooser.often(3) else ()
        self.sources = ["text.md", "second.md"] if self.chooser.often(4) else ["text.md"]
        self.agreements = ("charter",) if self.chooser.often(3) else ()
        self.series = [name for name in SERIES if self.chooser.often(2)]
        self.note_ids = {name: [f"{name}-{at}" for at in range(1 + self.chooser.among(4))] for name in self.series}

    def pen(self, footnotes: int = 0) -> Pen:
        """A pen whose words are not yet in the edition."""
        self.chooser.distinct += 10_000
        notes = [text for ids in self.note_ids.values() for text in ids]
        return Pen(
            self.draw, (*self.agreements, *self.documents), notes, footnotes, self.own_font, self.hebrew,
            distinct=self.chooser.distinct, places=self.places,
        )  # fmt: skip

    def matter(self, name: str, *, most: int, title: bool = True) -> list[Passage]:
        """A text with its footnotes; its passages."""
        pen = self.pen(self.chooser.among(3))
        writer = Writer(pen, Holder.TEXT)
        text = f"# {writer.leaf(Room.LINE)}\n\n" if title else ""
        text += writer.blocks(most=most) + "\n"
        aside = self.pen()
        for number in sorted(pen.called):
            footnote = Writer(aside, Holder.FOOTNOTE)
            text += f"\n[^f{number}]: {aside.word()}\n\n{hung(footnote.blocks(1, most=2), '    ')}\n"
            if name == "text.md" and len(self.sources) == 1:
                self.passages[f"footnote:f{number}"] = footnote.passages
        self.files[name] = text
        return writer.passages

    def can_be(self, encoding: str) -> bool:
        """Whether all files of the text can be written in an encoding."""
        try:
            "".join(self.files[name] for name in self.sources).encode(encoding)
        except UnicodeEncodeError:
            return False
        return True

    def notes(self) -> None:
        """The files of all series."""
        for name, ids in self.note_ids.items():
            there: dict[str, list[Stretch]] = {}
            self.files[f"{name}.md"] = "\n".join([self._note(item, there) for item in ids])
            for text in ids:  # a note of the next series may not be about one of this: their places can differ
                self.passages.pop(f"note:{text}", None)

    def _note(self, note_id: str, there: dict[str, list[Stretch]]) -> str:
        calls = 2 if self.chooser.often(6) else 1
        about = self.chooser.one(list(self.passages)) if self.chooser.often(2) else ""
        about = about if any(passage.words for passage in self.passages[about]) else ""
        lemmas = [self._lemma(self.passages[about], there.setdefault(about, [])) for _ in range(calls)]
        writer = Writer(self.pen(), Holder.NOTE)
        said = writer.blocks(1, most=2)
        self.passages[f"note:{note_id}"] = writer.passages
        heading = f"## {note_id} {{calls={calls}{f' in={about}' if about else ''}}}"
        return "\n\n".join((heading, *lemmas, said)) + "\n"

    def _lemma(self, passages: list[Passage], there: list[Stretch]) -> str:
        """A quotation that crosses no other of the series; the first word of a passage is distinct."""
        full = [at for at, passage in enumerate(passages) if passage.words]
        at = self.chooser.one(full)
        words = passages[at].words
        stretch = Stretch(at, 0, 1 + self.chooser.among(len(words)))
        if any(stretch.crosses(item) for item in there):
            stretch = Stretch(at, 0, len(words))
        there.append(stretch)
        quoted = [*words[: stretch.end]]
        if self.chooser.often(3):
            first = self.chooser.among(len(quoted))
            last = first + self.chooser.among(len(quoted) - first)
            quoted[first] = "**" + quoted[first]
            quoted[last] += "**"
        lemma = "> " + " ".join(quoted)
        following = next((number for number in full if number > at), None)
        if "**" not in lemma and stretch.end == len(words) and following is not None and self.chooser.often(3):
            lemma += f"\n>\n> {passages[following].words[0]}"
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
        self.passages["agreement:charter"] = writer.passages

    def document(self) -> None:
        """A document with its full text, in plain text or Markdown."""
        pen, kind = self.pen(), self.chooser.one(KINDS)
        writer = Writer(pen, Holder.NOTE)
        description = writer.blocks(1, most=1)
        ending = self.chooser.one(("txt", "md"))
        lines = [pen.word() + " " + pen.one(FILLER) for _ in range(1 + pen.among(3))]
        if ending == "txt":
            full = "\n\n".join(lines) + "\n"
            writer.passages += [Passage(tuple(line.split(" "))) for line in lines]
        else:
            full = Writer(pen, Holder.NOTE, writer.passages).blocks(1, most=2) + "\n"
        self.files[f"documents/telegram.{ending}"] = full
        force = self.chooser.one(("", "force: lapsed\n", "force: superseded\n", 'by: "*Somebody*"\n', "to: Nobody\n"))
        self.files["documents/about.md"] = (
            f"---\nid: telegram\ntitle: A telegram\nkind: {kind}\ndate: 1946-02-22\n{force}"
            f"text: documents/telegram.{ending}\n---\n{description}\n"
        )
        self.passages["document:telegram"] = writer.passages

    def settings(self, *, front: bool, back: bool) -> None:
        """`edition.yaml`."""
        item, often = self.chooser.one, self.chooser.often
        content = b"".join(encoded(self.files[name], self.encoding) for name in self.sources)
        digest = hashlib.sha256(content).hexdigest()
        source = f"file: [{', '.join(self.sources)}], sha256: {digest}, encoding: {self.encoding}"
        lines = [
            "title: A title", f"language: {item(TONGUES)}", "date: 2026-01-02",
            "contributors: [{name: Somebody, role: aut}]", f"source: {{{source}}}",
            "rights: {status: public-domain, statement: Free.}", "references: references.json",
            f"citation-style: {item(CITATION_STYLES)}", f"style: {self.style}",
        ]  # fmt: skip
        lines += ["agreements: agreements/*.md"] * bool(self.agreements)
        lines += ["documents: [documents/about.md]"] * bool(self.documents)
        lines += [f"lists: {item(LISTS)}"] * often(3) + ["numbering: continuous"] * often(4) + self._typesetting()
        lines += ["front: [front.md]"] * front + ["back: [back.md]"] * back
        lines += ["series:"] * bool(self.series)
        for name in self.series:
            placement = f"{{pdf: {name}, epub: {item(EPUB_PLACES)}}}"
            cite = item(("nothing", "nothing", "lines"))
            lines.append(
                f"  - {{id: {name}, title: Notes {name}, file: {name}.md, marks: {item(MARKS)}, cite: {cite},"
                f" arrangement: {item(('list', 'paragraph', 'columns'))}, placement: {placement}}}"
            )
        lines += ["output:", "  name: book", f"  page: {self._page()}", f"  sides: {item(('two', 'one'))}"]
        lines += [f"  openings: {item(('any', 'none', 'right'))}"] * often(3)
        lines += [f"  line-numbers: {{every: {item((5, 1, 2))}, by: {item(('page', 'section'))}}}"] * often(3)
        lines += ["  paragraph-numbers: false"] * often(2) + ["  chapters: true"] * often(3)
        lines += self._profiles() if often(5) else []
        self.files["edition.yaml"] = "\n".join(lines) + "\n"

    def _typesetting(self) -> list[str]:
        """What an edition says of single words, paragraphs and pictures."""
        given = ("hyphenation: {en: [cooper-ation]}", "tracking: {p1: -4}", "page-breaks: [p1]")
        if not self.chooser.often(5):
            return []
        return [f"typesetting: {{{self.chooser.one(given)}}}"]

    def _page(self) -> str:
        """A trim; one with room for notes if there are some, and for large type."""
        roomy = self.style == "accessible" or "margin" in self.series
        return self.chooser.one([text for text in PAGES if text != SMALLEST or not roomy])

    def _profiles(self) -> list[str]:
        """Pages of their own for the printer."""
        item, often = self.chooser.one, self.chooser.often
        lines = ["  profiles:", f"    print: {{inks: {item(('cmyk', 'black'))}, page: {self._page()}}}"]
        return lines + [f"    screen: {{references: {item(('false', 'true'))}}}"] * often(2)


@st.composite
def editions(draw: st.DrawFn, *, most: int = 7) -> Texts:
    """The files of an edition, whose text has so many blocks at most."""
    maker = Maker(draw)
    first, *others = maker.sources
    maker.passages[""] = maker.matter(first, most=most)
    for name in others:
        maker.passages[""] += maker.matter(name, most=2, title=False)
    maker.encoding = maker.chooser.one([text for text in ENCODINGS if maker.can_be(text)])
    for name, of in (("front", 3), ("back", 4)):
        if maker.chooser.often(of):
            maker.passages[name] = maker.matter(f"{name}.md", most=2)
    if maker.agreements:
        maker.agreement()
    if maker.documents:
        maker.document()
    maker.notes()
    maker.files["references.json"] = json.dumps(REFERENCES)
    maker.settings(front="front" in maker.passages, back="back" in maker.passages)
    return maker.files


def encoded(text: str, encoding: str) -> bytes:
    """A text in an encoding, with a byte order mark if its name does not say the order of bytes."""
    return text.encode(encoding)


def brought(texts: Texts) -> dict[str, bytes]:
    """All files of an edition: what an editor writes, the pictures, and typefaces if words need them."""
    encoding = next(iter(re.findall(r"encoding: ([\w-]+)", texts["edition.yaml"])), "utf-8")
    sources = re.findall(r"file: \[([^\]]*)\]", texts["edition.yaml"])[0].split(", ")
    there = {name: encoded(text, encoding if name in sources else "utf-8") for name, text in texts.items()}
    if any(IDEOGRAPHS in text for text in texts.values()):
        there["fonts/own.ttf"] = small_font()
    if any(HEBREW in text for text in texts.values()):
        there["fonts/hebrew.ttf"] = (Path(__file__).parents[1] / "scripts" / "fonts" / "hebrew.ttf").read_bytes()
    return {**there, **pictures()}
