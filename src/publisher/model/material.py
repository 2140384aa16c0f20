"""Files that an edition brings, as they were read: pictures, typefaces, sources."""

from __future__ import annotations

from dataclasses import dataclass, field


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
class Typeface:
    """A font file that the edition brings, for characters that the house's typefaces lack."""

    path: str
    """Path inside the edition's folder: `fonts/NotoSerifSC.otf`."""
    media_type: str
    """`font/otf` or `font/ttf`."""
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file of the edition's folder, as it was read."""

    path: str
    """Path inside the folder, with `/`."""
    content: bytes = field(repr=False)
