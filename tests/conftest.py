"""What the whole suite shares. One file: the test folders are no packages, so there is room for one `conftest`."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


def pytest_configure(config: pytest.Config) -> None:
    """Where Python may not write bytecode beside the code, keep it in pytest's cache, for the tests' processes too.

    Without it every process that a test starts compiles every library anew.
    """
    cache = getattr(config, "cache", None)
    if sys.dont_write_bytecode and cache is not None:
        kept = str(cache.mkdir("bytecode"))
        sys.dont_write_bytecode, sys.pycache_prefix = False, kept
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = kept


SLOW_FOLDERS = frozenset({"reliability"})
"""Whole houses that are crashed, raced and restarted: not on every save."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in a slow folder."""
    for item in items:
        if item.path.parent.name in SLOW_FOLDERS:
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """What stands after collection stays to the end; the collector need not walk it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """One schema of the storage tests for the whole run: `opened` empties it, cheaper than a new one for each file."""
    from storage_worlds import postgres_schema  # noqa: PLC0415  importable only where those tests are collected

    with postgres_schema() as url:
        yield url
