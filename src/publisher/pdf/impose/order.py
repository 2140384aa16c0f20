"""What can be asked of an imposition, and the sheets it can be printed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Scheme(StrEnum):
    """How pages are gathered."""

    BOOKLET = "booklet"
    """The whole document is one signature: sheets laid into each other, folded, stapled through the fold."""
    SIGNATURES = "signatures"
    """Several signatures, to be sewn or glued one behind the other."""
    TWO_UP = "two-up"
    """Two pages next to each other in the order of reading, not to be folded."""


class Flip(StrEnum):
    """About which edge of the sheet the printer turns it for the back, as its dialogue calls it."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is printed on."""

    name: str
    short: float
    """Its shorter edge in millimetres."""
    long: float


SHEETS: tuple[Sheet, ...] = (
    Sheet(name="A5", short=148, long=210),
    Sheet(name="A4", short=210, long=297),
    Sheet(name="A3", short=297, long=420),
    Sheet(name="SRA3", short=320, long=450),
    Sheet(name="A2", short=420, long=594),
    Sheet(name="B4", short=250, long=353),
    Sheet(name="Letter", short=215.9, long=279.4),
    Sheet(name="Legal", short=215.9, long=355.6),
    Sheet(name="Tabloid", short=279.4, long=431.8),
)
"""ISO 216, ISO 217 and ANSI Y14.1 sizes that copiers and small presses take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An imposition as it is asked for."""

    scheme: Scheme = Scheme.BOOKLET
    sheet: Sheet = SHEETS[1]
    signature: int = 16
    """Pages of a signature, where there are several."""
    folds: int = 1
    """How often each sheet is folded: once 4 pages, twice 8, three times 16."""
    creep: float = 0.0
    """Millimetres by which the pages of each folded leaf further in are moved towards the fold."""
    flip: Flip | None = None
    """None for the edge about which the back needs no turning: the short one of a sheet that lies across."""
    full_size: bool = False
    """Whether pages keep their size even where they do not fit; else they are made smaller where they must."""
    blank_at: int | None = None
    """After which page the blank ones go that fill the last sheet; None for the end."""
    fold_marks: bool = False
    crop_marks: bool = False
    collation_marks: bool = False

    def described(self) -> dict[str, Any]:
        """The order as words, numbers and truth values by name; `ordered` reads it."""
        return {**asdict(self), "sheet": self.sheet.name}


def in_order(described: Mapping[str, Any]) -> Order | None:
    """The order that was described; None if it is none that can be asked for."""
    sheet = next((item for item in SHEETS if item.name == described.get("sheet")), None)
    if sheet is None or described.keys() != Order().described().keys():
        return None
    try:
        order = Order(
            scheme=Scheme(described["scheme"]),
            sheet=sheet,
            signature=int(described["signature"]),
            folds=int(described["folds"]),
            creep=float(described["creep"]),
            flip=None if described["flip"] is None else Flip(described["flip"]),
            full_size=bool(described["full_size"]),
            blank_at=None if described["blank_at"] is None else int(described["blank_at"]),
            fold_marks=bool(described["fold_marks"]),
            crop_marks=bool(described["crop_marks"]),
            collation_marks=bool(described["collation_marks"]),
        )
    except (ValueError, TypeError):
        return None
    return order if 1 <= order.folds <= 3 and 0 <= order.creep <= 2 and order.described() == dict(described) else None
