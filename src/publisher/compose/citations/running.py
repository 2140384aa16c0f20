"""The processor while it runs: silent, quick, with its labels put right."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from citeproc import CitationItem
from citeproc.model import CitationStylesElement, Label, Text


@contextmanager
def running() -> Iterator[None]:
    """Nothing; meanwhile the processor is silent, remembers its macros and has its labels put right.

    Its warnings are about fields that it does not know and are no matter. It looks each macro up anew, and what
    the macro calls, a hundred thousand times for a hundred references: most of its time.
    """
    look_up, calls, label = CitationStylesElement.get_macro, Text.calls_variable, Label.process
    macros: dict[str, CitationStylesElement] = {}
    called: dict[str, bool] = {}

    def macro_of(element: CitationStylesElement, name: str) -> CitationStylesElement:
        if name not in macros:
            macros[name] = look_up(element, name)
        return macros[name]

    def calls_variable(text: Text) -> bool:
        name = text.get("macro")
        if name is None:
            return bool(calls(text))
        if name not in called:
            called[name] = bool(calls(text))
        return called[name]

    def labelled(element: Label, item: CitationItem, *given: object, **options: object) -> str | None:
        variable = None if given or options.get("variable") else element.get("variable")
        if variable in (None, "locator"):
            return cast("str | None", label(element, item, *given, **options))
        if item.reference.get(variable.replace("-", "_")) is None:
            return None
        one = {"plural": False} if variable == "number" else {}
        return cast("str | None", label(element, item, **{**options, **one}))

    try:
        CitationStylesElement.get_macro, Text.calls_variable, Label.process = macro_of, calls_variable, labelled
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        CitationStylesElement.get_macro, Text.calls_variable, Label.process = look_up, calls, label
