"""Files inside a PDF: what it was made from (ISO 32000-1, 7.11.4; ISO 19005-3, 6.8)."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import md5

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from publisher.model.rendition import Attachment

_FOR_SLASHES = "--"
"""Some viewers save no file whose name has folders in it; the description keeps them."""


def attach(pdf: pikepdf.Pdf, attachments: Iterable[Attachment], *, moment: str) -> None:
    """Puts files into a PDF as the source of it, with the same date for all; nothing where there are none.

    The file has its named destinations already.
    """
    named = sorted((attachment.path, _specification(pdf, attachment, moment)) for attachment in attachments)
    if not named:
        return
    entries = sorted((bytes(String(path)), specification) for path, specification in named)
    names = [part for name, specification in entries for part in (String(name), specification)]
    pdf.Root.Names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=Array(names)))
    pdf.Root.AF = Array([specification for _, specification in named])


def _specification(pdf: pikepdf.Pdf, attachment: Attachment, moment: str) -> pikepdf.Object:
    """The file specification of a file that lies in the PDF."""
    content = pdf.make_stream(attachment.content)
    content.Type, content.Subtype = Name.EmbeddedFile, Name(f"/{attachment.media_type}")
    content.Params = Dictionary(
        Size=len(attachment.content),
        ModDate=String(f"D:{''.join(character for character in moment if character.isdigit())}Z"),
        CheckSum=String(md5(attachment.content, usedforsecurity=False).digest()),
    )
    name = attachment.path.replace("/", _FOR_SLASHES)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(name),
            UF=String(name),
            Desc=String(f"Source: {attachment.path}"),
            AFRelationship=Name.Source,
            EF=Dictionary(F=content, UF=content),
        )
    )
