"""Encodings of texts: their names, the codecs that read them, and what shows that a text is in another one.

Names and codecs follow the Encoding Standard (https://encoding.spec.whatwg.org/), except that `latin-1` is ISO 8859-1.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

UTF_8 = "utf-8"
CODECS: dict[str, str] = {
    "utf-8": UTF_8,
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "utf-32": "utf-32",
    "us-ascii": "ascii",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1252": "cp1252",
    "windows-1253": "cp1253",
    "windows-1254": "cp1254",
    "windows-1255": "cp1255",
    "windows-1256": "cp1256",
    "windows-1257": "cp1257",
    "windows-1258": "cp1258",
    "windows-874": "cp874",
    "latin-1": "iso8859-1",
    "latin-2": "iso8859-2",
    "latin-3": "iso8859-3",
    "latin-4": "iso8859-4",
    "latin-5": "iso8859-9",
    "latin-6": "iso8859-10",
    "latin-7": "iso8859-13",
    "latin-8": "iso8859-14",
    "latin-9": "iso8859-15",
    "latin-10": "iso8859-16",
    "iso-8859-5": "iso8859-5",
    "iso-8859-6": "iso8859-6",
    "iso-8859-7": "iso8859-7",
    "iso-8859-8": "iso8859-8",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "macintosh": "mac-roman",
    "mac-cyrillic": "mac-cyrillic",
    "ibm437": "cp437",
    "ibm850": "cp850",
    "ibm852": "cp852",
    "ibm866": "cp866",
    "shift-jis": "cp932",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "gbk": "gbk",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
}
"""The codec of each encoding, by the name that messages use."""
_OTHER_NAMES = {
    "ascii": "us-ascii",
    "utf8": "utf-8",
    "utf8bom": "utf-8",
    "utf8sig": "utf-8",
    "unicode": "utf-16",
    "utf16": "utf-16",
    "utf32": "utf-32",
    "macroman": "macintosh",
    "mac": "macintosh",
    "sjis": "shift-jis",
    "windows31j": "shift-jis",
    "ms932": "shift-jis",
    "gb2312": "gbk",
    "koi8": "koi8-r",
    "uhc": "euc-kr",
    "tis620": "windows-874",
    "dos866": "ibm866",
    "win": "windows-1252",
    "ansi": "windows-1252",
    "iso88591": "latin-1",
    "iso88592": "latin-2",
    "iso88593": "latin-3",
    "iso88594": "latin-4",
    "iso88599": "latin-5",
    "iso885910": "latin-6",
    "iso885913": "latin-7",
    "iso885914": "latin-8",
    "iso885915": "latin-9",
    "iso885916": "latin-10",
}
_NUMBERED = re.compile(r"(?:cp|win|windows|ibm|dos)(\d{3,4})")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""What a file begins with whose encoding has a mark, the longer marks first."""
_LIKELY = ("windows-1252", "utf-16", "macintosh", "windows-1251", "koi8-r", "shift-jis", "gb18030", "latin-1")
"""The encodings in which texts usually are that are not UTF-8."""
_SEEN = 1 << 16
"""In how many bytes the order of bytes is looked for."""
_HIGH = re.compile(rb"[\x80-\xff]+")
SINGLE_BYTE = frozenset(
    codec for codec in CODECS.values() if codec.startswith(("cp12", "iso8859", "koi8", "mac-", "cp4", "cp8"))
)
"""The codecs in which a byte is a character, so that any bytes can be read with them."""


def known_encoding(name: str) -> str | None:
    """Return the name in `CODECS` of an encoding as people write it; None if there is none."""
    letters = re.sub(r"[^a-z0-9]", "", name.lower())
    same = {re.sub(r"[^a-z0-9]", "", text): text for text in CODECS} | _OTHER_NAMES
    if letters in same:
        return same[letters]
    number = _NUMBERED.fullmatch(letters)
    found = (text for text in CODECS if number and text in (f"windows-{number[1]}", f"ibm{number[1]}"))
    return next(found, "shift-jis" if number and number[1] == "932" else None)


def marked_encoding(content: bytes) -> str | None:
    """Return the encoding whose byte order mark a file begins with; None if it has no mark."""
    return next((name for mark, name in _MARKS if content.startswith(mark)), None)


def unmark(content: bytes, codec: str) -> tuple[bytes, str]:
    """Return the bytes behind a byte order mark, and the codec that reads them.

    UTF-16 and UTF-32 without a mark are read in the order of bytes in which more of them are spaces and line ends.
    """
    for mark, named in _MARKS:
        if CODECS[named] == codec.removesuffix("-le").removesuffix("-be") and content.startswith(mark):
            wide = {codecs.BOM_UTF16_LE: "-le", codecs.BOM_UTF32_LE: "-le", codecs.BOM_UTF8: ""}.get(mark, "-be")
            return content[len(mark) :], f"{CODECS[named]}{wide}"
    if codec in ("utf-16", "utf-32"):
        little, big = (_spaces(content[:_SEEN].decode(f"{codec}-{order}", "ignore")) for order in ("le", "be"))
        return content, f"{codec}-{'be' if big > little else 'le'}"
    return content, codec


def _spaces(text: str) -> int:
    return sum(text.count(space) for space in " \n\u3000\u3002")


def is_utf_8(content: bytes) -> bool:
    """Return whether bytes can only be UTF-8: they have characters of several bytes, and none that UTF-8 has not."""
    if not _HIGH.search(content):
        return False
    try:
        content.decode(UTF_8)
    except UnicodeDecodeError:
        return False
    return True


def guesses(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield likely encodings of a file that is not UTF-8, each with the words around its first special character."""
    first = _HIGH.search(content)
    for name in _LIKELY:
        if name == "utf-16" and b"\0" not in content:
            continue
        try:
            body, codec = unmark(content, CODECS[name])
            text = body.decode(codec)
        except UnicodeDecodeError:
            continue
        if first is None or re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text):
            continue
        at = len(content[: first.start()].decode(codec, "ignore")) if codec in SINGLE_BYTE else _first_special(text)
        yield name, " ".join(text[max(at - 12, 0) : at + 12].split())


def _first_special(text: str) -> int:
    return next((at for at, character in enumerate(text) if ord(character) > 0x7F), 0)
