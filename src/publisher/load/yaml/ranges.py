"""Kinds of numbers that a YAML key may hold: a count, and ranges such as `3-14, 20`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from publisher.diagnostics import Span
from publisher.load.findings import Findings
from publisher.load.yaml.nodes import Node, Scalar
from publisher.load.yaml.types import Json, short

RANGES = r"[1-9][0-9]{0,5}( ?[-–] ?[1-9][0-9]{0,5})?(, ?[1-9][0-9]{0,5}( ?[-–] ?[1-9][0-9]{0,5})?)*"


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number from 1 on."""

    def read(self, node: Node, *, findings: Findings) -> int | None:
        """The number. Notes E-007 where it is none."""
        if isinstance(node, Scalar) and re.fullmatch("[1-9][0-9]{0,5}", node.text):
            return int(node.text)
        findings.error("E-007", "a whole number expected", span=node.span, hint="write it like 40, without quotes")
        return None

    def schema(self) -> dict[str, Json]:
        """An integer."""
        return {"type": "integer", "minimum": 1, "maximum": 999_999}

    def blank(self) -> int:
        """One."""
        return 1


@dataclass(frozen=True, slots=True)
class PlacedRanges:
    """Ranges, both ends included, and where they were written."""

    ranges: tuple[tuple[int, int], ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """One or more ranges of numbers: `3-14, 20`."""

    most: int | None = None

    def read(self, node: Node, *, findings: Findings) -> PlacedRanges | None:
        """The ranges. Notes E-007 where they are none, or do not ascend."""
        text = node.text if isinstance(node, Scalar) else ""
        ranges = tuple(map(_range, text.split(","))) if re.fullmatch(RANGES, text) else ()
        if ranges and _ascend(ranges) and len(ranges) <= (self.most or len(ranges)):
            return PlacedRanges(ranges, node.span)
        hint = "write it like 3-14" if self.most == 1 else "write them like 3-14, or 3-14, 20"
        findings.error("E-007", f"“{short(text)}” is no range of numbers", span=node.span, hint=hint)
        return None

    def schema(self) -> dict[str, Json]:
        """A number, or text of that shape."""
        return {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": f"^{RANGES}$"}]}

    def blank(self) -> PlacedRanges:
        """None."""
        return PlacedRanges(())


def _ascend(ranges: tuple[tuple[int, int], ...]) -> bool:
    """Whether each range ends where or after it begins, and before the next."""
    apart = all(pair[1] < two[0] for pair, two in pairwise(ranges))
    return apart and all(first <= last for first, last in ranges)


def _range(text: str) -> tuple[int, int]:
    first, _, last = text.replace("–", "-").partition("-")
    return int(first), int(last or first)
