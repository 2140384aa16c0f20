"""The registry of the patches of WeasyPrint: what each replaces, why, and which source it was written for.

WeasyPrint offers no interface for most of what a book needs, so functions of it are replaced while a section is laid
out (`hooks`). Each function that is replaced is a `Target` with the digest of its source; each reason to replace
functions is a `Patch`. Nothing here imports the engine: `sources` compares the digests with what is installed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

VERSIONS = "70.*"
"""The versions of WeasyPrint that the patches are written for, as in `pyproject.toml`."""


class Kind(StrEnum):
    """What a patch is for, which is the folder that its module is in."""

    FIX = "fixes"
    """It corrects a fault of the engine, which a file of `docs/upstream/` reproduces."""
    FEATURE = "features"
    """It adds something that the engine does not offer."""
    SPEED = "speed"
    """It keeps what the engine would compute again; pages are the same without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A function or class of the engine that is replaced, at one place."""

    place: str
    """Module and name from which the engine calls it, as `weasyprint.layout.inline:strut`."""
    digest: str
    """The first 16 digits of the SHA-256 of its source text."""
    source: str = ""
    """Module and name that define it; empty if it is defined at its place."""

    @property
    def defined(self) -> str:
        """Module and name that define it."""
        return self.source or self.place


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """One reason to replace functions of the engine."""

    name: str
    """The name of its module, with hyphens."""
    kind: Kind
    reason: str
    """What the engine does without it, or what it adds."""
    targets: tuple[Target, ...]
    """What it replaces; none if it changes a document that was laid out, and has it laid out again."""
    test: str
    """The test that fails without it, as pytest names it."""
    reproducers: tuple[str, ...] = ()
    """Files of `docs/upstream/` that show the fault; at least one for each fix."""
    upstream: str = ""
    """The address of the issue at the engine's project; empty if it was not reported."""
    versions: str = VERSIONS
    """The versions of the engine that it is written for."""


