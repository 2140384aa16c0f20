"""Make the fonts of the sample editions again: `python -m tests.scripts.subset_fonts FOLDER`.

FOLDER has the unpacked Debian packages fonts-noto-core, fonts-noto-cjk and fonts-hosny-amiri. Each font
keeps the characters of its samples and of the labels of their languages; those of small scripts keep the whole script.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from tests.scripts.samples import HERE, SAMPLES

import publisher

FILES = {
    "hebrew.ttf": ("NotoSerifHebrew-Regular.ttf", 0, ((0x590, 0x5FF), (0xFB1D, 0xFB4F))),
    "amiri.ttf": ("Amiri-Regular.ttf", 0, ((0x600, 0x6D5), (0x6F0, 0x6F9), (0x2010, 0x203A))),
    "serif-ja.otf": ("NotoSerifCJK-Regular.ttc", 0, ((0x3000, 0x30FF), (0xFF01, 0xFF5E))),
    "serif-ko.otf": ("NotoSerifCJK-Regular.ttc", 1, ((0x3000, 0x3011),)),
    "serif-zh-hans.otf": ("NotoSerifCJK-Regular.ttc", 2, ((0x3000, 0x3011), (0xFF01, 0xFF1F))),
    "serif-zh-hant.otf": ("NotoSerifCJK-Regular.ttc", 3, ((0x3000, 0x3011), (0x3105, 0x3129), (0xFF01, 0xFF1F))),
    "serif-devanagari.ttf": ("NotoSerifDevanagari-Regular.ttf", 0, ((0x900, 0x97F), (0x200C, 0x200D))),
    "serif-thai.ttf": ("NotoSerifThai-Regular.ttf", 0, ((0xE00, 0xE5B),)),
    "serif.ttf": ("NotoSerif-Regular.ttf", 0, ((0x370, 0x3FF), (0x1F00, 0x1FFF), (0x400, 0x4FF), (0x300, 0x34F))),
    "coptic.ttf": ("NotoSansCoptic-Regular.ttf", 0, ((0x2C80, 0x2CFF), (0x3E2, 0x3EF), (0x300, 0x305))),
}
"""The file of each font, its number in the file, and the ranges of characters that are kept."""
LABELS = {"ja": ("ja",), "zh-Hans": ("zh",), "zh-Hant": ("zh",)}
"""The languages of labels with so many characters that a font keeps those of the labels alone."""


def main(folder: Path) -> None:
    """Write every font."""
    for name, (file, number, ranges) in FILES.items():
        found = next(folder.rglob(file))
        wanted = {code for first, last in ranges for code in range(first, last + 1)}
        wanted |= set(map(ord, "年月日년월일")) if name.endswith(".otf") else set()
        wanted |= {*range(0x20, 0x7F), *range(0x2010, 0x2027), 0xA0, 0xB7}
        for sample in (item for item in SAMPLES if name in item.fonts):
            wanted |= set(map(ord, (HERE / "texts" / f"{sample.tag}.md").read_text(encoding="utf-8")))
            wanted |= set(map(ord, sample.said))
            for language in LABELS.get(sample.tag, ()):
                files = Path(publisher.__file__).parent.joinpath("compose", "i18n", "languages")
                texts = (path.read_text(encoding="utf-8") for path in files.glob(f"{language}*.toml"))
                wanted |= {ord(letter) for text in texts for letter in text}
        _write(found, number, wanted, HERE / "fonts" / name)


def _write(file: Path, number: int, wanted: set[int], target: Path) -> None:
    font = TTFont(file, fontNumber=number)
    options = subset.Options(layout_features=["*"], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17], hinting=False)
    options.drop_tables += ["BASE", "vhea", "vmtx", "VORG", "FFTM", "Silf", "Silt", "Glat", "Gloc", "Feat", "Sill"]
    if number or file.suffix == ".ttc":
        options.layout_features = ["kern", "locl", "mark", "mkmk", "ccmp", "liga"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font.save(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
