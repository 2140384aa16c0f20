"""Words and lines of Markdown, drawn by hypothesis, each with what lemmas quote of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
DEEPEST = 2
"""How deep markup is nested in markup."""
ONSETS, NUCLEI = "bdfgklmnprstv", "aeiou"
FILLER = (
    "of", "the", "and others", "with", "in a long and winding sentence", "naïve", "“quoted”", "it’s", "well-known",
    "e\u0301te\u0301", "Straße", "São", "1588", "p.\u00a012", "–", "…", "(as it was)", "½", "“‘so’”",
    "a,b;c:d", "U.S.", "don't", "x²", "ﬁ", "€\u202f12", "!?", "A/B", "50%",
)  # fmt: skip
IDEOGRAPHS = "一丂一"
"""Words that the house's typefaces lack and the edition's own has."""
HEBREW = "ש\u05b8לו\u05b9ם"
"""A word with vowel points."""
SIGNS = (
    ("&amp;", "&amp;"), (r"\*", r"\*"), (r"\[", r"\["), (r"\]", r"\]"), (r"\\", r"\\"), ("&lt;b&gt;", "&lt;b&gt;"),
    (r"\_", r"\_"), (r"\`", r"\`"), ("&nbsp;", "&nbsp;"), (r"\@", r"\@"), (r"\{", r"\{"), (r"\#", r"\#"), ("~", "~"),
    ("$", "$"), ("^", "^"), ("=", "="), (r"\|", r"\|"),
)  # fmt: skip
LANGUAGES = ("fr", "de", "la", "el", "zh-Hant", "he", "en-GB", "ru")
STYLES = (
    "small-caps", "superscript", "subscript", "title", "ship", "foreign", "italic", "source", "term", "roman",
    "all-small-caps",
)  # fmt: skip
ABBREVIATIONS = ("acronym", "initialism", "truncation", "name", "title", "place", "era", "measure", "compass", "other")
FORMULAS = ("E = mc^2", r"\frac{1}{2}", "x_1", r"\alpha + \beta")
LINKS = ("https://a.example/", "http://a.example/x?y=1&z=2#a", "mailto:a@b.example", "https://a.example/é")
LOCATORS = ("", ", p. 8", ", pp. 3–4", "; @second, 9", ", chap. 2, para. 1")


class Room(Enum):
    """Where a line is written."""

    PARAGRAPH = auto()
    """In a block that may have line ends."""
    LINE = auto()
    """In a heading, term or line of verse."""
    CELL = auto()
    """In a cell of a table."""
    CAPTION = auto()
    """Between the quotation marks after the address of a picture."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its markup, and the Markdown of the same word in a lemma; a lemma may begin and end with it."""

    source: str
    lemma: str
    after: str = " "
    """What divides it from the next one."""


