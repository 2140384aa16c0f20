"""Random content: it is read as qpdf reads it, or refused, and nothing else."""

from __future__ import annotations

from random import Random
from typing import Any

import pikepdf
import pytest

from publisher.pdf.read.content.device import Context, Device, FillRule, GlyphRun
from publisher.pdf.read.content.instructions import Shown, instructions
from publisher.pdf.read.content.interpreter import OPERATORS, Interpreter
from publisher.pdf.read.content.path import Path
from publisher.pdf.read.file import Objects, Stream
from publisher.pdf.read.fonts import Font
from publisher.pdf.read.syntax import Malformed, Name, Value

GAPS = (b" ", b"\n", b"\r\n", b"\x00", b"  ", b"\t", b"%c\n")
OPERANDS: tuple[bytes, ...] = (
    b"0",
    b"-1",
    b".5",
    b"+12.",
    b"7.25",
    b"<41>",
    b"<4>",
    b"<41 42>",
    b"()",
    b"(a\\)(b))",
    b"(\\101\\n)",
)
OPERANDS += (b"[<41>-20<4 2>]", b"[(a)3(b)]", b"[<41>1 2<42>]", b"/A", b"/a#62", b"<</MCID 3>>", b"<</A[1 2]/B(c)>>")
OPERANDS += (b"true", b"null")
OTHERS = (b"d0", b"ET", b"BX", b"EX", b"d", b"ri", b"MP", b"i")
DAMAGE = (b")", b"]", b">>", b"<", b"[", b"(", b"<<", b"9" * 400, b"9" * 5000 + b".", b"1e5", b"--3", b"{", b"\x0b")


def content(random: Random, *, damaged: bool) -> bytes:
    """Some instructions with the operands that they take, or any."""
    operators = [*sorted(OPERATORS.keys() - {b"EI", b"'", b'"', b"Tj", b"TJ"}), *OTHERS]
    parts: list[bytes] = []
    for _ in range(random.randint(1, 30)):
        if random.random() < 0.3:
            parts += (random.choice(OPERANDS[5:14]), random.choice((b"Tj", b"TJ")))
        else:
            parts += (*random.choices(OPERANDS, k=random.randint(0, 7)), random.choice(operators))
        if damaged and random.random() < 0.2:
            parts.append(random.choice(DAMAGE))
    return b"".join(part + random.choice(GAPS) for part in parts)


def strings(value: Any) -> bytes:
    """The strings of an operand that qpdf has read, one after the other."""
    if isinstance(value, pikepdf.String):
        return bytes(value)
    return b"".join(map(strings, value)) if isinstance(value, pikepdf.Array) else b""


@pytest.mark.parametrize("seed", range(4))
def test_content_is_divided_as_qpdf_divides_it(seed: int) -> None:
    random, pdf = Random(seed), pikepdf.new()
    for _ in range(60):
        given = content(random, damaged=False)
        ours = [(operator, operands) for operator, operands in instructions(given) if operator != b"ET"]
        theirs = [item for item in pikepdf.parse_content_stream(pdf.make_stream(given)) if str(item.operator) != "ET"]
        assert [operator.decode() for operator, _ in ours] == [str(their.operator) for their in theirs], given
        for (_, operands), other in zip(ours, theirs, strict=True):
            assert len(operands) == len(other.operands), given
            if operands and isinstance(operands[-1], Shown):
                assert operands[-1].codes == strings(other.operands[-1]), given
            numbers = [
                float(operand) for operand in operands if isinstance(operand, int | float) and operand is not True
            ]
            assert numbers == [float(operand) for operand in other.operands if _is_number(operand)], given


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool | pikepdf.Object) and value is not None


class Nothing(Objects):
    """No objects."""

    def resolve(self, value: Value) -> Value:
        return value

    def decoded(self, stream: Stream) -> bytes:
        return stream.raw


class Asker(Device):
    """Asks for all that can be computed."""

    def draw_path(self, context: Context, path: Path, *, fill: FillRule | None, stroke: bool) -> None:
        path.shape(even_odd=False).holds(1, 1)
        assert path.hull is not None
        assert context.state.fill.light is None or len(context.state.fill.light) == 3

    def show_glyphs(self, context: Context, run: GlyphRun) -> None:
        assert len(run.places(context.state).codes) == len(run.shown.codes)


@pytest.mark.parametrize("seed", range(4))
def test_damaged_content_is_read_or_refused(seed: int) -> None:
    random = Random(seed)
    font = Font(width=1, characters={}, widths={65: 600}, other=500)
    read = 0
    form = Stream({"Subtype": Name("Form"), "BBox": [0, 0, 1, 1]}, b"q 0 0 1 1 re f Q Q EMC")
    resources = {"Font": {"A": {}}, "XObject": {"A": form}, "Pattern": {"A": form}, "Properties": {"A": {"MCID": 1}}}
    for _ in range(150):
        try:
            Interpreter(Nothing(), Asker(), lambda _: font).run(
                b"BT /A 9 Tf\n" + content(random, damaged=True), resources
            )
            read += 1
        except Malformed:
            continue
    assert read
