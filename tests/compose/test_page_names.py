"""Pages in words, as diagnostics name them."""

from __future__ import annotations

import pytest

from publisher.model.page import name_pages

LABELS = ("i", "ii", "iii", "1", "2", "3", "4", "A-1", "A-2")


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ([1], "page ii"),
        ([3, 3], "page 1"),
        ([0, 1, 2], "pages i–iii"),
        ([6, 0, 1, 2, 3, 4], "pages i–iii, 1–2 and 4"),
        ([2, 3], "pages iii and 1"),
        (range(9), "pages i–iii, 1–4 and A-1–A-2"),
    ],
)
def test_pages_that_follow_one_another_are_told_by_the_first_and_the_last(pages: list[int], words: str) -> None:
    assert name_pages(pages, LABELS) == words


def test_of_many_pages_ten_runs_are_told() -> None:
    labels = tuple(map(str, range(1, 60)))
    assert name_pages(range(0, 58, 2), labels) == "pages 1, 3, 5, 7, 9, 11, 13, 15, 17, 19 and 19 more"
    assert name_pages([0, 1, *range(3, 58, 3)], labels) == "pages 1–2, 4, 7, 10, 13, 16, 19, 22, 25, 28 and 10 more"
