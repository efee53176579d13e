"""Whether a name that was said is somebody's: their word, or the beginning of it where nobody is called just so."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bot.scheduling.together.directory import name_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.scheduling.models import Booking, Person


def best_named(party: Sequence[Person], found: tuple[Booking, ...]) -> tuple[Booking, ...]:
    """Without the bookings of those whose name only begins so, where somebody is called so: «sam» is Sam, not Samantha."""
    wanted = [words for one in party if not one.email and (words := set(name_words(one.name)))]
    exact = {booking.id for booking in found if any(_is_called(booking, words) for words in wanted)}
    if not exact or len(wanted) != len(party):
        return found
    named = [words for words in wanted if any(_is_called(booking, words) for booking in found)]
    return tuple(booking for booking in found if booking.id in exact or not _begins(booking, named))


def _is_called(booking: Booking, wanted: set[str]) -> bool:
    names = (*(one.name for one in booking.attendees), *(one.name for one in booking.hosts))
    return any(wanted <= set(words_of(name)) for name in names)


def _begins(booking: Booking, named: Sequence[set[str]]) -> bool:
    """Whether its people are there only because a name begins like one that somebody else has."""
    held = [words_of(one.name) for one in booking.attendees]
    return any(all(is_like(word, words) for word in wanted) for wanted in named for words in held)


def words_of(text: str) -> list[str]:
    """Lower-case, without accents: «Léna» is «Lena»."""
    folded = unicodedata.normalize("NFKD", text.lower())
    return "".join(
        letter if letter.isalnum() else "" if unicodedata.combining(letter) else " " for letter in folded
    ).split()


def is_like(word: str, held: list[str]) -> bool:
    """The same word, its beginning, or a possessive of it."""
    plain = word.removesuffix("s") if len(word) > 3 else word
    return any(own in {word, plain} or (len(plain) >= 3 and own.startswith(plain)) for own in held)
