"""Pages in words, as the preflight names them."""

from __future__ import annotations

import pytest

from publisher.preflight.page_names import named

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
    assert named(pages, LABELS) == words
