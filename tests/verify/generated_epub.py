"""Corruptions of an EPUB made from seeds, kind by kind: each changes what a reader sees, hears or follows.

A corruption takes a source of chance and the files of a book, and gives the bytes of a spoilt one. Those that need no
container of their own change the files and have them packed again.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

Files = dict[str, bytes]
Spoil = Callable[[Random, Files], bytes]
TEXT, NAV, NCX, PACKAGE = "EPUB/text/text.xhtml", "EPUB/text/nav.xhtml", "EPUB/toc.ncx", "EPUB/content.opf"
SHEET = "EPUB/styles/screen.css"
READ = ("text", "introduction", "agreements", "notes", "references", "colophon", "imprint", "title-page")
"""Documents with words."""
WORD = re.compile(r">([^<>]*?)([A-Za-z]{4,})([^<>]*)<")
PARAGRAPH = re.compile(r"<p[ >](?:(?!</p>).)*</p>", re.DOTALL)
LOOKS = ("em", "strong", "sup", "sub", "code")
HREF = re.compile(r'href="([^"]+)"')


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A way to spoil a book."""

    name: str
    """`cover`, `clip` … and after a colon what is done."""
    spoil: Spoil
    proved: bool = True
    """Whether the proof names it too, which knows the sources and not what a build makes of them."""


def files_of(content: bytes) -> Files:
    """The files of a book, in their order."""
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Files, *, stored: frozenset[str] = frozenset({"mimetype"}), level: int = 6) -> bytes:
    """The book with these files; those `stored` are not compressed."""
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in files.items():
            how = ZIP_STORED if name in stored else ZIP_DEFLATED
            archive.writestr(ZipInfo(name, (2026, 11, 30, 12, 0, 0)), data, how, level)
    return out.getvalue()


def document(chance: Random, files: Files) -> str:
    """The name of a document with words."""
    there = [f"EPUB/text/{name}.xhtml" for name in READ if f"EPUB/text/{name}.xhtml" in files]
    return chance.choice([name for name in there if WORD.search(body(files, name))])


def body(files: Files, name: str) -> str:
    """What stands in the body of a document."""
    return files[name].decode().partition("<body")[2]


def written(files: Files, name: str, text: str) -> Files:
    """The files with another text in one."""
    assert files[name] != text.encode(), name
    return {**files, name: text.encode()}


def in_body(files: Files, name: str, changed: str) -> Files:
    """The files with another body in a document."""
    head, begin, _ = files[name].decode().partition("<body")
    return written(files, name, head + begin + changed)


def at_a_word(chance: Random, files: Files, change: Callable[[str], str]) -> Files:
    """The files with a word of a document changed into something."""
    name = document(chance, files)
    found = chance.choice(list(WORD.finditer(body(files, name))))
    text = body(files, name)
    return in_body(files, name, text[: found.start(2)] + change(found[2]) + text[found.end(2) :])


def styled(chance: Random, files: Files, *declarations: str) -> bytes:
    """A book in which a declaration of these is made for some words, in one of the ways in which that can be done."""
    declaration = chance.choice(declarations)
    way = chance.choice(("rule", "attribute", "element", "sheet"))
    if way == "attribute":
        return packed(at_a_word(chance, files, lambda word: f'<span style="{declaration}">{word}</span>'))
    rule = f"{chance.choice(('#p1', '#p2', 'p.numbered', 'h1.title', 'p'))} {{ {declaration} }}"
    if way == "rule":
        return packed(written(files, SHEET, files[SHEET].decode() + f"\n{rule}\n"))
    name = document(chance, files)
    if way == "element":
        return packed(written(files, name, files[name].decode().replace("</head>", f"<style>{rule}</style></head>")))
    link = '<link rel="stylesheet" type="text/css" href="../styles/more.css"/></head>'
    item = '<item href="styles/more.css" id="more" media-type="text/css"/></manifest>'
    files = written(files, name, files[name].decode().replace("</head>", link))
    files = written(files, PACKAGE, files[PACKAGE].decode().replace("</manifest>", item))
    return packed({**files, "EPUB/styles/more.css": rule.encode()})


