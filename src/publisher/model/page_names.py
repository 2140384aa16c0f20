"""Pages in words: `page 3`, `pages i–viii, 1 and 4–9`."""

from __future__ import annotations

from collections.abc import Sequence

SHOWN = 10
"""How many runs of pages are reported; where there are more, how many pages the others are."""


def named(pages: Sequence[int], labels: Sequence[str]) -> str:
    """The pages with these indices, in their order, by the labels that a document gives to its pages.

    Pages that follow one another are reported by the first and the last, pages with figures apart from others.
    """
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        joins = bool(runs) and runs[-1][-1] == page - 1
        if joins and labels[page].isdecimal() == labels[page - 1].isdecimal():
            runs[-1].append(page)
        else:
            runs.append([page])
    rest = sum(map(len, runs[SHOWN:]))
    told = [labels[run[0]] if len(run) == 1 else f"{labels[run[0]]}–{labels[run[-1]]}" for run in runs[:SHOWN]]
    told += [f"{rest} more"] if rest else []
    words = " and ".join((", ".join(told[:-1]), told[-1])) if told[1:] else told[0]
    return f"page {words}" if len(set(pages)) == 1 else f"pages {words}"
