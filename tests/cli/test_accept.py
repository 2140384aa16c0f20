"""`publisher accept`: what it shows of a changed text, and what it writes."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publisher.cli.program import program

Run = Callable[..., Result]
WORDS = "They read aloud."


@pytest.fixture
def mine(run: Run, tmp_path: Path) -> Path:
    """A new edition."""
    run("init", "mine")
    return tmp_path / "mine"


def change(folder: Path, *pairs: tuple[str, str], name: str = "article.txt") -> str:
    """Replace words in a text; return its new sha256."""
    path = folder / name
    content = path.read_bytes()
    for before, after in pairs:
        assert before.encode() in content
        content = content.replace(before.encode(), after.encode(), 1)
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def test_accept_shows_the_words_and_the_notes_and_writes_the_new_digest(run: Run, mine: Path) -> None:
    before = (mine / "edition.yaml").read_text()
    digest = change(mine, ("aloud", "loudly"), ("knew this early", "knew this very early"), ("gladly", "gladly gladly"))
    change(mine, ("> They read aloud.", "> They read loudly."), name="notes/editorial.md")
    refused = run("accept", "mine")
    assert refused.exit_code == 1
    assert (mine / "edition.yaml").read_text() == before
    result = run("accept", "mine", "--yes")
    assert result.exit_code == 0
    assert "mine/article.txt: 3 passages differ.\n  1 word there before, 3 words now\n" in result.stdout
    for said in ("“aloud” is now “loudly”", "“very” was added", "“gladly” was added"):
        assert said in result.stdout
    assert "read-aloud (mine/notes/editorial.md:3:3)" in result.stdout
    after = (mine / "edition.yaml").read_text()
    old, new = next((a, b) for a, b in zip(before.splitlines(), after.splitlines(), strict=True) if a != b)
    assert new == f"  sha256: {digest}"
    assert after == before.replace(old, new)
    assert run("check", "mine").exit_code == 0
    assert "nothing to accept" in run("accept", "mine", "--yes").stdout


def test_the_error_itself_shows_what_changed_and_which_notes_lose_their_words(run: Run, mine: Path) -> None:
    assert run("check", "mine").exit_code == 0
    digest = change(mine, ("They read aloud.", "They read loudly."), ("recieve", "receive"))
    found = run("check", "mine").stderr
    assert "2 passages differ: “aloud” is now “loudly”; “recieve” is now “receive”" in found
    assert "notes that lose their words: read-aloud, recieve\n" in found
    assert f"run publisher accept mine, or write sha256: {digest}\n" in found
    assert found.count("error[T-004 text-changed]") == 1


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (lambda content: content.replace(b"\n", b"\r\n"), "line ends (the recorded file has LF)"),
        (lambda content: b"\xef\xbb\xbf" + content, "the byte order mark (the recorded file has none)"),
        (lambda content: content.rstrip(b"\n"), "the line end of the last line"),
        (lambda content: content.replace(b".\n", b".  \n", 3), "spaces at line ends"),
        (
            lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"),
            "line ends (the recorded file has LF) and the byte order mark (the recorded file has none)",
        ),
    ],
    ids=["crlf", "mark", "last line", "spaces", "crlf and mark"],
)
def test_a_text_of_the_same_words_is_said_to_have_them(
    run: Run, mine: Path, form: Callable[[bytes], bytes], said: str
) -> None:
    (mine / "article.txt").write_bytes(form((mine / "article.txt").read_bytes()))
    assert f"{said} changed, and no word did" in run("check", "mine").stderr
    assert f"{said} changed, and no word did" in run("accept", "mine", "-y").stdout
    assert run("check", "mine").exit_code == 0


@pytest.mark.parametrize("written", [None, "", "later", "'5f0c'", f'"{"0" * 64}"', "12345"])
def test_one_round_is_enough_for_a_digest_that_is_missing_or_wrong(run: Run, mine: Path, written: str | None) -> None:
    digest = hashlib.sha256((mine / "article.txt").read_bytes()).hexdigest()
    settings, notes = mine / "edition.yaml", mine / "notes/editorial.md"
    line = "" if written is None else f"  sha256: {written}  # a comment\n"
    settings.write_text(settings.read_text().replace(f"  sha256: {digest}\n", line))
    notes.write_text(notes.read_text().replace("> They read aloud.", "> They read allowed."))
    found = run("check", "mine").stderr
    assert f"sha256: {digest}" in found
    assert "N-003" in found
    assert run("accept", "mine", "--yes").exit_code == 0
    quote = written[0] if written and written[0] in "\"'" else ""
    comment = "" if written is None else "  # a comment"
    assert f"  sha256: {quote}{digest}{quote}{comment}\n" in settings.read_text().replace("   #", "  #")
    assert "sha256" not in run("check", "mine").stderr


def test_what_is_above_and_below_stays_byte_for_byte(run: Run, mine: Path) -> None:
    path = mine / "edition.yaml"
    text = (
        path.read_text()
        .replace("\n", "\r\n")
        .replace("source:\r\n  file: article.txt", "source:\r\n    file: article.txt")
    )
    source = text[text.index("source:") : text.index("rights:")]
    braces = 'source: {file: article.txt, first-paragraph-is-title: true, statement: "Here, there"} # kept\r\n\r\n'
    path.write_bytes(b"\xef\xbb\xbf" + text.replace(source, braces).encode())
    path.chmod(0o640)
    digest = hashlib.sha256((mine / "article.txt").read_bytes()).hexdigest()
    assert run("accept", "mine", "--yes").exit_code == 0
    now = braces.replace("article.txt,", f"article.txt, sha256: {digest},")
    assert path.read_bytes() == b"\xef\xbb\xbf" + text.replace(source, now).encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert run("check", "mine").exit_code == 0


def test_accept_asks_on_a_terminal(run: Run, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = change(mine, ("gladly", "readily"))
    monkeypatch.setattr("publisher.cli.accept.asks", lambda: True)
    answer = CliRunner().invoke(program, ["accept", "mine"], input="n\n")
    assert (answer.exit_code, digest in (mine / "edition.yaml").read_text()) == (1, False)
    answer = CliRunner().invoke(program, ["accept", "mine"], input="y\n")
    assert (answer.exit_code, digest in (mine / "edition.yaml").read_text()) == (0, True)


def test_accept_goes_through_the_editions_of_a_reader(run: Run, tmp_path: Path) -> None:
    run("init", "--reader", "mine")
    digest = change(tmp_path / "mine/on-reading-proofs", ("gladly", "readily"))
    assert "on-reading-proofs/article.txt: one passage differs." in run("accept", "mine", "--yes").stdout
    assert digest in (tmp_path / "mine/on-reading-proofs/edition.yaml").read_text()
    assert run("check", "mine").exit_code == 0


def linked(path: Path) -> None:
    path.rename(path.with_name("settings.yaml"))
    path.symlink_to("settings.yaml")


def doubled(path: Path) -> None:
    path.with_name("other.yaml").hardlink_to(path)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [(linked, "it is a symbolic link"), (doubled, "another name"), (lambda path: path.chmod(0o444), "write-protected")],
)
def test_a_file_that_is_not_ours_to_change_is_left_alone(
    run: Run, mine: Path, spoil: Callable[[Path], None], said: str
) -> None:
    change(mine, ("gladly", "readily"))
    spoil(mine / "edition.yaml")
    before = (mine / "edition.yaml").read_bytes()
    result = run("accept", "mine", "--yes")
    assert result.exit_code == 4
    assert said in " ".join(result.stderr.split())
    assert (mine / "edition.yaml").read_bytes() == before
    assert [item for item in mine.iterdir() if item.name.startswith(".publisher")] == []


def test_a_text_that_cannot_be_read_is_not_accepted(run: Run, mine: Path) -> None:
    (mine / "article.txt").write_bytes(b"\xff\xfe")
    before = (mine / "edition.yaml").read_bytes()
    assert run("accept", "mine", "--yes").exit_code == 1
    assert (mine / "edition.yaml").read_bytes() == before


def test_a_text_that_was_never_seen_is_accepted_without_a_comparison(run: Run, mine: Path) -> None:
    swapped = hashlib.sha256(b"never seen").hexdigest()
    path = mine / "edition.yaml"
    digest = hashlib.sha256((mine / "article.txt").read_bytes()).hexdigest()
    path.write_text(path.read_text().replace(digest, swapped))
    assert "the earlier text is not known here" in run("check", "mine").stderr
    assert "The earlier text is not known here" in run("accept", "mine", "-y").stdout
    assert digest in path.read_text()


def test_accept_records_several_files_together_or_each(run: Run, mine: Path) -> None:
    settings = (mine / "edition.yaml").read_text()
    text = (mine / "article.txt").read_text()
    head, _, rest = text.partition("\n\n")
    (mine / "article.txt").write_text(head)
    (mine / "rest.txt").write_text(rest)
    lines = settings.splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith("  sha256:"))
    named = "".join(lines[:at] + lines[at + 1 :]).replace("file: article.txt", "file: [article.txt, rest.txt]")
    (mine / "edition.yaml").write_text(named)
    assert run("accept", "mine", "--yes").exit_code == 0
    together = hashlib.sha256((head + rest).encode()).hexdigest()
    assert f"  sha256: {together}\n  file: [article.txt, rest.txt]\n" in (mine / "edition.yaml").read_text()
    assert run("check", "mine").exit_code == 0
    item = (mine / "edition.yaml").read_text().replace(together, f"\n    - {'0' * 64}\n    - {'1' * 64}")
    (mine / "edition.yaml").write_text(item)
    assert run("accept", "mine", "--yes").exit_code == 0
    digests = [hashlib.sha256(entry.encode()).hexdigest() for entry in (head, rest)]
    assert "\n    - ".join(["sha256: ", *digests]) in (mine / "edition.yaml").read_text()
    assert run("check", "mine").exit_code == 0
    change(mine, ("aloud", "loudly"), name="rest.txt")
    result = run("accept", "mine")
    assert "“aloud” is now “loudly”" in result.stdout
    assert "mine/rest.txt:" in result.stdout


def test_accept_names_the_encoding_if_it_alone_changed(run: Run, mine: Path) -> None:
    content = (mine / "article.txt").read_text()
    (mine / "article.txt").write_bytes(content.encode("utf-16"))
    settings = (mine / "edition.yaml").read_text()
    (mine / "edition.yaml").write_text(settings.replace("file: article.txt", "file: article.txt\n  encoding: utf-16"))
    assert "the encoding (the recorded file has utf-8) changed, and no word did" in run("accept", "mine").stdout
