"""A change of one file that can be taken back, also if other places of the file have changed since."""

from __future__ import annotations

from dataclasses import dataclass

CONTEXT = 80
"""How many characters around a change have to be as they were, if the file is not the one that was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a file was, and what it became."""

    path: str
    before: str
    after: str
    what: str
    """What was done, for people: `note word-regime added`."""

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(path=self.path, before=self.after, after=self.before, what=self.what)

    def applied(self, text: str) -> str | None:
        """Return what the change makes of a text; None if the place that it changes is not as it was.

        If the text is `before`, the result is `after`. Else the place is looked for by what is around it, and has to be
        there once.
        """
        if text == self.before:
            return self.after
        start = _common(self.before, self.after)
        tail = _common(self.before[start:][::-1], self.after[start:][::-1])
        left = self.before[max(0, start - CONTEXT) : start]
        right = self.before[len(self.before) - tail :][:CONTEXT]
        old = left + self.before[start : len(self.before) - tail] + right
        if not old or text.count(old) != 1:
            return None
        new = left + self.after[start : len(self.after) - tail] + right
        return text.replace(old, new)


def _common(text: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    return next((at for at, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))
