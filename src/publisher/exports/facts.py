"""What exports take from an edition or a reader that was checked."""

from __future__ import annotations

from publisher.build.checked import Checked
from publisher.exports.records import Record, records_of
from publisher.model.publication import Publication
from publisher.model.target import Target
from publisher.render.accessibility import accessibility


def properties_of(publication: Publication) -> tuple[tuple[str, str], ...]:
    """The properties of accessibility that the package document states."""
    return accessibility(publication.accessibility, generator=publication.metadata.generator)


def records(checked: Checked, target: Target) -> tuple[Record, ...]:
    """The readings and references of what was checked, as CSL-JSON records."""
    assert checked.publication is not None
    return records_of(checked.annotated, checked.publication.metadata, audience=target.audience)
