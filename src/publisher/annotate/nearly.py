"""In what a lemma differs from the nearest words of the text, if it is something that the eye misses."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import combining, normalize

_QUOTES = str.maketrans({"’": "'", "‘": "'", "‚": "'", "′": "'", "“": '"', "”": '"', "„": '"', "″": '"'})
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " "))
_NAMES = {
    "'": "straight apostrophe",
    '"': "straight quotation mark",
    "’": "curly apostrophe ’",
    "‘": "curly quotation mark ‘",
    "“": "curly quotation mark “",
    "”": "curly quotation mark ”",
    "-": "hyphen",
    "\u2010": "hyphen U+2010",
    "\u2011": "no-break hyphen U+2011",
    "\u2013": "dash – (U+2013)",
    "\u2014": "dash — (U+2014)",
    "\u2212": "minus sign − (U+2212)",
    " ": "space",
    "\u00a0": "no-break space U+00A0",
}


def difference(lemma: str, text: str) -> str | None:
    """Return in words what is different here (in the lemma) and there (in the text); None if it is easily seen."""
    for fold in (_compose, _quote, _dash, _space, str.casefold):
        if fold(lemma) == fold(text):
            return _describe(fold, lemma, text)
    everything = _space(_dash(_quote(_compose(lemma)))), _space(_dash(_quote(_compose(text))))
    return _first(lemma, text) if everything[0] == everything[1] else None


def _compose(words: str) -> str:
    return normalize("NFC", words)


def _quote(words: str) -> str:
    return words.translate(_QUOTES)


def _dash(words: str) -> str:
    return words.translate(_DASHES)


def _space(words: str) -> str:
    return words.translate(_SPACES)


def _describe(fold: Callable[[str], str], lemma: str, text: str) -> str | None:
    if fold is str.casefold:
        return "they differ in upper and lower case"
    if fold is _compose:
        return _composition(lemma, text)
    return _first(lemma, text)


def _composition(lemma: str, text: str) -> str:
    """The first letter with a mark that is one character on one side, and several on the other."""
    at = next(at for at, (here, there) in enumerate(zip(f"{lemma}\0", f"{text}\0", strict=False)) if here != there)
    here, there = _cluster(lemma, at), _cluster(text, at)
    return f"they look alike, but “{normalize('NFC', here)}” is {_numbers(here)} here and {_numbers(there)} there"


def _cluster(words: str, at: int) -> str:
    """The letter at an offset with the marks behind it; one before if a mark is there itself."""
    start = at
    while start and (start == len(words) or combining(words[start])):
        start -= 1
    end = start + 1
    while end < len(words) and combining(words[end]):
        end += 1
    return words[start:end]


def _numbers(characters: str) -> str:
    return " + ".join(f"U+{ord(character):04X}" for character in characters)


def _first(lemma: str, text: str) -> str:
    """The first character that differs, named on both sides."""
    here, there = next((item, other) for item, other in zip(lemma, text, strict=False) if item != other)
    return f"{_shown_name(here)} here, {_shown_name(there)} there"


def _shown_name(character: str) -> str:
    return _NAMES.get(character, f"“{character}” (U+{ord(character):04X})")