_INLINE = "weasyprint.layout.inline"
_BLOCK = "weasyprint.layout.block"
_PAGE = "weasyprint.layout.page"
_LINES = "weasyprint.text.line_break"
_CONTEXT = "weasyprint.layout:LayoutContext"
FIRST_LINE = Target(place=f"{_INLINE}:split_first_line", source=f"{_LINES}:split_first_line", digest="f5cfad56910a1b96")
FIRST_LINE_PREFERRED = Target(
    place="weasyprint.layout.preferred:split_first_line", source=f"{_LINES}:split_first_line", digest="f5cfad56910a1b96"
)
INLINE_BOX = Target(place=f"{_INLINE}:split_inline_box", digest="039bca5ab9589160")
INLINE_LEVEL = Target(place=f"{_INLINE}:split_inline_level", digest="8098bdbd3e2d7c03")
BREAK_WAITING = Target(place=f"{_INLINE}:_break_waiting_children", digest="341be9844472267e")
JUSTIFY_LINE = Target(place=f"{_INLINE}:justify_line", digest="cbba344b3c57ef10")
TEXT_BOX = Target(place=f"{_INLINE}:split_text_box", digest="eb75c8b916afcf2c")
TEXT_ALIGN = Target(place=f"{_INLINE}:text_align", digest="79372fc12c3602fd")
ADD_WORD_SPACING = Target(place=f"{_INLINE}:add_word_spacing", digest="9a16bf0652ccb78c")
CREATE_LAYOUT = Target(place=f"{_INLINE}:create_layout", source=f"{_LINES}:create_layout", digest="5d4b11726a68d0a4")
INLINE_IN_BLOCK = Target(place="weasyprint.formatting_structure.build:inline_in_block", digest="2760da05c1b3515d")
STRUT = Target(place=f"{_INLINE}:strut", source=f"{_LINES}:strut", digest="e0631a4e87ce02c2")
INLINE_FLOAT = Target(
    place=f"{_INLINE}:float_layout", source="weasyprint.layout.float:float_layout", digest="be48193cfb2bcf9f"
)
INLINE_COLLISIONS = Target(
    place=f"{_INLINE}:avoid_collisions", source="weasyprint.layout.float:avoid_collisions", digest="9414233392f728db"
)
LINES_OF_BLOCK = Target(place=f"{_BLOCK}:_linebox_layout", digest="2edf8a7e471b161a")
BLOCK_LEVEL = Target(place=f"{_BLOCK}:block_level_layout", digest="6b8ad2cbf57702fa")
BLOCK_FLOAT = Target(
    place=f"{_BLOCK}:float_layout", source="weasyprint.layout.float:float_layout", digest="be48193cfb2bcf9f"
)
BLOCK_COLLISIONS = Target(
    place=f"{_BLOCK}:avoid_collisions", source="weasyprint.layout.float:avoid_collisions", digest="9414233392f728db"
)
TABLE_WIDTHS = Target(place="weasyprint.layout.table:auto_table_layout", digest="853ec35d5a81da30")
MAKE_PAGE = Target(place=f"{_PAGE}:make_page", digest="956a4c5f9b42bac8")
PAGE_TYPE = Target(place=f"{_PAGE}:PageType", digest="7a39f664bbb36bc7")
PAGE_GROUPS = Target(place=f"{_PAGE}:_update_page_groups", digest="c249dd9912b70d27")
PAGE_STYLES = Target(place=f"{_PAGE}:set_page_type_computed_styles", digest="aed6c0aac2b45f5b")
PAGE_BLOCK = Target(
    place=f"{_PAGE}:block_level_layout", source=f"{_BLOCK}:block_level_layout", digest="6b8ad2cbf57702fa"
)
PAGE_FLOAT = Target(
    place=f"{_PAGE}:float_layout", source="weasyprint.layout.float:float_layout", digest="be48193cfb2bcf9f"
)
LAY_OUT_FOOTNOTE = Target(place=f"{_CONTEXT}.layout_footnote", digest="80afe0f12ec755a4")
UNLAY_FOOTNOTE = Target(place=f"{_CONTEXT}.unlayout_footnote", digest="10b0dbf3c61fb291")
REPORT_FOOTNOTE = Target(place=f"{_CONTEXT}.report_footnote", digest="a9d4b57153500b63")
FINISH_CONTEXT = Target(place=f"{_CONTEXT}.finish_block_formatting_context", digest="82ec27a6adca3c19")
FOOTNOTE_AREA = Target(place=f"{_CONTEXT}._update_footnote_area", digest="c997af7bd4e1eb6b")
MARGIN_BOXES = Target(
    place="weasyprint.layout:make_margin_boxes", source=f"{_PAGE}:make_margin_boxes", digest="ff19320efeb0e696"
)
SELECTOR_MATCH = Target(place="weasyprint.css:StyleFor._page_type_match", digest="01d888fd15e210b0")
COMPUTED_STYLES = Target(place="weasyprint.css:StyleFor.set_computed_styles", digest="bed68bb994664484")
LAYOUT_SETUP = Target(place=f"{_LINES}:Layout.setup", digest="34ac4563461e1d2a")
LAYOUT_TEXT = Target(place=f"{_LINES}:Layout.set_text", digest="43fa801476cb38cd")
LAYOUT_DEACTIVATE = Target(place=f"{_LINES}:Layout.deactivate", digest="7cf0cda9446068d6")
LAYOUT_REACTIVATE = Target(place=f"{_LINES}:Layout.reactivate", digest="3d5afe839d754d13")
LINE_METRICS = Target(place=f"{_LINES}:first_line_metrics", digest="d3ba485663a7b6c5")
DRAW_TEXT = Target(
    place="weasyprint.draw:draw_text", source="weasyprint.draw.text:draw_text", digest="d1cfa769e258eb9a"
)
DRAW_PICTURE = Target(place="weasyprint.draw:draw_replacedbox", digest="61f25b7e231e95a2")
DRAW_LINE = Target(place="weasyprint.draw.text:draw_first_line", digest="df38b8753e86c3ba")
NAMED_STRING = Target(place=f"{_CONTEXT}.get_string_or_element_for", digest="a088244128e7060d")
DRAW_BORDER = Target(
    place="weasyprint.draw:draw_border", source="weasyprint.draw.border:draw_border", digest="aa87ba068599a89f"
)
CLEAN_FONT = Target(place="weasyprint.pdf.fonts:Font.clean", digest="3db83c9cee49a40f")
STRUCTURE = Target(place="weasyprint.pdf.tags:_build_box_tree", digest="e8338d00c41d15e4")

