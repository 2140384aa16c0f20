"""What pages paint with: pictures, drawings, patterns and gradients, all of them in inks (ISO 32000-1, 8.7 to 8.10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from publisher.pdf.press.colours import Inker, device_space, states
from publisher.pdf.press.inking import Inking
from publisher.pdf.press.pictures import ink_picture

Refuse = Callable[[str, str], None]


@dataclass(slots=True, kw_only=True)
class Inkwell:
    """Puts everything into inks, each thing once."""

    pdf: pikepdf.Pdf
    inking: Inking
    older: bool = False
    """Whether pictures may be packed only as PDF 1.3 knows it."""
    _done: set[tuple[int, int]] = field(default_factory=set)
    _states: dict[str, Any] = field(default_factory=dict)

    def ink_page(self, page: pikepdf.Page, refuse: Refuse) -> None:
        """Puts a page into inks."""
        if "/Contents" not in page.obj:
            return
        resources = page.obj.get("/Resources", Dictionary())
        content = self._content(page, resources, refuse, fresh=True)
        page.obj.Contents = self.pdf.make_stream(b"q\n" + content + b"\nQ\n")
        self._ink_resources(resources, refuse)

    def finish(self, resources: Any) -> None:
        """Leaves among resources only what inked content uses."""
        if "/ColorSpace" in resources:
            del resources.ColorSpace
        if not self._states:
            self._states.update((name, self.pdf.make_indirect(state)) for name, state in states().items())
        resources.ExtGState = Dictionary(self._states)

    def _content(self, source: Any, resources: Any, refuse: Refuse, *, fresh: bool) -> bytes:
        instructions = pikepdf.parse_content_stream(source)
        return Inker(inking=self.inking, resources=resources, refuse=refuse).inked(instructions, fresh=fresh)

    def _ink_resources(self, resources: Any, refuse: Refuse) -> None:
        for thing in resources.get("/XObject", Dictionary()).values():
            if self._first(thing):
                self._ink_object(thing, refuse)
        for pattern in resources.get("/Pattern", Dictionary()).values():
            if self._first(pattern):
                self._ink_pattern(pattern, refuse)
        for shading in resources.get("/Shading", Dictionary()).values():
            if self._first(shading):
                self._ink_shading(shading, refuse)

    def _first(self, thing: Any) -> bool:
        """Whether something is met for the first time."""
        if thing.objgen in self._done and thing.objgen != (0, 0):
            return False
        self._done.add(thing.objgen)
        return True

    def _ink_object(self, thing: Any, refuse: Refuse) -> None:
        if thing.Subtype == Name.Image:
            ink_picture(thing, self.inking, refuse, older=self.older)
        else:
            if "/Group" in thing:
                del thing.Group
            self._ink_stream(thing, refuse, fresh=False)

    def _ink_pattern(self, pattern: Any, refuse: Refuse) -> None:
        if pattern.PatternType == 1:
            self._ink_stream(pattern, refuse, fresh=True)
        else:
            self._ink_shading(pattern.Shading, refuse)

    def _ink_stream(self, stream: Any, refuse: Refuse, *, fresh: bool) -> None:
        resources = stream.get("/Resources", Dictionary())
        stream.write(self._content(stream, resources, refuse, fresh=fresh))
        self._ink_resources(resources, refuse)
        self.finish(resources)

    def _ink_shading(self, shading: Any, refuse: Refuse) -> None:
        if not isinstance(shading.get("/Function"), Dictionary):
            refuse("a gradient that is computed", "draw it as a picture")
        elif device_space(shading.get("/ColorSpace")) == "DeviceRGB":
            shading.ColorSpace = Name.DeviceGray if self.inking.grey else Name.DeviceCMYK
            self._ink_function(shading.Function, refuse)
        elif shading.get("/ColorSpace") != Name.DeviceGray:
            refuse("a gradient in a colour space of its own", "give its colours as rgb()")

    def _ink_function(self, function: Any, refuse: Refuse) -> None:
        """Puts the colours at both ends of a gradient, or of each of its parts, into inks (ISO 32000-1, 7.10)."""
        if function.FunctionType == 3:
            for part in function.Functions:
                self._ink_function(part, refuse)
        elif function.FunctionType == 2:
            for end in ("/C0", "/C1"):
                red, green, blue = (float(part) for part in function[end])
                ink = self.inking.ink(red, green, blue)
                function[end] = Array([round(1 - ink[3], 4)] if self.inking.grey else list(ink))
        else:
            refuse("a gradient that is computed", "draw it as a picture")
