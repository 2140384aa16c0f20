"""What is inside a line: text and its markup, citations and what they cite, cross-references, calls.

Plain text is counted in characters from the beginning of the `Text` that the nodes belong to;
only `Run`, `Code`, `Formula` and `LineBreak` (one newline) contribute to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from publisher.diagnostics import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters without markup, exactly as the source has them."""

    text: str
    start: int = 0
    """Offset of the first character in the plain text of the document it belongs to."""
    span: Span | None = field(default=None, compare=False, repr=False)
    """Where it is in the source; None for what the toolchain writes itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Literal characters (CommonMark code span)."""

    text: str
    start: int = 0
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBreak:
    """A forced line end (CommonMark hard line break); one newline in the plain text."""

    start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A formula: `$E = mc^2$` in a line, `$$…$$` set off."""

    tex: str
    """As written between the dollar signs."""
    markup: str
    """As an element `math` of MathML, without `alttext`."""
    text: str
    """The words that it is read as; they are its part of the plain text."""
    display: bool = False
    """Whether it is set off in a line of its own."""
    start: int = 0
    span: Span | None = field(default=None, compare=False, repr=False)
    """From the first dollar sign to the last, or to the brace behind it."""


class Emphasis(StrEnum):
    """How words are set apart, or what they are."""

    ITALIC = "italic"
    """Emphasis: `*words*`."""
    BOLD = "bold"
    SMALL_CAPS = "small-caps"
    ALL_SMALL_CAPS = "all-small-caps"
    """Small capitals for the capitals too: A.D."""
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    ITALIC_TYPE = "italic-type"
    """Italics that emphasize nothing."""
    TITLE = "title"
    """The title of a work."""
    SOURCE = "source"
    """Who or what is cited, in upright type."""
    SHIP = "ship"
    FOREIGN = "foreign"
    """Foreign words in italics; a `Foreign` around them has their language."""
    TERM = "term"
    """A term where it is defined."""
    ROMAN = "roman"
    """A roman numeral."""
    ABBREVIATION = "abbreviation"
    """An abbreviation; `Styled.value` is its kind."""
    DATE = "date"
    """Words that say a date; `Styled.value` is the date."""
    SPEAKER = "speaker"
    STAGE_DIRECTION = "stage-direction"
    PLACE = "place"
    """Words with an id, that links lead to."""
    RUBY = "ruby"
    """Characters with their reading above them, which is `Styled.value` and no part of the plain text."""
    DOTS = "dots"
    """Emphasis by a dot next to each character."""


ITALICS = frozenset(
    {Emphasis.ITALIC, Emphasis.ITALIC_TYPE, Emphasis.TITLE, Emphasis.SHIP, Emphasis.FOREIGN, Emphasis.TERM}
    | {Emphasis.STAGE_DIRECTION}
)
"""What is set in italics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Styled:
    """Words set apart, or marked as what they are."""

    style: Emphasis
    children: tuple[Inline, ...]
    value: str | None = None
    """Of a date, the date in EDTF; of an abbreviation, its kind."""
    id: str | None = None
    """Of a place, the id that links lead to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """Words in another language; `[mot juste]{lang=fr}` in Markdown."""

    language: str
    """BCP 47 tag."""
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link out of the volume (http, https, mailto)."""

    href: str
    children: tuple[Inline, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


class Target(StrEnum):
    """What a cross-reference points at."""

    AGREEMENT = "agreement"
    NOTE = "note"
    READING = "reading"
    PLACE = "place"
    """Anything in the text or in the front and back matter that has an id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossReference:
    """`[words](#id)`, `[](agreement:id#par)`, `[](note:id)`, `[](reading:slug#id)`; `compose` adds words."""

    target: Target
    id: str
    fragment: str | None = None
    """The provision of an agreement, as its heading numbers it (`8`); the id inside a reading (`p12`)."""
    children: tuple[Inline, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedReference:
    """One reference inside a citation."""

    key: str
    """Its id in the file of references."""
    locator: str | None = None
    """What follows the key, as written: `para. 8`, `pp. 12–14, and elsewhere`."""
    prefix: str = ""
    """What precedes it, as written: `see also`."""
    suppress_author: bool = False
    """Whether the author is named elsewhere: `[-@key]`."""
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """`[see @key, para. 8; @other]`."""

    references: tuple[CitedReference, ...]
    narrative: bool = False
    """Whether its author is a word of the sentence: `@key [p. 3]`."""
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FootnoteCall:
    """`[^label]`: a call of the author's own footnote, before composing."""

    label: str
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCall:
    """A call woven into the text by `compose`; never in what an editor wrote."""

    note_id: str
    """`PlacedNote.id` of the note that it calls."""
    id: str
    """Id of the call's own element."""
    mark: str
    """What is printed: `12`, `c`."""
    series: str
    """Id of the series, for styling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """The point where a page of the PDF begins, for the EPUB's page list; prints nothing."""

    id: str
    label: str
    """The printed label: `iv`, `12`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalLink:
    """A resolved link inside the volume; `href` is the id of the target element."""

    target_id: str
    children: tuple[Inline, ...]
    purpose: str = "cross-reference"
    """`cross-reference`, `citation`, `cited-in`: a class for styling."""


Inline = (
    Run
    | Code
    | LineBreak
    | Formula
    | Styled
    | Foreign
    | Link
    | CrossReference
    | Citation
    | FootnoteCall
    | NoteCall
    | PageBreak
    | InternalLink
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One CSL-JSON record (https://docs.citationstyles.org/en/stable/specification.html), as its JSON text."""

    key: str
    """Its `citation-key`, else its `id`."""
    record: str
    """The record as canonical JSON text (sorted keys)."""
    span: Span
    aliases: tuple[str, ...] = ()
    """Other keys by which it can be cited: an `id` next to a `citation-key`, BibLaTeX's `ids`."""
    passed_over: tuple[str, ...] = ()
    """Fields of its file that are not known."""
