"""What the interpreter of content tells a device, and what it does with malformed content."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from publisher.pdf.read.content import interpreter
from publisher.pdf.read.content.colours import ColourSpace
from publisher.pdf.read.content.device import Context, Device, FillRule, Form, GlyphRun, Image
from publisher.pdf.read.content.interpreter import MOST_FORMS, MOST_SEQUENCES, MOST_STATES, Interpreter
from publisher.pdf.read.content.path import Path
from publisher.pdf.read.file import Dictionary, Objects, Stream
from publisher.pdf.read.fonts import Font
from publisher.pdf.read.syntax import Malformed, Name, Ref, Value


@dataclass
class Held(Objects):
    """Objects that a test holds, by their numbers."""

    known: dict[int, Value] = field(default_factory=dict)

    def resolve(self, value: Value) -> Value:
        return self.known.get(value.number) if isinstance(value, Ref) else value

    def decoded(self, stream: Stream) -> bytes:
        return stream.raw


@dataclass
class Recorder(Device):
    """Writes down what it is told, in short."""

    told: list[str] = field(default_factory=list)

    def draw_path(self, context: Context, path: Path, *, fill: FillRule | None, stroke: bool) -> None:
        how = " ".join(filter(None, (fill.name.lower() if fill else "", "stroke" if stroke else "")))
        self._tell(f"{how} {_rounded(path.box)}", context)

    def show_glyphs(self, context: Context, run: GlyphRun) -> None:
        x, y = run.matrix[4:]
        starts = [round(start, 3) for start in run.places(context.state).starts]
        self._tell(f"{run.font.text(run.shown.codes)} at {x:g},{y:g} {starts} + {run.advance:g}", context)

    def draw_image(self, context: Context, image: Image) -> None:
        size = f"{image.entries.get('Width')}x{image.entries.get('Height')}"
        self._tell(f"{'inline ' if image.inline else ''}image {size} {_rounded(context.square())}", context)

    def fill_shading(self, context: Context, shading: Dictionary) -> None:
        self._tell(f"shading {shading.get('ShadingType')}", context)

    def begin_form(self, context: Context, form: Form) -> bool:
        self.told.append(f"begin {form.kind.name.lower()}")
        return True

    def end_form(self, context: Context, form: Form) -> None:
        self.told.append(f"end {form.kind.name.lower()}")

    def end_marked(self, context: Context) -> None:
        if context.marked.tag:
            self.told.append(f"end {context.marked.tag}")

    def set_colour(self, context: Context, space: ColourSpace, *, stroke: bool) -> None:
        self.told.append(f"{'stroke' if stroke else 'fill'} {space.family}")

    def set_state(self, context: Context, entries: Dictionary) -> None:
        self.told.append(f"set {' '.join(entries)}")

    def miss_resource(self, context: Context, kind: str, name: str) -> None:
        self.told.append(f"miss {kind} {name}")

    def _tell(self, words: str, context: Context) -> None:
        marked = context.marked
        where = [*([f"mcid {marked.mcid}"] if marked.mcid is not None else ()), *(["artifact"] * marked.artifact)]
        where += ["optional"] * marked.optional
        where += [f"for {marked.replaced.actual}"] if marked.replaced else []
        self.told.append(" ".join((words, *where)))


def _rounded(box: tuple[float, ...] | None) -> str:
    return f"({', '.join(f'{edge:g}' for edge in box)})" if box else "everywhere"


FONT = Font(width=1, characters={code: chr(code) for code in range(32, 127)}, widths={}, other=500)


def told(content: bytes, objects: Held | None = None, **resources: Any) -> list[str]:
    """What the device is told of content with these resources."""
    recorder = Recorder()
    given = {"Font": {"F": {}}, **resources}
    Interpreter(objects or Held(), recorder, lambda _: FONT).run(content, given)
    return recorder.told


def form(content: bytes, **entries: Value) -> Stream:
    return Stream({"Subtype": Name("Form"), **entries}, content)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"BT /F 10 Tf 20 50 Td (abc) Tj (d) Tj ET", ["abc at 20,50 [0.0, 5.0, 10.0] + 15", "d at 35,50 [0.0] + 5"]),
        (b"BT /F 10 Tf 20 50 Td [(a) -200 (b)] TJ ET", ["ab at 20,50 [0.0, 7.0] + 12"]),
        (b"BT /F 10 Tf 20 50 Td [<61>-200<62>]TJ ET", ["ab at 20,50 [0.0, 7.0] + 12"]),
        (b"BT /F 10 Tf 2 Tc 3 Tw (a b) Tj ET", ["a b at 0,0 [0.0, 7.0, 17.0] + 24"]),
        (b"BT /F 10 Tf 200 Tz 1 Tc (ab) Tj ET", ["ab at 0,0 [0.0, 12.0] + 24"]),
        (b"BT /F 10 Tf 4 Ts 1 0 0 1 3 5 Tm (a) Tj ET", ["a at 3,9 [0.0] + 5"]),
        (
            b"BT /F 10 Tf 0 -12 TD (a) Tj T* (b) Tj (c) ' ET",
            ["a at 0,-12 [0.0] + 5", "b at 0,-24 [0.0] + 5", "c at 0,-36 [0.0] + 5"],
        ),
        (b'BT /F 10 Tf 12 TL 3 2 (a b) " (c) Tj ET', ["a b at 0,-12 [0.0, 7.0, 17.0] + 24", "c at 24,-12 [0.0] + 7"]),
        (
            b"BT /F 10 Tf ET q 2 0 0 2 5 5 cm BT /F 5 Tf 10 20 Td (a) Tj ET Q BT (b) Tj ET",
            ["a at 25,45 [0.0] + 2.5", "b at 0,0 [0.0] + 5"],
        ),
    ],
    ids=["moved on", "shifted", "hexadecimal", "spaced", "scaled", "raised", "lines", "quotes", "restored"],
)
def test_glyphs_have_their_places(content: bytes, expected: list[str]) -> None:
    assert told(content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"1 2 10 20 re f", ["nonzero (1, 2, 11, 22)"]),
        (b"1 2 m 5 2 l 5 9 l h B*", ["even_odd stroke (1, 2, 5, 9)"]),
        (b"0 0 m 0 8 8 8 8 0 c s", ["stroke (0, 0, 8, 6)"]),
        (b"2 0 0 2 0 0 cm 0 0 m 3 4 l S", ["stroke (0, 0, 6, 8)"]),
        (b"0 0 m 3 4 l 2 0 0 2 0 0 cm S", ["stroke (0, 0, 3, 4)"]),
        (b"f S n", []),
        (b"q 10 0 0 20 3 4 cm BI /W 2 /H 3 /CS /G ID abc\nEI Q", ["inline image 2x3 (3, 4, 13, 24)"]),
        (b"/S sh", ["shading 2"]),
        (b"/G gs", ["set ca"]),
        (b"0 1 0 rg 1 G /C cs", ["fill DeviceRGB", "stroke DeviceGray", "fill Separation"]),
        (b"BX 1 2 whatever EX /Tag MP", []),
        (
            b"/N Do /N gs /N sh /Pattern cs /N scn /Odd Do 0 0 1 1 re f",
            [
                *("miss XObject N", "miss ExtGState N", "miss Shading N", "fill Pattern"),
                *("miss Pattern N", "fill unknown", "miss XObject Odd", "nonzero (0, 0, 1, 1)"),
            ],
        ),
    ],
    ids=[
        "area",
        "both",
        "curve",
        "scaled",
        "scaled late",
        "none",
        "inline",
        "shading",
        "state",
        "colours",
        "unknown",
        "missing",
    ],
)
def test_what_is_painted_is_told(content: bytes, expected: list[str]) -> None:
    resources: dict[str, Any] = {
        "Shading": {"S": {"ShadingType": 2}},
        "ExtGState": {"G": {"ca": 0.5}},
        "XObject": {"Odd": 7},
        "ColorSpace": {"C": [Name("Separation"), Name("Spot"), Name("DeviceCMYK"), {}]},
    }
    assert told(content, **resources) == expected


def test_sequences_have_what_those_around_them_say() -> None:
    content = (
        b"/P <</MCID 4>> BDC BT /F 10 Tf (a) Tj /Span <</ActualText (x)>> BDC (b) Tj /Span <</ActualText (y)>> BDC"
        b"(c) Tj EMC EMC ET EMC /Artifact BMC 0 0 1 1 re f EMC /OC /L BDC 0 0 1 1 re f EMC EMC 0 0 1 1 re f"
    )
    assert told(content, Properties={"L": {}}) == [
        "a at 0,0 [0.0] + 5 mcid 4",
        "b at 5,0 [0.0] + 5 mcid 4 for x",
        "c at 10,0 [0.0] + 5 mcid 4 for x",
        *("end Span", "end Span", "end P"),
        *("nonzero (0, 0, 1, 1) artifact", "end Artifact", "nonzero (0, 0, 1, 1) optional", "end OC"),
        "nonzero (0, 0, 1, 1)",
    ]


def test_a_form_is_read_in_its_place_and_leaves_nothing_behind() -> None:
    drawn = form(
        b"q q 0 1 0 rg 0 0 5 5 re f /P <</MCID 7>> BDC 0 0 1 1 re f Q Q Q Q EMC EMC",
        Matrix=[2, 0, 0, 2, 1, 1],
        OC={},
    )
    content = b"q 1 0 0 1 10 0 cm /P <</MCID 3>> BDC /X Do 0 0 1 1 re f EMC Q 0 0 1 1 re f"
    assert told(content, XObject={"X": drawn}) == [
        "begin form",
        "fill DeviceRGB",
        "nonzero (11, 1, 21, 11) mcid 3 optional",
        "nonzero (11, 1, 13, 3) mcid 7 optional",
        "end P",
        "end form",
        "nonzero (10, 0, 11, 1) mcid 3",
        "end P",
        "nonzero (0, 0, 1, 1)",
    ]


def test_tiles_are_read_where_they_are_chosen_from_the_space_of_the_page() -> None:
    tile = Stream({"PatternType": 1, "Matrix": [1, 0, 0, 1, 50, 0]}, b"0 0 5 5 re f")
    content = b"9 0 0 9 0 0 cm /Pattern cs /T scn"
    read = told(content, Pattern={"T": tile})
    assert read == ["fill Pattern", "fill Pattern", "begin tile", "nonzero (50, 0, 55, 5)", "end tile"]


@dataclass
class Clips(Device):
    """Writes down what is left of the page where something is painted."""

    seen: list[tuple[str, int]] = field(default_factory=list)

    def draw_path(self, context: Context, path: Path, *, fill: FillRule | None, stroke: bool) -> None:
        self.seen.append((_rounded(context.state.clip), len(context.state.shapes)))


@pytest.mark.parametrize(
    ("content", "clip"),
    [
        (b"0 0 9 9 re W n 5 5 9 9 re W n 0 0 1 1 re f", ("(5, 5, 9, 9)", 0)),
        (b"0 0 m 9 0 l 0 9 l W n 0 0 1 1 re f", ("(0, 0, 9, 9)", 1)),
        (b"0 0 m 9 9 l 9 0 l 0 9 l h W n 0 0 1 1 re f", ("(0, 0, 9, 9)", 1)),
        (b"q 0 0 9 9 re W n Q 0 0 1 1 re f", ("everywhere", 0)),
        (b"W n 0 0 1 1 re f", ("(0, 0, 0, 0)", 1)),
        (b"0 0 9 9 re W f", ("everywhere", 0)),
    ],
    ids=["shared", "triangle", "crossed", "restored", "empty", "painted first"],
)
def test_clips_are_followed(content: bytes, clip: tuple[str, int]) -> None:
    device = Clips()
    Interpreter(Held(), device, lambda _: FONT).run(content, {})
    assert device.seen == [clip]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"1 0 0 rg 1 2 m 3 l S", "1 operands and needs 2"),
        (b"cm", "0 operands and needs 6"),
        (b"(a) (b) (c) rg", "other operands than numbers"),
        (b"BT (abc) Tj ET", "without a font"),
        (b"BT /F 10 Tf 3 Tj ET", "no string"),
        (b"BT /F 10 Tf Tj ET", "no string"),
        (b"Do", "names no resource"),
        (b"3 gs", "names no resource"),
        (b"cs", "no name"),
        (b"BI /W 1 ID abc", "does not end"),
        (b"[1 2", "nothing that PDF knows|does not end"),
        (b"(abc", "does not end"),
        (b"0 0 m )", "nothing that PDF knows"),
        (b"q " * (MOST_STATES + 1), f"more than {MOST_STATES} graphics states"),
        (b"/P BMC " * (MOST_SEQUENCES + 1), f"more than {MOST_SEQUENCES} marked"),
        (b"[" * 5000, "inside one another"),
        (b"<</A " * 5000, "inside one another"),
        (b"1 " * 20_000 + b"m", "more than 10000 operands"),
        (b"<</A 1>> " * 20_000 + b"m", "more than 10000 operands"),
    ],
)
def test_malformed_content_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(Malformed, match=message):
        told(content)


def test_what_is_closed_too_often_or_never_is_balanced() -> None:
    assert told(b"Q Q EMC EMC ET /P BMC q 0 0 1 1 re f") == ["nonzero (0, 0, 1, 1)", "end P"]


def test_forms_that_draw_themselves_are_refused() -> None:
    objects = Held()
    objects.known[1] = form(b"/X Do", Resources={"XObject": {"X": Ref(1)}})
    with pytest.raises(Malformed, match="without end"):
        told(b"/X Do", objects, XObject={"X": Ref(1)})


def test_tiles_that_choose_themselves_are_refused() -> None:
    objects = Held()
    objects.known[1] = Stream({"PatternType": 1, "Resources": {"Pattern": {"T": Ref(1)}}}, b"/T scn")
    with pytest.raises(Malformed, match="without end"):
        told(b"/T scn", objects, Pattern={"T": Ref(1)})


def test_forms_inside_one_another_are_read_as_deep_as_pages_of_others_may_have_them() -> None:
    objects = Held()
    for number in range(1, MOST_FORMS + 1):
        objects.known[number] = form(b"/X Do", Resources={"XObject": {"X": Ref(number + 1)}})
    objects.known[MOST_FORMS] = form(b"0 0 1 1 re f")
    assert told(b"/X Do", objects, XObject={"X": Ref(1)}).count("nonzero (0, 0, 1, 1)") == 1


def test_forms_that_are_drawn_again_and_again_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreter, "MOST_BYTES", 100_000)
    objects = Held()
    for number in range(1, MOST_FORMS):
        objects.known[number] = form(b"/X Do " * 20, Resources={"XObject": {"X": Ref(number + 1)}})
    objects.known[MOST_FORMS] = form(b"")
    counter = Counter()
    with pytest.raises(Malformed, match="MB of content"):
        Interpreter(objects, counter, lambda _: FONT).run(b"/X Do", {"XObject": {"X": Ref(1)}})
    assert 100 < counter.forms <= 1001


@dataclass
class Counter(Device):
    """Counts forms."""

    forms: int = 0

    def begin_form(self, context: Context, form: Form) -> bool:
        self.forms += 1
        return True
