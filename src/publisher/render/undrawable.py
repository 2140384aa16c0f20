"""Drawings that the engine of the PDF cannot draw, shown in the files that they were rebuilt from."""

from __future__ import annotations

from dataclasses import replace

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.model.publication import Publication
from publisher.render.assets import pictures, pictures_by_content


def undrawn(error: PublisherError, publication: Publication) -> PublisherError:
    """The error; each I-011 in it with the file of its drawing."""
    if all(diagnostic.code != "I-011" for diagnostic in error.diagnostics):
        return error
    return PublisherError(
        *(_place(diagnostic, publication) for diagnostic in error.diagnostics), exit_code=error.exit_code
    )


def _place(found: Diagnostic, publication: Publication) -> Diagnostic:
    images = {image.path: image for image in publication.images}
    for path, asset in (*pictures_by_content(publication.images), *pictures(publication.images)):
        if found.code == "I-011" and found.message.endswith(asset.href):
            image = images[path]
            source = Source(name=image.shown, text=(image.source or image.content).decode("utf-8", errors="replace"))
            message = found.message.replace(asset.href, f"“{path}”")
            return replace(found, message=message, span=source.line_span(1))
    cover = publication.cover.image
    if found.code == "I-011" and cover is not None and cover.is_drawing:
        source = Source(name=cover.shown, text=(cover.source or cover.content).decode("utf-8", errors="replace"))
        return replace(found, message=f"the layout engine cannot draw “{cover.path}”", span=source.line_span(1))
    return found
