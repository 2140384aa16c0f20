"""A choice that names the nearest word where none of its words is given."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

import click


class NearestChoice(click.Choice[str]):
    """One of a few words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word; fails with the nearest one where it is none of them."""
        nearest = get_close_matches(str(value), [str(choice) for choice in self.choices], n=1)
        if value not in self.choices and nearest:
            self.fail(f"“{value}” is not one of {', '.join(self.choices)}. Did you mean “{nearest[0]}”?", param, ctx)
        return super().convert(value, param, ctx)
