"""Every command of README and of the tutorial, run as it is shown: in one terminal, in order, in an empty folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

FENCE = re.compile(r"^```(\S*)(?: title=\"(.+?)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FOUND = "# reports"
"""What is written behind a command that ends with exit status 1."""
PYTHON = '#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.11.2"\nexit 0\n'
"""A Python that has every package, so that nothing is downloaded."""
GIT = """#!/bin/sh
[ "$1 $#" = "clone 2" ] || exit 9
name=$(basename "$2" .git)
cp -R "{checkout}" "$name"
"""
"""Clone the folder of the test, whatever the address."""
MAKE = """#!/bin/sh
case "$*" in
*" book") exec "{make}" -n "$@" ;;
*) exec "{make}" "$@" ;;
esac
"""
"""The book is built by other tests; here its rule has to be there."""


@pytest.fixture
def terminal(tmp_path: Path, root: Path) -> dict[str, str]:
    """The variables of a terminal with an empty home, on a machine that has what README asks for."""
    checkout = tmp_path / "checkout"
    shutil.copytree(root / "tools", checkout / "tools", ignore=shutil.ignore_patterns("peers"))
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(root / name, checkout / name)
    make = shutil.which("make")
    assert make is not None
    programs = {
        checkout / ".venv/bin/python": PYTHON,
        checkout / ".venv/bin/publisher": f'#!/bin/sh\nexec "{Path(sys.executable).with_name("publisher")}" "$@"\n',
        tmp_path / "bin/git": GIT.format(checkout=checkout),
        tmp_path / "bin/make": MAKE.format(make=make),
        tmp_path / "bin/sudo": "#!/bin/sh\nexit 0\n",
        tmp_path / "bin/xdg-open": '#!/bin/sh\n[ -e "$1" ]\n',
    }
    for path, code in programs.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code, encoding="utf-8")
        path.chmod(0o755)
    (tmp_path / "home").mkdir()
    return {
        "PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin",
        "HOME": str(tmp_path / "home"),
        "SHELL": "/bin/bash",
        "LANG": os.environ.get("LANG", "C.UTF-8"),
    }


def script(page: str) -> Iterator[str]:
    """Yield the shell code that does what a page says: it writes the files and runs the commands of its blocks."""
    for number, (language, title, block) in enumerate(FENCE.findall(page)):
        if title:
            sign, path = (">>", title.removeprefix("add to ")) if title.startswith("add to ") else (">", title)
            yield f"cat {sign} \"$start/{path}\" <<'END {number}'\n{block}END {number}"
        elif language == "sh":
            for line in block.splitlines():
                yield f'{line}\necho "status $? {int(FOUND in line)}: {line.replace(chr(34), chr(39))}"'.replace(
                    "$HOME", "~"
                )


def word_file(path: Path) -> None:
    """Write the Word file that the tutorial imports."""
    document = docx.Document()
    document.add_paragraph("On Keeping a Diary", style="Title")
    document.add_paragraph("Everyone who keeps a diary writes for a reader who does not exist yet.")
    document.add_paragraph(
        "The best diaries were written in haste. "
        "Pepys wrote by candle light, in short hand, and did not read a page again."
    )
    document.add_paragraph("A diary is honest about the weather and vague about the rest.")
    document.core_properties.author = "Ada Writer"
    path.parent.mkdir(parents=True)
    document.save(str(path))


def messages(page: str) -> list[str]:
    """Return the messages that a page quotes from the program."""
    return [block for language, _, block in FENCE.findall(page) if not language and "error[" in block]


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md"])
def test_every_command_runs_as_it_is_shown(name: str, terminal: dict[str, str], tmp_path: Path, root: Path) -> None:
    page = (root / name).read_text(encoding="utf-8")
    start = tmp_path / "start"
    word_file(start / "books/diary.docx")
    code = "\n".join(script(page)).replace("$start", str(start / "books" if "tutorial" in name else start))
    run = subprocess.run(["bash", "-c", code], cwd=start, env=terminal, capture_output=True, text=True, check=True)
    ends = re.findall(r"^status (\d+) (\d+): (.+)$", run.stdout, re.MULTILINE)
    assert len(ends) >= 10
    assert [command for status, expected, command in ends if status != expected] == [], run.stderr
    profile = (tmp_path / "home/.bashrc").read_text(encoding="utf-8")
    assert 'export PATH="$HOME/.local/bin:$PATH"' in profile
    made = re.findall(r"output/[\w-]+\.(?:epub|pdf)", " ".join(command for _, _, command in ends))
    assert made
    folder = start / "books" if "tutorial" in name else start
    assert [path for path in made if not (folder / path).is_file()] == []
    if "tutorial" in name:
        (message,) = messages(page)
        assert message.strip() in run.stderr


def test_the_message_in_the_readme_is_what_the_program_prints(
    terminal: dict[str, str], tmp_path: Path, root: Path
) -> None:
    """A mistake as in the message, made in the edition that README begins with."""
    (message,) = messages((root / "README.md").read_text(encoding="utf-8"))
    quoted = re.search(r"\| > (.+)$", message, re.MULTILINE)
    assert quoted is not None
    program = Path(sys.executable).with_name("publisher")
    subprocess.run([program, "init", "my-edition"], cwd=tmp_path, env=terminal, check=True, capture_output=True)
    notes = tmp_path / "my-edition/notes/editorial.md"
    notes.write_text(notes.read_text(encoding="utf-8").replace("They read aloud.", quoted[1]), encoding="utf-8")
    run = subprocess.run(
        [program, "check", "my-edition"], cwd=tmp_path, env=terminal, check=False, capture_output=True, text=True
    )
    assert message.strip() in run.stderr


def test_a_command_of_another_program_is_not_replaced(terminal: dict[str, str], tmp_path: Path, root: Path) -> None:
    other = tmp_path / "home/.local/bin/publisher"
    other.parent.mkdir(parents=True)
    other.write_text("#!/bin/sh\n", encoding="utf-8")
    run = subprocess.run(
        [root / "tools/install"], env=terminal, cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert (run.returncode, "another program" in run.stderr) == (4, True)
    assert other.read_text(encoding="utf-8") == "#!/bin/sh\n"