def cover_with_a_layer(chance: Random, files: Files) -> bytes:
    shade = chance.choice(("white", "#fff", "oklch(1 0 0)", "color-mix(in srgb, white 99%, black)", "Canvas"))
    rule = f"#p{chance.randint(1, 6)}::after {{ content: ''; position: absolute; inset: 0; background: {shade} }}"
    return packed(written(files, SHEET, files[SHEET].decode() + rule))


def cover_with_a_picture(chance: Random, files: Files) -> bytes:
    change = f"margin-top: {chance.randint(-400, -100)}px; position: relative; z-index: 9"
    name = TEXT
    return packed(written(files, name, files[name].decode().replace("<img ", f'<img style="{change}" ', 1)))


def clip(chance: Random, files: Files) -> bytes:
    size = chance.randint(1, 30)
    return styled(
        chance,
        files,
        f"clip-path: inset({size}% 0 0 {size}%)",
        f"clip-path: path('M0 0 L{size} 0 L0 {size} Z')",
        f"mask: linear-gradient(transparent {size}%, black)",
        f"mask-image: url(../images/cover.png); mask-size: {size}px",
        f"max-height: calc({size}px / 10); overflow: clip",
        f"height: var(--none, {size / 10}px); overflow: hidden",
    )


def colour(chance: Random, files: Files) -> bytes:
    light = chance.uniform(0.97, 1)
    return styled(
        chance,
        files,
        f"color: oklch({light:.3f} 0 0)",
        f"--x: rgb({255 * light:.0f} 255 255); color: var(--x)",
        f"color: color-mix(in oklab, white {100 * light:.0f}%, black)",
        f"color: hsl(0 0% calc({100 * light:.0f}% * 1))",
        f"opacity: calc({1 - light:.3f} * 1)",
        f"filter: opacity({1 - light:.3f})",
        "mix-blend-mode: screen; color: #eee",
        "color: Canvas",
    )


def move(chance: Random, files: Files) -> bytes:
    far = chance.randint(400, 9000)
    return styled(
        chance,
        files,
        f"transform: translate({far}px, 0)",
        f"translate: 0 calc(-1 * {far}px)",
        f"position: relative; left: calc({far}px * -1)",
        f"margin-inline-start: var(--gone, -{far}px)",
        f"rotate: {chance.randint(90, 180)}deg",
        f"writing-mode: vertical-rl; text-indent: -{far}px",
        "position: fixed; top: 100vh",
    )


def order_by_style(chance: Random, files: Files) -> bytes:
    at = chance.randint(1, 5)
    way = chance.choice(
        ("display: flex; flex-direction: column-reverse", "display: grid; grid-auto-flow: column dense")
    )
    rule = f"section.text {{ {way} }} #p{at} {{ order: {chance.randint(2, 9)} }}"
    return packed(written(files, SHEET, files[SHEET].decode() + rule))


def order_of_paragraphs(chance: Random, files: Files) -> bytes:
    found = [entry for entry in PARAGRAPH.finditer(body(files, TEXT)) if "paragraph-number" in entry[0]]
    item, other = sorted(chance.sample(found, 2), key=lambda match: match.start())
    text = body(files, TEXT)
    text = text[: item.start()] + other[0] + text[item.end() : other.start()] + item[0] + text[other.end() :]
    return packed(in_body(files, TEXT, text))


def order_of_words(chance: Random, files: Files) -> bytes:
    text = body(files, TEXT)
    pairs = [
        item for item in re.finditer(r"\b([A-Za-z]{3,}) ([A-Za-z]{3,})\b(?=[^<>]*</p>)", text) if item[1] != item[2]
    ]
    match = chance.choice(pairs)
    return packed(in_body(files, TEXT, f"{text[: match.start()]}{match[2]} {match[1]}{text[match.end() :]}"))


def order_of_the_spine(chance: Random, files: Files) -> bytes:
    text = files[PACKAGE].decode()
    entries = re.findall(r"<itemref [^>]*/>", text)
    item, other = chance.sample(entries, 2)
    swapped = text.replace(item, "#").replace(other, item).replace("#", other)
    return packed(written(files, PACKAGE, swapped))


