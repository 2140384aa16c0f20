"""What stands in the margins is made of running heads and folios, each whole, and of nothing else."""

from __future__ import annotations

import pytest

from publisher.verify.pdf.margins import is_made_of

HEADS = {"Onpromises", "On", "promisesinwinter", "12"}


@pytest.mark.parametrize("words", ["12", "Onpromises12", "12Onpromises", "Onpromisesinwinter", "OnOn12"])
def test_heads_and_folios_in_any_order_are_theirs(words: str) -> None:
    assert is_made_of(words, HEADS)


@pytest.mark.parametrize("words", ["1", "Onpromise", "Onpromises13", "inwinter", "Onpromises12x", "onpromises"])
def test_anything_else_is_not(words: str) -> None:
    assert not is_made_of(words, HEADS)


def test_many_parts_that_begin_alike_are_tried_once_each() -> None:
    assert not is_made_of("a" * 3000 + "b", {"a" * length for length in range(1, 30)})
