"""Optional content of a PDF: what its default configuration hides in a viewer (ISO 32000-1, 8.11)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Name

from publisher.pdf.foreign.values import entry, is_dictionary

_DEEPEST = 8
_MOST = 10_000


@dataclass(slots=True, kw_only=True)
class Layers:
    """The layers of a file."""

    base: bool = True
    on: frozenset[tuple[int, int]] = frozenset()
    off: frozenset[tuple[int, int]] = frozenset()
    _known: dict[tuple[int, int], bool] = field(default_factory=dict)

    def hides(self, value: Any) -> bool:
        """Whether a group or membership dictionary, as `/OC` has it, is hidden."""
        if not is_dictionary(value):
            return False
        number = value.objgen
        if number not in self._known or number == (0, 0):
            self._known[number] = not self._visible(value)
        return self._known[number]

    def _visible(self, value: Any) -> bool:
        if entry(value, "/Type") != Name.OCMD:
            return self._group(value)
        expression = entry(value, "/VE")
        if isinstance(expression, Array):
            found = self._expression(expression, 0)
            if found is not None:
                return found
        groups = entry(value, "/OCGs")
        states = [self._group(item) for item in _list_all(groups) if is_dictionary(item)]
        if not states:
            return True
        match str(entry(value, "/P") or "/AnyOn"):
            case "/AllOn":
                return all(states)
            case "/AnyOff":
                return not all(states)
            case "/AllOff":
                return not any(states)
            case _:
                return any(states)

    def _group(self, group: Any) -> bool:
        number = group.objgen
        return number in self.on if not self.base else number not in self.off

    def _expression(self, expression: Any, depth: int) -> bool | None:
        """The value of a visibility expression; None if it is none."""
        if depth > _DEEPEST or not 2 <= len(expression) <= 100:
            return None
        operator, *rest = list(expression)
        states = [
            self._expression(array, depth + 1)
            if isinstance(array, Array)
            else self._group(array)
            if is_dictionary(array)
            else None
            for array in rest
        ]
        if any(state is None for state in states):
            return None
        match str(operator):
            case "/Not":
                return not states[0]
            case "/And":
                return all(states)
            case "/Or":
                return any(states)
            case _:
                return None


def layers(pdf: pikepdf.Pdf) -> Layers:
    """The layers of a file as its default configuration has them."""
    properties = entry(pdf.Root, "/OCProperties")
    default = entry(properties, "/D") if is_dictionary(properties) else None
    if not is_dictionary(default):
        return Layers()
    return Layers(
        base=str(entry(default, "/BaseState") or "/ON") != "/OFF",
        on=_numbers(entry(default, "/ON")),
        off=_numbers(entry(default, "/OFF")),
    )


def _list_all(value: Any) -> list[Any]:
    return list(value)[:_MOST] if isinstance(value, Array) else [value]


def _numbers(value: Any) -> frozenset[tuple[int, int]]:
    """The numbers of the groups in an array."""
    return frozenset(item.objgen for item in _list_all(value) if is_dictionary(item))
