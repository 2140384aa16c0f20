"""A joined volume made ready for one press: inks, boxes, marks, output intent (ISO 15930-1, 15930-3 and 15930-7)."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from publisher.model.rendition import PrintCondition
from publisher.pdf.assemble.links import take_links_off
from publisher.pdf.press.boxes import all_inks, draw_marks, set_boxes
from publisher.pdf.press.inking import Inking, inking
from publisher.pdf.press.older import demand_known_profile, replace_font_programs
from publisher.pdf.press.resources import Inkwell
from publisher.pdf.press.unprintable import Unprintable

REGISTRY = "http://www.color.org"


def make_ready(pdf: pikepdf.Pdf, press: PrintCondition, *, labels: tuple[str, ...]) -> None:
    """Makes a volume ready for the printer.

    Raises `PublisherError`: E-014 where the ICC profile is of no use or too new, D-007 with all that cannot
    be printed as it is.
    """
    inks, older = inking(press), press.standard.demands.older
    demand_known_profile(press)
    take_links_off(pdf)
    unprintable = Unprintable(labels=labels)
    well = Inkwell(pdf=pdf, inking=inks, older=older)
    for index, page in enumerate(pdf.pages):
        well.ink_page(page, lambda what, hint, index=index: unprintable.note(index, what, hint))  # type: ignore[misc]
    unprintable.settle()
    registration = all_inks(pdf)
    for page in pdf.pages:
        well.finish(page.obj.Resources)
        set_boxes(page, press)
        if press.marks:
            draw_marks(pdf, page, press, inks, registration)
    if older:
        replace_font_programs(pdf)
    _write_intent(pdf, press, inks)


def _write_intent(pdf: pikepdf.Pdf, press: PrintCondition, inks: Inking) -> None:
    """Says what the inks are meant for (ISO 32000-1, 14.11.5)."""
    profile = pdf.make_stream(press.colours.content)
    profile.N = 1 if inks.grey else 4
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(press.condition or "Custom"),
        Info=String(inks.title),
        DestOutputProfile=profile,
    )
    if press.condition:
        intent.RegistryName = String(REGISTRY)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
