"""Comments between values are passed over, and one at the end is the end (ISO 32000-1, 7.2.3)."""

from __future__ import annotations

import pytest

from publisher.pdf.read.syntax import Malformed, Scanner


@pytest.mark.parametrize(
    "content", [b"1 2 % end", b"1 2\n%% Object stream: object 3, index 0", b"1 % one\n2 %\n% three\n"]
)
def test_values_end_before_a_last_comment(content: bytes) -> None:
    assert list(Scanner(content).values()) == [1, 2]


@pytest.mark.parametrize("content", [b"[1 2 % end", b"<< /A 1 % end", b"1 (2 % end"])
def test_a_comment_ends_nothing_that_is_open(content: bytes) -> None:
    with pytest.raises(Malformed):
        list(Scanner(content).values())
