"""What goes wrong in laying out is told, with the line of the style sheet where there is one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from publisher.cli.program import program
from publisher.diagnostics import Diagnostic, PublisherError


def complaints(bind_: Any, rendition: Any) -> tuple[Diagnostic, ...]:
    with pytest.raises(PublisherError) as caught:
        bind_(rendition)
    return caught.value.diagnostics


def body(words: str = "Words.") -> str:
    return f'<section id="s"><p id="p">{words}</p></section>'


TEXT = '\nhtml { font-family: "Source Serif Pro" }\n'


def test_a_declaration_that_is_not_known_is_shown_at_its_line(make: Any, bind_: Any, faces: str) -> None:
    (found,) = complaints(bind_, make(body(), faces + TEXT + "p {\n  margin-lft: 2em;\n}\n"))
    assert found.code == "S-001"
    assert found.span is not None
    assert "margin-lft" in found.span.source.text.splitlines()[found.span.source.position(found.span.start)[0] - 1]


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://example.org/a.png", "../secret.png"])
def test_what_is_not_in_the_edition_is_not_read(make: Any, bind_: Any, faces: str, address: str) -> None:
    found = complaints(bind_, make(body(f'<img src="{address}" alt="Something"/>'), faces + TEXT))
    assert "D-003" in {diagnostic.code for diagnostic in found}
    assert any(address.removeprefix("../") in diagnostic.message for diagnostic in found)


def test_a_typeface_of_the_computer_is_named_with_its_characters(make: Any, bind_: Any, faces: str) -> None:
    (found,) = complaints(bind_, make(body("a ◦ b"), faces + TEXT))
    assert found.code == "F-001"
    assert "“◦” (U+25E6)" in found.message


def test_words_off_the_page_are_told_with_the_page(make: Any, bind_: Any, faces: str) -> None:
    far = '<span style="position:absolute;top:-90mm">Lost words</span>'
    (found,) = complaints(bind_, make(body(f"Here. {far}"), faces + TEXT))
    assert (found.code, "Lost words" in found.message) == ("D-004", True)


def test_a_typeface_that_a_style_sheet_asks_for_is_named_as_the_cause(make: Any, bind_: Any, faces: str) -> None:
    (found,) = complaints(bind_, make(body("Words"), faces + 'html { font-family: "DejaVu Sans" }'))
    assert found.code == "F-001"
    assert "a style sheet asks for DejaVu Sans, which is no typeface of the edition" in found.message


RULE = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <match target="pattern">
    <edit name="family" mode="assign" binding="strong"><string>DejaVu Sans</string></edit>
  </match>
</fontconfig>
"""


def test_a_rule_of_fontconfig_is_named_as_the_cause(tmp_path: Path) -> None:
    rules = tmp_path / ".config" / "fontconfig"
    rules.mkdir(parents=True)
    (rules / "fonts.conf").write_text(RULE)
    own = {"XDG_CACHE_HOME": str(tmp_path / "cache")}  # where no other test has laid the same edition out
    environment = {**os.environ, **own, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / ".config")}
    command = str(Path(sys.executable).with_name("publisher"))
    subprocess.run([command, "init", "edition"], cwd=tmp_path, env=environment, check=True, capture_output=True)
    words = [command, "build", "edition", "--format", "pdf"]
    built = subprocess.run(words, cwd=tmp_path, env=environment, check=False, capture_output=True, text=True)
    assert built.returncode == 1
    assert "a rule of fontconfig on this computer puts DejaVu Sans in the place of" in " ".join(built.stderr.split())
    # without the rule, nothing that was laid out with it is used again
    environment = {**environment, "HOME": str(tmp_path / "other"), "XDG_CONFIG_HOME": str(tmp_path / "other")}
    built = subprocess.run(words, cwd=tmp_path, env=environment, check=False, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr


def test_two_builds_of_one_process_can_have_one_look(tmp_path: Path) -> None:
    """Typefaces lie in temporary files, which are gone with the first build."""
    run = CliRunner().invoke
    folder, output = str(tmp_path / "edition"), str(tmp_path / "output")
    assert run(program, ["init", folder]).exit_code == 0
    for _ in range(2):
        built = run(program, ["build", folder, "-o", output, "--no-cache", "--jobs", "1"])
        assert built.exit_code == 0, built.output
