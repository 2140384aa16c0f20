"""What the tests of rendering share: an edition with everything, composed."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.annotate import annotate
from publisher.compose import compose, with_page_breaks
from publisher.load import load_edition
from publisher.model.publication import Publication
from publisher.model.rendition import PageStart
from publisher.workspace import Folder


@pytest.fixture(scope="session")
def publication(everything: Path) -> Publication:
    """The edition `everything`, with a page that begins in its first paragraph."""
    composed = compose(annotate(load_edition(Folder(everything))), moment="2026-01-02T00:00:00Z")
    return with_page_breaks(composed, (PageStart(page=8, label="1", element_id="p1", offset=3),))