PATCHES = (
    # in the order in which patches of one target are composed, the first nearest to the engine
    Patch(
        name="page-styles",
        kind=Kind.SPEED,
        reason="computes the styles of a page again for each page that the same rules match",
        targets=(PAGE_STYLES, COMPUTED_STYLES),
        test="tests/pdf/test_done_once.py",
    ),
    Patch(
        name="pango-contexts",
        kind=Kind.SPEED,
        reason="makes a context of Pango, a font description and a language for each piece of text",
        targets=(LAYOUT_SETUP, STRUT),
        test="tests/pdf/test_done_once.py",
    ),
    Patch(
        name="lines",
        kind=Kind.SPEED,
        reason="shapes each line three times: to measure it, to justify it and to draw it",
        targets=(LINE_METRICS, LAYOUT_DEACTIVATE, LAYOUT_REACTIVATE, ADD_WORD_SPACING, CREATE_LAYOUT),
        test="tests/pdf/test_done_once.py",
    ),
    Patch(
        name="long-words",
        kind=Kind.SPEED,
        reason="needs time with the square of the length of a word that is longer than its line",
        targets=(FIRST_LINE, FIRST_LINE_PREFERRED),
        test="tests/pdf/test_long_words.py",
    ),
    Patch(
        name="glyphs",
        kind=Kind.SPEED,
        reason="looks up each glyph of each line again when it writes it",
        targets=(DRAW_LINE,),
        test="tests/pdf/test_done_once.py",
    ),
    Patch(
        name="footnote-loss",
        kind=Kind.FIX,
        reason="loses footnotes of a line for which others were put off, and never divides one between pages",
        targets=(
            LINES_OF_BLOCK,
            FOOTNOTE_AREA,
            LAY_OUT_FOOTNOTE,
            UNLAY_FOOTNOTE,
            REPORT_FOOTNOTE,
            MAKE_PAGE,
            BLOCK_LEVEL,
        ),
        test="tests/pdf/test_notes_on_pages.py::test_the_engine_still_loses_notes_by_itself",
        reproducers=("footnote-lost.html", "footnotes-out-of-order.html"),
    ),
    Patch(
        name="margin-floats",
        kind=Kind.FIX,
        reason="loses words between the end of a line and a float that it met behind that end",
        targets=(INLINE_BOX, BREAK_WAITING),
        test="tests/pdf/test_notes_on_pages.py::test_the_engine_still_loses_words_beside_the_margin_by_itself",
        reproducers=("float-loses-words.html",),
    ),
    Patch(
        name="margin-notes",
        kind=Kind.FEATURE,
        reason="has no outer margin for floats, and sets notes that do not fit on their page far off",
        targets=(
            LAY_OUT_FOOTNOTE,
            MAKE_PAGE,
            PAGE_BLOCK,
            PAGE_FLOAT,
            BLOCK_FLOAT,
            BLOCK_COLLISIONS,
            INLINE_FLOAT,
            INLINE_COLLISIONS,
            FINISH_CONTEXT,
        ),
        test="tests/placements",
    ),
    Patch(
        name="note-pages",
        kind=Kind.FIX,
        reason="treats pages for the footnotes that are left after the text as blank pages outside of their section",
        targets=(PAGE_TYPE, PAGE_GROUPS, SELECTOR_MATCH),
        test="tests/placements",
        reproducers=("footnotes-after-the-text.html",),
    ),
    Patch(
        name="page-start-margin",
        kind=Kind.FIX,
        reason="keeps the margin above a block that begins a page of a named page, as after a forced break",
        targets=(MAKE_PAGE,),
        test="tests/styles",
        reproducers=("margin-after-unforced-break.html",),
    ),
    Patch(
        name="baseline-grid",
        kind=Kind.FEATURE,
        reason="has no `block-step-size`: the text after a block on other lines leaves the grid",
        targets=(BLOCK_LEVEL,),
        test="tests/styles",
    ),
    Patch(
        name="no-break",
        kind=Kind.FEATURE,
        reason="ends lines before dashes, before marks that French sets off, and before the calls of notes",
        targets=(LAYOUT_TEXT, INLINE_LEVEL),
        test="tests/styles/test_lines_end.py",
    ),
    Patch(
        name="hanging-spaces",
        kind=Kind.FIX,
        reason="breaks the first word of a text that would fit without the space behind it",
        targets=(FIRST_LINE,),
        test="tests/styles/test_lines_end.py",
        reproducers=("space-at-line-end.html",),
    ),
    Patch(
        name="loose-lines",
        kind=Kind.FEATURE,
        reason="widens the spaces of a justified line without a limit",
        targets=(JUSTIFY_LINE,),
        test="tests/styles/test_lines_end.py",
    ),
    Patch(
        name="own-hyphenation",
        kind=Kind.FEATURE,
        reason="divides words as its dictionaries say, and knows no words of an edition",
        targets=(FIRST_LINE,),
        test="tests/styles/test_typesetting.py",
    ),
    Patch(
        name="east-asian-lines",
        kind=Kind.FEATURE,
        reason="justifies between words alone, which Chinese and Japanese lines do not have",
        targets=(JUSTIFY_LINE,),
        test="tests/scripts",
    ),
    Patch(
        name="hyphenation-limits",
        kind=Kind.FEATURE,
        reason="has one limit for the letters before a hyphen, for loose lines too",
        targets=(FIRST_LINE,),
        test="tests/styles/test_lines_end.py",
    ),
    Patch(
        name="folios",
        kind=Kind.FEATURE,
        reason="prints page numbers of the section; those of the volume are filled in when sections are joined",
        targets=(MARGIN_BOXES, DRAW_TEXT),
        test="tests/pdf",
    ),
    Patch(
        name="table-width",
        kind=Kind.FEATURE,
        reason="lets tables with long words stick out of the page",
        targets=(TABLE_WIDTHS,),
        test="tests/styles/test_wide_tables.py",
    ),
    Patch(
        name="table-rows",
        kind=Kind.FIX,
        reason="leaves the head of a table alone on a later page, and prints cells over notes of the next cells",
        targets=(),
        test="tests/styles/test_wide_tables.py",
        reproducers=("table-head-lost.html", "cell-over-footnote.html"),
    ),
    Patch(
        name="wide-words",
        kind=Kind.FIX,
        reason="divides a word under `overflow-wrap` only if it begins its line in one piece",
        targets=(INLINE_BOX,),
        test="tests/cases/test_wide_words.py",
        reproducers=("overflow-wrap-in-pieces.html",),
    ),
    Patch(
        name="composer",
        kind=Kind.FEATURE,
        reason="breaks paragraphs line by line, and never narrows a space",
        targets=(INLINE_BOX, TEXT_BOX, TEXT_ALIGN, ADD_WORD_SPACING, DRAW_LINE),
        test="tests/engine/test_composer.py",
    ),
    Patch(
        name="bidirectional-lines",
        kind=Kind.FIX,
        reason="orders the boxes of a line by the direction of the paragraph, not as one text by UAX #9",
        targets=(INLINE_IN_BLOCK, TEXT_ALIGN),
        test="tests/scripts/test_bidirectional_lines.py",
        reproducers=("boxes-right-to-left.html",),
    ),
    Patch(
        name="formulas",
        kind=Kind.FEATURE,
        reason="has no MathML",
        targets=(DRAW_PICTURE,),
        test="tests/mathematics",
    ),
    Patch(
        name="emphasis-dots",
        kind=Kind.FEATURE,
        reason="has no `text-emphasis`",
        targets=(DRAW_TEXT,),
        test="tests/scripts",
    ),
    Patch(
        name="ruby",
        kind=Kind.FEATURE,
        reason="has no ruby, and ends lines next to a block in a line whatever follows",
        targets=(INLINE_LEVEL,),
        test="tests/scripts",
    ),
    Patch(
        name="element-identity",
        kind=Kind.FEATURE,
        reason="drops ids, roles and languages of elements from the structure tree",
        targets=(STRUCTURE,),
        test="tests/pdf",
    ),
    Patch(
        name="omit-fonts",
        kind=Kind.FEATURE,
        reason="embeds a subset of each typeface in each section; the volume gets one for all",
        targets=(CLEAN_FONT,),
        test="tests/pdf",
    ),
    Patch(
        name="line-numbers",
        kind=Kind.FEATURE,
        reason="numbers no lines; a model is drawn, from which numbers are set when sections are joined",
        targets=(DRAW_TEXT,),
        test="tests/pdf",
    ),
    Patch(
        name="note-numbers",
        kind=Kind.FEATURE,
        reason="says which glyphs a style has for figures; a section is laid out with zeros for the numbers of notes",
        targets=(DRAW_TEXT,),
        test="tests/pdf/test_note_numbers.py",
    ),
    Patch(
        name="running-heads",
        kind=Kind.FEATURE,
        reason="knows the strings that a page sets, not the paragraphs that are on it",
        targets=(NAMED_STRING,),
        test="tests/cases/test_running_heads.py",
    ),
    Patch(
        name="page-foot",
        kind=Kind.FEATURE,
        reason="sets what is shorter than its page at the head, the imprint too",
        targets=(MAKE_PAGE,),
        test="tests/styles/test_imprint.py",
    ),
    Patch(
        name="note-rules",
        kind=Kind.FEATURE,
        reason="draws the rule above notes as a border, as wide as the page",
        targets=(DRAW_BORDER,),
        test="tests/placements/test_bands.py",
    ),
)
"""Every patch of the engine."""


def targets() -> tuple[Target, ...]:
    """Return every target of a patch once, in the order of the patches."""
    return tuple(dict.fromkeys(target for patch in PATCHES for target in patch.targets))