def direction(chance: Random, files: Files) -> bytes:
    name = document(chance, files)
    return packed(written(files, name, files[name].decode().replace("<body", '<body dir="rtl"', 1)))


def add_by_style(chance: Random, files: Files) -> bytes:
    words = chance.choice(("not ", "never ", "In doubt. ", "*", "7"))
    what = chance.choice(
        (f"'{words}'", f"'\\{ord(words[0]):x}'", "counter(list-item)", "attr(id)", "open-quote", "url(x.png)")
    )
    part = chance.choice(("before", "after", "marker"))
    rule = f"p.numbered::{part} {{ content: {what} }}"
    return packed(written(files, SHEET, files[SHEET].decode() + rule))


def add_words(chance: Random, files: Files) -> bytes:
    words = chance.choice(("never", "almost", "1", "—", "not"))
    return packed(at_a_word(chance, files, lambda word: f"{word} {words}"))


def add_a_paragraph(chance: Random, files: Files) -> bytes:
    name = document(chance, files)
    text = body(files, name)
    found = chance.choice([at.start() for at in re.finditer("</section>", text)])
    return packed(in_body(files, name, f"{text[:found]}<p>Issue {chance.randint(2, 99)}.</p>{text[found:]}"))


def add_to_what_is_heard(chance: Random, files: Files) -> bytes:
    attribute = chance.choice(("aria-label", "title", "aria-description", "alt"))
    return packed(at_a_word(chance, files, lambda word: f'<span {attribute}="Nothing of it">{word}</span>'))


def add_a_note(chance: Random, files: Files) -> bytes:
    text = body(files, "EPUB/text/notes.xhtml")
    note = re.search(r"<aside (?:(?!</aside>).)*</aside>", text, re.DOTALL)
    assert note
    again = re.sub(r' id="[^"]*"', "", note[0])
    return packed(in_body(files, "EPUB/text/notes.xhtml", text[: note.end()] + again + text[note.end() :]))


def replace_a_letter(chance: Random, files: Files) -> bytes:
    def change(word: str) -> str:
        at = chance.randrange(len(word))
        others = [text for text in "aeiounrstl" if text != word[at].lower()]
        return word[:at] + chance.choice(others) + word[at + 1 :]

    return packed(at_a_word(chance, files, change))


def replace_by_one_alike(chance: Random, files: Files) -> bytes:
    alike = {"a": "а", "e": "е", "o": "о", "i": "і", "c": "с", "p": "р"}
    while True:
        changed = at_a_word(chance, files, lambda word: "".join(alike.get(text, text) for text in word))
        if changed != files:
            return packed(changed)


def leave_out_a_word(chance: Random, files: Files) -> bytes:
    return packed(at_a_word(chance, files, lambda word: ""))


def leave_out_a_paragraph(chance: Random, files: Files) -> bytes:
    text = body(files, TEXT)
    match = chance.choice(list(PARAGRAPH.finditer(text)))
    return packed(in_body(files, TEXT, text[: match.start()] + text[match.end() :]))


def replace_a_picture(chance: Random, files: Files) -> bytes:
    name = "EPUB/images/001-ship.png"
    return packed({**files, name: files["EPUB/images/cover.png"]})


def replace_a_typeface(chance: Random, files: Files) -> bytes:
    text, other = chance.sample([name for name in files if name.endswith(".otf")], 2)
    return packed({**files, text: files[other]})


def replace_a_role(chance: Random, files: Files) -> bytes:
    name = document(chance, files)
    old = chance.choice([text for text in ('class="title"', "<h1", "<p", "<section") if text in body(files, name)])
    return packed(in_body(files, name, body(files, name).replace(old, f'{old} role="presentation" inert=""', 1)))


def replace_a_heading(chance: Random, files: Files) -> bytes:
    name = document(chance, files)
    text = body(files, name)
    match = chance.choice(list(re.finditer(r"<(h[1-6])([ >].*?</)\1>", text, re.DOTALL)))
    level = chance.choice([other for other in ("p", "h2", "h4") if other != match[1]])
    return packed(in_body(files, name, f"{text[: match.start()]}<{level}{match[2]}{level}>{text[match.end() :]}"))


