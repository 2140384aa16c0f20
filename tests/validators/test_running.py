"""How foreign programs are found, run and ended."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from publisher.diagnostics import ExitCode, PublisherError
from publisher.validators.process import last_words, npm_package, program, run
from publisher.validators.registry import VALIDATORS, Validator

SLEEPER = """
import subprocess, sys, time
from pathlib import Path
child = subprocess.Popen([sys.executable, "-c", f"import time; time.sleep(1); open({sys.argv[1]!r}, 'w')"])
time.sleep(30)
"""


def test_a_program_leaves_its_status_and_what_it_printed() -> None:
    script = "import sys; print('ü'); print('x', file=sys.stderr); sys.exit(3)"
    outcome = run((sys.executable, "-c", script), validator="python", seconds=20)
    assert (outcome.status, outcome.stdout, outcome.stderr) == (3, "ü\n", "x\n")


def test_a_program_gets_the_environment_asked_for_and_a_fixed_locale() -> None:
    script = "import os; print(os.environ['LC_ALL'], os.environ['COLOUR'])"
    outcome = run((sys.executable, "-c", script), validator="python", seconds=20, environment={"COLOUR": "red"})
    assert outcome.stdout == "C.UTF-8 red\n"


def test_a_program_that_takes_too_long_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    with pytest.raises(PublisherError, match=r"L-011.*python.*0\.4 seconds") as caught:
        run((sys.executable, "-c", SLEEPER, trace), validator="python", seconds=0.4)
    assert caught.value.exit_code is ExitCode.UNPROVED
    time.sleep(1.2)
    assert not trace.exists()


def test_a_program_that_does_not_start_is_told(tmp_path: Path) -> None:
    with pytest.raises(PublisherError, match=r"L-011.*does not start"):
        run((tmp_path / "absent",), validator="absent", seconds=1)


def test_the_last_words_of_a_program_are_those_on_its_error_stream() -> None:
    outcome = run((sys.executable, "-c", "print('fine'); raise ValueError('wrong')"), validator="python", seconds=20)
    assert last_words(outcome) == "ValueError: wrong"


def test_the_last_words_of_a_silent_program_are_its_status() -> None:
    assert last_words(run((sys.executable, "-c", ""), validator="python", seconds=20)) == "it ended with status 0"


def test_an_npm_package_that_is_not_there_is_not_found() -> None:
    assert npm_package("no-such-package") is None


def test_the_first_program_that_is_there_is_taken() -> None:
    assert program("no-such-program", Path(sys.executable).name) is not None


@pytest.mark.parametrize("validator", VALIDATORS, ids=lambda validator: validator.name)
def test_every_validator_is_installed_and_knows_its_version(validator: Validator) -> None:
    assert [need.name for need in validator.missing] == []
    version = validator.version()
    assert version
    assert version[0].isdigit()


@pytest.mark.usefixtures("nothing_installed")
@pytest.mark.parametrize(
    "validator", [validator for validator in VALIDATORS if validator.needs], ids=lambda validator: validator.name
)
def test_a_validator_that_is_not_installed_says_everything_it_needs_and_how_to_get_it(
    validator: Validator, tmp_path: Path
) -> None:
    with pytest.raises(PublisherError) as caught:
        validator.validate(tmp_path / "book.epub")
    assert caught.value.exit_code is ExitCode.MISSING
    assert [(d.code, d.hint) for d in caught.value.diagnostics] == [("L-010", need.remedy) for need in validator.needs]
    assert validator.missing == validator.needs
