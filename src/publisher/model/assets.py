"""Files that an edition brings, as they were read: pictures, typefaces, sources."""

from __future__ import annotations

from dataclasses import dataclass, field

from publisher.diagnostics import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture that the edition uses, read once."""

    path: str
    """As the manuscript names it."""
    media_type: str
    content: bytes
    width: int
    """In pixels; for SVG from its viewBox."""
    height: int
    shown: str = field(default="", compare=False)
    """Path to show, relative to where the command was run."""
    source: bytes = field(default=b"", compare=False, repr=False)
    """Of a drawing the file that it was rebuilt from, for its lines."""

    @property
    def is_drawing(self) -> bool:
        """Whether it is drawn, and has no pixels."""
        return self.media_type == "image/svg+xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFace:
    """One face of a font file: of a collection one of its fonts, of a variable font one place on its axes."""

    family: str
    """The typographic family, as the font's table `name` has it: `EB Garamond`."""
    style: str
    """The name of its style: `SemiBold Italic`."""
    weight: int
    """From 1 to 1000; 400 is regular, 700 bold (CSS Fonts 4, `font-weight`)."""
    is_italic: bool
    width: int
    """From 1 to 9; 5 is normal (OpenType, `usWidthClass`)."""
    index: int = 0
    """Which font of a collection it is."""
    axes: tuple[tuple[str, float], ...] = ()
    """The place on each axis of a variable font; none for a font that does not vary."""
    embedding: int = 0
    """The bits `fsType`: what the licence says of embedding."""
    licence: str = ""
    """The licence as the font states it, and its address."""
    characters: frozenset[int] = field(default=frozenset(), compare=False, repr=False)
    """The code points for which it has a glyph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """An axis of a variable font."""

    tag: str
    least: float
    default: float
    most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeface:
    """A font file that the edition brings."""

    path: str
    """Path inside the edition's folder: `fonts/NotoSerifSC.otf`."""
    media_type: str
    """`font/otf`, `font/ttf`, `font/collection` or `font/woff2`."""
    content: bytes
    faces: tuple[FontFace, ...] = ()
    """The faces that pages can be set in; none of a file that cannot be used."""
    axes: tuple[Axis, ...] = ()
    """What varies in a variable font."""
    instances: tuple[str, ...] = ()
    """The names that a variable font gives to places on its axes: `Light`, `Bold`."""
    fault: str = ""
    """Why it cannot be used, as the end of a sentence; empty if it can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A family that `fonts:` names, and where."""

    family: str
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FontChoices:
    """Which families an edition or a reader asks for."""

    text: Assigned | None = None
    """The family of the text; None for that of the style."""
    sans: Assigned | None = None
    languages: tuple[tuple[str, Assigned], ...] = ()
    """Families by BCP 47 tags."""
    scripts: tuple[tuple[str, Assigned], ...] = ()
    """Families by ISO 15924 codes."""

    @property
    def assigned(self) -> tuple[Assigned, ...]:
        """Every family that is named, in their order."""
        first = tuple(item for item in (self.text, self.sans) if item is not None)
        return (*first, *(language for _, language in (*self.languages, *self.scripts)))


NO_FONT_CHOICES = FontChoices()
"""The families of the style."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file of the edition's folder, as it was read."""

    path: str
    """Path inside the folder, with `/`."""
    content: bytes = field(repr=False)
