"""What four shops demand of EPUBs or advise, each rule with its source and the day on which that was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Store(StrEnum):
    """A shop."""

    KINDLE = "kindle"
    KOBO = "kobo"
    APPLE = "apple"
    GOOGLE = "google"


class Measure(StrEnum):
    """What is measured."""

    IMAGE_TYPES = "image-types"
    """Media types of pictures that it takes."""
    IMAGE_BYTES = "image-bytes"
    IMAGE_PIXELS = "image-pixels"
    TABLE_ROWS = "table-rows"
    TABLE_COLUMNS = "table-columns"
    CONTENTS_DEPTH = "contents-depth"
    SECTION_BYTES = "section-bytes"
    """Bytes of the pictures in one document."""
    DRAWN_WORDS = "drawn-words"
    """Drawings with words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreRule:
    """A limit of a shop."""

    store: Store
    measure: Measure
    limit: int = 0
    types: frozenset[str] = frozenset()
    source: str
    """The document, with its version or date."""
    url: str
    read: str
    """The day on which it was read."""


NAMES: Mapping[Store, str] = {
    Store.KINDLE: "Kindle",
    Store.KOBO: "Kobo",
    Store.APPLE: "Apple Books",
    Store.GOOGLE: "Google Play Books",
}
READ = "2026-11-30"
_KINDLE = {
    "store": Store.KINDLE,
    "source": "Kindle Publishing Guidelines, version 2019.2",
    "url": "https://kindlegen.s3.amazonaws.com/AmazonKindlePublishingGuidelines.pdf",
    "read": READ,
}
_KOBO = {
    "store": Store.KOBO,
    "source": "Kobo EPUB Guidelines",
    "url": "https://github.com/kobolabs/epub-spec",
    "read": READ,
}
_APPLE = {
    "store": Store.APPLE,
    "source": "Apple Books Asset Guide 5.3, September 2023",
    "url": "https://help.apple.com/itc/booksassetguide/en.lproj/itca71ad3c33.html",
    "read": READ,
}
RASTER = frozenset({"image/jpeg", "image/png"})


def _rule(
    shop: Mapping[str, object], measure: Measure, limit: int = 0, *, types: frozenset[str] = frozenset()
) -> StoreRule:
    return StoreRule(
        store=Store(str(shop["store"])),
        measure=measure,
        limit=limit,
        types=types,
        source=str(shop["source"]),
        url=str(shop["url"]),
        read=str(shop["read"]),
    )


RULES: tuple[StoreRule, ...] = (
    _rule(_KINDLE, Measure.IMAGE_TYPES, types=RASTER | {"image/gif", "image/svg+xml"}),
    _rule(_KINDLE, Measure.CONTENTS_DEPTH, 2),
    _rule(_KINDLE, Measure.TABLE_ROWS, 100),
    _rule(_KINDLE, Measure.TABLE_COLUMNS, 10),
    _rule(_KOBO, Measure.IMAGE_BYTES, 5 * 1024 * 1024),
    _rule(_KOBO, Measure.SECTION_BYTES, 10 * 1024 * 1024),
    _rule(_KOBO, Measure.TABLE_COLUMNS, 4),
    _rule(_APPLE, Measure.IMAGE_TYPES, types=RASTER | {"image/svg+xml"}),
    _rule(_APPLE, Measure.IMAGE_PIXELS, 5_600_000),
    _rule(_APPLE, Measure.DRAWN_WORDS),
)
"""The limits that an EPUB of ours can break; file sizes, covers and links to pages are within all of them."""
