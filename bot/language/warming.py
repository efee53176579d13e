"""Reading ahead of the first message: word files, patterns and the model load at their first use, half a second in all."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.language.meaning import Reference
from bot.language.understand import understand

_SAID = (
    "book 30 min with dana@acme.io next tuesday at 3pm or thursday afternoon, not friday",
    "move my meeting with Sam to the 12th, same time",
    "every other monday until december",
    "verschieb das Treffen mit Dana auf nächsten Dienstag um 15 Uhr",
    "reserva 30 minutos con Dana el martes a las 3",
    "réserve une demi-heure avec Dana mardi à 15 h",
    "marca meia hora com a Dana na terça às 15h",
    "prenota mezz'ora con Dana martedì alle 15",
    "下周二下午三点和Dana开会",
    "来週の火曜日の午後3時にDanaと会議",
)


def warm() -> None:
    """Read something in every language, so that the first message is as fast as the hundredth."""
    here = Reference(now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))
    for text in _SAID:
        understand(text, here)
