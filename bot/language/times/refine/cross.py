"""Days and hours that were listed apart: «mon or tue at 9 or 10» is each hour on each day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.times.pieces import Mark

if TYPE_CHECKING:
    from bot.language.times.pieces import Piece

_MOST = 12
_SEVERAL = 2


def cross(group: list[Piece]) -> list[Piece] | None:
    """Each hour on each day, where days come first and then hours, or the other way round; None for any other list."""
    kinds = "".join(_kind(piece) for piece in group)
    days = [piece for piece, kind in zip(group, kinds, strict=True) if kind in "db"]
    hours = [piece for piece, kind in zip(group, kinds, strict=True) if kind in "hb"]
    if "?" in kinds or len(days) < _SEVERAL or len(hours) < _SEVERAL or len(days) * len(hours) > _MOST:
        return None
    turn = kinds.strip("dh")
    is_forward = kinds == "d" * kinds.count("d") + turn + "h" * kinds.count("h")
    is_back = kinds == "h" * kinds.count("h") + turn + "d" * kinds.count("d")
    if (
        len(turn) > 1
        or not (is_forward or is_back)
        or (turn and is_back and Mark.CLOCK_LEADS not in group[kinds.index("b")].marks)
    ):
        return None
    return [_on(day, hour, is_implied=hour is not hours[0]) for day in days for hour in hours]


def _kind(piece: Piece) -> str:
    """A day, hours, both, or anything else."""
    if piece.side or piece.exact or piece.bare is not None or piece.is_through or piece.end_day or piece.part:
        return "?"
    if piece.day is not None:
        return "b" if piece.clock else "d"
    return "h" if piece.clock else "?"


def _on(day: Piece, hour: Piece, *, is_implied: bool) -> Piece:
    said = day.day._replace(is_implied=True) if day.day is not None and is_implied else day.day
    return day._replace(
        day=said,
        start=hour.start, end=hour.end, clock=hour.clock, end_clock=hour.end_clock, zone=hour.zone or day.zone,
        zones=hour.zones or day.zones, grain=None,
    )  # fmt: skip
