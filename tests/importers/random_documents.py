"""Random blocks of the document model, for the tests of the writer."""

from __future__ import annotations

from hypothesis import strategies as st

from publisher.importers.document import (
    Block,
    Break,
    Call,
    Cell,
    Cite,
    Edge,
    Format,
    Heading,
    Line,
    Listing,
    Literal,
    Paragraph,
    Picture,
    Point,
    Quotation,
    Rule,
    Stanza,
    Table,
    Terms,
    Words,
)
from publisher.model.block import Alignment
from publisher.model.inline import CitedReference

SIGNS = "ab c.,*_`[]<>{}@|\\#+-=~:^!$&;\"'()1—\u00a0é漢א\t\n?/%"
TEXTS = st.one_of(
    st.text(alphabet=SIGNS, min_size=1, max_size=12),
    st.sampled_from(
        ("1. x", "Table: x", ": x", "- x", "&amp;", "a*b", "— x", "[^1]: x", "## x", "x ##", "{.small-caps}", "^^",
         "http://a.b", "```", "a@b.org", "$1 and $2", "![x](y)", "::: x", "\\", "  ", "    x")
    ),
)  # fmt: skip
FORMATS = st.builds(
    Format,
    italic=st.booleans(),
    bold=st.booleans(),
    small_caps=st.sampled_from((False, False, True)),
    raised=st.sampled_from((False, False, False, True)),
    lowered=st.sampled_from((False, False, False, True)),
    code=st.sampled_from((False, False, False, True)),
    language=st.sampled_from((None, None, None, "fr", "de-CH")),
    link=st.sampled_from((None, None, None, "https://example.org/a", "https://example.org/b?c=d&e=%5B")),
)
WORDS = st.builds(Words, text=TEXTS, format=st.one_of(st.just(Format()), FORMATS))
REFERENCES = st.builds(
    CitedReference,
    key=st.sampled_from(("reed2001", "stone_2")),
    locator=st.sampled_from((None, "p. 3", "pp. 4-6, and elsewhere")),
    prefix=st.sampled_from(("", "see")),
    suppress_author=st.booleans(),
)
PIECES = st.one_of(
    WORDS,
    WORDS,
    WORDS,
    st.just(Break()),
    st.builds(Call, label=st.sampled_from(("1", "2"))),
    st.builds(Cite, references=st.lists(REFERENCES, min_size=1, max_size=2).map(tuple)),
    st.builds(Point, comment=st.just("1"), edge=st.sampled_from(Edge)),
)
LINES: st.SearchStrategy[Line] = st.lists(PIECES, max_size=6).map(tuple)
CELLS = st.builds(Cell, line=LINES, columns=st.sampled_from((1, 1, 1, 2)), rows=st.sampled_from((1, 1, 1, 2, 3)))
ROWS = st.lists(CELLS, max_size=4).map(tuple)
PARTS = st.lists(ROWS, max_size=3).map(tuple)
TABLES = st.builds(
    Table,
    head=PARTS,
    bodies=st.lists(PARTS, max_size=2).map(tuple),
    alignments=st.lists(st.sampled_from(Alignment), max_size=3).map(tuple),
    caption=LINES,
)
LEAVES = st.one_of(
    st.builds(Paragraph, line=LINES),
    st.builds(Stanza, lines=st.lists(LINES, max_size=3).map(tuple)),
    st.builds(Literal, text=TEXTS, language=st.sampled_from((None, "python", "a b"))),
    st.just(Rule()),
    TABLES,
    st.builds(
        Picture,
        file=st.just("images/a.png"),
        alternative=TEXTS.map(lambda text: f"x {text}"),
        caption=LINES.map(lambda line: tuple(piece for piece in line if not isinstance(piece, Call))),
        width=st.sampled_from((None, "40%")),
    ),
)


def _around(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Quotation, blocks=blocks, attribution=st.sampled_from(((), (Words(text="— Who"),)))),
        st.builds(
            Listing, ordered=st.booleans(), entries=st.lists(blocks, max_size=3).map(tuple), start=st.integers(0, 12)
        ),
        st.builds(
            Terms,
            entries=st.lists(st.tuples(LINES, st.lists(blocks, max_size=2).map(tuple)), max_size=2).map(tuple),
        ),
    )


BLOCKS: st.SearchStrategy[Block] = st.recursive(LEAVES, _around, max_leaves=6)
DOCUMENTS = st.lists(st.one_of(BLOCKS, st.builds(Heading, level=st.integers(2, 4), line=LINES)), max_size=5).map(tuple)
