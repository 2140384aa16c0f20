"""The keys of `source`, the text and where it comes from, and of `rights`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from publisher.diagnostics import Span
from publisher.load.yaml.formats import ANY_DATE, FILE, NO_PLACE, URL, WORDS, Digest
from publisher.load.yaml.schema import Keys, Record, Values, defaulted, needed, optional, record, required
from publisher.load.yaml.types import Flag, OneOf, Placed
from publisher.model.settings import Paragraphs, Provenance, Rights, RightsStatus


class SourceKeys(Keys):
    """`source`."""

    file = required("file", FILE, about="the file of the text, .txt or .md")
    sha256 = needed("sha256", Digest(), about="the sha256 of the text's file, so that no letter changes unseen")
    first_paragraph_is_title = defaulted(
        "first-paragraph-is-title", Flag(), absent=False, about="plain text only: true or false"
    )
    paragraphs = defaulted(
        "paragraphs",
        OneOf(Paragraphs),
        absent=Paragraphs.BLANK,
        about="plain text only: whether a blank line ends a paragraph (blank), or each line is one (lines)",
    )
    published = optional(
        "published", ANY_DATE, about="date of first publication, as far as it is known: 1848-02, c. 1600"
    )
    url = optional("url", URL, about="where the text was published")
    statement = optional("statement", WORDS, about="a sentence on the provenance for the imprint page")


class RightsKeys(Keys):
    """`rights`."""

    status = required("status", OneOf(RightsStatus), about="what is known of the rights in the text")
    statement = required("statement", WORDS, about="what the imprint page says of the rights in the text")
    apparatus = optional("apparatus", WORDS, about="what the imprint page says of the rights in the notes")
    licence_url = optional("licence-url", URL, about="the web address of the licence")


HEXADECIMAL = re.compile(r"[0-9a-f]{64}")
"""A sha256 in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSource:
    """What `source` says, with the places of the file and the digest."""

    file: Placed
    digest: Placed | None
    """As it is written, even if it cannot be one; None if it is missing."""
    span: Span | None
    """Where an error of the whole is shown: its first key."""
    provenance: Provenance


def _source(given: Values) -> PlacedSource:
    digest = given[SourceKeys.sha256]
    return PlacedSource(
        file=given[SourceKeys.file],
        digest=digest,
        span=given.begin,
        provenance=Provenance(
            **SourceKeys.fields(given, Provenance)
            | {"file": given[SourceKeys.file].text, "sha256": digest.text.lower() if digest else ""}
        ),
    )


NO_SOURCE = PlacedSource(
    file=NO_PLACE,
    digest=NO_PLACE,
    span=None,
    provenance=Provenance(file="", sha256="", first_paragraph_is_title=False, published=None, url=None, statement=None),
)
NO_RIGHTS = Rights(status=RightsStatus.UNKNOWN, statement="", apparatus=None, licence_url=None)
SOURCE_RECORD = Record(
    keys=SourceKeys.all(),
    build=_source,
    empty=NO_SOURCE,
)
RIGHTS_RECORD = record(RightsKeys, Rights, empty=NO_RIGHTS)
