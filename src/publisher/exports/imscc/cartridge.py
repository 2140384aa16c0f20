"""A cartridge put together: the items of the course, the resources that they lead to, and the files in a ZIP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from publisher.epub.write.zip import Entry, seal_files
from publisher.exports.imscc.manifest import (
    MANIFEST,
    CartridgeVersion,
    Item,
    Kind,
    Resource,
    manifest,
    topic,
    web_link,
)
from publisher.exports.imscc.modules import CourseParts, CourseReading, Module
from publisher.exports.imscc.pages import (
    COURSE_SHEET,
    COURSE_STYLES,
    CoursePage,
    page_files,
    page_of,
    questions_of,
    web_href,
)
from publisher.model.publication import Publication, Section
from publisher.model.rendition import Artifact
from publisher.model.web import WebRendition
from publisher.render.context import document_name

STYLES = "res-styles"
"""Id of the resource with the style sheets, fonts and pictures of all pages."""
ASSETS = ("styles/", "fonts/", "images/")


@dataclass(frozen=True, slots=True, kw_only=True)
class CartridgePlan:
    """What a cartridge is made of."""

    publication: Publication
    parts: CourseParts
    web: WebRendition
    book: Mapping[str, bytes]
    """The files of its EPUB, by their paths from the package document."""
    pdfs: Mapping[str, Artifact]
    """PDFs of readings by their slugs: of all readings, or of those that are pages of PDFs."""
    version: CartridgeVersion
    as_pdf: bool
    """Whether readings are PDFs instead of web pages."""
    thin: str | None
    """The address of the web edition that a thin cartridge leads to; None for a full one."""


@dataclass(slots=True)
class _Contents:
    """The resources and files of a cartridge, as they are found."""

    resources: list[Resource] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    pages: list[CoursePage] = field(default_factory=list)

    def add(self, resource: Resource, content: bytes | None = None) -> str:
        """The id of a resource, which is listed, with its file if it is not a page."""
        self.resources.append(resource)
        if content is not None:
            self.files[resource.href] = content
        return resource.id


def cartridge(plan: CartridgePlan) -> Artifact:
    """The cartridge, the same bytes at each run."""
    maker = _Maker(plan)
    items = tuple(maker.items())
    files = dict(maker.files())
    resources = (*maker.contents.resources, *maker.styles(files))
    metadata = plan.publication.metadata
    files[MANIFEST] = manifest(metadata, items, resources, version=plan.version, is_thin=plan.thin is not None)
    order = (MANIFEST, *sorted(files.keys() - {MANIFEST}))
    ending = ".thin.imscc" if plan.thin else ".imscc"
    content = seal_files(Entry(name=name, content=files[name]) for name in order)
    return Artifact(name=f"{plan.publication.output.name}{ending}", content=content)


def _is_used(href: str, pages: Mapping[str, bytes]) -> bool:
    """Whether pages need a file: every font, and what a page names."""
    named = quote(href).encode()
    return href.startswith("fonts/") or any(named in content for content in pages.values())


class _Maker:
    """The items of a cartridge in their order, with what they lead to."""

    def __init__(self, plan: CartridgePlan) -> None:
        self.plan = plan
        self.contents = _Contents()

    def items(self) -> Iterator[Item]:
        """A module for what precedes the units, one for each unit, one for what follows them."""
        parts, title = self.plan.parts, self.plan.publication.metadata.short_title
        if parts.front:
            lines = tuple(self._section(section) for section in parts.front)
            yield Item(id="module-front", title=parts.front[0].label if len(lines) == 1 else title, items=lines)
        for module in parts.modules:
            yield Item(id=f"module-{module.id}", title=module.title, items=tuple(self._lines(module)))
        if parts.back:
            words = parts.back[0].label if len(parts.back) == 1 else title
            yield Item(id="module-back", title=words, items=tuple(self._section(section) for section in parts.back))

    def _lines(self, module: Module) -> Iterator[Item]:
        yield self._section(module.opening)
        for reading in module.readings:
            yield from self._reading(reading)

    def _reading(self, reading: CourseReading) -> Iterator[Item]:
        """A reading: its page or its PDF, its address, a topic for each question."""
        name, private = f"reading-{reading.slug}", reading.is_for_instructors
        pdf = self.plan.pdfs.get(reading.slug) if self.plan.thin is None else None
        if not (self.plan.as_pdf and pdf):
            yield self._page(name, reading.title, reading.sections, is_for_instructors=private)
        if pdf:
            resource = Resource(
                id=f"res-{name}-pdf", kind=Kind.PAGE, href=f"files/{pdf.name}", is_for_instructors=private
            )
            words = reading.title if self.plan.as_pdf else f"{reading.title} (PDF)"
            yield Item(id=f"item-{name}-pdf", title=words, resource=self.contents.add(resource, pdf.content))
        if reading.url:
            content = web_link(reading.title, reading.url, version=self.plan.version)
            yield self._file(f"{name}-link", reading.title, Kind.LINK, content, is_for_instructors=private)
        opening = self.plan.book[f"text/{document_name(reading.sections[0].id)}"]
        for number, text in enumerate(questions_of(opening, count=reading.questions), start=1):
            title = f"{reading.title} ({number})"
            content = topic(title, text, version=self.plan.version)
            yield self._file(f"{name}-topic-{number}", title, Kind.TOPIC, content, is_for_instructors=private)

    def _section(self, section: Section) -> Item:
        return self._page(section.id, section.label, (section,))

    def _page(self, name: str, title: str, sections: tuple[Section, ...], *, is_for_instructors: bool = False) -> Item:
        """A page of the cartridge; of a thin one, a link to the page of the web edition."""
        if self.plan.thin is not None:
            url = f"{self.plan.thin.rstrip('/')}/{quote(web_href(sections[0]))}"
            content = web_link(title, url, version=self.plan.version)
            return self._file(name, title, Kind.LINK, content, is_for_instructors=is_for_instructors)
        page = page_of(sections, self.plan.web)
        self.contents.pages.append(page)
        resource = Resource(
            id=f"res-{name}",
            kind=Kind.PAGE,
            href=page.href,
            needs=(STYLES,),
            is_for_instructors=is_for_instructors,
        )
        return Item(id=f"item-{name}", title=title, resource=self.contents.add(resource))

    def _file(self, name: str, title: str, kind: Kind, content: bytes, *, is_for_instructors: bool) -> Item:
        resource = Resource(
            id=f"res-{name}", kind=kind, href=f"{name}/{name}.xml", is_for_instructors=is_for_instructors
        )
        return Item(id=f"item-{name}", title=title, resource=self.contents.add(resource, content))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file but the manifest."""
        yield from self.contents.files.items()
        if self.contents.pages:
            pages = page_files(self.contents.pages)
            yield from pages.items()
            yield COURSE_SHEET, COURSE_STYLES
            for asset in self.plan.web.assets:
                if asset.href.startswith(ASSETS) and _is_used(asset.href, pages):
                    yield asset.href, asset.content

    def styles(self, files: Mapping[str, bytes]) -> Iterator[Resource]:
        """The resource that pages depend on; none without pages."""
        assets = sorted(name for name in files if name.startswith(ASSETS))
        if assets:
            yield Resource(id=STYLES, kind=Kind.PAGE, href=assets[0], files=tuple(assets[1:]))
