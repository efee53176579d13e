"""The last resort: dateparser, for a whole text in a language that has no word file but is known to be the writer's.

It reads one date well and running text badly, so it is asked about short texts only, with the language given, and refused
when it answers with more than was said (a clock without figures, a month, a year). It is imported when first needed.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from bot.language.locales.detect import own_languages
from bot.language.meaning import Days, Grain, Moment, Span

if TYPE_CHECKING:
    from bot.language.meaning import Reference
    from bot.language.normalise import Utterance

_LONGEST = 40
_SMALL = 2


def read_last(utterance: Utterance, reference: Reference) -> Moment | None:
    """The one time that the whole text names in a language without a word file; None for anything else."""
    if not reference.language:
        return None
    language = reference.language.lower().replace("_", "-").partition("-")[0]
    text = utterance.text.strip()
    if language in own_languages() or utterance.atoms or not 2 < len(text) <= _LONGEST or not _has_word(text):
        return None
    from dateparser.date import DateDataParser  # noqa: PLC0415  half a second that only these languages pay

    now = reference.now.astimezone(reference.zone)
    settings = {"RELATIVE_BASE": now.replace(tzinfo=None), "PREFER_DATES_FROM": "future", "RETURN_TIME_AS_PERIOD": True}
    try:
        found = DateDataParser(languages=[language], settings=settings).get_date_data(text)
    except (ValueError, OverflowError, RecursionError):
        return None  # an unknown language or a year out of range
    date = found.date_obj
    if date is None or not 1950 <= date.year <= 2100:
        return None
    span = Span(utterance.starts[0], utterance.ends[-1])
    if found.period == "day":
        return Moment(span=span, grain=Grain.DAY, days=Days(first=date.date(), last=date.date()), rule="dateparser")
    if found.period == "time" and any(letter.isdigit() for letter in text):
        exact = date.replace(tzinfo=reference.zone).astimezone(UTC)
        return Moment(span=span, grain=Grain.MINUTE, exact=exact, rule="dateparser")
    return None


def _has_word(text: str) -> bool:
    """Whether more than figures and small words stand there: «5 марта», not «o 5»."""
    return any(len(word) > _SMALL and word.isalpha() for word in text.split())
