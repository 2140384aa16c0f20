"""An edition's own citation style: a CSL file in its folder.

https://docs.citationstyles.org/en/stable/specification.html#file-types
"""

from __future__ import annotations

from xml.etree import ElementTree

from publisher.diagnostics import Source
from publisher.load.loading import Loading
from publisher.load.yaml.types import Placed

LARGEST = 1_000_000
"""How many characters a style may have; the largest that is installed has a quarter of that."""
_CSL = "{http://purl.org/net/xbiblio/csl}"


def own_style(placed: Placed, loading: Loading) -> Source | None:
    """The CSL file that `citation-style` names; None if it names an installed style, or after noting B-004."""
    if not placed.text.lower().endswith(".csl"):
        return None
    source = loading.source(placed)
    if source is None:
        return None
    reason, at = _fault(source)
    if reason:
        loading.findings.error(
            "B-004",
            f"the citation style “{placed.text}” cannot be used: {reason}",
            span=source.span(at, min(at + 1, len(source.text))),
            hint="see that it is an independent CSL 1.0 style: https://validator.citationstyles.org",
        )
    return source


def _fault(source: Source) -> tuple[str, int]:
    """Why a file is no style, and where; empty if it is one."""
    if len(source.text) > LARGEST:
        return f"it has more than {LARGEST:,} characters", 0
    if "<!DOCTYPE" in source.text or "<!ENTITY" in source.text:
        return "it declares a document type", max(source.text.find("<!"), 0)
    try:
        root = ElementTree.fromstring(source.text)
    except ElementTree.ParseError as error:
        line, column = error.position
        start = sum(len(part) + 1 for part in source.text.split("\n")[: line - 1])
        return "it is not well-formed XML", min(start + column, max(len(source.text) - 1, 0))
    if root.tag != f"{_CSL}style":
        return "it is no style of the Citation Style Language", 0
    if (
        any(link.get("rel") == "independent-parent" for link in root.iter(f"{_CSL}link"))
        and root.find(f"{_CSL}citation") is None
    ):
        return "it only refers to another style; name that one", 0
    if root.find(f"{_CSL}citation/{_CSL}layout") is None:
        return "it has no layout for citations", 0
    return _missing_macro(root, source)


def _missing_macro(root: ElementTree.Element, source: Source) -> tuple[str, int]:
    macros = {macro.get("name") for macro in root.iter(f"{_CSL}macro")}
    called = (name for node in root.iter() for name in [node.get("macro")] if name is not None)
    for name in called:
        if name not in macros:
            return f"it calls a macro “{name}” and has none of that name", max(source.text.find(f'"{name}"'), 0)
    return "", 0
