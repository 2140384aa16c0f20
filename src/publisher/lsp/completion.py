"""What can be written at a place: ids, references, languages, keys and their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.diagnostics import Source
from publisher.load.config.language_names import LANGUAGE_NAMES
from publisher.lsp.analysis import Analysis
from publisher.lsp.hover import summary
from publisher.lsp.keys import path_at, properties, words

_CITED = re.compile(r"(?<![\w.])@\{?([\w:.#$%&+?<>~/-]*)$")
_PROVISION = re.compile(r"\]\((?:agreement|document):([A-Za-z0-9._-]+)#([A-Za-z0-9._-]*)$")
_TARGET = re.compile(r"(?:\]\(|\{[^{}]*\bin=\"?)(note|agreement|document):([A-Za-z0-9._-]*)$")
_SCHEME = re.compile(r"(?:\]\(|\{[^{}]*\bin=\"?)([a-z]*)$")
_LANGUAGE = re.compile(r"(?:\blang=\"?|^language:\s*)([A-Za-z-]*)$")
_VALUE = re.compile(r"^\s*(?:- +)*([A-Za-z][\w-]*):\s+(?:\[(?:[^\]]*,\s*)?)?([\w-]*)$")
_NEW_KEY = re.compile(r"^\s*(?:- +)*([A-Za-z][\w-]*)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that can be written."""

    text: str
    """What is written in place of what is there."""
    about: str = ""
    written: int = 0
    """How many characters before the place are part of it."""


def completions(analysis: Analysis, source: Source, offset: int) -> tuple[Item, ...]:
    """Everything that can be written at an offset of a file, sorted."""
    number, column = source.position(offset)
    before = source.line(number)[: column - 1]
    found = _in_yaml(source, number, before) if source.name.endswith((".yaml", ".yml")) else _in_text(analysis, before)
    return tuple(sorted(found, key=lambda item: item.text))


def _in_text(analysis: Analysis, before: str) -> Iterator[Item]:
    if found := _PROVISION.search(before):
        for agreement in analysis.agreements:
            if agreement.id == found[1]:
                yield from (
                    Item(text=provision.id, about=agreement.title, written=len(found[2]))
                    for provision in agreement.provisions
                )
    elif found := _TARGET.search(before):
        written = len(found[2])
        if found[1] == "note":
            yield from (Item(text=note.id, about=note.selector.exact, written=written) for note in analysis.notes)
        else:
            is_document = found[1] == "document"
            for item in analysis.agreements:
                if (item.document_kind is not None) is is_document:
                    yield Item(text=item.id, about=item.title, written=written)
    elif found := _SCHEME.search(before):
        yield from (Item(text=f"{name}:", written=len(found[1])) for name in ("agreement", "document", "note"))
    elif found := _CITED.search(before):
        for reference in analysis.references:
            yield Item(text=reference.key, about=summary(reference), written=len(found[1]))
    elif found := _LANGUAGE.search(before):
        yield from _languages(len(found[1]))


def _in_yaml(source: Source, number: int, before: str) -> Iterator[Item]:
    path = path_at(source, number)
    if found := _LANGUAGE.search(before):
        yield from _languages(len(found[1]))
    elif found := _VALUE.match(before):
        yield from (Item(text=word, written=len(found[2])) for word in words(source, (*path, found[1])))
    elif found := _NEW_KEY.match(before):
        written = found[1] or ""
        for name, declared in properties(source, path).items():
            yield Item(text=f"{name}: ", about=str(declared.get("description", "")), written=len(written))


def _languages(written: int) -> Iterator[Item]:
    names = {tag: name for name, tag in reversed(LANGUAGE_NAMES.items())}
    yield from (Item(text=tag, about=name.capitalize(), written=written) for tag, name in names.items())
