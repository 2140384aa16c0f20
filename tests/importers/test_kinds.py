"""Letters, diaries, plays, marked words and links of books, TEI and Pandoc become those of an edition."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from tests.importers.docx_files import zipped
from tests.importers.importing_files import made
from tests.importers.test_texts import BOOK

from publisher.cli.program import program

HEAD = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en-GB">'
    '<head><title>I</title></head><body epub:type="bodymatter">'
)
CHAPTER = f"""{HEAD}<section id="chapter-1" epub:type="chapter"><h2 epub:type="title">January</h2>
<article id="entry-1660-01-01" epub:type="z3998:diary-entry"><h3><time datetime="1660-01-01">1st</time></h3>
<p><abbr epub:type="z3998:name-title">Mr.</abbr> Crew in the <i epub:type="se:name.vessel.ship">Naseby</i>, with
<i epub:type="se:name.publication.book">Diurnall</i>, <i>item</i>, <em>very</em> well; <cite>B.</cite>; in
<span epub:type="z3998:roman">XIV</span>; a <dfn>ketch</dfn>; see <a href="#late">the end</a> and
<a href="chapter-1.xhtml#entry-1660-01-01">today</a>, and <a href="nowhere.xhtml#x">nothing</a>.</p></article>
<blockquote epub:type="z3998:letter"><header role="presentation"><p epub:type="se:letter.dateline">London</p>
<p epub:type="z3998:salutation">My Lord,</p></header><p>Come.</p>
<footer role="presentation"><p epub:type="z3998:valediction">Yours,</p>
<p class="signature" epub:type="z3998:sender">S. P.</p>
<p epub:type="z3998:postscript">P.S. Soon.</p></footer></blockquote>
<p class="continued" id="late">and so to bed.</p>
<table epub:type="z3998:drama"><tbody><tr><td epub:type="z3998:persona">Bernardo</td>
<td><p>Who’s there? <i epub:type="z3998:stage-direction">He shivers.</i></p></td></tr>
<tr><td/><td><p><i epub:type="z3998:stage-direction">Exeunt.</i></p></td></tr></tbody></table>
</section></body></html>"""
WANTED = """\
## January

::: entry {#entry-1660-01-01 date=1660-01-01}
### [1st]{date=1660-01-01}

[Mr.]{abbr=title} Crew in the [Naseby]{.ship}, with [Diurnall]{.title}, [item]{.italic}, *very* well; [B.]{.source}; \
in [XIV]{.roman}; a [ketch]{.term}; see [the end](#late) and [today](#entry-1660-01-01), and nothing.
:::

> ::: letter
> London {.dateline}
>
> My Lord, {.salutation}
>
> Come.
>
> Yours, {.valediction}
>
> S. P. {.signature}
>
> P.S. Soon. {.postscript}
> :::

and so to bed. {.continued #late}

Bernardo {.speaker}

Who’s there? [He shivers.]{.stage-direction}

Exeunt. {.stage-direction}
"""


def test_standard_ebooks() -> None:
    book = {**BOOK, "text/chapter-1.xhtml": CHAPTER.encode()}
    del book["text/endnotes.xhtml"]
    found = made(
        zipped({"META-INF/container.xml": b"<x/>", **{f"epub/{name}": content for name, content in book.items()}}),
        "a.epub",
    )
    assert found.text.rstrip("\n") == WANTED.rstrip("\n")
    assert found.lost == ()


TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>L</title></titleStmt></fileDesc>
</teiHeader><text xml:lang="en"><body><div type="letter" xml:id="l1"><head>To Crew</head><opener>
<dateline><placeName>London</placeName>, <date when="1660-01-02">2 January</date></dateline>
<salute>My Lord,</salute></opener>
<p xml:id="first">The <name type="ship">Naseby</name>, <title>Diurnall</title>, <abbr type="title">Mr.</abbr> Crew; a
<term>ketch</term>; see <ref target="#first">above</ref>.</p><closer><salute>Yours,</salute>
<signed>S. P.</signed></closer><postscript><p>P.S. Soon.</p></postscript></div>
<div type="scene"><head>Scene</head><stage>Night.</stage>
<sp><speaker>Bernardo</speaker><l>Who's there?</l></sp><sp><speaker>Francisco</speaker>
<p>Nay. <stage>He shivers.</stage></p></sp></div></body></text></TEI>"""


def test_tei() -> None:
    assert made(TEI.encode(), "letters.xml").text == (
        "::: letter {date=1660-01-02}\n## To Crew\n\nLondon, [2 January]{date=1660-01-02} {.dateline}\n\n"
        "My Lord, {.salutation}\n\nThe [Naseby]{.ship}, [Diurnall]{.title}, [Mr.]{abbr=title} Crew; a [ketch]{.term}; "
        "see [above](#first). {#first}\n\nYours, {.valediction}\n\nS. P. {.signature}\n\nP.S. Soon. {.postscript}\n"
        ":::\n\n::: scene\n## Scene\n\nNight. {.stage-direction}\n\nBernardo {.speaker}\n\n| Who's there?\n\n"
        "[Francisco]{.speaker} Nay. [He shivers.]{.stage-direction}\n:::\n"
    )


def test_an_epub_of_our_own_gives_letters_and_plays_back(tmp_path: Path, root: Path) -> None:
    runner = CliRunner()
    output, again = str(tmp_path / "output"), str(tmp_path / "again")
    edition = root / "tests" / "kinds" / "edition"
    built = runner.invoke(program, ["build", str(edition), "--output", output, "--format", "epub"])
    assert built.exit_code == 0, built.output
    (epub,) = Path(output).glob("*.epub")
    assert runner.invoke(program, ["import", str(epub), again]).exit_code == 0
    text = (Path(again) / "text.md").read_text(encoding="utf-8")
    for kind in ("salutation", "dateline", "addressee", "valediction", "signature", "postscript", "continued"):
        assert f"{{.{kind}}}" in text
    for line in (
        "::: letter {#chesterfield date=1755-02-07}",
        "::: pictures\n",
        "{.page-break}",
        "::: epitaph",
        "](#fire)",
    ):
        assert line in text
    assert runner.invoke(program, ["check", again]).exit_code == 0


PANDOC = """\
# Letters {#top}

::: {.letter date="1660-01-02"}
::: dateline
London
:::

[Mr.]{abbr=title} Crew in the [Naseby]{.ship}; see [above](#top) and [below](#below), and [nothing](#none).
:::

::: {custom-style="Closing"}
Yours,
:::

Some [words]{#below}.
"""


def test_markdown_of_pandoc() -> None:
    assert made(PANDOC.encode(), "letters.md").text == (
        "# Letters {#top}\n\n::: letter {date=1660-01-02}\nLondon {.dateline}\n\n[Mr.]{abbr=title} Crew in the "
        "[Naseby]{.ship}; see [above](#top) and [below](#below), and nothing.\n:::\n\nYours, {.valediction}\n\n"
        "Some [words]{#below}.\n"
    )
