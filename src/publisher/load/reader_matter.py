"""A reader's own matter and its Markdown documents, as editions: so every rule for editions holds for them too."""

from __future__ import annotations

from publisher.load.assets.images import images
from publisher.load.assets.overrides_files import bring, typefaces
from publisher.load.loading import Loading
from publisher.load.markdown.document import markdown
from publisher.load.yaml.types import Placed
from publisher.model.edition import Edition, Matter
from publisher.model.inline import Reference
from publisher.model.reader import Course
from publisher.model.settings import Provenance, Rights, RightsStatus, Settings
from publisher.model.text import Text
from publisher.workspace import digest

INTRODUCTION = "introduction"


def own_edition(
    course: Course, loading: Loading, *, introduction: Placed | None, references: tuple[Reference, ...]
) -> Edition:
    """The reader's introduction, references, templates, styles and typefaces, around no text."""
    source = None if introduction is None else loading.source(introduction)
    text = None if source is None else markdown(source, figures=loading.figures, findings=loading.findings)
    return Edition(
        settings=_settings(
            course,
            _provenance("reader.yaml", loading.folder.digest_of("reader.yaml", course.source.text.encode())),
        ),
        text=Text(title=(), blocks=(), plain="", source=course.source),
        front=() if text is None else (Matter(id=INTRODUCTION, text=text),),
        back=(),
        notes=(),
        agreements=(),
        references=references,
        images=images(loading.figures, folder=loading.folder, findings=loading.findings),
        templates=bring("templates/**/*.j2", loading),
        stylesheets=bring("styles/**/*.css", loading),
        typefaces=typefaces(loading),
    )


def document(placed: Placed, *, course: Course, loading: Loading, references: tuple[Reference, ...]) -> Edition | None:
    """A Markdown document as an edition without notes; None after noting why it cannot be read."""
    content = loading.read(placed)
    source = None if content is None else loading.decode(content, name=placed.text)
    if content is None or source is None:
        return None
    alone = Loading(folder=loading.folder, findings=loading.findings)
    text = markdown(source, figures=alone.figures, findings=alone.findings)
    cut = digest(content) if loading.folder.is_cut(placed.text) else None
    return Edition(
        settings=_settings(course, _provenance(placed.text, loading.folder.digest_of(placed.text, content), cut=cut)),
        text=text,
        front=(),
        back=(),
        notes=(),
        agreements=(),
        references=references,
        images=images(alone.figures, folder=loading.folder, findings=loading.findings),
    )


def _provenance(file: str, sha256: str, *, cut: str | None = None) -> Provenance:
    return Provenance(
        file=file,
        sha256=sha256,
        cut_sha256=cut,
        first_paragraph_is_title=False,
        published=None,
        url=None,
        statement=None,
    )


def _settings(course: Course, provenance: Provenance) -> Settings:
    """What an edition would say, as far as the course says it."""
    return Settings(
        title=course.title,
        subtitle=None,
        short_title=course.short_title,
        language=course.language,
        identifier=course.identifier,
        isbn=None,
        contributors=course.instructors,
        publisher=course.institution,
        place=None,
        date=course.date,
        statement=None,
        description=course.description,
        subjects=course.subjects,
        provenance=provenance,
        rights=Rights(status=RightsStatus.UNKNOWN, statement="", apparatus=None, licence_url=None),
        series=(),
        front=(),
        back=(),
        agreements=(),
        agreements_title=course.agreements_title,
        references=None,
        trade=course.trade,
        citation_style=course.citation_style,
        citation_file=course.citation_file,
        output=course.output,
        source=course.source,
        waivers=course.waivers,
        fonts=course.fonts,
        plugins=course.plugins,
    )
