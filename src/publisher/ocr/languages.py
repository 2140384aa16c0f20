"""Languages as Tesseract names them: mostly ISO 639-2/T (https://tesseract-ocr.github.io/tessdoc/Data-Files.html)."""

from __future__ import annotations

_PAIRS = (
    "af:afr am:amh ar:ara as:asm az:aze be:bel bn:ben bo:bod br:bre bs:bos bg:bul ca:cat cs:ces cy:cym da:dan de:deu "
    "dz:dzo el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas fi:fin fo:fao fr:fra fy:fry ga:gle gd:gla gl:glg gu:guj "
    "he:heb hi:hin hr:hrv ht:hat hu:hun hy:hye id:ind is:isl it:ita iu:iku ja:jpn jv:jav ka:kat kk:kaz km:khm kn:kan "
    "ko:kor ku:kmr ky:kir la:lat lb:ltz lo:lao lt:lit lv:lav mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt my:mya "
    "nb:nor ne:nep nl:nld nn:nor no:nor oc:oci or:ori pa:pan pl:pol ps:pus pt:por qu:que ro:ron ru:rus sa:san sd:snd "
    "si:sin sk:slk sl:slv sq:sqi sr:srp su:sun sv:swe sw:swa ta:tam te:tel tg:tgk th:tha ti:tir tl:tgl to:ton tr:tur "
    "tt:tat ug:uig uk:ukr ur:urd uz:uzb vi:vie yi:yid yo:yor"
)
_NAMES = dict(pair.split(":") for pair in _PAIRS.split())
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def tesseract_name(tag: str) -> str:
    """Return Tesseract's name of a language (BCP 47): `deu` of `de-CH`, `chi_tra` of `zh-Hant`; empty if unknown."""
    primary, *rest = tag.lower().split("-")
    if primary == "zh":
        return "chi_tra" if _TRADITIONAL & {*rest} else "chi_sim"
    if primary == "sr" and "latn" in rest:
        return "srp_latn"
    return _NAMES.get(primary, primary if len(primary) == 3 else "")
