"""«3pm my time, 9am for him»: one time, said a second time on another clock."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from bot.language.meaning import Certainty
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.language.meaning import Moment, Sign, Understanding
    from bot.language.normalise import Utterance

_PAIR = 2
_NEAR = 2
"""Letters between a clock and the words that say whose it is."""
_FAR = 14
"""Letters behind a clock on which words that say whose it is may go on."""
_APART = frozenset(
    (
        *("or", "and", "then", "if", "else", "until", "till", "to", "no", "not", "but", "und", "oder", "sonst", "bis"),
        *(
            "nein",
            "nicht",
            "y",
            "o",
            "hasta",
            "si",
            "et",
            "jusqu'à",
            "non",
            "e",
            "se",
            "fino",
            "en",
            "of",
            "tot",
            "nee",
        ),
        *("niet", "ou", "até", "não", "aber", "pero", "mais", "ma", "maar", "mas", "または", "或"),
    )
)
"""Words that make two times of two clocks; «ou seja», «c'est-à-dire» say the same again."""
_SAME = frozenset(("seja", "sea"))


def said_again(read: Understanding, wish: Utterance) -> tuple[Moment, Moment, Sign | None] | None:
    """The time that is meant, the same on another clock, and the sign that says whose that is; None for any other text."""
    if len(read.moments) != _PAIR or read.recurrence is not None:
        return None
    first, again = sorted(read.moments, key=lambda moment: moment.span)
    if not (_is_point(first) and _is_point(again)) or _stands_apart(first, again, wish):
        return None
    sign, own = _sign_at(read, again), _sign_at(read, first)
    is_told = sign is not None or bool(again.zone) or (bool(first.zone) and _is_bracketed(again, wish))
    is_other = first.zone != again.zone or (sign is not None and (own is None or own.cue is not sign.cue))
    if not (is_told and is_other) or _is_another_day(first, again):
        return None
    if again.says_day and not first.says_day:
        first = replace(first, days=again.days)
    return first, replace(again, days=first.days), sign


def is_repeated(first: Moment, again: Moment) -> bool:
    """«end of day, so 5pm her time»: the same figures, and nothing said of whose clock the first ones are on."""
    return (
        first.zone is None
        and first.hours is not None
        and again.hours is not None
        and (first.hours.start == again.hours.start)
    )


def _is_point(moment: Moment) -> bool:
    hours = moment.hours
    return moment.exact is None and moment.open is None and hours is not None and hours.end is None


def _is_another_day(first: Moment, again: Moment) -> bool:
    """Whether both name days, and not the same or the one beside it: midnight lies between many clocks."""
    if first.days is None or again.days is None or again.days.certainty is not Certainty.KNOWN:
        return False
    return first.says_day and abs((again.days.first - first.days.first).days) > 1


def _stands_apart(first: Moment, again: Moment, wish: Utterance) -> bool:
    """Whether a word between the two makes them two times."""
    start, end = bisect_left(wish.starts, first.span.end), bisect_left(wish.starts, again.span.start)
    between = wish.words[start:end]
    return not _APART.isdisjoint(between) and _SAME.isdisjoint(between)


def _is_bracketed(again: Moment, wish: Utterance) -> bool:
    return wish.text[: again.span.start].rstrip().endswith("(")


def _sign_at(read: Understanding, moment: Moment) -> Sign | None:
    """The sign of a clock that stands on or right behind the time, else one right in front of it («his 10»)."""
    said = moment.span
    signs = [sign for sign in read.cues if sign.cue in {Cue.THEIR_CLOCK, Cue.OWN_CLOCK, Cue.CLOCK_FOR}]
    behind = (one for one in signs if said.start < one.span.end and one.span.start <= said.end + _NEAR)
    others = [one.span for one in read.moments if one is not moment]
    front = (one for one in signs if 0 <= said.start - one.span.end <= _NEAR)
    free = (one for one in front if not any(other.start < one.span.end <= other.end + _FAR for other in others))
    return next(behind, None) or next(free, None)
