"""Running heads: what the margin of a page says of the work and the section."""

from __future__ import annotations

LONGEST = 90
"""More characters have no room above a page."""
LEAST = 10
"""So many characters are left of one that is cut."""
ELLIPSIS = "…"

PARAGRAPH, FROM, TO = ", ¶\N{NO-BREAK SPACE}{}", ", ¶¶\N{NO-BREAK SPACE}{}", "–{}"
"""What is added above a page: the number of its paragraph, or those of the first and the last one."""


def running_head(text: str) -> str:
    """Return a title as a running head prints it: cut if it is longer than `LONGEST`.

    An editor who wants other words writes `short-title`, or `{short="…"}` after a heading.
    """
    return cut(text, LONGEST)


def cut(text: str, most: int) -> str:
    """Return a text of at most so many characters, cut behind a word if there is one, with an ellipsis."""
    if len(text) <= most:
        return text
    words, space, _ = text[:most].rpartition(" ")
    kept = words if space and len(words) > most // 2 else text[: most - 1]
    return kept.rstrip(" ,;:.–—-") + ELLIPSIS


def is_cut_from(words: str, whole: str) -> bool:
    """Whether words are a title that was cut, white space left aside."""
    return words.endswith(ELLIPSIS) and len(words) > LEAST and whole.startswith(words.removesuffix(ELLIPSIS))
