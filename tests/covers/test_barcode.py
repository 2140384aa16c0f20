"""ISBN and barcode: read back from the bars with tables of the test's own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import etree

from publisher.model.trade import corrected_isbn, ean13, is_valid_isbn
from publisher.render.barcode import MODULE, barcode

SVG = "{http://www.w3.org/2000/svg}"
LEFT_ODD = [
    *("0001101", "0011001", "0010011", "0111101", "0100011"),
    *("0110001", "0101111", "0111011", "0110111", "0001011"),
]
"""GS1 General Specifications, number set A."""
RIGHT = ["".join("10"[int(bit)] for bit in code) for code in LEFT_ODD]
LEFT_EVEN = [code[::-1] for code in RIGHT]
FIRST = ["AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA"]
ADD_ON = ["BBAAA", "BABAA", "BAABA", "BAAAB", "ABBAA", "AABBA", "AAABB", "ABABA", "ABAAB", "AABAB"]


def drawing(digits: str = "9783161484100", **more: Any) -> Any:
    """The drawing, parsed."""
    return etree.fromstring(barcode(digits, **({"isbn": "978-3-16-148410-0", "add_on": None} | more)))


def modules(tree: Any) -> str:
    """The modules from the first bar on, 1 for black, as a scanner sees them."""
    bars = [(float(bar.get("x")), float(bar.get("width"))) for bar in tree.iter(f"{SVG}rect") if bar.get("x")]
    spans = [(round(left / MODULE), round(width / MODULE)) for left, width in sorted(bars)]
    start, end = spans[0][0], spans[-1][0] + spans[-1][1]
    black = {at for left, width in spans for at in range(left, left + width)}
    return "".join("1" if at in black else "0" for at in range(start, end))


def left_half(code: str) -> tuple[str, str]:
    """The digits of the left half, and the sets that they are from."""
    digits, sets = "", ""
    for at in range(0, len(code), 7):
        part = code[at : at + 7]
        odd = part in LEFT_ODD
        sets += "A" if odd else "B"
        digits += str((LEFT_ODD if odd else LEFT_EVEN).index(part))
    return digits, sets


@pytest.mark.parametrize("digits", ["9783161484100", "9780306406157", "9791090636071", "9788175257665"])
def test_the_bars_say_the_digits(digits: str) -> None:
    code = modules(drawing(digits))
    assert (code[:3], code[45:50], code[92:]) == ("101", "01010", "101")
    left, sets = left_half(code[3:45])
    right = "".join(str(RIGHT.index(code[at : at + 7])) for at in range(50, 92, 7))
    assert str(FIRST.index(sets)) + left + right == digits


@pytest.mark.parametrize("add_on", ["51499", "90000", "00999", "12345"])
def test_the_add_on_says_its_digits_and_its_check(add_on: str) -> None:
    code = modules(drawing(add_on=add_on))[95 + 10 :]
    assert code[:4] == "1011"
    parts = [code[4 + 9 * place : 11 + 9 * place] for place in range(5)]
    assert [code[11 + 9 * place : 13 + 9 * place] for place in range(4)] == ["01"] * 4
    digits, sets = left_half("".join(parts))
    odd, even = (sum(int(digit) for digit in digits[start::2]) for start in (0, 1))
    assert digits == add_on
    assert ADD_ON.index(sets) == (3 * odd + 9 * even) % 10


def test_quiet_zones_are_kept() -> None:
    for add_on, after in ((None, 7), ("51499", 5)):
        tree = drawing(add_on=add_on)
        width = float(tree.get("viewBox").split()[2])
        bars = [(float(bar.get("x")), float(bar.get("width"))) for bar in tree.iter(f"{SVG}rect") if bar.get("x")]
        assert min(left for left, _ in bars) == pytest.approx(11 * MODULE)
        assert width - max(left + wide for left, wide in bars) >= after * MODULE - 0.002


def test_it_is_pure_black_on_white_with_its_digits_as_text() -> None:
    tree = drawing(add_on="51499")
    fills = {element.get("fill") for element in tree.iter() if element.get("fill")}
    assert fills == {"#fff", "#000"}
    text = [element.text for element in tree.iter(f"{SVG}text")]
    assert text[0] == "ISBN 978-3-16-148410-0"
    assert "".join(text[1:]) == "978316148410051499"
    assert re.fullmatch(r"[0-9.]+mm", tree.get("width"))


def test_bars_are_of_nominal_width_and_guards_are_longer() -> None:
    tree = drawing()
    heights = {float(bar.get("x")): float(bar.get("height")) for bar in tree.iter(f"{SVG}rect") if bar.get("x")}
    longer = [round(left / MODULE) - 11 for left, height in heights.items() if height > min(heights.values())]
    assert longer == [0, 2, 46, 48, 92, 94]
    assert MODULE == 0.33


@pytest.mark.parametrize(
    ("isbn", "sound"),
    [
        ("978-3-16-148410-0", True),
        ("978-3-16-148410-1", False),
        ("0-306-40615-2", True),
        ("080442957X", True),
        ("0-306-40615-3", False),
        ("979 10 90636 07 1", True),
    ],
)
def test_the_last_digit_is_checked(isbn: str, sound: bool) -> None:
    assert is_valid_isbn(isbn) is sound
    assert is_valid_isbn(corrected_isbn(isbn))
    assert corrected_isbn(isbn)[:-1] == isbn[:-1]


def test_an_isbn_of_ten_digits_has_the_barcode_of_its_twin() -> None:
    assert ean13("0-306-40615-2") == "9780306406157"
    assert ean13("978-0-306-40615-7") == "9780306406157"