def replace_the_cover(chance: Random, files: Files) -> bytes:
    return packed({**files, "EPUB/images/cover.png": files["EPUB/images/001-ship.png"]})


def replace_how_words_look(chance: Random, files: Files) -> bytes:
    return packed(at_a_word(chance, files, lambda word: f"<{(name := chance.choice(LOOKS))}>{word}</{name}>"))


def replace_what_a_cell_is(chance: Random, files: Files) -> bytes:
    text = body(files, TEXT)
    match = chance.choice(list(re.finditer(r"<th [^>]*>([^<]*)</th>", text)))
    return packed(in_body(files, TEXT, f"{text[: match.start()]}<td>{match[1]}</td>{text[match.end() :]}"))


def replace_what_a_note_is(chance: Random, files: Files) -> bytes:
    name = chance.choice((TEXT, "EPUB/text/notes.xhtml"))
    return packed(in_body(files, name, body(files, name).replace(' epub:type="footnote"', "", 1)))


def replace_what_a_list_is(chance: Random, files: Files) -> bytes:
    """Shows a list of the navigation document as another one, or one that is hidden."""
    text = files[NAV].decode()
    old, new = chance.choice(
        (
            ('epub:type="toc"', 'epub:type="loi"'),
            ('epub:type="landmarks"', 'epub:type="lot"'),
            ('epub:type="page-list" role="doc-pagelist" hidden="hidden"', 'epub:type="page-list" role="doc-pagelist"'),
            ('epub:type="toc"', 'epub:type="toc" hidden="hidden"'),
        )
    )
    changed = text.replace(old, new, 1)
    return packed(written(files, NAV, changed if changed != text else text.replace(' hidden="hidden"', "", 1)))


def replace_the_kind_of_a_link(chance: Random, files: Files) -> bytes:
    text = body(files, TEXT)
    other = chance.choice(("glossref", "backlink", "biblioref"))
    match = chance.choice(list(re.finditer('epub:type="noteref"', text)))
    return packed(in_body(files, TEXT, f'{text[: match.start()]}epub:type="{other}"{text[match.end() :]}'))


def number_a_list_otherwise(chance: Random, files: Files) -> bytes:
    text = body(files, TEXT)
    match = chance.choice(list(re.finditer(r"<ol(?: start=\"\d+\")?", text)))
    return packed(
        in_body(files, TEXT, f'{text[: match.start()]}<ol start="{chance.randint(7, 99)}"{text[match.end() :]}')
    )


def replace_where_a_page_begins(chance: Random, files: Files) -> bytes:
    text = body(files, TEXT)
    match = chance.choice(list(re.finditer(r'<span epub:type="pagebreak"[^>]*></span>', text)))
    rest = text[: match.start()] + text[match.end() :]
    spots = [at.end() for at in re.finditer(r"[a-z] (?=[a-z]+ [^<>]*</p>)", rest) if abs(at.end() - match.start()) > 9]
    at = chance.choice(spots)
    return packed(in_body(files, TEXT, rest[:at] + match[0] + rest[at:]))


def links_exchanged(chance: Random, files: Files) -> bytes:
    name = chance.choice([NAV, TEXT, "EPUB/text/notes.xhtml"])
    text = body(files, name)
    found = list(HREF.finditer(text))
    item, other = sorted(chance.sample(found, 2), key=lambda match: match.start())
    while item[1] == other[1]:
        item, other = sorted(chance.sample(found, 2), key=lambda match: match.start())
    text = text[: item.start(1)] + other[1] + text[item.end(1) : other.start(1)] + item[1] + text[other.end(1) :]
    return packed(in_body(files, name, text))


def older_contents_exchanged(chance: Random, files: Files) -> bytes:
    text = files[NCX].decode()
    item, other = chance.sample(sorted({*re.findall(r'src="([^"]+)"', text)}), 2)
    swapped = text.replace(f'"{item}"', "#").replace(f'"{other}"', f'"{item}"').replace("#", f'"{other}"')
    return packed(written(files, NCX, swapped))


