"""The files of `words/` as tables. Several readers may ask for one file, each for its part: it is parsed once for them."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

_KEPT = 6
"""Files; who asks for the same one asks soon after, and keeps what is made of it."""


@lru_cache(maxsize=_KEPT)
def word_tables(name: str) -> dict[str, Any]:
    """The tables of `words/<name>.toml`, to be read only."""
    return tomllib.loads(files("bot.language").joinpath(f"words/{name}.toml").read_text(encoding="utf-8"))
