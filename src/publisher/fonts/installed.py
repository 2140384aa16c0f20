"""Fonts that are installed on this computer: which families have characters that an edition lacks.

They are read in a child process with limits; a file that cannot be read is skipped.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTCollection, TTFont

from publisher.fonts.facts import font_facts
from publisher.fonts.families import Family, families
from publisher.fonts.licences import open_licence
from publisher.fonts.packages import OpenFont
from publisher.model.assets import FontFace, Typeface
from publisher.workers.limited import ChildFailed, LimitExceeded, Limits, run_limited
from publisher.workspace import read_file

LIMITS = Limits(seconds=60, memory=1536 * 1024 * 1024, output=32 * 1024 * 1024)
"""What reading some installed fonts may take."""
_AT_ONCE = 200
_RESTRICTED = 0x0002
_LARGEST = 64 * 1024 * 1024
"""Larger files are skipped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledFamily:
    """A family that is installed, and how many of the characters that are wanted it has."""

    family: Family
    count: int

    @property
    def name(self) -> str:
        """The name of the family."""
        return self.family.name

    @property
    def licence(self) -> str | None:
        """The open licence that its faces state; None if they state none that is known."""
        stated = (open_licence(face.face.licence) for face in self.family.faces)
        return next((name for name in stated if name), None)

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of the faces that a book needs: regular and bold, upright and italic."""
        return tuple(dict.fromkeys(Path(family_face.typeface.path) for family_face in self.family.needed_faces()))


def families_with(characters: frozenset[int], paths: Iterable[Path]) -> tuple[InstalledFamily, ...]:
    """The installed families that have some of the characters and may be copied, those with most of them first."""
    found = families(_typefaces(characters, paths))
    counted = (InstalledFamily(family=family, count=len(family.characters & characters)) for family in found)
    fit = (
        installed_family
        for installed_family in counted
        if installed_family.count and installed_family.licence and not _is_restricted(installed_family.family)
    )
    return tuple(sorted(fit, key=lambda installed_family: (-installed_family.count, installed_family.name)))


def best_of(found: Sequence[InstalledFamily], suggested: OpenFont | None) -> InstalledFamily | None:
    """The family to take: the one that is suggested if it has as much as any, else a serif of those with most."""
    most = [installed_family for installed_family in found if installed_family.count == found[0].count]
    named = (
        installed_family
        for installed_family in most
        if suggested and installed_family.name.casefold() == suggested.family.casefold()
    )
    serifs = (installed_family for installed_family in most if "Serif" in installed_family.name)
    return next(named, None) or next(serifs, None) or next(iter(most), None)


def _is_restricted(family: Family) -> bool:
    return any(face.face.embedding & 0x000F == _RESTRICTED for face in family.faces)


def _typefaces(characters: frozenset[int], paths: Iterable[Path]) -> Iterator[Typeface]:
    """The files, each with the faces of which some characters are wanted, and only these characters."""
    waiting = iter(paths)
    while batch := [str(path) for path in islice(waiting, _AT_ONCE)]:
        request = json.dumps({"paths": batch, "characters": sorted(characters)}).encode()
        try:
            answer = json.loads(run_limited("publisher.fonts.installed:examine", request, limits=LIMITS))
        except (LimitExceeded, ChildFailed, ValueError):
            continue
        for path, faces in answer:
            yield Typeface(path=path, media_type="", content=b"", faces=tuple(map(_face, faces)))


def _face(found: dict[str, Any]) -> FontFace:
    axes = tuple((str(tag), float(place)) for tag, place in found["axes"])
    return FontFace(**{**found, "axes": axes, "characters": frozenset(found["characters"])})


def examine(request: bytes) -> bytes:
    """The faces of some files, as JSON; runs in the child."""
    logging.getLogger("fontTools").addHandler(logging.NullHandler())
    asked = json.loads(request)
    wanted = frozenset(asked["characters"])
    found = ((path, [*_faces(Path(path), wanted)]) for path in asked["paths"])
    return json.dumps([(path, faces) for path, faces in found if faces]).encode()


def _faces(path: Path, wanted: frozenset[int]) -> Iterator[dict[str, Any]]:
    """The facts of the faces of a file that have a character that is wanted."""
    try:
        content = read_file(path)
        if len(content) <= _LARGEST:
            for index, font in enumerate(_fonts(content)):
                has = wanted.intersection(font.getBestCmap() or ())
                for face in font_facts(font, index=index)["faces"] if has else ():
                    yield {**face, "characters": sorted(has)}
    except MemoryError:
        raise
    except Exception:  # the libraries raise whatever comes of wrong bytes
        return


def _fonts(content: bytes) -> Sequence[TTFont]:
    if content[:4] == b"ttcf":
        fonts: Sequence[TTFont] = TTCollection(io.BytesIO(content), lazy=True).fonts
        return fonts
    return (TTFont(io.BytesIO(content), lazy=True, recalcTimestamp=False),)
