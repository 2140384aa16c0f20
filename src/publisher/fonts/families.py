"""Font families: the faces that belong together, and those that a page needs of them (CSS Fonts 4, font matching)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz

from publisher.model.assets import FontFace, Typeface

NORMAL, STRONG = 400, 600
"""The weights that style sheets ask for."""
NORMAL_WIDTH = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyFace:
    """A face of a family and its file."""

    file: int
    """The place of its file among those of the edition, from 1."""
    typeface: Typeface
    face: FontFace


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """All faces of one name."""

    number: int
    """Its place among the families of the edition, from 1."""
    name: str
    faces: tuple[FamilyFace, ...]

    @property
    def characters(self) -> frozenset[int]:
        """The code points for which one of its faces has a glyph."""
        return frozenset().union(*(face.face.characters for face in self.faces))

    def has(self, *, italic: bool = False, strong: bool = False) -> bool:
        """Whether it has a face in italics, or a bold one."""
        return any(
            (not italic or face.face.is_italic) and (not strong or face.face.weight >= STRONG) for face in self.faces
        )

    def needed_faces(self) -> tuple[FamilyFace, ...]:
        """The faces nearest to regular and strong, upright and italic, each once, in the order of the files."""
        chosen = {
            id(face): face
            for slanted in (False, True)
            for wanted in (NORMAL, STRONG)
            for face in self._nearest(wanted, slanted=slanted)
        }
        return tuple(
            sorted(
                chosen.values(),
                key=lambda family_face: (family_face.file, family_face.face.index, family_face.face.axes),
            )
        )

    def _nearest(self, wanted: int, *, slanted: bool) -> Iterator[FamilyFace]:
        """The face of a slope that represents a weight; none if there is none of the slope."""
        faces = [face for face in self.faces if face.face.is_italic == slanted]
        if faces:
            yield min(
                faces,
                key=lambda family_face: (
                    abs(family_face.face.width - NORMAL_WIDTH),
                    _distance(family_face.face.weight, wanted),
                ),
            )


def _distance(weight: int, wanted: int) -> tuple[int, int]:
    """How far a weight is from the one that is wanted (CSS Fonts 4, 5.2, step 4.3)."""
    if wanted == NORMAL:
        beyond = 0 if NORMAL <= weight <= 500 else 1 if weight < NORMAL else 2
    else:
        beyond = 0 if weight >= wanted else 1
    return beyond, abs(weight - wanted)


def families(typefaces: Iterable[Typeface]) -> tuple[Family, ...]:
    """The families of some font files, in the order in which their names come first; each face once."""
    found: dict[str, list[FamilyFace]] = {}
    known: set[tuple[str, int, bool, int]] = set()
    for file, typeface in enumerate(typefaces, 1):
        for face in typeface.faces:
            name = face.family.casefold()
            key = (name, face.weight, face.is_italic, face.width)
            if key not in known:
                known.add(key)
                found.setdefault(name, []).append(FamilyFace(file=file, typeface=typeface, face=face))
    return tuple(
        Family(number=number, name=faces[0].face.family, faces=tuple(faces))
        for number, faces in enumerate(found.values(), 1)
    )


def characters_of(content: bytes) -> frozenset[int]:
    """The code points for which a font of the program has a glyph."""
    return frozenset(uharfbuzz.Face(content).unicodes)


@lru_cache(maxsize=64)
def substitutions(content: bytes) -> frozenset[str]:
    """The tags of the substitutions of a font for any script, `sups` for raised figures among them (OpenType, GSUB)."""
    face = uharfbuzz.Face(content)
    scripts = range(len(face.get_table_script_tags("GSUB")))
    return frozenset(tag for at in scripts for tag in face.get_language_feature_tags("GSUB", at))
