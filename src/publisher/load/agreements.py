"""Files of agreements: YAML front matter, what the agreement is, and its provisions, one a second-level heading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from publisher.diagnostics import Source, Span
from publisher.load.findings import Findings
from publisher.load.markdown.blocks import blocks, leaf
from publisher.load.markdown.builder import MarkdownBuilder
from publisher.load.markdown.document import is_title, note_second_title, prose, top_nodes
from publisher.load.markdown.given_attributes import block_attributes, node_span
from publisher.load.markdown.parser import Node
from publisher.load.yaml.formats import ANY_DATE, WORDS
from publisher.load.yaml.nodes import tree
from publisher.load.yaml.schema import Key, Values, optional, require, values
from publisher.load.yaml.types import At, OneOf, Placed, Shaped
from publisher.model.agreement import Agreement, Force, Provision
from publisher.model.block import Block, Figure
from publisher.model.inline import Inline

PROSE = At(WORDS)
ID = require(
    "id",
    Shaped(what="an id of letters, digits and hyphens", example="istanbul-1999", pattern=r"[A-Za-z0-9][A-Za-z0-9-]*"),
    about="what agreement:id points at",
)
TITLE = require("title", WORDS, about="the full title")
SHORT = require("short", WORDS, about="the short title")
DATE = require("date", ANY_DATE, about="the date as far as it is known: 1999-11-19, 1999-11, 1999, c. 1886, 1914/1918")
PLACE = require("place", WORDS, about="where it was concluded")
PARTIES = require("parties", PROSE, about="who concluded it")
KIND = require("kind", PROSE, about="what kind of instrument it is")
FORCE = optional("force", OneOf(Force), about="what weight it has, if that can be said of it")
FORCE_NOTE = optional("force-note", PROSE, about="what its force rests on")
DOCUMENT = optional("document", PROSE, about="the document number")
PUBLISHED = require("published", PROSE, about="where the official text is published")
DATE_NOTE = optional("date-note", PROSE, about="what must be said of the date")
KEYS = (ID, TITLE, SHORT, DATE, PLACE, PARTIES, KIND, FORCE, FORCE_NOTE, DOCUMENT, PUBLISHED, DATE_NOTE)

FRONT = re.compile(r"---[ \t]*\r?\n(?P<yaml>(?:.*\n)*?)---[ \t]*(?:\r?\n|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file with front matter and provisions."""

    given: Values
    blocks: tuple[Block, ...]
    """What precedes the provisions."""
    provisions: tuple[Provision, ...]
    span: Span
    """Its id."""


def agreement(source: Source, *, figures: list[Figure], findings: Findings) -> Agreement | None:
    """The agreement that a file describes; its figures are added to `figures`. None where there is no front matter.

    Notes missing front matter, provisions without an id of their own, faults of keys and of Markdown.
    """
    item = entry(source, keys=KEYS, figures=figures, findings=findings)
    return None if item is None else _agreement(item, findings=findings)


def entry(source: Source, *, keys: tuple[Key[object], ...], figures: list[Figure], findings: Findings) -> Entry | None:
    """What a file with these keys in its front matter holds; None after noting what it lacks."""
    front = FRONT.match(source.text)
    if front is None:
        findings.error(
            "A-001",
            "the file does not begin with front matter",
            span=source.span(0, 0) if not source.text else source.line_span(1),
            hint="begin it with a line ---, then id: …, title: … and so on, then a line ---",
        )
        return None
    node = tree(source, start=front.start("yaml"), end=front.end("yaml"), findings=findings)
    builder = MarkdownBuilder(source=source, findings=findings, figures=figures)
    before, provisions = _body(source, start=front.end(), builder=builder)
    said = blocks(before, builder=builder.aside())
    if node is None:
        return None
    given = values(node, keys=keys, findings=findings)
    span = next((pair.value.span for pair in node.pairs if pair.key == ID.name), node.span)
    return Entry(given=given, blocks=said, provisions=provisions, span=span)


def _agreement(item: Entry, *, findings: Findings) -> Agreement:
    given = item.given

    def inline(key: Key[Placed | None]) -> tuple[Inline, ...]:
        return prose_of(given, key, findings=findings)

    return Agreement(
        id=given[ID],
        title=given[TITLE],
        short=given[SHORT],
        date=given[DATE],
        place=given[PLACE],
        parties=inline(PARTIES),
        kind=inline(KIND),
        force=given[FORCE],
        force_note=inline(FORCE_NOTE),
        document=inline(DOCUMENT),
        published=inline(PUBLISHED),
        date_note=inline(DATE_NOTE),
        blocks=item.blocks,
        provisions=item.provisions,
        span=item.span,
    )


def prose_of(given: Values, key: Key[Placed | None], *, findings: Findings) -> tuple[Inline, ...]:
    """The inlines of a key that holds Markdown; none if it is missing."""
    placed = given[key]
    if placed is None or placed.span is None:
        return ()
    return prose(placed.text, span=placed.span, findings=findings)


def _body(source: Source, *, start: int, builder: MarkdownBuilder) -> tuple[list[Node], tuple[Provision, ...]]:
    """The blocks before the first provision, and the provisions."""
    before: list[Node] = []
    parts: list[list[Node]] = []
    for node in top_nodes(source, builder=builder, start=start):
        if is_title(node):
            note_second_title(node, builder=builder)
        elif node.type == "heading" and node.tag == "h2":
            parts.append([node])
        else:
            (parts[-1] if parts else before).append(node)
    provisions: dict[str, Provision] = {}
    for part in parts:
        _add(provisions, _provision(part, builder=builder), builder=builder)
    return before, tuple(provisions.values())


def _provision(part: list[Node], *, builder: MarkdownBuilder) -> Provision:
    aside = builder.aside()
    span = node_span(part[0], builder)
    provision_id = block_attributes(part[0], known=("#id",), builder=builder).get("id")
    label = leaf(part[0], builder=aside)
    if provision_id is None:
        builder.error("A-002", "the provision has no id", span=span, hint="add one after its heading: {#8}")
    return Provision(id=provision_id or "", label=label, blocks=blocks(part[1:], builder=aside), span=span)


def _add(provisions: dict[str, Provision], provision: Provision, *, builder: MarkdownBuilder) -> None:
    if provision.id and provision.id in provisions:
        builder.findings.error(
            "A-003",
            f"two provisions have the id “{provision.id}”",
            span=provision.span,
            hint="give one of them another id",
            related=(("first here", provisions[provision.id].span),),
        )
    provisions.setdefault(provision.id, provision)
