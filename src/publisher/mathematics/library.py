"""The library that lays formulas out, made to do its work once.

It lays each row out twice, the first time to know how high brackets that stretch have to be. So rows in each other
take 2, 4, 8 … times as long. Here a row without such brackets is never measured, and any other row once for each
height around it. What is laid out is the same.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import Element, tostring

_KNOWN = "_heights_measured"
"""The name under which a formula has the heights of its rows."""
_AROUND = ("nostretch",)
"""What says nothing of the height of a row: it is measured without brackets that stretch."""
_HEIGHTS = ("rowymin", "rowymax")
"""How high the row around is."""
_ROWS = frozenset({"math", "mrow", "mtd", "mtr"})
"""Elements that are laid out as rows: operators in them are as high as they are."""
_STACKS = frozenset({"mover", "munder", "munderover"})
"""Elements whose second and third parts are as wide as the first."""
Heights = tuple[float, float]


@cache
def library() -> Any:
    """Return the module that lays formulas out; it warns of how it reads its own typeface."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = import_module("ziamath")
    _measure_once()
    return module


def _measure_once() -> None:
    """Replace what measures rows, and what copies styles only to read them."""
    row = import_module("ziamath.nodes.mrow").Mrow
    measured = row._get_height_nostretch

    def heights(self: Any, line: list[Element], **around: Any) -> Heights:
        if not any(map(stretches, line)):
            return 0.0, 0.0  # nothing asks for them
        known = _heights_of_formula(self)
        apart = _AROUND if any(map(depends, line)) else (*_AROUND, *_HEIGHTS)
        others = sorted((name, value) for name, value in around.items() if name not in apart)
        key = (tostring(self.element), repr(self.style), self.parent.mtag, repr(others))
        if key not in known:
            known[key] = measured(self, line, **around)
        return known[key]

    row._get_height_nostretch = heights
    styles: Any = import_module("ziamath.styles")
    styles.asdict = vars


def stretches(element: Element) -> bool:
    """Return whether an element has an operator that may stretch; the library takes some identifiers for operators."""
    return any(map(_is_stretching, element.iter()))


def depends(element: Element) -> bool:
    """Return whether a part of a row is higher in a higher one: it has something at an operator that stretches.

    What is over or under something stretches with it, and not with the row.
    """
    if element.tag in _ROWS:
        return False
    is_stack = element.tag in _STACKS
    return any(_depends(child, is_over=is_stack and at > 0) for at, child in enumerate(element))


def _depends(part: Element, *, is_over: bool) -> bool:
    return not (is_over and part.tag == "mo") and (_is_stretching(part) or depends(part))


def _is_stretching(element: Element) -> bool:
    stretchy = element.get("stretchy")
    if element.tag not in ("mo", "mi") or stretchy == "false":
        return False
    return stretchy is not None or (element.text or "").strip() in _stretching_signs()


@cache
def _stretching_signs() -> frozenset[str]:
    """The signs that stretch in one of their forms, if their element says nothing else."""
    operators: Mapping[tuple[str, str], Mapping[str, str]] = library().operators.operators
    return frozenset(name for (name, _), parameters in operators.items() if parameters.get("stretchy") == "true")


def _heights_of_formula(node: Any) -> dict[tuple[Any, ...], Heights]:
    """What is known of the rows of the formula that a node belongs to."""
    while hasattr(node, "parent"):
        node = node.parent
    known: dict[tuple[Any, ...], Heights] = node.__dict__.setdefault(_KNOWN, {})
    return known