def link_leads_out(chance: Random, files: Files) -> bytes:
    name = chance.choice([NAV, TEXT])
    text = body(files, name)
    match = chance.choice(list(HREF.finditer(text)))
    return packed(in_body(files, name, f"{text[: match.start(1)]}https://example.org/{text[match.end(1) :]}"))


def link_taken_away(chance: Random, files: Files) -> bytes:
    text = body(files, TEXT)
    match = chance.choice(list(re.finditer(r'<a [^>]*href="[^"]*"[^>]*>', text)))
    return packed(
        in_body(files, TEXT, text[: match.start()] + re.sub(r' href="[^"]*"', "", match[0]) + text[match.end() :])
    )


def link_laid_over_words(chance: Random, files: Files) -> bytes:
    return packed(at_a_word(chance, files, lambda word: f'<a href="https://example.org/">{word}</a>'))


def another_language(chance: Random, files: Files) -> bytes:
    name = chance.choice([document(chance, files), NAV, PACKAGE, NCX])
    text = files[name].decode()
    changed = text.replace("en-GB", chance.choice(("de", "en-US", "ru")), 2)
    return packed(written(files, name, changed))


def language_of_words(chance: Random, files: Files) -> bytes:
    tag = chance.choice(("de", "ru", "zh"))
    return packed(at_a_word(chance, files, lambda word: f'<span lang="{tag}" xml:lang="{tag}">{word}</span>'))


def language_lost(chance: Random, files: Files) -> bytes:
    text = files[TEXT].decode()
    return packed(written(files, TEXT, text.replace(' lang="fr" xml:lang="fr"', chance.choice(("", ' lang="it"')))))


def a_claim(chance: Random, files: Files) -> bytes:
    text = files[PACKAGE].decode()
    extra = chance.choice(
        (
            '<meta property="schema:accessibilityFeature">largePrint</meta>',
            '<meta property="schema:accessModeSufficient">auditory</meta>',
            '<meta property="schema:accessibilityHazard">flashing</meta>',
            "<dc:rights>All rights reserved.</dc:rights>",
            "<dc:publisher>Another Press</dc:publisher>",
            '<meta property="schema:bookEdition">Second</meta>',
            '<link rel="dcterms:license" href="https://example.org/licence"/>',
        )
    )
    return packed(written(files, PACKAGE, text.replace("</metadata>", f"{extra}</metadata>")))


def a_claim_changed(chance: Random, files: Files) -> bytes:
    text = files[PACKAGE].decode()
    old, new = chance.choice(
        (
            ("WCAG 2.2 Level AA</meta>", "WCAG 2.2 Level AAA</meta>"),
            (">readingOrder<", ">transcript<"),
            ("Quay Press", "Kay Press"),
            ("The text is free.", "The text is not free."),
            (">Writer, A.<", ">Writer, B.<"),
            (">aut<", ">edt<"),
            (">none</meta>", ">sound</meta>"),
            ("2026-11-24</dc:date>", "1926-11-24</dc:date>"),
            ("As far as programs can tell", "As experts have found"),
        )
    )
    return packed(written(files, PACKAGE, text.replace(old, new, 1)))


def package_as_a_whole(chance: Random, files: Files) -> bytes:
    name = next(name for name in files if name.endswith(".opf"))
    old, new = chance.choice(
        (
            ("<package ", '<package xml:base="https://example.org/" '),
            ("http://schema.org/", "http://example.org/"),
            ("<package ", '<package id="x" '),
        )
    )
    return packed(written(files, name, files[name].decode().replace(old, new, 1)))


def unlisted_member(chance: Random, files: Files) -> bytes:
    name = chance.choice(
        ("EPUB/text/more.xhtml", "EPUB/note.txt", "META-INF/signatures.xml", "iTunesMetadata.plist", "a")
    )
    return packed({**files, name: b"<p xmlns='http://www.w3.org/1999/xhtml'>More.</p>"})


