"""The cites of a citation as links to the list: each covers the words of its reference, without affixes and locator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from publisher.compose.citations.locators import Locator
from publisher.compose.citations.markup import Inlines, Stretch, between, inlines_of, words_of
from publisher.csl import Answer
from publisher.model.inline import Citation, Inline, InternalLink

_LABEL = re.compile(r"(?:[,:;]\s*(?:[^\s,;:()\[\]\d]+\s*)?|\s+(?!al\.)(?:[^\s,;:()\[\]\d]*[.§¶]\s*)?)$")
"""What is before the numbers of a locator: a comma or a space, and a label."""
_PAIRS = {"(": ")", "[": "]"}


def link(
    found: tuple[Stretch, ...],
    *,
    citation: Citation,
    answer: Answer,
    keys: Mapping[str, str],
    locators: Mapping[str, Locator],
) -> Inlines:
    """The words of a citation as inlines. `keys` are the element ids of entries, by the ids of records."""
    prefixes = {reference.key: reference.prefix for reference in citation.references}
    texts = tuple(re.sub(r"[*_]+", "", prefix) for prefix in prefixes.values() if prefix)
    nodes: list[Inline] = []
    for number, group in _groups(_kept_together(found)):
        words = words_of(group).replace("\u00a0", " ")
        if number is None or number not in keys:
            nodes += inlines_of(group)
            continue
        start, end = _core(words, locator=locators.get(number, Locator()), prefixes=texts, around=answer)
        after = len(words)
        core = between(group, start, end)
        nodes += inlines_of(between(group, 0, start)) if start else ()
        if core:
            nodes.append(
                InternalLink(target_id=keys[number], children=inlines_of(core, links=False), purpose="citation")
            )
        nodes += inlines_of(between(group, end, after)) if end < after else ()
    return tuple(nodes)


def _groups(found: tuple[Stretch, ...]) -> Iterator[tuple[str | None, tuple[Stretch, ...]]]:
    """The stretches of each cite, and those between cites."""
    group: list[Stretch] = []
    for stretch in found:
        if group and group[-1].cites != stretch.cites:
            yield group[-1].cites, tuple(group)
            group = []
        group.append(stretch)
    if group:
        yield group[-1].cites, tuple(group)


def _core(words: str, *, locator: Locator, prefixes: tuple[str, ...], around: Answer) -> tuple[int, int]:
    """From where to where the words of a cite are those of its reference."""
    start = len(around.prefix) if words.startswith(around.prefix) else 0
    end = len(words) - (len(around.suffix) if words.endswith(around.suffix) else 0)
    if locator.suffix and (suffix := re.sub(r"[*_]+", "", locator.suffix).strip()):
        at = words.rfind(suffix, 0, end)
        end = at if at > 0 else end
        end = len(words[:end].rstrip(" ,;"))
    if locator.value:
        end = _before_locator(words, locator.value, end)
    for prefix in prefixes:
        at = words.find(prefix)
        if 0 <= at <= start + 1:
            start = at + len(prefix)
            start += len(words[start:]) - len(words[start:].lstrip(" "))
    opened = words[start : start + 1]
    if opened in _PAIRS and (opened == "[" or _PAIRS[opened] not in words[start : end - 1]):
        start += 1
    core = words[start:end].rstrip()
    while core and core[-1] in ")].," and not _is_balanced(core):
        core = core[:-1]
    return (start, start + len(core)) if core.strip() else (0, len(words))


def _is_balanced(core: str) -> bool:
    return core[-1] not in ")]" or core.count("(") + core.count("[") >= core.count(")") + core.count("]")


def _before_locator(words: str, value: str, end: int) -> int:
    """Where the locator begins: with the label, or the comma, before its first number."""
    first = re.match(r"[\w.:]+", value)
    numbers = list(re.finditer(rf"(?<![\w]){re.escape(first[0])}(?!\w)", words[:end])) if first else []
    if not numbers:
        return end
    label = _LABEL.search(words[: numbers[-1].start()])
    at = label.start() if label else numbers[-1].start()
    return at if words[:at].strip(" ([") else end


def _kept_together(found: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """The words with no line end between an abbreviation and its number: `para. 8`."""
    return tuple(replace(stretch, text=re.sub(r"(?<=\.) (?=[\dIVXivx])", "\u00a0", stretch.text)) for stretch in found)