Line = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive words of the text, in one leaf block, that notes can be about."""

    words: tuple[str, ...]


@dataclass(slots=True)
class Pen:
    """Draws words; no two of its distinct words are alike."""

    draw: st.DrawFn
    agreements: Sequence[str] = ()
    notes: Sequence[str] = ()
    footnotes: int = 0
    """How many footnotes the document has that calls can name."""
    own_font: bool = False
    """Whether the edition brings a typeface with ideographs."""
    hebrew: bool = False
    """Whether it brings a typeface with Hebrew letters."""
    called: set[int] = field(default_factory=set)
    distinct: int = 0
    places: list[str] = field(default_factory=list)
    """The ids that have been given anywhere in the edition."""

    def among(self, count: int) -> int:
        """A number from 0; hypothesis shrinks it to 0."""
        return self.draw(st.integers(0, count - 1))

    def one(self, of: Sequence[T]) -> T:
        """One of several; hypothesis shrinks to the first."""
        return of[self.among(len(of))]

    def often(self, of: int) -> bool:
        """Whether something happens that does in one of so many cases; hypothesis shrinks to no."""
        return self.among(of) == of - 1

    def word(self) -> str:
        """A word that the edition does not have twice, not even in part: six letters."""
        number, letters = self.distinct, ""
        self.distinct += 1
        for _ in range(3):
            number, onset = divmod(number, len(ONSETS))
            number, nucleus = divmod(number, len(NUCLEI))
            letters += ONSETS[onset] + NUCLEI[nucleus]
        return letters

    def place(self) -> str:
        """An id that the edition does not have twice."""
        self.places.append(f"at-{self.word()}")
        return self.places[-1]

    def line(self, room: Room, *, depth: int = 0, calls: bool = True, most: int = 5) -> Line:
        """The words of a leaf block, the first a distinct one."""
        first = self.word()
        tokens = [Token(first, first)]
        for _ in range(self.among(most)):
            tokens += self._piece(room, depth, calls)
        return tuple(tokens)

    def _piece(self, room: Room, depth: int, calls: bool) -> Line:
        """Some more words, most of them with markup."""
        kinds: tuple[Callable[[Room, int, bool], Line], ...] = (
            self._plain, self._filler, self._filler, self._set_apart, self._set_apart, self._inside, self._foreign,
            self._styled, self._link, self._cited, self._referred, self._code, self._sign, self._broken, self._wrapped,
            self._called, self._stretch, self._marked, self._marked, self._placed, self._linked, self._formula,
            self._ruby, self._right_to_left,
        )  # fmt: skip
        return self.one(kinds)(room, depth, calls)

    def _plain(self, room: Room, depth: int, calls: bool) -> Line:
        word = self.word()
        return (Token(word, word),)

    def _filler(self, room: Room, depth: int, calls: bool) -> Line:
        return (*(Token(word, word) for word in self._filling().split(" ")), *self._plain(room, depth, calls))

    def _filling(self) -> str:
        return self.one((*FILLER, IDEOGRAPHS) if self.own_font else FILLER)

    def _stretch(self, room: Room, depth: int, calls: bool) -> Line:
        """A long sentence, so that paragraphs have several lines and chapters several pages."""
        if room is not Room.PARAGRAPH:
            return self._plain(room, depth, calls)
        many = [word for word in FILLER for word in word.split(" ")] * self.one((1, 1, 2))
        return tuple(Token(word, word) for word in many) + self._plain(room, depth, calls)

    def _nest(self, room: Room, depth: int, calls: bool) -> Line:
        return self.line(room, depth=depth + 1, calls=calls, most=3) if depth < DEEPEST else self._plain(room, 0, calls)

    def _set_apart(self, room: Room, depth: int, calls: bool) -> Line:
        return wrapped(self._nest(room, depth, calls), *((self.one(("*", "**", "***")),) * 2))

    def _inside(self, room: Room, depth: int, calls: bool) -> Line:
        """A word of which a part is set apart."""
        word, mark = self.word(), self.one(("*", "**"))
        return (Token(f"{word[:2]}{mark}{word[2:4]}{mark}{word[4:]}", word),)

    def _foreign(self, room: Room, depth: int, calls: bool) -> Line:
        return wrapped(self._nest(room, depth, calls), "[", f"]{{lang={self.one(LANGUAGES)}}}")

    def _styled(self, room: Room, depth: int, calls: bool) -> Line:
        return wrapped(self._nest(room, depth, False), "[", f"]{{.{self.one(STYLES)}}}")

    def _marked(self, room: Room, depth: int, calls: bool) -> Line:
        """Words with the kind of an abbreviation, or that say a date."""
        given = self.one((f"abbr={self.one(ABBREVIATIONS)}", "date=1666-03-25", "date=1914/1918"))
        return wrapped(self._plain(room, depth, False), "[", f"]{{{given}}}")

    def _placed(self, room: Room, depth: int, calls: bool) -> Line:
        """Words that links lead to."""
        return wrapped(self._plain(room, depth, False), "[", f"]{{#{self.place()}}}")

    def _linked(self, room: Room, depth: int, calls: bool) -> Line:
        """A link to something with an id."""
        if not self.places:
            return self._plain(room, depth, calls)
        target = self.one(self.places)
        if self.often(3):
            return (Token(f"[](#{target})", ""),)
        return wrapped(self._plain(room, depth, False), "[", f"](#{target})")

    def _formula(self, room: Room, depth: int, calls: bool) -> Line:
        return (Token(f"${self.one(FORMULAS)}$", ""), *self._plain(room, depth, calls))

    def _ruby(self, room: Room, depth: int, calls: bool) -> Line:
        """Ideographs with a reading, or with dots."""
        if not self.own_font:
            return self._plain(room, depth, calls)
        given = self.one(("ruby=a", 'ruby="a|b|c"', ".dots"))
        return (Token(f"[{IDEOGRAPHS}]{{{given}}}", IDEOGRAPHS), *self._plain(room, depth, calls))

    def _right_to_left(self, room: Room, depth: int, calls: bool) -> Line:
        """A word of Hebrew between others, now and then with its language."""
        if not self.hebrew:
            return self._plain(room, depth, calls)
        source = f"[{HEBREW}]{{lang=he}}" if self.often(2) else HEBREW
        return (Token(source, HEBREW), *self._plain(room, depth, calls))

    def _link(self, room: Room, depth: int, calls: bool) -> Line:
        return wrapped(self._plain(room, depth, False), "[", f"]({self.one(LINKS)})")

    def _cited(self, room: Room, depth: int, calls: bool) -> Line:
        return (Token(f"[@first{self.one(LOCATORS)}]", ""),)

    def _referred(self, room: Room, depth: int, calls: bool) -> Line:
        targets = (
            *(f"agreement:{agreement}" for agreement in self.agreements),
            *(f"note:{note}" for note in self.notes),
        )
        if not targets:
            return self._plain(room, depth, calls)
        target = self.one(targets)
        if self.often(2):
            return (Token(f"[]({target})", ""),)
        return wrapped(self._plain(room, depth, False), "[", f"]({target})")

    def _code(self, room: Room, depth: int, calls: bool) -> Line:
        word = self.word()
        return (Token(f"`{word}`", word),)

    def _sign(self, room: Room, depth: int, calls: bool) -> Line:
        source, lemma = self.one(SIGNS)
        return (Token(source, lemma), *self._plain(room, depth, calls))

    def _broken(self, room: Room, depth: int, calls: bool) -> Line:
        """A word and a forced line end."""
        word = self.word()
        after = "\\\n" if room is Room.PARAGRAPH and depth == 0 else " "
        return (Token(word, word, after), *self._plain(room, depth, calls))

    def _wrapped(self, room: Room, depth: int, calls: bool) -> Line:
        """A word at the end of a line of the file."""
        word = self.word()
        after = "\n" if room is Room.PARAGRAPH else " "
        return (Token(word, word, after), *self._plain(room, depth, calls))

    def _called(self, room: Room, depth: int, calls: bool) -> Line:
        if not (calls and self.footnotes):
            return self._plain(room, depth, calls)
        number, word = self.among(self.footnotes), self.word()
        self.called.add(number)
        return (Token(f"{word}[^f{number}]", word),)


def wrapped(line: Line, before: str, after: str) -> Line:
    """A line between two pieces of markup."""
    tokens = [*line]
    tokens[0] = replace(tokens[0], source=before + tokens[0].source)
    tokens[-1] = replace(tokens[-1], source=tokens[-1].source + after, after=" ")
    return tuple(tokens)


def written(line: Line, room: Room = Room.PARAGRAPH) -> str:
    """The Markdown of a line."""
    text = "".join(token.source + token.after for token in line[:-1]) + line[-1].source
    return re.sub(r'([\\"&])', r"\\\1", text) if room is Room.CAPTION else text


def passage(line: Line) -> Passage:
    """The words of a line that lemmas can quote."""
    return Passage(tuple(token.lemma for token in line if token.lemma))
