"""An open font for each script, and the Debian and Ubuntu package that has it.

ISO 15924 codes, https://www.unicode.org/iso15924/. All are under the SIL Open Font License 1.1, but for DejaVu, whose
licence is as free. The Noto families are named as version 20201225 of `fonts-noto-core` has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFont:
    """A family that anyone may embed, and where it comes from."""

    family: str
    package: str
    """Its package in Debian and Ubuntu."""
    licence: str = "SIL OFL 1.1"


_CORE = "fonts-noto-core"
_CJK = "fonts-noto-cjk"
_CHOSEN: Mapping[str, OpenFont] = {
    "Arab": OpenFont(family="Amiri", package="fonts-hosny-amiri"),
    "Bopo": OpenFont(family="Noto Serif CJK TC", package=_CJK),
    "Grek": OpenFont(family="GFS Didot", package="fonts-gfs-didot"),
    "Hang": OpenFont(family="Noto Serif CJK KR", package=_CJK),
    "Hani": OpenFont(family="Noto Serif CJK SC", package=_CJK),
    "Hebr": OpenFont(family="Ezra SIL", package="fonts-sil-ezra"),
    "Hira": OpenFont(family="Noto Serif CJK JP", package=_CJK),
    "Kana": OpenFont(family="Noto Serif CJK JP", package=_CJK),
    "Latn": OpenFont(family="Gentium Plus", package="fonts-sil-gentiumplus"),
    "Zyyy": OpenFont(family="DejaVu Sans", package="fonts-dejavu-core", licence="DejaVu licence"),
}
"""Families made for long texts."""
_NOTO: Mapping[str, str] = {
    "Adlm": "Noto Sans Adlam",
    "Aghb": "Noto Sans Caucasian Albanian",
    "Ahom": "Noto Serif Ahom",
    "Armi": "Noto Sans Imperial Aramaic",
    "Armn": "Noto Serif Armenian",
    "Avst": "Noto Sans Avestan",
    "Bali": "Noto Serif Balinese",
    "Bamu": "Noto Sans Bamum",
    "Bass": "Noto Sans Bassa Vah",
    "Batk": "Noto Sans Batak",
    "Beng": "Noto Serif Bengali",
    "Bhks": "Noto Sans Bhaiksuki",
    "Brah": "Noto Sans Brahmi",
    "Brai": "Noto Sans Symbols2",
    "Bugi": "Noto Sans Buginese",
    "Buhd": "Noto Sans Buhid",
    "Cakm": "Noto Sans Chakma",
    "Cans": "Noto Sans Canadian Aboriginal",
    "Cari": "Noto Sans Carian",
    "Cham": "Noto Sans Cham",
    "Cher": "Noto Sans Cherokee",
    "Copt": "Noto Sans Coptic",
    "Cprt": "Noto Sans Cypriot",
    "Cyrl": "Noto Serif",
    "Deva": "Noto Serif Devanagari",
    "Dogr": "Noto Serif Dogra",
    "Dsrt": "Noto Sans Deseret",
    "Dupl": "Noto Sans Duployan",
    "Egyp": "Noto Sans Egyptian Hieroglyphs",
    "Elba": "Noto Sans Elbasan",
    "Elym": "Noto Sans Elymaic",
    "Ethi": "Noto Serif Ethiopic",
    "Geor": "Noto Serif Georgian",
    "Glag": "Noto Sans Glagolitic",
    "Gong": "Noto Sans Gunjala Gondi",
    "Gonm": "Noto Sans Masaram Gondi",
    "Goth": "Noto Sans Gothic",
    "Gran": "Noto Serif Grantha",
    "Gujr": "Noto Serif Gujarati",
    "Guru": "Noto Serif Gurmukhi",
    "Hano": "Noto Sans Hanunoo",
    "Hatr": "Noto Sans Hatran",
    "Hluw": "Noto Sans Anatolian Hieroglyphs",
    "Hmng": "Noto Sans Pahawh Hmong",
    "Hmnp": "Noto Serif Hmong Nyiakeng",
    "Hung": "Noto Sans Old Hungarian",
    "Ital": "Noto Sans Old Italic",
    "Java": "Noto Sans Javanese",
    "Kali": "Noto Sans Kayah Li",
    "Khar": "Noto Sans Kharoshthi",
    "Khmr": "Noto Serif Khmer",
    "Khoj": "Noto Serif Khojki",
    "Knda": "Noto Serif Kannada",
    "Kthi": "Noto Sans Kaithi",
    "Lana": "Noto Sans Tai Tham",
    "Laoo": "Noto Serif Lao",
    "Lepc": "Noto Sans Lepcha",
    "Limb": "Noto Sans Limbu",
    "Lina": "Noto Sans Linear A",
    "Linb": "Noto Sans Linear B",
    "Lisu": "Noto Sans Lisu",
    "Lyci": "Noto Sans Lycian",
    "Lydi": "Noto Sans Lydian",
    "Mahj": "Noto Sans Mahajani",
    "Mand": "Noto Sans Mandaic",
    "Mani": "Noto Sans Manichaean",
    "Marc": "Noto Sans Marchen",
    "Medf": "Noto Sans Medefaidrin",
    "Mend": "Noto Sans Mende Kikakui",
    "Merc": "Noto Sans Meroitic",
    "Mero": "Noto Sans Meroitic",
    "Mlym": "Noto Serif Malayalam",
    "Modi": "Noto Sans Modi",
    "Mong": "Noto Sans Mongolian",
    "Mroo": "Noto Sans Mro",
    "Mtei": "Noto Sans Meetei Mayek",
    "Mult": "Noto Sans Multani",
    "Mymr": "Noto Serif Myanmar",
    "Narb": "Noto Sans Old North Arabian",
    "Nbat": "Noto Sans Nabataean",
    "Newa": "Noto Sans Newa",
    "Nkoo": "Noto Sans NKo",
    "Nshu": "Noto Sans Nushu",
    "Ogam": "Noto Sans Ogham",
    "Olck": "Noto Sans Ol Chiki",
    "Orkh": "Noto Sans Old Turkic",
    "Orya": "Noto Sans Oriya",
    "Osge": "Noto Sans Osage",
    "Osma": "Noto Sans Osmanya",
    "Palm": "Noto Sans Palmyrene",
    "Pauc": "Noto Sans Pau Cin Hau",
    "Perm": "Noto Sans Old Permic",
    "Phag": "Noto Sans PhagsPa",
    "Phli": "Noto Sans Inscriptional Pahlavi",
    "Phlp": "Noto Sans Psalter Pahlavi",
    "Phnx": "Noto Sans Phoenician",
    "Plrd": "Noto Sans Miao",
    "Prti": "Noto Sans Inscriptional Parthian",
    "Rjng": "Noto Sans Rejang",
    "Rohg": "Noto Sans Hanifi Rohingya",
    "Runr": "Noto Sans Runic",
    "Samr": "Noto Sans Samaritan",
    "Sarb": "Noto Sans Old South Arabian",
    "Saur": "Noto Sans Saurashtra",
    "Sgnw": "Noto Sans SignWriting",
    "Shaw": "Noto Sans Shavian",
    "Shrd": "Noto Sans Sharada",
    "Sidd": "Noto Sans Siddham",
    "Sind": "Noto Sans Khudawadi",
    "Sinh": "Noto Serif Sinhala",
    "Sogd": "Noto Sans Sogdian",
    "Sogo": "Noto Sans Old Sogdian",
    "Sora": "Noto Sans Sora Sompeng",
    "Soyo": "Noto Sans Soyombo",
    "Sund": "Noto Sans Sundanese",
    "Sylo": "Noto Sans Syloti Nagri",
    "Syrc": "Noto Sans Syriac",
    "Tagb": "Noto Sans Tagbanwa",
    "Takr": "Noto Sans Takri",
    "Tale": "Noto Sans Tai Le",
    "Talu": "Noto Sans New Tai Lue",
    "Taml": "Noto Serif Tamil",
    "Tang": "Noto Serif Tangut",
    "Tavt": "Noto Sans Tai Viet",
    "Telu": "Noto Serif Telugu",
    "Tfng": "Noto Sans Tifinagh",
    "Tglg": "Noto Sans Tagalog",
    "Thaa": "Noto Sans Thaana",
    "Thai": "Noto Serif Thai",
    "Tibt": "Noto Serif Tibetan",
    "Tirh": "Noto Sans Tirhuta",
    "Ugar": "Noto Sans Ugaritic",
    "Vaii": "Noto Sans Vai",
    "Wara": "Noto Sans Warang Citi",
    "Wcho": "Noto Sans Wancho",
    "Xpeo": "Noto Sans Old Persian",
    "Xsux": "Noto Sans Cuneiform",
    "Yezi": "Noto Serif Yezidi",
    "Yiii": "Noto Sans Yi",
    "Zanb": "Noto Sans Zanabazar Square",
}
"""The family of Noto that has a script; a serif if there is one."""


def open_font(script: str) -> OpenFont | None:
    """The open font that is suggested for a script; None if none is known."""
    if script in _CHOSEN:
        return _CHOSEN[script]
    return OpenFont(family=_NOTO[script], package=_CORE) if script in _NOTO else None
