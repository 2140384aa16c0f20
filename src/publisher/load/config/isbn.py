"""The ISBN in `edition.yaml`: its shape, and its last digit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from publisher.load.findings import Findings
from publisher.load.yaml.nodes import Node, Scalar
from publisher.load.yaml.types import Json, Shaped
from publisher.model.trade import corrected_isbn, is_valid_isbn

SHAPE = Shaped(what="an ISBN", example="978-3-16-148410-0", pattern=r"(97[89][- ]?)?([0-9][- ]?){9}[0-9Xx]")


@dataclass(frozen=True, slots=True)
class BookNumber:
    """An ISBN of ten or thirteen digits, with hyphens or without."""

    def read(self, node: Node, *, findings: Findings) -> str | None:
        """The ISBN. Notes values that are no ISBN, and a wrong check digit."""
        text = node.text if isinstance(node, Scalar) else ""
        if not re.fullmatch(SHAPE.pattern, text) or is_valid_isbn(text):
            return SHAPE.read(node, findings=findings)
        findings.error(
            "J-001",
            f"the last digit of the ISBN “{text}” does not fit the others",
            span=node.span,
            hint=f"if the others are right, it is {corrected_isbn(text)}; compare all digits with those of the agency",
        )
        return None

    def schema(self) -> dict[str, Json]:
        """A string of the pattern."""
        return SHAPE.schema()

    def blank(self) -> str:
        """The example."""
        return SHAPE.blank()
