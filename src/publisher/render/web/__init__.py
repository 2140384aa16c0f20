"""A finished EPUB → the pages of a web edition: its documents in a frame of navigation, search, display and citation.

Each page works without script and from a disk; scripts only add to it. The pages load nothing from elsewhere, which
their Content-Security-Policy states (https://www.w3.org/TR/CSP3/).
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from publisher.model.language import RTL, direction
from publisher.model.publication import ContentsEntry, Publication, Role, Section
from publisher.model.rendition import Asset
from publisher.model.target import Format
from publisher.model.web import DOWNLOADS, PLACE, SiteCitation, WebPage, WebRendition
from publisher.render.context import document_name
from publisher.render.web.markup import Fragment, SiteStyles, fragment, page_break_source, page_list
from publisher.render.web.metadata import citation_tags, linked_data
from publisher.render.web.search_index import search_index
from publisher.render.web.vocabulary import frame_words
from publisher.workspace import packaged_path, resources

__all__ = ["PLACE", "render_web"]

INDEX = "index.html"
COVER, NAV, PACKAGE = "text/cover.xhtml", "text/nav.xhtml", "content.opf"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
SHEET, OWN_SHEET = "styles/web.css", "styles/web-own.css"
SCRIPTS = ("site.js", "search.js")
_MARK = "\ue001"
"""Represents the documents in a frame that is rendered without them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A finished file of the volume that the site offers."""

    name: str
    label: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A page before its frame is rendered."""

    href: str
    label: str
    section: Section | None
    fragments: tuple[Fragment, ...]
    documents: tuple[str, ...]


def render_web(
    publication: Publication,
    book: Mapping[str, bytes],
    *,
    citation: SiteCitation,
    downloads: Sequence[Download] = (),
) -> WebRendition:
    """The web edition of a publication; `book` has the files of its EPUB by their paths from the package document."""
    styles = SiteStyles()
    plans = tuple(_plans(publication, book, styles))
    assets = (
        *_assets(book, styles),
        search_index(_index(plans), page_list(book[NAV], href=NAV, addresses=_addresses(_sections(publication)))),
        *(
            Asset(href=f"{DOWNLOADS}{download.name}", media_type="application/octet-stream", content=download.content)
            for download in downloads
        ),
    )
    frame = _Frame(
        publication,
        plans,
        citation=citation,
        downloads=downloads,
        own_sheet=bool(styles.text()),
        page_source=page_break_source(book[PACKAGE]),
    )
    return WebRendition(pages=tuple(frame.page(at) for at in range(len(plans))), assets=assets)


def render_page(publication: Publication, document: bytes, *, section_id: str, citation: SiteCitation) -> WebRendition:
    """The page of one section alone, made of its document in the EPUB, and the style sheet that is made of it."""
    sections = _sections(publication)
    addresses = _addresses(sections)
    styles = SiteStyles()
    plans = [_Plan(href=INDEX, label=publication.metadata.title, section=None, fragments=(), documents=())]
    for section in sections:
        if section.role is not Role.CONTENTS:
            name = f"text/{document_name(section.id)}"
            plans.append(
                _Plan(href=addresses[name], label=section.label, section=section, fragments=(), documents=(name,))
            )
    at = next(index for index, plan in enumerate(plans) if plan.section is not None and plan.section.id == section_id)
    plan = plans[at]
    made = fragment(
        document,
        href=plan.documents[0],
        page=plan.href,
        addresses=addresses,
        styles=styles,
        page_label=publication.words.page_label,
    )
    plans[at] = replace(plan, fragments=(made,))
    sheet = styles.text()
    frame = _Frame(publication, tuple(plans), citation=citation, downloads=(), own_sheet=bool(sheet), page_source=None)
    assets = (Asset(href=OWN_SHEET, media_type="text/css", content=sheet.encode()),) if sheet else ()
    return WebRendition(pages=(frame.page(at),), assets=assets)


def _plans(publication: Publication, book: Mapping[str, bytes], styles: SiteStyles) -> Iterator[_Plan]:
    """The pages in reading order: cover and contents are the start page."""
    sections = _sections(publication)
    addresses = _addresses(sections)
    shown: list[tuple[str, str, Section | None, tuple[str, ...]]] = [
        (INDEX, publication.metadata.title, None, (COVER, NAV))
    ]
    shown += [
        (addresses[f"text/{document_name(item.id)}"], item.label, item, (f"text/{document_name(item.id)}",))
        for item in sections
        if item.role is not Role.CONTENTS
    ]
    for href, label, section, documents in shown:
        made = tuple(
            fragment(
                book[name],
                href=name,
                page=href,
                addresses=addresses,
                styles=styles,
                page_label=publication.words.page_label,
            )
            for name in documents
        )
        yield _Plan(href=href, label=label, section=section, fragments=made, documents=documents)


def _sections(publication: Publication) -> tuple[Section, ...]:
    return tuple(section for section in publication.sections if Format.EPUB in section.formats)


def _addresses(sections: Iterable[Section]) -> Mapping[str, str]:
    """The page of each document of the EPUB."""
    documents = (f"text/{document_name(section.id)}" for section in sections)
    pages = {name: f"{name.removesuffix('.xhtml')}.html" for name in documents}
    return pages | {COVER: INDEX, NAV: INDEX}


