"""Editions, course readers and their files, made from a seed: most of them as an editor could have written them."""

from __future__ import annotations

import hashlib
import io
import json
import random
import re
from collections.abc import Callable
from functools import cache

from PIL import Image
from tests.robustness.font_files import small_font, spoilt_font

Files = dict[str, bytes]

WORDS = (
    "word", "words", "of", "the", "text", "first", "An", "é", "naïve", "“quoted”", "it’s", "end.", "Then,", "x-y", "–",
    "…", "1588", "a\u00a0b", "\u2009", "ﬁ", "São", "ß",
)  # fmt: skip
SIGNS = ("&amp;", r"\*", r"\[", "&lt;b&gt;", "&nbsp;", r"\\", "&#8202;")
LEMMAS = ("first words", "of the text", "The first", "and **others**", "first words of the text", "others.")
ODD = ("1588.", "*", "\\#", "-", "+ ", "1.", "&nbsp;", "\\", "![A picture](a.png)", "- 1.", "> 7)", "***", "a  \nb")
CODE = " a\n\n\tb"
DEEPEST = 2
TOP = "The first words of the text, and others."


class Writer:
    """Writes Markdown of all kinds."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def words(self, most: int = 12) -> str:
        """Up to so many words."""
        return " ".join(self.chance.choice(WORDS) for _ in range(self.chance.randint(1, most)))

    def line(self, depth: int = 0, *, calls: bool = True) -> str:
        """The words of a block, with emphasis, links, citations and calls in them."""
        return " ".join(self._piece(depth, calls) for _ in range(self.chance.randint(1, 5)))

    def _piece(self, depth: int, calls: bool) -> str:
        match self.chance.randrange(20) if depth <= DEEPEST else 0:
            case 9:
                return f"*{self.line(depth + 1, calls=calls)}*"
            case 10:
                return f"**{self.line(depth + 1, calls=calls)}**"
            case 11:
                language = self.chance.choice(("fr", "de", "zh-Hant", "he", "en-GB"))
                return f"[{self.line(depth + 1, calls=calls)}]{{lang={language}}}"
            case 12:
                style = self.chance.choice(("small-caps", "superscript", "subscript"))
                return f"[{self.words(2)}]{{.{style}}}"
            case 13:
                return f"[{self.words()}](https://a.example/{self.chance.choice(('', 'x?y=1&z=2#a', 'é'))})"
            case 14:
                return f"[@book{self.chance.choice(('', ', 8', ', p. 3–4', '; @book, 9'))}]"
            case 15:
                return self.chance.choice(("[](agreement:charter#8)", "[see](agreement:charter)", "[](note:n0)"))
            case 16:
                return f"`{self.words()}`"
            case 17:
                return f"{self.words()}\\\n{self.words()}"
            case 18:
                return self.chance.choice(SIGNS)
            case 19 if calls:
                return f"x[^{self.chance.randint(1, 3)}]"
            case _:
                return self.words()

    def blocks(self, depth: int = 0, *, calls: bool = True, most: int = 5) -> str:
        """Up to so many blocks."""
        return "\n\n".join(self._block(depth, calls) for _ in range(self.chance.randint(1, most)))

    def _block(self, depth: int, calls: bool) -> str:
        chance = self.chance
        match chance.randrange(16) if depth <= DEEPEST else 0:
            case 6 if calls and depth == 0:
                heading = self.line(1).replace("\\\n", " ")
                return f"{'#' * chance.randint(2, 4)} {heading}{chance.choice(('', f' {{#h{chance.random()}}}'))}"
            case 7:
                inside = self.blocks(depth + 1, calls=calls, most=2).split("\n")
                return "\n".join(f"> {line}".rstrip() for line in inside) + chance.choice(("", "\n>\n> — Somebody"))
            case 8:
                sign = chance.choice(("- ", "* ", "1. ", "7. ", "1) "))
                entries = (self.blocks(depth + 1, calls=calls, most=2) for _ in range(chance.randint(1, 4)))
                return chance.choice(("\n", "\n\n")).join(hung(entry, sign) for entry in entries)
            case 9:
                return self._table()
            case 10:
                lines = (chance.choice(("", "  ")) + self.words() for _ in range(chance.randint(1, 5)))
                return "\n".join(f"| {line}" for line in lines)
            case 11:
                return f"    {self.words()}\n      {self.words()}"
            case 12:
                return f"```{chance.choice(('', 'text'))}\n{chance.choice((self.words(), '', CODE))}\n```"
            case 13:
                return f"{self.words(1)}\n: {self.line(1, calls=calls)}".replace("\\\n", " ") + "\n: Else"
            case 14:
                return chance.choice(ODD)
            case _:
                return self.line(calls=calls)

    def _table(self) -> str:
        chance, count = self.chance, self.chance.randint(1, 4)
        rules = "|".join(chance.choice(("---", ":-:", "--:")) for _ in range(count))
        rows = [self._row(count), f"|{rules}|", *(self._row(count) for _ in range(chance.randint(0, 4)))]
        return "\n".join(rows)

    def _row(self, count: int) -> str:
        cells = (self.chance.choice(("", "*a*", "1", "[@book]", self.words(2))) for _ in range(count))
        return f"| {' | '.join(cells)} |"


def hung(text: str, sign: str) -> str:
    """A text as an entry of a list."""
    return sign + text.replace("\n", "\n" + " " * len(sign))


@cache
def picture() -> bytes:
    """A small PNG."""
    written = io.BytesIO()
    Image.new("RGB", (90, 40), (200, 10, 10)).save(written, "PNG")
    return written.getvalue()


def markdown(chance: random.Random, small: Files) -> Files:
    """An edition whose text, notes and agreement have Markdown of all kinds."""
    writer = Writer(chance)
    footnotes = "".join(
        f"[^{at}]: {hung(writer.blocks(2, calls=False, most=2), '    ').strip()}\n\n" for at in (1, 2, 3)
    )
    notes = "".join(
        f"## n{at}\n\n> {chance.choice(LEMMAS)}\n\n{writer.blocks(1, calls=False, most=3)}\n\n"
        for at in range(chance.randint(1, 3))
    )
    title = writer.line(1, calls=False).replace("\\\n", " ")
    provision = writer.blocks(1, calls=False, most=2)
    return {
        "text.md": f"# {title}\n\n{TOP}\n\n{writer.blocks()}\n\n{footnotes}".encode(),
        "notes.md": notes.encode(),
        "agreements/charter.md": small["agreements/charter.md"].replace(b"A provision.", provision.encode()),
        "a.png": picture(),
    }


VALUES: tuple[object, ...] = (
    "", "word", "A title: more", 0, 1, -1, 1.5, 10**30, True, None, [], {}, ["a", "b"], [[]], {"a": "b"}, "1999",
    "text.md", "*", "é" * 300, "\u2028", "*emphasis*", "[x](y)", "und", "../x", "a\nb", "2026-13-45", "#", "{{ 7 }}",
    "false", "12mm",
)  # fmt: skip
"""What stands where something else should."""


def settings(chance: random.Random, small: Files) -> Files:
    """An edition whose edition.yaml has more keys, a value of another type, a key less, or one twice."""
    lines = small["edition.yaml"].decode().splitlines()
    for key in chance.sample([*SOUND], chance.randint(0, 4)):
        lines = without(key, lines)
        lines += f"{key}: {chance.choice(SOUND[key])}".split("\n")
    for _ in range(chance.choice((0, 1, 1, 2))):
        at = chance.randrange(len(lines))
        key, colon, _ = lines[at].partition(": ")
        other = f"{key}: {json.dumps(chance.choice(VALUES), ensure_ascii=False)}" if colon else lines[at]
        match chance.randrange(5):
            case 0:
                lines[at:at] = [f"{chance.choice(KEYS)}: {json.dumps(chance.choice(VALUES))}"]
            case 1 if len(lines) > 3:
                del lines[at]
            case 2:
                lines[at] = lines[at].replace("  ", chance.choice((" ", "    ", "\t")))
            case 3:
                lines += [f"{chance.choice(KEYS)}: {json.dumps(chance.choice(VALUES))}"]
            case _:
                lines[at] = other
    return {"edition.yaml": ("\n".join(lines) + "\n").encode()}


def without(key: str, lines: list[str]) -> list[str]:
    """The lines of a YAML file without a key and what is indented below it."""
    start = next((at for at, line in enumerate(lines) if line.startswith(f"{key}:")), len(lines))
    end = next((at for at in range(start + 1, len(lines)) if not lines[at].startswith(" ")), len(lines))
    return lines[:start] + lines[end:]


SOUND: dict[str, tuple[str, ...]] = {
    "subtitle": ("More of it", "'*Not* emphasis'", '"\\u00e9 & <b>"'),
    "short-title": ("T", "A title"),
    "language": ("de", "fr", "en-GB", "la", "pt-BR"),
    "date": ("1999-12-31", "'2026-02-28'"),
    "identifier": ("urn:uuid:6a1f4a1e-0d3a-4b0e-9a55-0c1f0e1c9a11", "https://a.example/x?y=1&z=2"),
    "isbn": ("978-3-16-148410-0", '"9783161484100"'),
    "publisher": ("A & B", "“Press”"),
    "place": ("São Paulo", "Oświęcim"),
    "statement": ("First edition", "2nd"),
    "description": ("Words, and <more> of them.", ">\n  Folded\n  words"),
    "subjects": ("[One, Two]", "['a: b']"),
    "style": ("default", "compact", "accessible"),
    "citation-style": ("ieee", "chicago-author-date", "modern-language-association"),
    "agreements-title": ("Treaties", "'What “holds”'"),
    "proof": ("{hyphens: 2, loose: 3}", "{dpi: 150}"),
    "output": ("{name: other}", "{paragraph-numbers: false}", "{page: A5, sides: one}", "{chapters: true}",
        "{line-numbers: {every: 3, by: section}}", "{profiles: [print, archive]}"),
    "cover": ("{design: motif}", "{design: typographic, price: £5, paper: 0.1mm}", "{blurb: Some words.}"),
    "contributors": ("[{name: A. Editor, role: edt}]", "[{name: X, role: aut, sort: 'X, Y'}, {name: Z, role: trl}]"),
}  # fmt: skip
"""Keys with values that are right, as YAML."""


KEYS = (
    "subtitle", "short-title", "date", "id", "isbn", "style", "house-style", "front", "back", "publisher", "place",
    "statement", "description", "subjects", "cover", "waivers", "proof", "agreements-title", "pages", "reader",
)  # fmt: skip


def references(chance: random.Random, small: Files) -> Files:
    """An edition whose references have fields of all types and values."""
    record: dict[str, object] = {"id": "book", "type": chance.choice(TYPES), "title": "A book"}
    for _ in range(chance.randint(1, 6)):
        record[chance.choice(FIELDS)] = chance.choice((*NAMES, *DATES, *VALUES, "A title", "Vol. 2", "12–14"))
    many = [record, *({**record, "id": f"other{at}"} for at in range(chance.randint(0, 2)))]
    return {"references.json": json.dumps(many, ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace")}


TYPES = ("book", "article-journal", "chapter", "webpage", "legal_case", "treaty", "thesis", "manuscript", "film")
FIELDS = (
    "title", "author", "editor", "translator", "issued", "accessed", "publisher", "publisher-place", "page", "volume",
    "container-title", "DOI", "URL", "ISBN", "edition", "genre", "note", "archive", "title-short", "language",
)  # fmt: skip
NAMES: tuple[object, ...] = (
    [{"family": "Writer", "given": "Some"}], [{"literal": "A *society*"}], [{"family": ""}], [{}], ["x"],
    [{"family": "Writer"}] * 9, [{"family": "van Writer", "given": "S.", "suffix": "Jr."}],
)  # fmt: skip
DATES: tuple[object, ...] = (
    {"date-parts": [[1999]]}, {"date-parts": [[1999, 2, 30]]}, {"date-parts": [["1999", "x"]]}, {"date-parts": [[]]},
    {"raw": "spring 1588"}, {"literal": "n.d."}, {"date-parts": [[-44, 3]]}, {"date-parts": [[1999], [2001]]},
)  # fmt: skip


def fonts(chance: random.Random, small: Files) -> Files:
    """An edition that brings a font, which may be damaged."""
    font = small_font() if chance.random() < 0.3 else spoilt_font(chance)
    text = f"# A text\n\n{TOP} 一.\n".encode() if chance.random() < 0.5 else small["text.md"]
    return {f"fonts/own.{chance.choice(('ttf', 'otf'))}": font, "text.md": text}


def page_map(chance: random.Random, small: Files) -> Files:
    """An edition whose pages are frozen by a map; in half of the maps some values are of another kind."""
    names = sorted(chance.sample(range(len(SECTIONS)), chance.randint(1, len(SECTIONS))))
    pages: list[dict[str, object]] = [{"section": SECTIONS[at]} for at in names]
    begun = [{"section": "text", **words} for words in BEGINNINGS if chance.random() < 0.5]
    at = next((at for at, page in enumerate(pages) if page["section"] == "text"), None)
    if at is not None:
        pages[at + 1 : at + 1] = begun
    for number, page in enumerate(pages):
        page["label"] = chance.choice((str(number + 1), f"A-{number}", f"x{number}"))
    printed: dict[str, object] = {"identifier": "urn:isbn:9783161484100", "title": "A title", **DIGESTS}
    written: dict[str, object] = {"printed": printed, "pages": pages}
    spoilt = chance.random() < 0.5
    for _ in range(chance.randint(1, 2) if spoilt else 0):
        holder = chance.choice((written, printed, chance.choice(pages)))
        holder[chance.choice((*holder, "isbn", "x", "quote", "exact", "prefix", "note", "picture"))] = chance.choice(
            (*VALUES, *SECTIONS, TOP)
        )
    content = json.dumps(written, ensure_ascii=chance.random() < 0.5)
    cut = spoilt and chance.random() < 0.1
    return {
        "page-map.json": content[: chance.randrange(len(content)) if cut else len(content)].encode("utf-8", "replace"),
        "edition.yaml": small["edition.yaml"] + b"pages: frozen\n",
    }


SECTIONS = ("title-page", "imprint", "contents", "text", "agreements", "references", "accessibility", "colophon")
BEGINNINGS: tuple[dict[str, object], ...] = (
    {"exact": "words of the text"},
    {"exact": "the", "prefix": "words of "},
    {"exact": "A second", "suffix": " paragraph"},
)
"""Words with which pages of the text can begin, in order."""
DIGESTS: dict[str, object] = {"pdf-sha256": "0" * 64, "text-sha256": "0" * 64}


def plain(chance: random.Random, small: Files) -> Files:
    """An edition of a plain text, which is taken as it stands."""
    writer = Writer(chance)
    paragraphs = [TOP, *(writer.words(40) for _ in range(chance.randint(0, 4)))]
    ends = chance.choice(("\n\n", "\r\n\r\n", "\n\n\n", "\n \n"))
    text = (ends.join(paragraphs) + chance.choice(("", "\n"))).encode()
    named = small["edition.yaml"].replace(b"text.md", b"text.txt")
    return {"text.txt": text, "edition.yaml": named.replace(b"DIGEST", hashlib.sha256(text).hexdigest().encode())}


def reader(chance: random.Random, small: Files) -> Files:
    """Course readers that take units from each other, with links and documents for readings."""
    names = ["", *(f"r{at}/" for at in range(chance.randint(1, 4)))]
    return {f"{name}reader.yaml": _reader(chance, names, at).encode() for at, name in enumerate(names)} | {
        "essay.md": f"# An essay\n\n{LEADING.sub('word', Writer(chance).blocks(1, calls=False))}\n".encode()
    }


LEADING = re.compile(r"\[@[^\]]*\]|\[[^\[\]]*\]\((?:agreement|note):[^)]*\)")
"""What leads to something that a reader does not have."""


LINK = "link: 'https://a.example/', title: L, citation: A., rights: {status: unknown}"


def _reader(chance: random.Random, names: list[str], at: int) -> str:
    written = f"title: Course {at}\nlanguage: en\ndate: 2026-09-01\ncopy: proof\nunits:\n"
    for unit in range(chance.randint(1, 3)):
        others = names[at + 1 :] if chance.random() < 0.9 else names
        if others and chance.random() < 0.5:
            written += f"  - reader: {'..' if at else '.'}/{chance.choice(others).rstrip('/') or '.'}\n"
            continue
        written += f"  - title: Unit {unit}\n    readings:\n"
        for number in range(chance.randint(1, 2)):
            written += f"      - {{slug: s{at}-{unit}-{number}, {LINK}}}\n"
    if not at and chance.random() < 0.5:
        written += "  - title: Last\n    readings:\n      - {document: essay.md, rights: {status: public-domain}}\n"
    return written


GENERATORS: dict[str, Callable[[random.Random, Files], Files]] = {
    "markdown": markdown, "settings": settings, "references": references, "fonts": fonts, "page map": page_map,
    "plain text": plain, "reader": reader,
}  # fmt: skip
