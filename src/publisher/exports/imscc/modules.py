"""A course reader as modules of a course: a module a unit, its readings, and what is before and after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.compose.destinations import reading_id
from publisher.model.facts import shown_readings
from publisher.model.publication import Publication, Role, Section
from publisher.model.reader import AnnotatedReader, LinkBody
from publisher.model.target import Audience, Format

FRONT = (Role.INTRODUCTION, Role.MATTER)
"""What precedes the units in a cartridge; title page, imprint and contents are those of the course system."""
BACK = (Role.AGREEMENTS, Role.NOTES, Role.REFERENCES, Role.ACKNOWLEDGEMENTS, Role.ACCESSIBILITY, Role.COLOPHON)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseReading:
    """A reading in a module."""

    slug: str
    title: str
    sections: tuple[Section, ...]
    """Its opening, then its text."""
    url: str | None
    """The address, of something that is read elsewhere."""
    is_for_instructors: bool
    is_foreign: bool
    """Whether it is pages of a PDF."""
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A unit with its readings."""

    id: str
    title: str
    opening: Section
    readings: tuple[CourseReading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseParts:
    """Everything that a cartridge has."""

    front: tuple[Section, ...]
    modules: tuple[Module, ...]
    back: tuple[Section, ...]

    def readings(self) -> Iterator[CourseReading]:
        """Every reading, module by module."""
        for module in self.modules:
            yield from module.readings


def course_parts(publication: Publication, annotated: AnnotatedReader, *, audience: Audience) -> CourseParts:
    """The parts of a reader's volume that was composed for an audience."""
    shown = tuple(item for item in publication.sections if Format.EPUB in item.formats)
    own = {reading_id(reading.slug): reading for _, reading in shown_readings(annotated.reader, audience)}
    modules: list[Module] = []
    for at, section in enumerate(shown):
        if section.role is not Role.UNIT:
            continue
        readings = tuple(
            CourseReading(
                slug=own[first.id].slug,
                title=first.label,
                sections=parts,
                url=body.url if isinstance(body := own[first.id].body, LinkBody) else None,
                is_for_instructors=own[first.id].audience is Audience.INSTRUCTOR,
                is_foreign=first.foreign is not None,
                questions=len(own[first.id].questions),
            )
            for first, parts in _readings(shown[at + 1 :])
        )
        modules.append(Module(id=section.id, title=section.label, opening=section, readings=readings))
    inside = {item.id for module in modules for reading in module.readings for item in reading.sections}
    units = {module.opening.id for module in modules}
    outside = tuple(item for item in shown if item.id not in inside | units)
    return CourseParts(
        front=tuple(item for item in outside if item.role in FRONT),
        modules=tuple(modules),
        back=tuple(item for item in outside if item.role in BACK),
    )


def _readings(sections: tuple[Section, ...]) -> Iterator[tuple[Section, tuple[Section, ...]]]:
    """The readings that follow the page of a unit: each with its opening and the sections up to the next one."""
    parts: list[Section] = []
    for section in sections:
        if section.role is Role.UNIT or section.role in BACK:
            break
        if section.role is Role.OPENING and parts:
            yield parts[0], tuple(parts)
            parts = []
        if section.role is Role.OPENING or parts:
            parts.append(section)
    if parts:
        yield parts[0], tuple(parts)