def _assets(book: Mapping[str, bytes], styles: SiteStyles) -> Iterator[Asset]:
    """The style sheets, fonts and pictures of the EPUB, and those of the site."""
    for href, content in sorted(book.items()):
        if href.startswith(("styles/", "fonts/", "images/")):
            yield Asset(href=href, media_type="", content=content)
    yield Asset(href=SHEET, media_type="text/css", content=resources("styles").read("web.css"))
    if styles.text():
        yield Asset(href=OWN_SHEET, media_type="text/css", content=styles.text().encode())
    for name in SCRIPTS:
        yield Asset(href=name, media_type="text/javascript", content=packaged_path("publisher.render.web", name))


def _index(plans: Iterable[_Plan]) -> Iterator[tuple[str, str, Sequence[Fragment]]]:
    return ((plan.href, plan.label, plan.fragments) for plan in plans if plan.section is not None)


class _Frame:
    """What is around the documents of every page."""

    def __init__(
        self,
        publication: Publication,
        plans: tuple[_Plan, ...],
        *,
        citation: SiteCitation,
        downloads: Sequence[Download],
        own_sheet: bool,
        page_source: str | None,
    ) -> None:
        self._publication = publication
        self._plans = plans
        self._words = frame_words(publication.metadata.language)
        self._citation = citation
        self._downloads = downloads
        self._own_sheet = own_sheet
        self._page_source = page_source
        environment = Environment(
            loader=PackageLoader("publisher.render"),
            autoescape=True,
            undefined=StrictUndefined,
            keep_trailing_newline=True,
        )
        self._template = environment.get_template("web-page.html.j2")

    def page(self, at: int) -> WebPage:
        """The page at this place in the reading order."""
        plan = self._plans[at]
        around = self._template.render(**self._values(at, plan))
        before, after = around.split(_MARK)
        body = "".join(item.html for item in plan.fragments)
        return WebPage(
            href=plan.href,
            documents=plan.documents,
            before=before.encode(),
            body=body.encode(),
            after=after.encode(),
        )

    def _values(self, at: int, plan: _Plan) -> Mapping[str, Any]:
        metadata, up = self._publication.metadata, "../" * plan.href.count("/")
        own = [name for item in plan.fragments for name in item.sheets]
        sheets = (*dict.fromkeys(own), SHEET, *((OWN_SHEET,) if self._own_sheet else ()))
        is_start = plan.section is None
        return {
            "body": Markup(_MARK),
            "language": metadata.language,
            "direction": RTL if direction(metadata.language) == RTL else None,
            "policy": POLICY,
            "metadata": metadata,
            "title": metadata.title if is_start else self._title(plan),
            "page_source": self._page_source,
            "citation_tags": citation_tags(self._publication),
            "linked_data": _script(linked_data(self._publication, plan.section)),
            "site_data": _script(self._data(plan)),
            "sheets": sheets,
            "scripts": SCRIPTS,
            "up": up,
            "words": self._words,
            "contents_word": self._publication.words.contents,
            "contents": tuple(
                self._entry(contents_entry, plan)
                for contents_entry in self._publication.contents
                if self._is_shown(contents_entry)
            ),
            "previous": self._step(at - 1, plan),
            "next": self._step(at + 1, plan),
            "downloads": tuple(
                {"href": f"{DOWNLOADS}{quote(download.name)}", "label": download.label} for download in self._downloads
            ),
        }

    def _title(self, plan: _Plan) -> str:
        """The title of a page: that of its section, and of the edition if that is another one."""
        metadata = self._publication.metadata
        return plan.label if plan.label == metadata.title else f"{plan.label} – {metadata.short_title}"

    def _is_shown(self, entry: ContentsEntry) -> bool:
        return any(plan.section is not None and plan.section.id == entry.section_id for plan in self._plans)

    def _entry(self, entry: ContentsEntry, plan: _Plan) -> Mapping[str, Any]:
        here = plan.section is not None and plan.section.id == entry.section_id
        return {
            "label": entry.label,
            "address": self._address(entry, plan),
            "here": here,
            "children": tuple(
                self._entry(contents_entry, plan) for contents_entry in entry.children if self._is_shown(contents_entry)
            )
            if here
            else (),
        }

    def _address(self, entry: ContentsEntry, plan: _Plan) -> str:
        page = next(
            item.href for item in self._plans if item.section is not None and item.section.id == entry.section_id
        )
        path = "" if page == plan.href else quote(posixpath.relpath(page, posixpath.dirname(plan.href) or "."))
        is_top = entry.target_id == entry.section_id and path
        return path if is_top else f"{path}#{quote(entry.target_id)}"

    def _step(self, at: int, plan: _Plan) -> Mapping[str, str] | None:
        if not 0 <= at < len(self._plans):
            return None
        other = self._plans[at]
        address = quote(posixpath.relpath(other.href, posixpath.dirname(plan.href) or "."))
        label = self._publication.words.contents if other.section is None else other.label
        return {"address": address, "label": label}

    def _data(self, plan: _Plan) -> Mapping[str, Any]:
        """What the scripts know of the page and the edition."""
        words = self._publication.words
        return {
            "words": {
                **self._words,
                "page": words.page_label,
                "onPage": words.on_page,
                "onPages": self._words["on_pages"],
            },
            "series": [{"id": item.id, "title": item.title} for item in self._publication.series],
            "place": PLACE,
            "citation": self._citation.citation,
            "reference": self._citation.reference,
            "bibtex": self._citation.bibtex,
            "ris": self._citation.ris,
            "section": plan.label,
        }


def _script(value: object) -> Markup:
    """JSON for a data block; no end tag and no comment can begin in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def frames(rendition: WebRendition) -> Mapping[str, WebPage]:
    """The pages of a rendition by their paths, their documents left out."""
    return {page.href: replace(page, body=b"") for page in rendition.pages}
