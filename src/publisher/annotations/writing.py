"""Remarks as Web Annotations in JSON-LD, and as a set of EPUB Annotations.

https://www.w3.org/TR/annotation-model/ (Recommendation, 23 February 2017), and the draft of EPUB Annotations 1.0 that
`DRAFT` names. Names with the prefix `publisher:` are our own; other programs pass over them.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from publisher.annotations.edition import NAMESPACE
from publisher.annotations.remark import Located, Own
from publisher.model.publication import Metadata

DRAFT = "https://www.w3.org/TR/2026/WD-epub-anno-10-20260920/"
"""The version of EPUB Annotations 1.0 that is written."""
WEB = "http://www.w3.org/ns/anno.jsonld"
EPUB = "https://www.w3.org/ns/epub-anno.jsonld"
CFI = "http://www.idpf.org/epub/linking/cfi/epub-cfi.html"
"""What a fragment selector with an EPUB CFI conforms to, as the Recommendation names it."""


def web_annotations(notes: Sequence[Located], metadata: Metadata, *, digest: str) -> bytes:
    """A collection of Web Annotations with one page; their bodies are Markdown."""
    items = [_item(located, markdown=True) for located in notes]
    identity = _set_id(metadata, digest, "web")
    value = {
        "@context": WEB,
        "id": identity,
        "type": "AnnotationCollection",
        "label": metadata.title,
        "generator": _generator(metadata),
        "generated": metadata.modified,
        "total": len(items),
        "publisher:edition": _edition(metadata, digest),
        "first": {"id": f"{identity}#1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return _write(value)


def annotation_set(notes: Sequence[Located], metadata: Metadata, *, digest: str) -> bytes:
    """A set of EPUB Annotations; their bodies are plain text, as the draft wants them."""
    value = {
        "@context": EPUB,
        "id": _set_id(metadata, digest, "epub"),
        "type": "AnnotationSet",
        "generator": _generator(metadata),
        "generated": metadata.modified,
        "title": metadata.title,
        "about": _about(metadata),
        "publisher:conformsTo": DRAFT,
        "publisher:edition": _edition(metadata, digest),
        "items": [_item(located, markdown=False) for located in notes],
    }
    return _write(value)


def _write(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _set_id(metadata: Metadata, digest: str, form: str) -> str:
    return uuid.uuid5(NAMESPACE, f"{metadata.identifier} {digest} {form}").urn


def _generator(metadata: Metadata) -> dict[str, str]:
    version = metadata.generator.replace(" ", ":")
    return {"id": f"urn:x-{version}", "type": "Software", "name": metadata.generator}


def _edition(metadata: Metadata, digest: str) -> dict[str, str]:
    """Which edition the annotations are about: read when they come back."""
    return {"identifier": metadata.identifier, "text-sha256": digest}


def _about(metadata: Metadata) -> dict[str, Any]:
    isbn = [f"urn:isbn:{metadata.isbn}"] if metadata.isbn else []
    value: dict[str, Any] = {"dc:identifier": [*isbn, *({metadata.identifier} - {*isbn})]}
    value |= {"dc:format": "application/epub+zip", "dc:title": metadata.title}
    value |= {"dc:publisher": metadata.publisher} if metadata.publisher else {}
    writers = [contributor.name for contributor in metadata.contributors if contributor.role in ("aut", "cre")]
    value |= {"dc:creator": writers} if writers else {}
    return value | {"dc:date": metadata.date[:4]}


def _item(located: Located, *, markdown: bool) -> dict[str, Any]:
    remark, own = located.remark, located.remark.own
    value: dict[str, Any] = {
        "id": remark.id,
        "type": "Annotation",
        "motivation": "commenting",
        "created": remark.created,
    }
    if remark.person:
        person = uuid.uuid5(NAMESPACE, remark.person).urn
        value["creator"] = {"id": person, "type": "Person", "name": remark.person}
    value["body"] = _body(located, own, markdown=markdown)
    value["target"] = {"source": located.file, "selector": list(_selectors(located))}
    if own is not None:
        value["publisher:note"] = _own(own)
    return value


def _body(located: Located, own: Own | None, *, markdown: bool) -> Any:
    tags = [] if own is None else [own.title, *([own.kind] if own.kind else [])]
    if not markdown:
        text = {"type": "TextualBody", "value": located.remark.body, "format": "text/plain"}
        return text | ({"tags": tags} if tags else {})
    said = own.markdown if own is not None else located.remark.body
    comment = {"type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": said}
    return [comment, *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags)]


def _own(own: Own) -> dict[str, Any]:
    value: dict[str, Any] = {"series": own.series, "title": own.title, "id": own.note, "lemma": own.nth}
    value |= {"kind": own.kind} if own.kind else {}
    value |= {"audience": own.audience} if own.audience else {}
    return value | {"markdown": own.markdown}


def _selectors(located: Located) -> Iterable[dict[str, Any]]:
    quote = located.remark.selector
    yield {"type": "FragmentSelector", "conformsTo": CFI, "value": located.cfi}
    yield {"type": "TextQuoteSelector", "exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
    yield {"type": "TextPositionSelector", "start": located.start, "end": located.end}
