"""The known name that is nearest to one that is not known: for hints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

COMPARED = 100_000
"""How many pairs of names are compared to write the hints of one kind; later hints name no nearest one."""
LONGEST = 100
"""How many characters a name has at most for which a nearest one is looked for."""
LISTED = 20
"""How many names a hint lists."""


@dataclass(slots=True)
class KnownNames:
    """Names that exist, and how many comparisons with them are left."""

    names: tuple[str, ...]
    cutoff: float = 0.6
    left: int = COMPARED
    _all: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Index the names."""
        self._all = frozenset(self.names)

    def __contains__(self, name: object) -> bool:
        """Return whether the name exists."""
        return name in self._all

    def nearest(self, name: str) -> str | None:
        """The known name nearest to one that is not known; None if nothing is like it, or too much was compared."""
        if self.left < len(self.names) or len(name) > LONGEST:
            return None
        self.left -= len(self.names)
        found = get_close_matches(name, self.names, n=1, cutoff=self.cutoff)
        return found[0] if found else None

    def hint(self, name: str, *, otherwise: str) -> str:
        """A hint that names the known name nearest to one that is not known, or else says what to do."""
        found = self.nearest(name)
        return otherwise if found is None else f"did you mean “{found}”?"


def list_names(names: Iterable[str]) -> str:
    """The names with commas between them; if they are many, the first of them and how many more there are."""
    names = tuple(names)
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" and {more:,} more" if more > 0 else "")
