"""The rules of tests/conftest.py, each tried on a run of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Runs = Callable[..., str]

SKIPPED = {
    "test_skip": "import pytest\ndef test_a(): pytest.skip('reason 1')",
    "test_file": "import pytest\npytest.skip('reason 2', allow_module_level=True)",
    "test_mark": "import pytest\n@pytest.mark.skipif(True, reason='reason 3')\ndef test_a(): pass",
    "test_xfail": "import pytest\n@pytest.mark.xfail(reason='reason 4')\ndef test_a(): assert False",
    "test_xpass": "import pytest\n@pytest.mark.xfail(reason='reason 5')\ndef test_a(): assert True",
}

LOGGED = {
    "test_stray": "import logging\ndef test_a(): logging.getLogger('lib').warning('font missing')",
    "test_clear": "import logging\ndef test_a(caplog):\n  logging.getLogger('lib').warning('known')\n  caplog.clear()",
}


@pytest.fixture
def printed_by(pytester: pytest.Pytester, root: Path) -> Runs:
    """What pytest prints for the given test files under the project's rules."""
    pytester.makeconftest((root / "tests" / "conftest.py").read_text(encoding="utf-8"))

    def run(files: dict[str, str], *options: str) -> str:
        pytester.makepyfile(**files)
        return pytester.runpytest_subprocess("-p", "no:cacheprovider", *options).stdout.str()

    return run


def test_whatever_is_skipped_fails_with_its_reason(printed_by: Runs) -> None:
    printed = printed_by(SKIPPED, "--continue-on-collection-errors")
    assert [n for n in range(1, 6) if f"skipped, which counts as failed here: reason {n}" not in printed] == []
    assert "3 failed, 2 errors" in printed


def test_whatever_is_skipped_fails_in_parallel_runs_too(printed_by: Runs) -> None:
    printed = printed_by({name: SKIPPED[name] for name in SKIPPED if name != "test_file"}, "-n", "1")
    assert "3 failed, 1 error" in printed


def test_a_file_that_is_skipped_whole_stops_a_parallel_run(printed_by: Runs) -> None:
    assert "1 error" in printed_by({"test_file": SKIPPED["test_file"]}, "-n", "1")


def test_a_stray_log_line_fails_its_test_unless_it_was_expected_and_cleared(printed_by: Runs) -> None:
    printed = printed_by(LOGGED)
    assert "lib: font missing" in printed
    assert "2 passed, 1 error" in printed
