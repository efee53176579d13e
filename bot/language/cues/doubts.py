"""What would have to be asked: a sign that changes what is meant and that nobody took up, or a second act.

Whether a word matters is a matter of its kind, never of a list of words that may be lost. For what only looks the bar is
lower: an exception that was not understood still matters there, a second act or a condition does not.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from bot.language.lexicon import NOTHING, lexicon_for
from bot.language.meaning import Doubt, DoubtKind, Intent, Span
from bot.language.signs import Cue
from bot.language.sketch import vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bot.language.meaning import Sign
    from bot.language.normalise import Utterance

WRITING = frozenset(
    (
        Intent.BOOK, Intent.HOLD, Intent.CANCEL, Intent.RESCHEDULE, Intent.APPROVE, Intent.DECLINE, Intent.ADD_GUESTS,
        Intent.MARK_ABSENT, Intent.CHANGE_PLACE, Intent.SET_HOURS, Intent.TIME_OFF, Intent.CREATE_EVENT_TYPE,
        Intent.CHANGE_EVENT_TYPE, Intent.DELETE_EVENT_TYPE, Intent.CREATE_SCHEDULE, Intent.DELETE_SCHEDULE,
        Intent.CHANGE_PROFILE, Intent.CREATE_WEBHOOK, Intent.DELETE_WEBHOOK, Intent.CREATE_LINK, Intent.DISCONNECT,
    )
)  # fmt: skip
"""Intents whose card writes."""
_LOOKING = frozenset((Intent.FIND_SLOTS, Intent.LIST_BOOKINGS))
_ON_TIMES = frozenset((Intent.BOOK, Intent.HOLD, Intent.CANCEL, Intent.RESCHEDULE, Intent.ADD_GUESTS))
"""Wishes in which an unread «not» is about the meeting; elsewhere («don't work on fridays») it is the wish itself."""
_ANSWERS_NO = frozenset(
    (Cue.STAYS, Cue.ASKS_NO_MAIL, Cue.CLOSES, Cue.LEAVES_OPEN, Cue.TAKES_BACK, Cue.CORRECTED, Cue.UNDO, Cue.HOST_ABSENT)
)
"""Cues that a «not» may be part of."""
_FAR = 40
"""Letters between an exception and the time that it leaves out."""
_NEAR = 3
"""Tokens between a sign and what takes it up."""
_ACTS = (("cancelv", Intent.CANCEL), ("movev", Intent.RESCHEDULE), ("holdv", Intent.HOLD), ("bookv", Intent.BOOK))
_LINKS = frozenset(("and", "then", "also", ",", ";", ".", "&", "plus", "but", "afterwards"))
_SAME = frozenset(((Intent.BOOK, Intent.HOLD), (Intent.HOLD, Intent.BOOK)))


class Account:
    """What was taken up of a text: the stretches that times, exceptions and others stand on."""

    __slots__ = ("left_out", "signs", "taken", "utterance")

    def __init__(
        self, utterance: Utterance, signs: tuple[Sign, ...], taken: Iterable[Span], left_out: Collection[Sign]
    ) -> None:
        self.utterance, self.signs, self.left_out = utterance, signs, left_out
        self.taken = sorted(taken)

    def is_near(self, span: Span) -> bool:
        """Whether something was read on the sign, or right behind it."""
        starts = self.utterance.starts
        end = bisect_left(starts, span.end) + _NEAR
        reach = self.utterance.ends[min(end, len(starts)) - 1]
        return any(one.start < reach and span.start < one.end for one in self.taken)


def unread_doubts(
    account: Account, intent: Intent, excluded: Iterable[Span], quiet: Collection[int]
) -> tuple[Doubt, ...]:
    """Signs that nobody took up; `excluded` are the spans of excluded times, `quiet` tokens are quoted or idioms."""
    found: list[Doubt] = []
    excluded = tuple(excluded)
    parts = [sign.span for sign in account.signs if sign.cue in _ANSWERS_NO]
    starts = account.utterance.starts
    for sign in account.signs:
        if bisect_left(starts, sign.span.start) in quiet:
            continue
        if _matters(account, sign, intent, excluded, parts):
            found.append(Doubt(kind=DoubtKind.UNREAD_THAT_MATTERS, span=sign.span, cue=sign.cue))
    return tuple(found)


def _matters(account: Account, sign: Sign, intent: Intent, excluded: tuple[Span, ...], parts: list[Span]) -> bool:
    is_write = intent in WRITING
    match sign.cue:
        case Cue.EXCEPT:
            if not (is_write or intent in _LOOKING) or sign in account.left_out:
                return False
            return not any(_takes_up(span, sign) for span in excluded)
        case Cue.NEGATED:
            if intent not in _ON_TIMES or sign.span.start == 0:
                return False
            if any(part.start <= sign.span.start < part.end for part in parts):
                return False
            if any(
                other.cue is Cue.EXCEPT and other.span.start <= sign.span.start < other.span.end
                for other in account.signs
            ):
                return False
            return not (account.is_near(sign.span) or any(span.start >= sign.span.start for span in excluded))
        case Cue.CONDITION:
            return is_write
        case Cue.BOUND | Cue.COMPARISON:
            return is_write and not account.is_near(sign.span)
        case _:
            return False


def _takes_up(span: Span, sign: Sign) -> bool:
    """Whether an excluded time is what an exception leaves out."""
    return sign.span.start <= span.start <= sign.span.end + _FAR or span.start <= sign.span.start < span.end


def two_acts(utterance: Utterance, intent: Intent, quiet: Collection[int]) -> tuple[Doubt, ...]:
    """A second act beside the first: «book sam at 2 and cancel lena»."""
    if intent not in WRITING:
        return ()
    acts = _acts(utterance, quiet)
    kinds = {kind for kind, _ in acts}
    if len(kinds) < 2 or tuple(sorted(kinds)) in {tuple(sorted(pair)) for pair in _SAME}:
        return ()
    first = acts[0][0]
    index = next(index for kind, index in acts if kind is not first)
    return (Doubt(kind=DoubtKind.TWO_ACTS, span=Span(utterance.starts[index], utterance.ends[index])),)


def _acts(utterance: Utterance, quiet: Collection[int]) -> list[tuple[Intent, int]]:
    """The verbs that open a clause, with the act that each is."""
    known, words = vocabulary().classes, utterance.words
    found: list[tuple[Intent, int]] = []
    opens = True
    for index, word in enumerate(words):
        if word in _LINKS:
            opens = True
            continue
        if index in quiet or not opens:
            continue
        classes = known.get(word, ())
        act = next((act for name, act in _ACTS if name in classes), None)
        if act is not None:
            found.append((act, index))
            opens = False
        elif "filler" not in lexicon_for("en").words.get(word, NOTHING):
            opens = False
    return found
