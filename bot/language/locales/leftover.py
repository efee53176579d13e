"""A date in a language or writing that no word file covers, read by dateparser: only a text that is nothing else.

dateparser costs a quarter of a second to load and milliseconds a text, reads running text wrongly and invents what was not
said. So it is asked last, about texts of a few words shaped like a date (3 marts 2027, 12 sierpnia), and its answer is taken
only when the day of the month, and the year when there is one, are those that stand in the text.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.language.meaning import Grain
from bot.language.times.lexed import Reading
from bot.language.times.pieces import FIRST_YEAR, LAST_YEAR, Day, Piece
from bot.language.times.resolve import to_moment
from bot.language.triggers import DIGITS

if TYPE_CHECKING:
    from datetime import date

    from bot.language.meaning import Moment, Reference
    from bot.language.normalise import Utterance

_LANGUAGES = [
    "pl",
    "sv",
    "da",
    "nb",
    "fi",
    "cs",
    "sk",
    "hu",
    "ro",
    "tr",
    "ru",
    "uk",
    "el",
    "hr",
    "ca",
    "id",
    "vi",
]
_SHORTEST, _LONGEST = 3, 14
_MOST_TOKENS = 5


def read_leftover(told: Utterance, reference: Reference) -> Moment | None:
    """The whole text as one date, when it has the shape of one and dateparser agrees with its figures."""
    if not (2 <= len(told.words) <= _MOST_TOKENS and told.triggers & DIGITS):
        return None
    reading = Reading(told, reference)
    shape = _shape(reading)
    if shape is None:
        return None
    day, year = shape
    found = _ask(told.text.strip(), reading.today)
    if found is None or found.day != day or (year is not None and found.year != year):
        return None
    known = Day(year=year, month=found.month, number=found.day, grain=Grain.DAY)
    return to_moment(reading, Piece(0, reading.size, "dateparser", day=known))


def _shape(reading: Reading) -> tuple[int, int | None] | None:
    """Day and year of «3 maart 2027» and the like: one or two figures around one unknown word; None for anything else."""
    if not 2 <= reading.size <= _MOST_TOKENS:
        return None
    words = [word for word in reading.words[: reading.size] if word not in {".", ",", "/", "-"}]
    figures = [int(word) for word in words if len(word) <= 4 and word.isascii() and word.isdigit()]
    names = [word for word in words if word.isalpha()]
    if len(names) != 1 or len(figures) + 1 != len(words) or not 1 <= len(figures) <= 2:
        return None
    is_known = any(reading.words[at] == names[0] and reading.senses[at] for at in range(reading.size))
    if is_known or not _SHORTEST <= len(names[0]) <= _LONGEST:
        return None
    years = [figure for figure in figures if FIRST_YEAR <= figure <= LAST_YEAR]
    days = [figure for figure in figures if 1 <= figure <= 31]
    return (days[0], years[0] if years else None) if len(days) == 1 and len(days) + len(years) == len(figures) else None


def _ask(text: str, today: date) -> date | None:
    import dateparser  # noqa: PLC0415  a quarter of a second that almost no text needs

    found = dateparser.parse(
        text, languages=_LANGUAGES, settings={"REQUIRE_PARTS": ["day", "month"], "PREFER_DATES_FROM": "future"}
    )
    return found.date() if found is not None and found.date() > today - timedelta(days=40_000) else None
