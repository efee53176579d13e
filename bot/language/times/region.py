"""What depends on where a person lives: which of two figures is the month, which zone an abbreviation means there.

The data stand in `words/regions.toml`. The locale that Slack knows decides about figures, else the country of the zone; a zone
without a country (UTC) says nothing.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.language.wordfiles import word_tables
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.language.meaning import Reference

_CODE = 2
"""Letters of a country in a locale: en-US."""


@dataclass(frozen=True, slots=True)
class _Regions:
    countries: frozenset[str]
    zones: frozenset[str]
    folders: tuple[str, ...]
    nowhere: tuple[str, ...]
    abbreviations: dict[str, dict[str, list[str]]]


@cache
def _regions() -> _Regions:
    tables = word_tables("regions")
    month_first = tables["month_first"]
    return _Regions(
        countries=frozenset(month_first["countries"]),
        zones=frozenset(month_first["zones"]),
        folders=tuple(month_first["folders"]),
        nowhere=tuple(tables["nowhere"]["names"]),
        abbreviations=tables["abbreviations"],
    )


def is_day_first(reference: Reference) -> bool | None:
    """Whether the writer puts the day in front of the month (3/12 is in december); None when nothing tells."""
    regions = _regions()
    country = reference.locale.lower().replace("_", "-").partition("-")[2]
    if len(country) == _CODE:
        return country not in regions.countries
    zone = reference.zone.key
    if zone.startswith(regions.nowhere):
        return None
    return not (zone in regions.zones or zone.startswith(regions.folders))


def zones_named(abbreviation: str, reference: Reference) -> tuple[str, ...]:
    """The zones that an abbreviation may mean where the writer lives, the likeliest first; more than one is asked about."""
    choices = _regions().abbreviations[abbreviation]
    zone = reference.zone.key
    return tuple(choices.get(zone) or choices.get(zone.partition("/")[0]) or choices["any"])
