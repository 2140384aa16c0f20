"""What a YAML key may hold: a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from publisher.load.findings import Findings
from publisher.load.yaml.nodes import Node, Scalar
from publisher.load.yaml.types import Json, short

WHOLE = re.compile(r"[0-9]{1,6}")
DECIMAL = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A whole number."""

    least: int = 0

    def read(self, node: Node, *, findings: Findings) -> int | None:
        """The number. Notes E-005 where it is none, E-007 where it is too small."""
        number = _number(node, WHOLE, what="a whole number", least=self.least, findings=findings)
        return None if number is None else int(number)

    def schema(self) -> dict[str, Json]:
        """An integer."""
        return {"type": "integer", "minimum": self.least}

    def blank(self) -> int:
        """The least."""
        return self.least


@dataclass(frozen=True, slots=True, kw_only=True)
class Decimal:
    """A number, which may have a decimal point."""

    least: int = 0

    def read(self, node: Node, *, findings: Findings) -> float | None:
        """The number. Notes E-005 where it is none, E-007 where it is too small."""
        return _number(node, DECIMAL, what="a number", least=self.least, findings=findings)

    def schema(self) -> dict[str, Json]:
        """A number."""
        return {"type": "number", "minimum": self.least}

    def blank(self) -> float:
        """The least."""
        return self.least


def _number(node: Node, shape: re.Pattern[str], *, what: str, least: int, findings: Findings) -> float | None:
    if not isinstance(node, Scalar) or not node.plain or not shape.fullmatch(node.text):
        shown = f"“{short(node.text)}” is not {what}" if isinstance(node, Scalar) else f"{what} expected"
        findings.error("E-005", shown, span=node.span, hint=f"write {what} of {least} or more, without quotes")
        return None
    if float(node.text) < least:
        findings.error("E-007", f"{node.text} is too small", span=node.span, hint=f"write {least} or more")
        return None
    return float(node.text)