def member_taken_away(chance: Random, files: Files) -> bytes:
    gone = chance.choice([name for name in files if name.endswith((".otf", ".css", ".png"))])
    return packed({name: data for name, data in files.items() if name != gone})


def headers_disagree(chance: Random, files: Files) -> bytes:
    content = bytearray(packed(files))
    names = [name for name in files if name != "mimetype"]
    name = chance.choice(names).encode()
    local = content.rindex(b"PK\x03\x04", 0, content.index(name) + 1)
    field = chance.choice(("name", "checksum", "size", "method"))
    if field == "name":
        at = content.index(name)
        content[at : at + 1] = b"X"
    elif field == "method":
        struct.pack_into("<H", content, local + 8, 0)
    else:
        struct.pack_into("<I", content, local + (14 if field == "checksum" else 22), chance.getrandbits(24))
    return bytes(content)


def bytes_between(chance: Random, files: Files) -> bytes:
    content = packed(files)
    if chance.random() < 0.5:
        return content + b"more"
    start = struct.unpack_from("<I", content, content.rindex(b"PK\x05\x06") + 16)[0]
    end = content.rindex(b"PK\x05\x06")
    tail = bytearray(content[start:])
    struct.pack_into("<I", tail, end - start + 16, start + 8)
    return content[:start] + b"8 hidden" + bytes(tail)


