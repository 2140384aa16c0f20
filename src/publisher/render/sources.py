"""The files that a volume was made from, ready to be put into a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from publisher.model.publication import Publication
from publisher.model.rendition import Attachment

MEDIA_TYPES: Mapping[str, str] = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".icc": "application/vnd.iccprofile",
    ".icm": "application/vnd.iccprofile",
    ".j2": "text/plain",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".md": "text/markdown",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".ttc": "font/collection",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".yaml": "application/yaml",
}
"""Media types by the ends of names (https://www.iana.org/assignments/media-types/)."""
UNKNOWN = "application/octet-stream"


def attached_sources(publication: Publication) -> tuple[Attachment, ...]:
    """Every file of the edition's folder that was read, under its name in the folder."""
    return tuple(
        Attachment(
            path=file.path,
            media_type=MEDIA_TYPES.get(PurePosixPath(file.path).suffix.lower(), UNKNOWN),
            content=file.content,
        )
        for file in publication.files
    )
