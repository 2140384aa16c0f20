"""Language tags (BCP 47, RFC 5646, section 2.1): what is wrong with one, and the direction of its script."""

from __future__ import annotations

import re
import unicodedata

GRANDFATHERED = frozenset(
    {
        *("art-lojban", "cel-gaulish", "en-gb-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak", "i-klingon"),
        *("i-lux", "i-mingo", "i-navajo", "i-pwn", "i-tao", "i-tay", "i-tsu", "no-bok", "no-nyn", "sgn-be-fr"),
        *("sgn-be-nl", "sgn-ch-de", "zh-guoyu", "zh-hakka", "zh-min", "zh-min-nan", "zh-xiang"),
    }
)
"""Tags that were registered before the present grammar."""
LONGEST = 100
"""How many characters a tag has at most."""

LTR, RTL = "ltr", "rtl"
"""The directions of scripts, as HTML and EPUB name them."""
_RIGHT_TO_LEFT = frozenset(
    {
        *("ar", "ara", "arc", "arz", "ckb", "div", "dv", "fa", "fas", "hbo", "he", "heb", "iw", "ji", "jpr", "jrb"),
        *(
            "ks",
            "nqo",
            "ota",
            "per",
            "pnb",
            "ps",
            "pus",
            "sam",
            "sd",
            "syc",
            "syr",
            "tmr",
            "ug",
            "ur",
            "urd",
            "yi",
            "yid",
        ),
    }
)
"""Languages that are written from right to left, unless a tag names another script."""
_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    {"adlm", "arab", "aran", "hebr", "mand", "nkoo", "phnx", "rohg", "samr", "syrc", "syre", "syrj", "syrn", "thaa"}
)

_PRIMARY = re.compile(r"[a-z]{2,3}")
_EXTENDED = re.compile(r"[a-z]{3}")
_SCRIPT = re.compile(r"[a-z]{4}")
_REGION = re.compile(r"[a-z]{2}|[0-9]{3}")
_VARIANT = re.compile(r"[a-z0-9]{5,8}|[0-9][a-z0-9]{3}")
_SINGLETON = re.compile(r"[0-9a-wy-z]")
_EXTENSION = re.compile(r"[a-z0-9]{2,8}")
_PRIVATE = re.compile(r"[a-z0-9]{1,8}")
_MOST_EXTENDED = 3


def direction(tag: str) -> str:
    """Return the direction of the script in which a language is written, `rtl` or `ltr`."""
    primary, *subtags = tag.lower().split("-")
    script = next((subtag for subtag in subtags if _SCRIPT.fullmatch(subtag)), None)
    return RTL if (script in _RIGHT_TO_LEFT_SCRIPTS if script else primary in _RIGHT_TO_LEFT) else LTR


def passage_direction(text: str, tag: str, *, around: str = LTR) -> str:
    """Return the direction of a passage marked as being in a language, inside text of the direction `around`.

    It is that of the script of the language if the passage has a letter of that direction, else that around it: words
    in a transliteration run as the letters that they are written in (Unicode Standard Annex #9, 3.1, types R and AL).
    """
    own = direction(tag)
    if own == RTL and not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        return around
    return own


def line_direction(text: str, *, around: str) -> str:
    """Return the direction of a paragraph or another line of its own, inside text of the direction `around`.

    Inside text from right to left, a line whose letters all run from left to right does so as a whole: a reference to a
    book in Latin letters, for example.
    """
    kinds = {unicodedata.bidirectional(letter) for letter in text} if around == RTL else set()
    return LTR if "L" in kinds and not kinds & {"R", "AL"} else around


def fault(tag: str) -> str | None:
    """Return what keeps a tag from being well-formed, with the wrong subtag; None if nothing does."""
    if not tag:
        return "it is empty"
    if len(tag) > LONGEST:
        return f"it has more than {LONGEST} characters"
    if tag.lower() in GRANDFATHERED:
        return None
    wrong = next((character for character in tag if not re.fullmatch(r"[A-Za-z0-9-]", character)), None)
    if wrong is not None:
        return f"it has “{wrong}”, and only letters a–z, digits and hyphens are allowed"
    parts = tag.lower().split("-")
    if not all(parts):
        return "it begins or ends with a hyphen, or has two in a row"
    return _private(parts[1:]) if parts[0] == "x" else _order_fault(parts)


def _order_fault(parts: list[str]) -> str | None:
    """What is wrong with a tag that begins with a language."""
    if not _PRIMARY.fullmatch(parts[0]):
        return (
            f"“{parts[0]}” is no language: two or three letters, such as en, de, grc; or x- before a name of your own"
        )
    at = 1
    while at < len(parts) and at <= _MOST_EXTENDED and _EXTENDED.fullmatch(parts[at]):
        at += 1
    at += at < len(parts) and _SCRIPT.fullmatch(parts[at]) is not None
    at += at < len(parts) and _REGION.fullmatch(parts[at]) is not None
    first = at
    while at < len(parts) and _VARIANT.fullmatch(parts[at]):
        if parts[at] in parts[first:at]:
            return f"“{parts[at]}” occurs in it twice"
        at += 1
    return _extensions(parts, at)


def _extensions(parts: list[str], at: int) -> str | None:
    """What is wrong from the first extension on."""
    seen: set[str] = set()
    while at < len(parts) and _SINGLETON.fullmatch(parts[at]):
        singleton, begin = parts[at], at + 1
        if singleton in seen:
            return f"the extension “{singleton}” occurs in it twice"
        seen.add(singleton)
        at = begin
        while at < len(parts) and _EXTENSION.fullmatch(parts[at]):
            at += 1
        if at == begin:
            return f"nothing follows the extension “{singleton}”"
    if at == len(parts):
        return None
    return _private(parts[at + 1 :]) if parts[at] == "x" else f"“{parts[at]}” {_place_fault(parts[at])}"


def _private(parts: list[str]) -> str | None:
    """What is wrong with the subtags behind `x`."""
    if not parts:
        return "nothing follows “x”"
    wrong = next((part for part in parts if not _PRIVATE.fullmatch(part)), None)
    return f"“{wrong}” has more than eight characters" if wrong else None


def _place_fault(part: str) -> str:
    """Why a subtag cannot be where it does."""
    if len(part) > 8:
        return "has more than eight characters"
    if _SCRIPT.fullmatch(part):
        return "is a script, and a script follows the language directly: zh-Hant-TW"
    if _REGION.fullmatch(part) or _EXTENDED.fullmatch(part):
        return "is in the wrong place: language, then script, then region, then variants"
    return (
        "is no script (four letters), no region (two letters or three digits) and no variant (five to eight characters)"
    )
