"""Small PDFs as other programs make them, and PDFs as nobody should."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

WORDS = b"BT /F 12 Tf 20 40 Td (Article II) Tj ET 1 0 0 rg 0 90 200 10 re f"


class Sheet:
    """A PDF of one page, 200 by 100 points, that can be changed before it is written."""

    def __init__(self) -> None:
        self.pdf = Pdf.new()
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        self.page: Any = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, 200, 100]),
            Resources=Dictionary(Font=Dictionary(F=font)),
            Contents=self.pdf.make_stream(WORDS),
        )

    def draw(self, content: bytes) -> None:
        """Draw something else."""
        self.page.Contents = self.pdf.make_stream(content)

    def resource(self, kind: str, name: str, value: Any) -> None:
        """Name a resource."""
        if f"/{kind}" not in self.page.Resources:
            self.page.Resources[f"/{kind}"] = Dictionary()
        self.page.Resources[f"/{kind}"][f"/{name}"] = value

    def form(self, content: bytes, **resources: Any) -> Any:
        """A form of 20 by 20 points."""
        made = self.pdf.make_stream(content)
        made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, Array([0, 0, 20, 20])
        made.Resources = Dictionary(**resources)
        return made

    def picture(self, samples: bytes = b"\x10\x80\xf0\x40", **entries: Any) -> Any:
        """A grey picture of 2 by 2 pixels."""
        made = self.pdf.make_stream(samples)
        for key, value in {
            "Type": Name.XObject,
            "Subtype": Name.Image,
            "Width": 2,
            "Height": 2,
            "BitsPerComponent": 8,
            "ColorSpace": Name.DeviceGray,
            **entries,
        }.items():
            made[f"/{key}"] = value
        return made

    def packed(self, content: bytes, *, times: int = 1) -> Any:
        """A stream that was compressed so often."""
        for _ in range(times):
            content = zlib.compress(content, 9)
        made = Stream(self.pdf, b"")
        made.write(content, filter=Array([Name.FlateDecode] * times))
        return self.pdf.make_indirect(made)

    def annotate(self, subtype: str, **entries: Any) -> Any:
        """Put an annotation on the page that is printed."""
        made = self.pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), F=4, Rect=Array([50, 20, 90, 60]))
        )
        for key, value in entries.items():
            made[f"/{key}"] = value
        if subtype == "Widget":
            self.pdf.Root.AcroForm = Dictionary(Fields=Array([made]))
        self.page.Annots = Array([*self.page.get("/Annots", ()), made])
        return made

    def written(self, *, pages: int = 1) -> bytes:
        """The file."""
        for _ in range(pages):
            self.pdf.pages.append(pikepdf.Page(self.pdf.make_indirect(self.page)))
        out = io.BytesIO()
        self.pdf.save(out, deterministic_id=True)
        return out.getvalue()
