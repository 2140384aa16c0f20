"""Whatever an editor types: nothing breaks, no letter is lost, and every place is where it says."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.diagnostics import Source
from publisher.load.findings import Findings
from publisher.load.markdown.document import markdown
from publisher.load.markdown.plain_text import plain_text
from publisher.load.notes import notes
from publisher.model.block import CodeBlock, Paragraph
from publisher.model.inline import Code, LineBreak, Run
from publisher.model.walk import inlines_of, lines, nest, plain_of_inlines

MARKUP = (
    *"*_`[]()<>!#&\\|-+:@^{}~.1a \u00a0é",
    "\n", "\n\n", "\r\n", "    ", "> ", "- ", "1. ", "| ", "[^1]", "[^1]: ", "[@a]", "](note:a)", "{.small-caps}",
    "```\n", "|---|\n", ": ", "![a](b.png)", "**", "&amp;", "<b>", "# ", "## a\n", "— ", "\\\n",
)  # fmt: skip
TYPED = st.lists(st.sampled_from(MARKUP), max_size=40).map("".join)
LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8), max_size=8)


@settings(max_examples=200, deadline=None)
@given(TYPED)
def test_markdown_of_any_kind_is_read_with_true_places(content: str) -> None:
    findings = Findings()
    text = markdown(Source(name="x", text=content), figures=[], findings=findings)
    title = [plain_of_inlines(text.title)] if text.title_span else []
    leaves = [line.text if isinstance(line, CodeBlock) else plain_of_inlines(line) for line in lines(text.blocks)]
    assert text.plain == "\n".join(title + leaves)
    for inline in (*nest(text.title), *inlines_of(text.blocks)):
        if isinstance(inline, Run | Code | LineBreak):
            words = "\n" if isinstance(inline, LineBreak) else inline.text
            assert text.plain[inline.start : inline.start + len(words)] == words
        if isinstance(inline, Run | Code):
            assert inline.span is not None
            assert 0 <= inline.span.start <= inline.span.end <= len(content)
    for diagnostic in findings.diagnostics:
        assert diagnostic.span is not None
        assert diagnostic.span.source.position(diagnostic.span.start) >= (1, 1)
        assert diagnostic.span.end <= len(content)


@settings(max_examples=100, deadline=None)
@given(TYPED)
def test_notes_of_any_kind_are_read(content: str) -> None:
    found = notes(Source(name="x", text=f"## a\n\n> b\n\n{content}"), series="s", figures=[], findings=Findings())
    assert all(note.selector.exact for note in found)


@settings(max_examples=100, deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_plain_text_keeps_every_character(typed: list[str], line_end: str, title: bool) -> None:
    content = line_end.join(typed)
    text = plain_text(Source(name="x", text=content), first_paragraph_is_title=title, findings=Findings())
    paragraphs = [block.children for block in text.blocks if isinstance(block, Paragraph)]
    runs = [run for run in (*text.title, *(run for children in paragraphs for run in children)) if isinstance(run, Run)]
    kept = [line for line in typed if line.strip(" \t")]
    assert text.plain == "\n".join(kept)
    for run in runs:
        assert text.plain[run.start : run.start + len(run.text)] == run.text
        assert run.span is not None
        assert content[run.span.start : run.span.end].replace("\r\n", "\n") == run.text
