"""The contrast of every colour that a style sheet gives to text, in light and in dark.

WCAG 2.2, §1.4.3 Contrast (Minimum), https://www.w3.org/TR/WCAG22/#contrast-minimum; relative luminance as in
https://www.w3.org/TR/WCAG22/#dfn-relative-luminance; CSS Custom Properties, https://www.w3.org/TR/css-variables-1/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import tinycss2
import tinycss2.color3

from publisher.diagnostics import Source, Span

LEAST = 4.5
"""To 1: what text needs. Nothing is forgiven to large text, since readers choose the size."""
Colour = tuple[float, float, float]
LIGHT: tuple[tuple[str, Colour], ...] = (("white", (1.0, 1.0, 1.0)), ("sepia", (0xF4 / 255, 0xEC / 255, 0xD8 / 255)))
DARK: tuple[tuple[str, Colour], ...] = (("black", (0.0, 0.0, 0.0)), ("dark grey", (0x12 / 255, 0x12 / 255, 0x12 / 255)))
"""The grounds that reading systems offer."""
BLACK, WHITE = DARK[0][1], LIGHT[0][1]
_TEXT = frozenset({"color", "-webkit-text-fill-color"})
_GROUND = frozenset({"background", "background-color"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The declarations of one rule, by property, each with its place in the sheet."""

    selector: str
    dark: bool
    """Whether it holds where dark colours are preferred, and there only."""
    declarations: Mapping[str, tuple[list[Any], Span]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """One colour of text on one ground."""

    ratio: float
    dark: bool
    """Whether the ground is a dark one."""
    words: str
    """`color: var(--quiet) on sepia`."""
    span: Span


def contrasts(sheets: Iterable[Source]) -> tuple[Contrast, ...]:
    """Every colour that the sheets, in cascade order, give to text, on every ground on which it may be."""
    rules = tuple(rule for sheet in sheets for rule in _rules(sheet))
    tokens = {dark: _tokens(rules, dark=dark) for dark in (False, True)}
    mended = {rule.selector for rule in rules if rule.dark and _TEXT & rule.declarations.keys()}
    return tuple(
        contrast
        for rule in rules
        for dark in (False, True)
        if (dark or not rule.dark) and not (dark and not rule.dark and rule.selector in mended)
        for contrast in _measure(rule, tokens[dark], dark=dark)
    )


def ratio(colour: Colour, other: Colour) -> float:
    """How much two colours differ in light, from 1 to 21."""
    darker, lighter = sorted((_luminance(colour), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rules(sheet: Source) -> Iterator[Rule]:
    parsed = tinycss2.parse_stylesheet(sheet.text, skip_comments=True, skip_whitespace=True)
    yield from _walk(parsed, sheet, dark=False)


def _walk(nodes: Iterable[Any], sheet: Source, *, dark: bool) -> Iterator[Rule]:
    """The rules for screens, those inside media queries too."""
    for node in nodes:
        if node.type == "qualified-rule":
            found = tinycss2.parse_declaration_list(node.content, skip_comments=True, skip_whitespace=True)
            yield Rule(
                selector=tinycss2.serialize(node.prelude).strip(),
                dark=dark,
                declarations={
                    item.lower_name: (item.value, _span(sheet, item)) for item in found if item.type == "declaration"
                },
            )
        elif node.type == "at-rule" and node.lower_at_keyword in ("media", "supports") and node.content is not None:
            query = tinycss2.serialize(node.prelude).lower().replace(" ", "")
            if "print" not in query:
                inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                yield from _walk(inner, sheet, dark=dark or "prefers-color-scheme:dark" in query)


def _span(sheet: Source, declaration: Any) -> Span:
    start = sheet.offset(declaration.source_line, declaration.source_column)
    return sheet.span(start, start + len(declaration.name))


def _tokens(rules: Iterable[Rule], *, dark: bool) -> dict[str, list[Any]]:
    """The custom properties of the root, the last one of a name in the cascade."""
    found: dict[str, list[Any]] = {}
    for rule in rules:
        if rule.selector in (":root", "html") and (dark or not rule.dark):
            found.update({name: value for name, (value, _) in rule.declarations.items() if name.startswith("--")})
    return found


def _measure(rule: Rule, tokens: Mapping[str, list[Any]], *, dark: bool) -> Iterator[Contrast]:
    """The text of a rule on its own ground, or on all; a ground without a colour bears the text of the reader."""
    own = WHITE if dark else BLACK
    given = {name: (_colour(value, tokens, text=own), span) for name, (value, span) in rule.declarations.items()}
    ground = next((colour for name, (colour, _) in given.items() if name in _GROUND and colour), None)
    text = next(((colour, span) for name, (colour, span) in given.items() if name in _TEXT and colour), None)
    text_indexes = (("its ground", ground),) if ground else (DARK if dark else LIGHT)
    if text is None and ground is not None:
        span = next(span for name, (_, span) in given.items() if name in _GROUND)
        text = (own, span)
    if text is not None:
        colour, span = text
        for name, behind in text_indexes:
            words = f"{span.source.line(span.source.position(span.start)[0]).strip()[:60]}: text on {name}"
            yield Contrast(ratio=ratio(colour, behind), dark=dark, words=words, span=span)


def _colour(value: list[Any], tokens: Mapping[str, list[Any]], *, text: Colour, depth: int = 0) -> Colour | None:
    """The colour that a value comes to; None where it is no colour of its own (`inherit`, `transparent`)."""
    for part in value:
        if part.type == "function" and part.lower_name == "var" and depth < 8:
            name = next((argument.value for argument in part.arguments if argument.type == "ident"), "")
            if name in tokens:
                return _colour(tokens[name], tokens, text=text, depth=depth + 1)
        if part.type == "function" and part.lower_name == "color-mix":
            return _mix(part.arguments, tokens, text=text)
        found = tinycss2.color3.parse_color(part)
        if found is not None and not isinstance(found, str) and found.alpha > 0:
            return (found.red, found.green, found.blue)
    return None


def _mix(arguments: list[Any], tokens: Mapping[str, list[Any]], *, text: Colour) -> Colour | None:
    """What `color-mix(in srgb, A 40%, B)` comes to, with `currentColor` for that of the text around it.

    https://www.w3.org/TR/css-color-5/#color-mix
    """
    parts: list[list[Any]] = [[]]
    for argument in arguments:
        if argument == ",":
            parts.append([])
        else:
            parts[-1].append(argument)
    colours = [text if _is_current(part) else _colour(part, tokens, text=text) for part in parts[1:]]
    shares = [next((item.value / 100 for item in part if item.type == "percentage"), None) for part in parts[1:]]
    if len(colours) != 2 or None in colours:
        return None
    first = shares[0] if shares[0] is not None else 1 - shares[1] if shares[1] is not None else 0.5
    return tuple(first * colour + (1 - first) * other for colour, other in zip(*colours, strict=True))


def _is_current(part: list[Any]) -> bool:
    return any(item.type == "ident" and item.lower_value == "currentcolor" for item in part)
