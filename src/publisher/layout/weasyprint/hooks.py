"""Functions of the engine replaced while a section is laid out, each once, by all hooks of its target together.

A hook is called instead of its target, and gets what it replaces as its first argument (`around`), or is called before
or after it (`before`, `after`). The hooks of one target are composed in their order, the first nearest to the engine.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.patches import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """What a patch does at one target."""

    target: Target
    function: Callable[..., Any]
    """Called instead of the target, with what it replaces before the arguments."""


def around(target: Target, function: Callable[..., Any]) -> Hook:
    """Return the hook that calls a function instead of its target, with what it replaces before the arguments."""
    return Hook(target=target, function=function)


def before(target: Target, function: Callable[..., None]) -> Hook:
    """Return the hook that calls a function with the arguments of its target, before that."""

    def call(proceed: Callable[..., Any], *given: Any, **named: Any) -> Any:
        function(*given, **named)
        return proceed(*given, **named)

    return around(target, call)


def after(target: Target, function: Callable[..., Any]) -> Hook:
    """Return the hook that calls a function with the result of its target and its arguments, for another result."""

    def call(proceed: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return function(proceed(*given, **named), *given, **named)

    return around(target, call)


before_page = partial(before, patches.MAKE_PAGE)
around_page = partial(around, patches.MAKE_PAGE)
around_block = partial(around, patches.BLOCK_LEVEL)
around_lines = partial(around, patches.LINES_OF_BLOCK)
on_line = partial(around, patches.INLINE_BOX)
after_line = partial(after, patches.INLINE_BOX)
on_text = partial(around, patches.FIRST_LINE)
around_table = partial(around, patches.TABLE_WIDTHS)
after_footnotes = partial(after, patches.FOOTNOTE_AREA)
on_drawing = partial(around, patches.DRAW_TEXT)


@contextmanager
def apply_hooks(hooks: Iterable[Hook]) -> Iterator[None]:
    """While this is open, each target of the hooks is replaced, once, by the hooks of it.

    Raises `RuntimeError` if one of the targets is replaced already.
    """
    composed: defaultdict[Target, list[Callable[..., Any]]] = defaultdict(list)
    for hook in hooks:
        composed[hook.target].append(hook.function)
    originals: list[tuple[Any, str, Any]] = []
    try:
        for target, functions in composed.items():
            owner, name = _place(target)
            original = vars(owner)[name]
            originals.append((owner, name, original))
            setattr(owner, name, _compose(original, functions, target))
        yield
    finally:
        for owner, name, original in reversed(originals):
            setattr(owner, name, original)


_MARK = "publisher_target"


def _compose(original: Any, functions: Iterable[Callable[..., Any]], target: Target) -> Any:
    """What replaces a target: a function, so that it can be a method as well."""
    is_static = isinstance(original, staticmethod)
    innermost = original.__func__ if is_static else original
    if hasattr(innermost, _MARK):
        raise RuntimeError(f"{target.place} is replaced already")
    inner = reduce(lambda proceed, function: partial(function, proceed), functions, innermost)

    def replacement(*given: Any, **named: Any) -> Any:
        return inner(*given, **named)

    setattr(replacement, _MARK, target)
    return staticmethod(replacement) if is_static else replacement


def _place(target: Target) -> tuple[Any, str]:
    """The module or class that holds a target, and its name there."""
    module, _, path = target.place.partition(":")
    *owners, name = path.split(".")
    return reduce(getattr, owners, importlib.import_module(module)), name
