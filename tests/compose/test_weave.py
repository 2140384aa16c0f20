"""Weaving: nothing is lost, everything lands once, in order, and where a reader expects it."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.compose.notes.weave import Insertion, plain, plain_of_inlines, weave, weave_inlines
from publisher.model.block import (
    Block,
    BlockQuote,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    TableRow,
    ThematicBreak,
    Verse,
)
from publisher.model.inline import (
    Citation,
    CitedReference,
    Code,
    CrossReference,
    Emphasis,
    FootnoteCall,
    Foreign,
    Inline,
    InternalLink,
    LineBreak,
    Link,
    NoteCall,
    PageBreak,
    Run,
    Styled,
    Target,
)
from publisher.model.walk import inlines_of, leaves, lines, nest

texts = st.text(alphabet="ab é\u00a0", max_size=5)


def inlines(depth: int = 2) -> st.SearchStrategy[tuple[Inline, ...]]:
    """Lines of every kind of inline node."""
    flat: list[st.SearchStrategy[Inline]] = [
        st.builds(Run, text=texts),
        st.builds(Code, text=texts),
        st.just(LineBreak()),
        st.just(Citation(references=(CitedReference(key="k"),))),
        st.just(FootnoteCall(label="1")),
    ]
    if depth:
        inner = inlines(depth - 1)
        flat += [
            st.builds(Styled, style=st.just(Emphasis.ITALIC), children=inner),
            st.builds(Foreign, language=st.just("fr"), children=inner),
            st.builds(Link, href=st.just("https://example.org"), children=inner),
            st.builds(CrossReference, target=st.just(Target.NOTE), id=st.just("n"), children=inner),
            st.builds(InternalLink, target_id=st.just("t"), children=inner),
        ]
    return st.lists(st.one_of(flat), max_size=3).map(tuple)


def blocks(depth: int = 2) -> st.SearchStrategy[tuple[Block, ...]]:
    """Texts of every kind of block."""
    line = inlines()
    row: st.SearchStrategy[TableRow] = st.tuples(*(st.builds(Cell, children=line) for _ in range(2)))
    flat: list[st.SearchStrategy[Block]] = [
        st.builds(Paragraph, children=line),
        st.builds(Heading, level=st.just(2), children=line),
        st.builds(Verse, lines=st.lists(line, max_size=2).map(tuple)),
        st.builds(Figure, path=st.just("a.png"), alternative=st.just("a"), caption=line),
        st.builds(CodeBlock, text=texts),
        st.just(ThematicBreak()),
        st.builds(
            Table,
            head=st.lists(row, max_size=2).map(tuple),
            bodies=st.lists(st.lists(row, max_size=1).map(tuple), max_size=2).map(tuple),
            width=st.just(2),
            caption=line,
        ),
    ]
    if depth:
        inner = blocks(depth - 1)
        entries = st.lists(inner, max_size=2).map(tuple)
        flat += [
            st.builds(BlockQuote, blocks=inner, attribution=line),
            st.builds(ListBlock, ordered=st.booleans(), entries=entries),
            st.builds(
                DefinitionList,
                entries=st.lists(st.builds(Definition, term=line, descriptions=entries), max_size=2).map(tuple),
            ),
        ]
    return st.lists(st.one_of(flat), max_size=3).map(tuple)


def call(name: str) -> NoteCall:
    return NoteCall(note_id=f"note-{name}", id=name, mark="1", series="editorial")


def page(name: str) -> PageBreak:
    return PageBreak(id=name, label=name)


def shown(nodes: Iterable[Inline]) -> str:
    """A line in short: `[…]` for what holds other nodes, `^id` for a call, `|id` for a page break."""
    parts = []
    for node in nodes:
        match node:
            case NoteCall():
                parts.append(f"^{node.id}")
            case PageBreak():
                parts.append(f"|{node.id}")
            case Run():
                parts.append(node.text)
            case Code():
                parts.append(f"`{node.text}`")
            case LineBreak():
                parts.append("/")
            case Styled() | Foreign() | Link() | CrossReference() | InternalLink():
                parts.append(f"[{shown(node.children)}]")
            case _:
                parts.append("@")
    return "".join(parts)


@given(data=st.data(), text=blocks())
def test_weaving_preserves_the_text_and_places_every_insertion_once_and_in_order(
    data: st.DataObject, text: tuple[Block, ...]
) -> None:
    has_leaves = any(isinstance(line, CodeBlock) or any(leaves(line)) for line in lines(text))
    length = len(plain(text))
    offsets = data.draw(st.lists(st.integers(0, length), max_size=8)) if has_leaves else []
    kinds = data.draw(st.lists(st.booleans(), min_size=len(offsets), max_size=len(offsets)))
    insertions = [
        Insertion(offset=offset, node=page(f"p{index}") if kind else call(f"c{index}"))
        for index, (offset, kind) in enumerate(zip(offsets, kinds, strict=True))
    ]
    first, last = _reach(text)
    insertions = [insertion for insertion in insertions if first <= insertion.offset <= last]

    woven = weave(text, insertions, origin=0)

    assert plain(woven) == plain(text)
    expected = sorted(insertions, key=lambda insertion: (insertion.offset, isinstance(insertion.node, PageBreak)))
    found = [node for node in inlines_of(woven) if isinstance(node, NoteCall | PageBreak)]
    for kind in (NoteCall, PageBreak):
        assert [item for item in found if isinstance(item, kind)] == [
            insertion.node for insertion in expected if isinstance(insertion.node, kind)
        ]
    assert not any(
        isinstance(node, NoteCall)
        for link in inlines_of(woven)
        if isinstance(link, Link | CrossReference | InternalLink)
        for node in nest(link.children)
    )


def _reach(text: tuple[Block, ...]) -> tuple[int, int]:
    """The offsets at which the first leaf begins and the last one ends."""
    at, reach = 0, []
    for line in lines(text):
        length = len(line.text) if isinstance(line, CodeBlock) else len(plain_of_inlines(line))
        if isinstance(line, CodeBlock) or any(leaves(line)):
            reach += [at, at + length]
        at += length + 1
    return (reach[0], reach[-1]) if reach else (0, 0)


def run(text: str, start: int) -> Run:
    return Run(text=text, start=start)


ITALIC = Styled(style=Emphasis.ITALIC, children=(run("bb", 2),))
LINK = Link(href="https://example.org", children=(run("bb", 2),))
CODE = Code(text="bb", start=2)
CASES = [
    ("inside a run", (run("aabbcc", 0),), call("c"), 3, "aab^cbcc"),
    ("at the end", (run("aabb", 0),), call("c"), 4, "aabb^c"),
    ("at the beginning", (run("aabb", 0),), call("c"), 0, "^caabb"),
    ("a call at the end of emphasis", (run("aa", 0), ITALIC, run("cc", 4)), call("c"), 4, "aa[bb]^ccc"),
    ("a call before emphasis", (run("aa", 0), ITALIC, run("cc", 4)), call("c"), 2, "aa^c[bb]cc"),
    ("a call within emphasis", (run("aa", 0), ITALIC, run("cc", 4)), call("c"), 3, "aa[b^cb]cc"),
    ("a page that begins with emphasis", (run("aa", 0), ITALIC, run("cc", 4)), page("p"), 2, "aa|p[bb]cc"),
    ("a page that begins after emphasis", (run("aa", 0), ITALIC, run("cc", 4)), page("p"), 4, "aa[bb]|pcc"),
    ("a call within a link", (run("aa", 0), LINK, run("cc", 4)), call("c"), 3, "aa[bb]^ccc"),
    ("a call at the end of a link", (run("aa", 0), LINK, run("cc", 4)), call("c"), 4, "aa[bb]^ccc"),
    ("a page that begins with a link", (run("aa", 0), LINK, run("cc", 4)), page("p"), 2, "aa|p[bb]cc"),
    ("a page within a link", (run("aa", 0), LINK, run("cc", 4)), page("p"), 3, "aa[b|pb]cc"),
    ("a call within code", (run("aa", 0), CODE, run("cc", 4)), call("c"), 3, "aa`bb`^ccc"),
    ("a page within code", (run("aa", 0), CODE, run("cc", 4)), page("p"), 3, "aa`b`|p`b`cc"),
    ("a page that begins at a line end", (run("aa", 0), LineBreak(start=2), run("cc", 3)), page("p"), 2, "aa/|pcc"),
    ("a call at a line end", (run("aa", 0), LineBreak(start=2), run("cc", 3)), call("c"), 2, "aa^c/cc"),
]


@pytest.mark.parametrize(("line", "node", "offset", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_insertion_lands_where_a_reader_expects_it(
    line: tuple[Inline, ...], node: NoteCall | PageBreak, offset: int, expected: str
) -> None:
    assert shown(weave_inlines(line, [Insertion(offset=offset, node=node)])) == expected


def test_call_ends_one_paragraph_and_page_break_begins_the_next() -> None:
    text = (Paragraph(children=(run("aa", 0),)), Paragraph(children=(run("bb", 3),)))
    woven = weave(text, [Insertion(offset=2, node=page("p")), Insertion(offset=2, node=call("c"))])
    assert [shown(line) for line in lines(woven) if isinstance(line, tuple)] == ["aa^c", "|pbb"]


def test_calls_at_one_offset_keep_the_order_in_which_they_are_given() -> None:
    line = weave_inlines((run("aa", 0),), [Insertion(offset=1, node=call(name)) for name in "zxy"])
    assert shown(line) == "a^z^x^ya"


def test_a_call_of_the_authors_stays_in_its_words_when_a_page_begins_there() -> None:
    own = NoteCall(note_id="n", id="call-n", mark="*", series="author")
    line = (Foreign(language="la", children=(Run(text="mot juste"), own)),)
    page = PageBreak(id="page-2", label="2")
    woven = weave_inlines(line, [Insertion(offset=0, node=page)], origin=0)
    assert woven == (page, *line)


def test_call_in_a_code_block_stands_in_a_paragraph_after_it() -> None:
    woven = weave((CodeBlock(text="code", start=0),), [Insertion(offset=2, node=call("c"))])
    assert woven == (CodeBlock(text="code", start=0), Paragraph(children=(call("c"),)))
    assert plain(woven) == "code"


@pytest.mark.parametrize("offset", [-1, 5])
def test_offset_outside_the_text_is_refused(offset: int) -> None:
    with pytest.raises(ValueError, match="outside the text"):
        weave_inlines((run("aabb", 0),), [Insertion(offset=offset, node=call("c"))])


def test_offsets_count_as_the_runs_do_unless_an_origin_is_given() -> None:
    line = (run("aa", 100), run("bb", 0))
    assert shown(weave_inlines(line, [Insertion(offset=3, node=page("p"))], origin=0)) == "aab|pb"
    assert shown(weave_inlines((run("aa", 100),), [Insertion(offset=101, node=page("p"))])) == "a|pa"


def test_twenty_thousand_insertions_are_woven_in_a_moment() -> None:
    count = 20_000
    text = tuple(Paragraph(children=(run("word " * 10, at * 51),)) for at in range(count))
    insertions = [Insertion(offset=at * 51 + 20, node=call(str(at))) for at in range(count)]
    begun = time.process_time()
    weave(text, insertions)
    assert time.process_time() - begun < 5
