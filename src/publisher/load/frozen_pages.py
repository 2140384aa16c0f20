"""The pages of the printed book, where edition.yaml says that they are frozen."""

from __future__ import annotations

from publisher.diagnostics import Source
from publisher.load.loading import Loading
from publisher.load.page_map import page_map
from publisher.load.yaml.types import Placed
from publisher.model.page import PAGE_MAP_FILE as PAGE_MAP
from publisher.model.page import PageMap
from publisher.model.settings import Pages
from publisher.workspace import NotThere, OutsideFolder


def frozen_pages(pages: Placed, loading: Loading) -> PageMap | None:
    """The pages of the printed book, where they are frozen. Notes G-001 where there is no map."""
    if pages.text != Pages.FROZEN:
        return None
    try:
        content = loading.folder.read(PAGE_MAP)
    except (NotThere, OutsideFolder):
        loading.findings.error(
            "G-001",
            f"the pages are frozen, and {PAGE_MAP} is missing next to edition.yaml",
            span=pages.span,
            hint="restore the file; or write it with the build that goes to print: publisher build --freeze-pages",
        )
        return None
    source = loading.decode(content, name=PAGE_MAP)
    return None if source is None else page_map(source, findings=loading.findings)


def note_not_frozen(pages: Placed, loading: Loading, source: Source) -> None:
    """Nothing. Notes G-008 where pages are to be frozen and edition.yaml does not say that they are."""
    if pages.text != Pages.FROZEN:
        loading.findings.error(
            "G-008",
            "the pages are to be frozen, and edition.yaml does not say so",
            span=pages.span or source.line_span(1),
            hint="add the line “pages: frozen” to edition.yaml, then build again",
        )
