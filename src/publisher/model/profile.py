"""What a PDF is made for (the screen, a printer, an archive), and the house styles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from publisher.diagnostics import Span
from publisher.model.page import LineNumbers, Margins, Sides
from publisher.model.pdf_standard import PrintStandard


class Style(StrEnum):
    """A house style: a set of style sheets over shared tokens."""

    DEFAULT = "default"
    ACCESSIBLE = "accessible"
    """Large sans, ragged, wide, of strong contrast."""
    COMPACT = "compact"
    """Small type, narrow margins: saves paper."""


class Profile(StrEnum):
    """What a PDF is made for."""

    SCREEN = "screen"
    """Tagged, with links: PDF/UA-1 and PDF/A-3a."""
    PRINT = "print"
    """For a printer: PDF/X (ISO 15930)."""
    ARCHIVE = "archive"
    """What is made for the screen, with the edition's files inside."""


class Inks(StrEnum):
    """What is printed with."""

    CMYK = "cmyk"
    BLACK = "black"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourProfile:
    """An ICC profile (ICC.1:2022) of a press and its paper."""

    shown: str
    """The name under which its editor knows it."""
    content: bytes
    span: Span | None = None
    """Where `edition.yaml` names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintSettings:
    """How the PDF for the printer is made."""

    standard: PrintStandard = PrintStandard.X_4
    icc: str | None = None
    """File of the ICC profile in the edition's folder; None for the one of this computer."""
    condition: str | None = None
    """Name of the printing condition in the ICC's registry: `FOGRA51`."""
    inks: Inks = Inks.CMYK
    bleed: str = "3mm"
    """How far paper is printed on beyond its edge, a CSS length."""
    marks: bool = True
    """Whether crop and registration marks are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What the pages of a profile have otherwise than `output` says; None where nothing is said."""

    page: tuple[str, str] | None = None
    """Trim width and height, CSS lengths."""
    page_span: Span | None = None
    """Where the margins or the trim are named, if they are."""
    style: Style | None = None
    sides: Sides | None = None
    margins: Margins | None = None
    line_numbers: LineNumbers | None = None
    references: bool | None = None
    """Whether page numbers follow cross-references, and addresses follow links."""

    def over(self, other: Overrides) -> Overrides:
        """These, and where they say nothing the other ones."""
        own = {name: getattr(self, name) for name in self.__slots__}
        return replace(other, **{name: value for name, value in own.items() if value is not None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Profiles:
    """Which PDFs are made, and how."""

    wanted: tuple[Profile, ...] = (Profile.SCREEN,)
    screen: Overrides = Overrides()
    archive: Overrides = Overrides()
    """In addition to those of the screen."""
    print: Overrides = Overrides()
    printed: PrintSettings = PrintSettings()

    def overrides(self, profile: Profile) -> Overrides:
        """What the pages of a profile have otherwise; those of the archive are the screen's, but for what it says."""
        match profile:
            case Profile.SCREEN:
                return self.screen
            case Profile.ARCHIVE:
                return self.archive.over(self.screen)
            case Profile.PRINT:
                return self.print
            case _:
                assert_never(profile)

    def references(self, profile: Profile) -> bool:
        """Whether page numbers and addresses are printed in a profile: where nothing is said, on paper alone."""
        said = self.overrides(profile).references
        return profile is Profile.PRINT if said is None else said

    def leading(self, asked: tuple[Profile, ...]) -> Profile:
        """The profile whose pages everybody counts: the printed one where it is made at all, else the screen's."""
        made = (*asked, *self.wanted)
        return min(made, key=(Profile.PRINT, Profile.SCREEN, Profile.ARCHIVE).index)


_UNITS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75, "q": 18 / 25.4}


def points(length: str) -> float:
    """A CSS length in points (https://www.w3.org/TR/css-values-4/#absolute-lengths)."""
    number = length.rstrip("abcdefghijklmnopqrstuvwxyzQ")
    return float(number) * _UNITS.get(length[len(number) :].lower(), 0)


def file_name(name: str, profile: Profile) -> str:
    """The file name of the PDF of a volume with this name."""
    return f"{name}.pdf" if profile is Profile.SCREEN else f"{name}.{profile}.pdf"


def profile_of(file: str, *, name: str) -> Profile:
    """The profile of a file that was built from the volume with this name, which its own name reports."""
    others = (Profile.PRINT, Profile.ARCHIVE)
    own = file == f"{name}.pdf"
    return next((profile for profile in others if not own and file.lower().endswith(f".{profile}.pdf")), Profile.SCREEN)
