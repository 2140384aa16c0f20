"""What an edition allows of the appearance of its pages, so that the verification does not check it."""

from __future__ import annotations

from publisher.model.publication import Publication
from publisher.sanitize.sheets import unlisted_properties

WORDS_BEYOND, WORDS_OVER, OTHER_SIZES = "D-020", "D-021", "D-022"
"""Words beyond their page or cut off, words over others, pages of other sizes."""


def is_allowed(publication: Publication, code: str) -> bool:
    """Whether a waiver allows pages of this kind, or properties in style sheets that may have any effect."""
    return any(waiver.code == code for waiver in publication.unverified) or bool(
        unlisted_properties(publication.stylesheets)
    )