def another_name(chance: Random, files: Files) -> bytes:
    """A member with a field that gives it another name to some programs (0x7075)."""
    out = io.BytesIO()
    chosen = chance.choice([name for name in files if name.endswith(".xhtml")])
    with ZipFile(out, "w") as archive:
        for name, data in files.items():
            header = ZipInfo(name, (2026, 11, 30, 12, 0, 0))
            if name == chosen:
                header.extra = struct.pack("<HH", 0x7075, 5) + b"\x01\0\0\0x"
            archive.writestr(header, data, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return out.getvalue()


def mimetype_elsewhere(chance: Random, files: Files) -> bytes:
    if chance.random() < 0.5:
        return packed(files, stored=frozenset())
    return packed({**{name: data for name, data in files.items() if name != "mimetype"}, "mimetype": files["mimetype"]})


def second_book(chance: Random, files: Files) -> bytes:
    name = "META-INF/container.xml"
    more = '<rootfile full-path="EPUB/other.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    files = written(files, name, files[name].decode().replace("</rootfiles>", more))
    return packed({**files, "EPUB/other.opf": files[PACKAGE]})


def script(chance: Random, files: Files) -> bytes:
    name = document(chance, files)
    part = chance.choice(
        (
            "<script>document.body.remove()</script>",
            '<script src="x.js"></script>',
            '<iframe src="https://example.org/"></iframe>',
            '<form action="https://example.org/"><input/></form>',
            '<object data="x.svg"></object>',
            '<audio src="https://example.org/a.mp3" autoplay=""></audio>',
            '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        )
    )
    text = body(files, name)
    return packed(in_body(files, name, text.replace("</section>", f"{part}</section>", 1)))


def event(chance: Random, files: Files) -> bytes:
    what = chance.choice(('onclick="x()"', 'onload="x()"', 'autofocus=""', 'contenteditable="true"', 'popover="auto"'))
    return packed(at_a_word(chance, files, lambda word: f"<span {what}>{word}</span>"))


def link_acts(chance: Random, files: Files) -> bytes:
    text = body(files, TEXT)
    address = chance.choice(("javascript:x()", "data:text/html,x", "file:///etc/passwd", "tel:1"))
    match = chance.choice(list(HREF.finditer(text)))
    return packed(in_body(files, TEXT, text[: match.start(1)] + address + text[match.end(1) :]))


def fetched(chance: Random, files: Files) -> bytes:
    address = chance.choice(("https://example.org/a", "//example.org/a", "http://[::1]/a", "https:/\\\nexample.org/a"))
    rule = chance.choice(
        (
            f"body {{ background: url({address}) }}",
            f"@import '{address}';",
            f"@font-face {{ font-family: x; src: url({address}) }}",
            f"p {{ cursor: image-set('{address}' 1x), auto }}",
            f"p::before {{ content: url('{address}') }}",
            f":root {{ --a: url({address}) }} p {{ background: var(--a) }}",
        )
    )
    return packed(written(files, SHEET, files[SHEET].decode() + rule))


def fetched_by_a_document(chance: Random, files: Files) -> bytes:
    name = document(chance, files)
    part = chance.choice(
        (
            '<link rel="preload" href="https://example.org/a"/>',
            '<link rel="stylesheet" href="https://example.org/a.css"/>',
            '<meta http-equiv="refresh" content="0;url=https://example.org/"/>',
            '<base href="https://example.org/"/>',
        )
    )
    return packed(written(files, name, files[name].decode().replace("</head>", f"{part}</head>", 1)))


def style_left_out(chance: Random, files: Files) -> bytes:
    """Lets reading systems pass over a style sheet that is still there."""
    sheets = re.findall(r'<link [^>]*href="[^"]*\.css"/>', files[TEXT].decode())
    item = chance.choice(sheets)
    change = chance.choice((' title="a"', ' media="speech"', ' disabled=""', ' rel="alternate stylesheet"', None))
    if change is None:
        text = files[PACKAGE].decode()
        kind = chance.choice(("text/plain", "application/x-dtbncx+xml"))
        return packed(written(files, PACKAGE, text.replace('media-type="text/css"', f'media-type="{kind}"', 1)))
    start = item.replace(' rel="stylesheet"', "") if "rel=" in change else item
    return packed(written(files, TEXT, files[TEXT].decode().replace(item, start.replace("<link", f"<link{change}"))))


def declared(chance: Random, files: Files) -> bytes:
    name = document(chance, files)
    what = chance.choice(
        (
            '<!DOCTYPE html [<!ATTLIST p hidden CDATA "hidden">]>',
            '<!DOCTYPE html [<!ENTITY x "more">]>',
            '<!DOCTYPE html SYSTEM "https://example.org/a.dtd">',
            '<!DOCTYPE html><?xml-stylesheet href="a.css"?>',
        )
    )
    return packed(written(files, name, files[name].decode().replace("<!DOCTYPE html>", what, 1)))


COMPARED: tuple[Spoil, ...] = (
    replace_the_cover,
    replace_how_words_look,
    replace_what_a_cell_is,
    replace_where_a_page_begins,
)
"""What only a comparison with what a build makes can name."""
KINDS: tuple[Kind, ...] = tuple(
    Kind(name=f"{kind}: {spoil.__name__.replace('_', ' ')}", spoil=spoil, proved=spoil not in COMPARED)
    for kind, spoils in {
        "cover": (cover_with_a_layer, cover_with_a_picture),
        "clip": (clip,),
        "colour": (colour,),
        "move": (move,),
        "order": (
            order_by_style,
            order_of_paragraphs,
            order_of_words,
            order_of_the_spine,
            direction,
            number_a_list_otherwise,
        ),
        "add": (add_by_style, add_words, add_a_paragraph, add_to_what_is_heard, add_a_note),
        "replace": (
            replace_a_letter,
            replace_by_one_alike,
            leave_out_a_word,
            leave_out_a_paragraph,
            replace_a_picture,
            replace_a_typeface,
            replace_a_role,
            replace_a_heading,
            replace_the_cover,
            replace_how_words_look,
            replace_what_a_cell_is,
            replace_what_a_note_is,
            replace_what_a_list_is,
            replace_where_a_page_begins,
        ),
        "link": (
            links_exchanged,
            older_contents_exchanged,
            link_leads_out,
            link_taken_away,
            link_laid_over_words,
            replace_the_kind_of_a_link,
        ),
        "language": (another_language, language_of_words, language_lost),
        "claim": (a_claim, a_claim_changed, package_as_a_whole),
        "container": (
            style_left_out,
            declared,
            unlisted_member,
            member_taken_away,
            headers_disagree,
            bytes_between,
            another_name,
            mimetype_elsewhere,
            second_book,
        ),
        "action": (script, event, link_acts, fetched, fetched_by_a_document),
    }.items()
    for spoil in spoils
)
