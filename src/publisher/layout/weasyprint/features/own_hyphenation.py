"""Words that an edition divides at places of its own; the root element of a document names them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from xml.etree import ElementTree

from weasyprint.text.line_break import pyphen  # the hyphens are those of the layout engine

from publisher.layout.weasyprint.hooks import Hook, on_text

ATTRIBUTE = "data-hyphenation"
"""`en cooper-ation Lavrov|de Staub-ecken`: languages with words, and hyphens where these may be divided."""
_WORDS: ContextVar[Mapping[tuple[str, str], tuple[int, ...]]] = ContextVar("words", default={})  # noqa: B039


@contextmanager
def own_words(root: ElementTree.Element) -> Iterator[None]:
    """Divide the words that a document names as it says while it is laid out."""
    token = _WORDS.set(dict(_name(root.get(ATTRIBUTE, ""))))
    try:
        yield
    finally:
        _WORDS.reset(token)


def _name(words: str) -> Iterator[tuple[tuple[str, str], tuple[int, ...]]]:
    for group in words.split("|"):
        language, *divided = group.split() or [""]
        for word in divided:
            places, length = [], 0
            for part in word.split("-")[:-1]:
                length += len(part)
                places.append(length)
            yield (language, word.replace("-", "")), tuple(places)


def own_divisions(word: str, language: str | None) -> tuple[int, ...] | None:
    """Return after how many letters a word is divided; None if the edition does not say it."""
    known = _WORDS.get()
    return known.get((_primary(language or ""), word.lower())) if known else None


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def own_hyphenation_hooks() -> tuple[Hook, ...]:
    """Return the hook by which the engine asks for these words where it breaks lines itself."""
    return (on_text(_first_line),) if _WORDS.get() else ()


def _first_line(proceed: Callable[..., Any], text: str, style: Any, context: Any, *others: Any, **named: Any) -> Any:
    if context is not None and not isinstance(context.dictionaries, _Dictionaries):
        context.dictionaries = _Dictionaries(context.dictionaries)
    return proceed(text, style, context, *others, **named)


class _Dictionaries(dict[Any, Any]):
    """The dictionaries of the engine, by language and limits; each knows the words of the edition too."""

    def __setitem__(self, key: Any, dictionary: Any) -> None:
        super().__setitem__(key, dictionary if isinstance(dictionary, _Dictionary) else _Dictionary(dictionary, key[0]))

    def get(self, key: Any, default: Any = None) -> Any:
        """Return the dictionary, made where the engine would make it."""
        if key not in self:
            language, left, right, _ = key
            self[key] = pyphen.Pyphen(lang=language, left=left, right=right)
        return super().get(key, default)


class _Dictionary:
    """A dictionary that asks the edition first."""

    def __init__(self, dictionary: Any, language: str) -> None:
        self._dictionary, self._language = dictionary, language

    def iterate(self, word: str) -> Iterator[tuple[str, str]]:
        """Yield the parts before and after each hyphen, the last hyphen first."""
        places = own_divisions(word, self._language)
        if places is None:
            yield from self._dictionary.iterate(word)
        else:
            yield from ((word[:place], word[place:]) for place in reversed(places))
