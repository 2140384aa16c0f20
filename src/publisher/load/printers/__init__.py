"""The printers that have a name, and printers of one's own: YAML files with rules, each with its source."""

from __future__ import annotations

from dataclasses import replace

from publisher.diagnostics import Source, Span
from publisher.load.findings import suggestion
from publisher.load.loading import Loading
from publisher.load.printers.keys import PRINTER_RECORD
from publisher.load.yaml.nodes import tree
from publisher.load.yaml.types import Placed
from publisher.model.limits import Limits
from publisher.model.printer import Printer
from publisher.workspace import packaged_path

PRINTERS = ("kdp", "ingram", "lulu", "bod", "copyshop")
"""The names; each is a file of this package."""


def limits_for(limits: Limits, wanted: Printer | None) -> Limits:
    """The limits of a proof with the ink that the printer allows, unless they say how much."""
    if wanted is None or wanted.ink is None or limits.ink is not None:
        return limits
    return replace(limits, ink=wanted.ink.most)


def printer(placed: Placed | None, loading: Loading, *, cover: Span | None) -> Printer | None:
    """The printer that is named; None if none is.

    Notes E-006 if there is none of the name, and what is wrong with a file of one's own at its place.
    """
    if placed is None or not placed.text:
        return None
    if placed.text.endswith((".yaml", ".yml")):
        source = loading.source(placed)
    elif placed.text in PRINTERS:
        content = packaged_path("publisher.load.printers", f"{placed.text}.yaml")
        source = Source(name=f"{placed.text}.yaml", text=content.decode())
    else:
        hint = f"{suggestion(placed.text, PRINTERS)} or the name of a .yaml file"
        message = f"“{placed.text}” is no printer that has a name here"
        loading.findings.error("E-006", message, span=placed.span, hint=hint)
        return None
    node = None if source is None else tree(source, start=0, end=len(source.text), findings=loading.findings)
    read = None if node is None else PRINTER_RECORD.read(node, findings=loading.findings)
    return None if read is None else replace(read, span=placed.span, paper_span=cover)
