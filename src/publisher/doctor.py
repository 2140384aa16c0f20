"""What this machine has of what building and testing need, and how to get the rest."""

from __future__ import annotations

import ctypes
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.isolation import OutsideCurrentFolder
from publisher.layout.weasyprint.patches import PATCHES
from publisher.layout.weasyprint.sources import TESTED, changed_targets
from publisher.validators.process import program
from publisher.validators.registry import VALIDATORS, Validator
from publisher.workspace import system_colour_profile


class Need(StrEnum):
    """What something is needed for."""

    BUILDING = "building"
    PRINTING = "printing"
    TESTING = "testing"


DISTRIBUTION = "publisher-editions"
"""The name under which packages are installed; the command and the package are called publisher."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something that building or testing needs."""

    name: str
    kind: str
    """`Python package`, `font`, `library`, `program`, `validator`."""
    need: Need
    found: str | None
    """Its version or its place; None where it is missing."""
    remedy: str
    """The command that installs it, or the commands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packages:
    """What something is called by those who package it."""

    debian: str
    fedora: str
    homebrew: str

    def remedy(self) -> str:
        """The command for the package manager that is here; Debian's where none is known."""
        if program("apt-get") is None and program("dnf"):
            return f"sudo dnf install {self.fedora}"
        if program("apt-get") is None and program("brew"):
            return f"brew install {self.homebrew}"
        return f"sudo apt-get install {self.debian}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A native library that WeasyPrint loads."""

    name: str
    files: tuple[str, ...]
    """What it is called on Linux, macOS and Windows."""
    packages: Packages


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program that tests call."""

    name: str
    commands: tuple[str, ...]
    """Names under which it may be found."""
    packages: Packages


PANGO = Packages(debian="libpango-1.0-0", fedora="pango", homebrew="pango")
HARFBUZZ = Packages(debian="libharfbuzz0b", fedora="harfbuzz", homebrew="harfbuzz")
LIBRARIES = (
    Library(
        name="GObject",
        files=("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
        packages=Packages(debian="libglib2.0-0", fedora="glib2", homebrew="glib"),
    ),
    Library(name="Pango", files=("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"), packages=PANGO),
    Library(
        name="PangoFT2",
        files=("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
        packages=Packages(debian="libpangoft2-1.0-0", fedora="pango", homebrew="pango"),
    ),
    Library(name="HarfBuzz", files=("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"), packages=HARFBUZZ),
    Library(
        name="HarfBuzz subset",
        files=("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
        packages=Packages(debian="libharfbuzz-subset0", fedora="harfbuzz", homebrew="harfbuzz"),
    ),
    Library(
        name="Fontconfig",
        files=("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
        packages=Packages(debian="libfontconfig1", fedora="fontconfig", homebrew="fontconfig"),
    ),
)
"""As in weasyprint/text/ffi.py of WeasyPrint 70."""

PROGRAMS = (
    Program(
        name="Java",
        commands=("java",),
        packages=Packages(debian="default-jre-headless", fedora="java-latest-openjdk-headless", homebrew="openjdk"),
    ),
    Program(
        name="Node.js",
        commands=("node", "nodejs"),
        packages=Packages(debian="nodejs npm", fedora="nodejs npm", homebrew="node"),
    ),
    Program(
        name="Chromium",
        commands=("chromium", "chromium-browser", "google-chrome"),
        packages=Packages(debian="chromium", fedora="chromium", homebrew="--cask chromium"),
    ),
    Program(
        name="Poppler",
        commands=("pdftotext",),
        packages=Packages(debian="poppler-utils", fedora="poppler-utils", homebrew="poppler"),
    ),
    Program(
        name="Ghostscript",
        commands=("gs",),
        packages=Packages(debian="ghostscript", fedora="ghostscript", homebrew="ghostscript"),
    ),
    Program(
        name="liblouis",
        commands=("lou_translate",),
        packages=Packages(debian="liblouis-bin", fedora="liblouis-utils", homebrew="liblouis"),
    ),
    Program(
        name="OCRmyPDF",
        commands=("ocrmypdf",),
        packages=Packages(debian="ocrmypdf", fedora="ocrmypdf", homebrew="ocrmypdf"),
    ),
    Program(
        name="Tesseract",
        commands=("tesseract",),
        packages=Packages(debian="tesseract-ocr", fedora="tesseract", homebrew="tesseract"),
    ),
)


def examine() -> tuple[Part, ...]:
    """Everything that is needed, found or missing: what building needs first."""
    found = (
        _python(),
        *_python_packages(),
        *map(_library, LIBRARIES),
        *map(_program, PROGRAMS),
        *map(_validator, VALIDATORS),
        _patches(),
    )
    order = tuple(Need)
    return tuple(sorted((*found, _colours()), key=lambda part: order.index(part.need)))


def lacks_for_building(parts: tuple[Part, ...]) -> bool:
    """Whether something is missing without which nothing can be built."""
    return any(part.need is Need.BUILDING and part.found is None for part in parts)


def demand_libraries() -> None:
    """Raises `PublisherError` (L-002, exit code 3) with each native library that is missing.

    WeasyPrint would say the same on standard output, and then fail to be imported.
    """
    missing = [part for part in map(_library, LIBRARIES) if part.found is None]
    if missing:
        raise PublisherError(*map(_missing, missing), exit_code=ExitCode.MISSING)


def _missing(part: Part) -> Diagnostic:
    return Diagnostic(code="L-002", message=f"the library {part.name} is not installed", hint=part.remedy)


def _python() -> Part:
    return Part(name="Python", kind="program", need=Need.BUILDING, found=platform.python_version(), remedy="")


def _python_packages() -> Iterator[Part]:
    """The packages that the installed project says it requires (https://peps.python.org/pep-0508/)."""
    for requirement in metadata.requires(DISTRIBUTION) or ():
        words, _, marker = requirement.partition(";")
        name = re.split(r"[^\w.-]", words, maxsplit=1)[0]
        need = Need.TESTING if "extra" in marker else Need.BUILDING
        kind = "font" if name.startswith("font-") else "Python package"
        yield Part(name=name, kind=kind, need=need, found=_version(name), remedy=f"pip install {_quote(words)}")


def _quote(requirement: str) -> str:
    """A requirement as a shell reads it: a version is compared with signs that mean something else there."""
    words = requirement.strip()
    return words if re.fullmatch(r"[\w.\[\]-]+", words) else f"'{words}'"


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _library(library: Library) -> Part:
    found = next((file for file in library.files if _loads(file)), None)
    return Part(name=library.name, kind="library", need=Need.BUILDING, found=found, remedy=library.packages.remedy())


def _loads(file: str) -> bool:
    try:
        with OutsideCurrentFolder():
            ctypes.CDLL(file)
    except OSError:
        return False
    return True


def _program(sought: Program) -> Part:
    place = program(*sought.commands)
    return Part(
        name=sought.name,
        kind="program",
        need=Need.TESTING,
        found=None if place is None else str(place),
        remedy=sought.packages.remedy(),
    )


def _colours() -> Part:
    """The ICC profile that printed files are made for where an edition names none."""
    found = system_colour_profile()
    packages = Packages(debian="libgs-common", fedora="libgs", homebrew="ghostscript")
    return Part(
        name="CMYK",
        kind="ICC profile",
        need=Need.PRINTING,
        found=None if found is None else found[0],
        remedy=packages.remedy(),
    )


def _patches() -> Part:
    """Whether the patches of WeasyPrint were written for the one that is installed."""
    changed = [patch.name for patch in PATCHES if changed_targets(patch)]
    return Part(
        name="WeasyPrint's source",
        kind="patches",
        need=Need.TESTING,
        found=None if changed else f"as {len(PATCHES)} patches expect it",
        remedy=f"pip install weasyprint=={TESTED}, for which these were written: {', '.join(changed)}",
    )


def _validator(validator: Validator) -> Part:
    """A validator with all that it needs."""
    return Part(
        name=validator.name,
        kind="validator",
        need=Need.TESTING,
        found=None if validator.missing else validator.version(),
        remedy="; ".join(need.remedy for need in validator.missing),
    )
