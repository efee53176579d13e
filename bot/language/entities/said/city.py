"""A zone named by its city alone («what time is it in tokyo»), for questions that are about nothing but a zone."""

from __future__ import annotations

from itertools import pairwise

from bot.scheduling.times import find_zone

_AREAS = ("Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian")


def city_zone(text: str) -> str:
    """The IANA name, the last city of the text first; empty for none."""
    said = [word.strip(".,!?").title() for word in text.split()]
    cities = [*said, *("_".join(pair) for pair in pairwise(said))]
    found = (find_zone(f"{area}/{city}") for city in reversed(cities) for area in _AREAS if city.isascii())
    return next((str(zone) for zone in found if zone is not None), "")


def note_said(text: str) -> str:
    """What a note is to say: behind a colon, or behind «saying»."""
    for mark in (":", " saying ", " that says "):
        _, found, rest = text.partition(mark)
        if found and rest.strip():
            return rest.strip(" .\"'“”«»")
    return ""
