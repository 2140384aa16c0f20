"""The sample editions: their texts, which are in the public domain, their fonts, and what their notes are about."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """An edition in one script."""

    tag: str
    """The language of the edition, and the name of its text."""
    source: str
    """Where the text is from."""
    note: str
    """The words that the note is about."""
    said: str
    """What the note says."""
    fonts: tuple[str, ...]
    """The names of its fonts."""
    text_font: str = ""
    """The family of the text; empty if the program chooses word by word."""


SAMPLES = (
    Sample(
        tag="he",
        source="Genesis 1, Masoretic text",
        note="מְרַחֶ֖פֶת",
        said="ראה [Rashi on Genesis 1:2]{lang=en} בעמוד 12, וגם להלן.",
        fonts=("hebrew.ttf",),
        text_font="Noto Serif Hebrew",
    ),
    Sample(
        tag="yi",
        source="Mark Warshawsky, Yidishe folkslider (1901)",
        note="זעט זשע",
        said="אַ ליד פֿון 1901, זע [The Jewish Encyclopedia]{lang=en}.",
        fonts=("hebrew.ttf",),
        text_font="Noto Serif Hebrew",
    ),
    Sample(
        tag="ar",
        source="Ibn Khaldun, al-Muqaddima (1377)",
        note="جَمُّ الْفَوَائِدِ",
        said="انظر [Rosenthal 1958]{lang=en} صفحة 12.",
        fonts=("amiri.ttf",),
        text_font="Amiri",
    ),
    Sample(
        tag="fa",
        source="Saadi, Golestan (1258)",
        note="مزید نعمت",
        said="نگاه کنید به [Rehatsek 1888]{lang=en}، صفحهٔ ۱۲.",
        fonts=("amiri.ttf",),
        text_font="Amiri",
    ),
    Sample(
        tag="ja",
        source="Natsume Sōseki, Wagahai wa neko de aru (1905)",
        note="名前はまだ無い",
        said="「猫」の[名]{ruby=な}については、後の章を見よ（*Hototogisu*、1905年）。",
        fonts=("serif-ja.otf",),
        text_font="Noto Serif CJK JP",
    ),
    Sample(
        tag="zh-Hans",
        source="Lunyu 1 (Analects)",
        note="不亦乐乎",
        said="“乐”与“说”有别；参看 *Legge* (1861)。",
        fonts=("serif-zh-hans.otf",),
        text_font="Noto Serif CJK SC",
    ),
    Sample(
        tag="zh-Hant",
        source="Daodejing 1–3",
        note="眾妙之門",
        said="「妙」，王弼注：「妙者，微之極也。」",
        fonts=("serif-zh-hant.otf",),
        text_font="Noto Serif CJK TC",
    ),
    Sample(
        tag="ko",
        source="Yun Dong-ju, Seosi (1941); Kim Sowol, Jindallaekkot (1925)",
        note="별을 노래하는 마음",
        said="시인은 1941년에 이 시를 썼다.",
        fonts=("serif-ko.otf",),
        text_font="Noto Serif CJK KR",
    ),
    Sample(
        tag="hi",
        source="Premchand, Idgah (1933); Kabir; Bhagavadgita 1.1",
        note="प्रभात",
        said="सुबह; देखिए [Monier-Williams]{lang=en}, 1899।",
        fonts=("serif-devanagari.ttf",),
        text_font="Noto Serif Devanagari",
    ),
    Sample(
        tag="th",
        source="Sunthorn Phu, Phra Aphai Mani (before 1850)",
        note="มั่งชังชังตอบ",
        said="ดู [Phra Aphai Mani]{lang=en} หน้า 12",
        fonts=("serif-thai.ttf",),
        text_font="Noto Serif Thai",
    ),
    Sample(
        tag="grc",
        source="Iliad 1.1–5; John 1:1–5",
        note="θεά",
        said="Cf. [Ὀδ. αʹ 1]{lang=grc}: *ἄνδρα μοι ἔννεπε, Μοῦσα*.",
        fonts=("serif.ttf",),
    ),
    Sample(
        tag="cop",
        source="John 1:1–3, Sahidic version (ed. Horner, 1911)",
        note="ⲡⲧⲏⲣϥ̄",
        said="Greek [ὁ λόγος]{lang=grc}.",
        fonts=("coptic.ttf", "serif.ttf"),
        text_font="Noto Sans Coptic",
    ),
    Sample(
        tag="cu",
        source="John 1:1–5, Elizabeth Bible (1751)",
        note="живо́тъ бѣ̀, и҆",
        said="[ὁ λόγος]{lang=grc}; см. [Остромирово евангелие]{lang=ru}.",
        fonts=("serif.ttf",),
        text_font="Noto Serif",
    ),
    Sample(
        tag="ru",
        source="Leo Tolstoy, Anna Karenina (1878)",
        note="Все смешалось",
        said="В черновиках романа — иначе; см. «Дневник» за 1873 год.",
        fonts=(),
    ),
)


def write(sample: Sample, folder: Path) -> Path:
    """Write an edition into a folder, and return that."""
    folder.mkdir(parents=True)
    text = (HERE / "texts" / f"{sample.tag}.md").read_bytes()
    (folder / "text.md").write_bytes(text)
    (folder / "notes.md").write_text(f"## one\n\n> {sample.note}\n\n{sample.said}\n", encoding="utf-8")
    (folder / "edition.yaml").write_text(_settings(sample, text), encoding="utf-8")
    for name in sample.fonts:
        (folder / "fonts").mkdir(exist_ok=True)
        (folder / "fonts" / name).write_bytes((HERE / "fonts" / name).read_bytes())
    return folder


def _settings(sample: Sample, text: bytes) -> str:
    title = text.decode().splitlines()[0].removeprefix("# ")
    bare = "".join(part.partition("]")[0] + part.partition("}")[2] for part in title.split("["))
    bare = bare if "[" in title else title
    return "\n".join(
        (
            f'title: "{bare}"',
            f"language: {sample.tag}",
            "date: 2026-11-30",
            'contributors: [{name: "A. Reader", role: edt}]',
            f"source: {{file: text.md, sha256: {hashlib.sha256(text).hexdigest()}, statement: {sample.source!r}}}",
            'rights: {status: public-domain, statement: "Public domain."}',
            "series:",
            '  - {id: ed, title: "Notes", file: notes.md, marks: decimal, placement: {pdf: foot, epub: pop-up}}',
            *((f"fonts: {{text: {sample.text_font}}}",) if sample.text_font else ()),
            "output: {formats: [epub, pdf, web], page: [140mm, 216mm], paragraph-numbers: true}",
            "",
        )
    )
