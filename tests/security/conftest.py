"""What the tests of this folder share."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.security.traps import Traps, lay_traps


@pytest.fixture
def traps(tmp_path: Path) -> Traps:
    """A folder with an edition and traps all around it."""
    return lay_traps(tmp_path)
