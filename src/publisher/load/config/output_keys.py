"""The keys of `output`: what is built and how."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from publisher.load.config.page_keys import LINE_NUMBERS, MARGINS, OPENINGS, PAGE, SIDES
from publisher.load.config.page_sizes import ROYAL, TRIM_OF
from publisher.load.config.profiles import PlacedProfiles, ProfilesKind
from publisher.load.yaml.formats import FILE_NAME
from publisher.load.yaml.schema import Keys, Record, Values, default, optional
from publisher.load.yaml.types import Flag, Many, OneOf, Placed
from publisher.model.output import Output
from publisher.model.pdf_standard import ScreenStandard
from publisher.model.profile import Style
from publisher.model.target import Format


class OutputKeys(Keys):
    """`output`."""

    name = optional("name", FILE_NAME, about="the name of what is built, without extension; else the folder's name")
    formats = default(
        "formats", Many(kind=OneOf(Format), least=1), absent=(Format.EPUB, Format.PDF), about="what is built"
    )
    page = PAGE
    sides = SIDES
    openings = OPENINGS
    margins = MARGINS
    profiles = default(
        "profiles", ProfilesKind(), absent=PlacedProfiles(), about="what PDFs are made for: screen, print, archive"
    )
    pdf_standard = default(
        "pdf-standard",
        OneOf(ScreenStandard),
        absent=ScreenStandard.UA_1,
        about="what the PDFs for screen and archive follow: ua-1 or ua-2",
    )
    paragraph_numbers = default("paragraph-numbers", Flag(), absent=True, about="whether paragraphs are numbered")
    line_numbers = LINE_NUMBERS
    chapters = default(
        "chapters", Flag(), absent=False, about="whether each second-level heading of the text begins a page of its own"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedOutput:
    """What `output` says, with the place where an ICC profile is named."""

    output: Output
    icc: Placed | None = None
    has_trim: bool = False
    """Whether a page is named; else it is that of the style."""


def _output(given: Values) -> PlacedOutput:
    page, placed = given[PAGE] or ROYAL, given[MARGINS]
    read_further = {
        "name": given[OutputKeys.name] or "",
        "formats": tuple(dict.fromkeys(given[OutputKeys.formats])),
        "margins": placed.margins,
        "page_span": placed.span or page.span,
        "profiles": given[OutputKeys.profiles].profiles,
    }
    fields = OutputKeys.fields(given, Output) | read_further
    output = Output(**fields, page_width=page.width, page_height=page.height)
    return PlacedOutput(output=output, icc=given[OutputKeys.profiles].icc, has_trim=given[PAGE] is not None)


def named_output(given: PlacedOutput, *, folder: str, otherwise: str, style: Placed) -> Output:
    """The output in its style and with its name, else with as much of the folder's as files may have everywhere."""
    output, trim = given.output, TRIM_OF[Style(style.text)]
    if not given.has_trim:
        output = replace(output, page_width=trim.width, page_height=trim.height)
    name = output.name or re.sub(r"[^A-Za-z0-9._-]+", "-", folder).strip("-._") or otherwise
    return replace(
        output, name=name, is_named=bool(output.name), style=Style(style.text), page_span=output.page_span or style.span
    )


NO_OUTPUT = PlacedOutput(
    output=Output(
        name="",
        formats=(Format.EPUB, Format.PDF),
        page_width=ROYAL.width,
        page_height=ROYAL.height,
        paragraph_numbers=True,
    )
)
OUTPUT_RECORD = Record(
    keys=OutputKeys.all(),
    build=_output,
    empty=NO_OUTPUT,
)
