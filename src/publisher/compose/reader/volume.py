"""A course reader → a publication: units, readings, one appendix, one list of references, acknowledgements, index."""

from __future__ import annotations

from publisher.compose.audience import identifier_for, named_for, shown_in
from publisher.compose.back import GENERATOR
from publisher.compose.contents import contents
from publisher.compose.i18n import Words, fix, words_for
from publisher.compose.notes.apparatus import author_series
from publisher.compose.reader.collect import gather
from publisher.compose.reader.proof_sheet import proof_sheet, stamp
from publisher.compose.typesetting import with_picture_widths
from publisher.model.publication import Metadata, Publication
from publisher.model.reader import AnnotatedReader, Reader
from publisher.model.settings import Rights, RightsStatus
from publisher.model.target import Audience
from publisher.sanitize.sheets import shipped_sheets


def compose_reader(annotated: AnnotatedReader, *, moment: str, audience: Audience) -> Publication:
    """The volume of a course reader.

    Raises `PublisherError` where the citation style is unknown, a reference cannot be set in it, or there is no
    reading of the name that is pointed at (C-017).
    """
    reader = annotated.reader
    words = words_for(reader.course.language)
    volume = gather(annotated, words, audience)
    sections = with_picture_widths(volume.sections(), reader.course.typesetting)
    images = shown_in(sections, volume.images())
    said = stamp(reader.course, words)
    return Publication(
        metadata=_metadata(reader, volume.statement, moment, audience, words),
        output=named_for(reader.course.output, audience),
        series=(*volume.series(), author_series(words.author_notes)),
        sections=sections,
        contents=contents(sections),
        images=images,
        words=fix(words, language=reader.course.language, stamp=said),
        templates=reader.own.templates,
        stylesheets=(*shipped_sheets(reader.own.stylesheets), *proof_sheet(said)),
        typefaces=volume.typefaces(),
        fonts=reader.course.fonts,
        typesetting=reader.course.typesetting,
        ledger=volume.ledger,
        colour_profile=reader.own.colour_profile,
        printer=reader.own.printer,
        cover=reader.own.cover,
    )


def _metadata(reader: Reader, statement: str | None, moment: str, audience: Audience, words: Words) -> Metadata:
    course = reader.course
    return Metadata(
        title=course.title,
        subtitle=" · ".join(part for part in (course.code, course.term) if part) or None,
        short_title=course.short_title,
        language=reader.course.language,
        identifier=identifier_for(course.identifier, audience),
        isbn=None,
        contributors=course.instructors,
        publisher=course.institution,
        place=None,
        date=course.date,
        modified=moment,
        statement=statement,
        description=course.description,
        subjects=course.subjects,
        rights=Rights(
            status=RightsStatus.UNKNOWN, statement=words.course.about_rights, apparatus=None, licence_url=None
        ),
        provenance=reader.own.settings.provenance,
        generator=GENERATOR,
        trade=course.trade,
    )
